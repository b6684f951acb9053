"""Which numbers a stored body names, without parsing it: our own sanitiser wrote it, so its attributes are regular."""

import re
from dataclasses import dataclass
from html import unescape

from .plain import plain_text

_IMAGE = re.compile(r'<figure [^>]*data-image="([1-9]\d{0,17})"')


def image_ids(html: str) -> set[int]:
    """The pictures in a sanitised body. Linear, some microseconds."""
    return {int(number) for number in _IMAGE.findall(html)}


_ARTICLE = re.compile(r' data-article(?:-card)?="(\d{1,18})"')


def article_ids(html: str) -> set[int]:
    """Our own articles that a sanitised body links to or shows as cards. Linear, some microseconds."""
    return {int(number) for number in _ARTICLE.findall(html)}


_ATTRIBUTES = r'((?: [\w-]+="[^"]*")*)'
_LINK = re.compile(rf"<a{_ATTRIBUTES}>(.*?)</a>", re.DOTALL)
_ASIDE = re.compile(rf"<aside{_ATTRIBUTES}>")
_FIGURE = re.compile(rf"<figure{_ATTRIBUTES}>(.*?)</figure>", re.DOTALL)
_ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Embed:
    """`url` is '' when the sanitiser refused the address."""

    provider: str
    url: str
    caption: str


def linked_articles(html: str) -> dict[int, str]:
    """The articles that a sanitised body links to, with the words of the first link to each."""
    found: dict[int, str] = {}
    for attributes, words in _LINK.findall(html):
        if number := _values(attributes).get("data-article"):
            found.setdefault(int(number), plain_text(words))
    return found


def card_articles(html: str) -> set[int]:
    numbers = (_values(attributes).get("data-article-card") for attributes in _ASIDE.findall(html))
    return {int(number) for number in numbers if number}


def embeds(html: str) -> list[Embed]:
    """The embeds of a sanitised body, in their order."""
    found = []
    for attributes, inner in _FIGURE.findall(html):
        values = _values(attributes)
        if "data-embed" in values:
            found.append(Embed(values["data-embed"], values.get("data-url", ""), plain_text(inner)))
    return found


def _values(attributes: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}

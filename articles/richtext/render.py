"""From the stored body to the page's HTML: ids become today's pictures, addresses and cards."""

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import lxml.html
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from .embeds import PROVIDERS, provider_of

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle
    from images.models import Image

Element = Any  # lxml has no types of its own


class Body:
    """A parsed body. Ask which ids it needs, fetch them in one query each, then render: once, it is used up.

    >>> body = Body(article.body)
    >>> html = body.render(images=Image.objects.in_bulk(body.image_ids), articles={...}, context={...})
    """

    def __init__(self, html: str) -> None:
        self.root: Element = lxml.html.fragment_fromstring(html or "", create_parent="div")

    @cached_property
    def image_ids(self) -> set[int]:
        return {int(figure.get("data-image")) for figure in self.root.iterfind(".//figure[@data-image]")}

    @cached_property
    def article_ids(self) -> set[int]:
        links = {int(link.get("data-article")) for link in self.root.iterfind(".//a[@data-article]")}
        cards = {int(card.get("data-article-card")) for card in self.root.iterfind(".//aside[@data-article-card]")}
        return links | cards

    @cached_property
    def modules(self) -> set[str]:
        """Modules that the writer placed in the text; the others find their own place on the page."""
        return {module.get("data-module") for module in self.root.iterfind(".//aside[@data-module]")}

    def render(
        self,
        *,
        images: "Mapping[int, Image]",
        articles: "Mapping[int, PublishedArticle]",
        context: dict[str, Any] | None = None,
    ) -> SafeString:
        """`articles` are live ones by article id: a link to any other is only its text, a card of it nothing."""
        self._pictures(images)
        self._embeds()
        self._links(articles)
        for card in list(self.root.iterfind(".//aside[@data-article-card]")):
            article = articles.get(int(card.get("data-article-card")))
            _replace(card, render_to_string("blocks/card.html", {"article": article}) if article else "")
        for module in list(self.root.iterfind(".//aside[@data-module]")):
            name = module.get("data-module").replace("-", "_")
            _replace(module, render_to_string(f"blocks/{name}.html", context or {}))
        self._tables()
        notes = self._footnotes()
        return mark_safe(_inner(self.root) + notes)  # every part was sanitised on the way in, or escaped by a template

    def _pictures(self, images: "Mapping[int, Image]") -> None:
        for figure in list(self.root.iterfind(".//figure[@data-image]")):
            image = images.get(int(figure.get("data-image")))
            if image is None or image.ladder is None:
                _replace(figure, "")
                continue
            align = figure.get("data-align") or "center"
            caption = figure.find("figcaption")
            parts = {
                "image": image,
                "alt": image.alt if figure.get("data-alt") is None else figure.get("data-alt"),
                "align": align,
                "caption": mark_safe(_inner(caption) if caption is not None else ""),
            }
            _replace(figure, render_to_string("blocks/image.html", parts))

    def _embeds(self) -> None:
        for figure in list(self.root.iterfind(".//figure[@data-embed]")):
            provider = provider_of(figure.get("data-url") or "")
            caption = figure.find("figcaption")
            parts = {
                "provider": provider or PROVIDERS[figure.get("data-embed")],
                "url": figure.get("data-url"),
                "caption": mark_safe(_inner(caption) if caption is not None else ""),
            }
            _replace(figure, render_to_string("blocks/embed.html", parts) if provider else "")

    def _links(self, articles: "Mapping[int, PublishedArticle]") -> None:
        for link in list(self.root.iterfind(".//a[@data-article]")):
            article = articles.get(int(link.attrib.pop("data-article")))
            if article is None:
                link.drop_tag()
            else:
                _, hash_sign, place = (link.get("href") or "").partition("#")
                link.set("href", article.get_absolute_url() + hash_sign + place)

    def _tables(self) -> None:
        """A wide table scrolls by itself, by keyboard too, instead of widening the page."""
        for table in list(self.root.iterfind(".//table")):
            frame = lxml.html.fragment_fromstring(
                '<div class="table-frame" tabindex="0" role="region" aria-label="Table"></div>'
            )
            frame.tail, table.tail = table.tail, None
            table.getparent().replace(table, frame)
            frame.append(table)

    def _footnotes(self) -> str:
        notes = []
        for note in list(self.root.iterfind(".//span[@data-footnote]")):
            notes.append(mark_safe(_inner(note)))
            _replace(note, render_to_string("blocks/footnote_mark.html", {"number": len(notes)}))
        return render_to_string("blocks/footnotes.html", {"notes": notes}) if notes else ""


def _inner(element: Element) -> str:
    """What stands inside an element, as HTML. (Its .text alone is *unescaped*: joining that by hand is an open door.)"""
    html = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    return html[html.index(">") + 1 : html.rindex("<")]


def _replace(element: Element, html: str) -> None:
    """Put this HTML in the element's place; '' removes it. Text that follows the element stays."""
    parts = lxml.html.fragments_fromstring(html.strip()) if html.strip() else []
    parent, tail = element.getparent(), element.tail or ""
    place = parent.index(element)
    element.tail = None
    parent.remove(element)
    text = parts.pop(0) if parts and isinstance(parts[0], str) else ""
    for offset, part in enumerate(parts):
        parent.insert(place + offset, part)
    if parts:
        parts[-1].tail = (parts[-1].tail or "") + tail
        tail = ""
    _add_text(parent, place, text + tail)


def _add_text(parent: Element, place: int, text: str) -> None:
    """Text before the child at `place`."""
    if not text:
        return
    if place == 0:
        parent.text = (parent.text or "") + text
    else:
        before = parent[place - 1]
        before.tail = (before.tail or "") + text

"""Links to our own site by address, which become links to our articles by number.

An address changes, a number does not. Pure: which address is which article is asked elsewhere (articles/desk/linking.py).
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from urllib.parse import urlsplit

# Our own sanitiser wrote what is read here, so its tags are regular.
_LINK = re.compile(r'<a((?: [\w-]+="[^"]*")*)>')
_HREF = re.compile(r' href="([^"]*)"')

OnThisSite = Callable[[str], bool]


def path_on_this_site(address: str, is_ours: OnThisSite) -> str | None:
    """The path (with its query) of an address on this site; None for all others. `is_ours` judges host names.

    >>> path_on_this_site("https://news.example/film/x/?utm_source=y#top", {"news.example"}.__contains__)
    '/film/x/?utm_source=y'
    """
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname
    except ValueError:  # no address at all, like http://[
        return None
    if parts.scheme not in {"", "http", "https"} or not parts.path.startswith("/"):
        return None
    # A path alone is ours; "//host/path" names a host, "/\\host" is one to some browsers.
    if host is None and (parts.scheme or parts.netloc or address.strip().startswith(("//", "/\\"))):
        return None
    if host is not None and not is_ours(host):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def own_paths(html: str, is_ours: OnThisSite) -> set[str]:
    """The paths of all links of a sanitised body that lead to this site and name no article yet."""
    found = (path_on_this_site(_address(tag), is_ours) for tag in _unnumbered(html))
    return {path for path in found if path}


def number_links(html: str, articles: Mapping[str, int], is_ours: OnThisSite) -> str:
    """Adds data-article to the links of a sanitised body whose path is in `articles`. Their address stays, as the last
    one that was known.
    """

    def numbered(match: re.Match[str]) -> str:
        attributes = match[1]
        if " data-article=" in attributes:
            return match[0]
        path = path_on_this_site(_address(attributes), is_ours)
        number = articles.get(path) if path else None
        return match[0] if number is None else f'<a data-article="{escape(str(number))}"{attributes}>'

    return _LINK.sub(numbered, html)


def _unnumbered(html: str) -> list[str]:
    return [attributes for attributes in _LINK.findall(html) if " data-article=" not in attributes]


def _address(attributes: str) -> str:
    found = _HREF.search(attributes)
    return unescape(found[1]) if found else ""

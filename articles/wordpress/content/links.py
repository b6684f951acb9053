"""Addresses that may be stored in a link."""

import re
from urllib.parse import unquote, urlsplit

LONGEST = 2000
_SCHEMES = {"http", "https", "mailto", "tel"}
_IGNORED = re.compile(r"[\x00-\x20\x7f\u200b\ufeff]+")
_IGNORED_INSIDE = re.compile(r"[\x00-\x1f\x7f]")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")


def safe(url: str) -> str | None:
    """The address as it may stand in `href`, or None: for javascript: and its like, and for nonsense.

    Also for a place within the page ("#top"), because the ids it would lead to are not kept.
    """
    if len(url) > LONGEST * 3:
        return None
    # Browsers drop control characters before they look for the scheme: "java\tscript:" must not slip through.
    url = _IGNORED_INSIDE.sub("", url)
    url = _IGNORED.sub("%20", url.strip("\x20\x7f\u200b\ufeff\u00a0"))
    if not url or url.startswith("#") or len(url) > LONGEST:
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _SCHEMES:
        return None
    if url.startswith("//") or (scheme and scheme[1].lower().startswith("http")):
        return url if host(url) else None
    return url


def web(url: str) -> str | None:
    """`safe`, and absolute with http or https. A missing scheme ("//host/…") becomes https."""
    url = safe(url) or ""
    if url.startswith("//"):
        url = "https:" + url
    return url if url.lower().startswith(("http://", "https://")) else None


def file_name(url: str) -> str:
    """What to call a file that has only an address."""
    parts = urlsplit(url)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]).strip() or parts.hostname or url


def host(url: str) -> str:
    """The host of an address, "" if it has none or is malformed."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for "http://host:port"
        return parts.hostname or ""
    except ValueError:
        return ""

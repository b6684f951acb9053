"""The providers whose posts and players we embed: whose an address is, and its one canonical form."""

import re
from urllib.parse import parse_qs, urlsplit

from articles.wordpress.content import links

_YOUTUBE_ID = r"([\w-]{11})"
# provider: exact hosts, patterns of the path, canonical address
_PROVIDERS = (
    (
        "youtube",
        {
            "youtube.com",
            "www.youtube.com",
            "m.youtube.com",
            "youtube-nocookie.com",
            "www.youtube-nocookie.com",
        },
        rf"/(?:embed|v|e|shorts|live)/{_YOUTUBE_ID}(?:[/&].*)?",
        "https://www.youtube.com/watch?v={0}",
    ),
    ("youtube", {"youtu.be", "www.youtu.be"}, rf"/{_YOUTUBE_ID}/?", "https://www.youtube.com/watch?v={0}"),
    (
        "vimeo",
        {"vimeo.com", "www.vimeo.com", "player.vimeo.com"},
        r"/(?:video/|channels/[\w-]+/|groups/[\w-]+/videos/|album/\d+/video/)?(\d{3,15}(?:/[\da-f]{6,20})?)/?",
        "https://vimeo.com/{0}",
    ),
    (
        "x",
        {"twitter.com", "www.twitter.com", "mobile.twitter.com", "x.com", "www.x.com", "mobile.x.com"},
        r"/(\w{1,30})/status(?:es)?/(\d{5,25})(?:/.*)?",
        "https://x.com/{0}/status/{1}",
    ),
    (
        "instagram",
        {"instagram.com", "www.instagram.com", "instagr.am"},
        r"(?:/[\w.]+)?/(p|reel|tv)/([\w-]{5,40})(?:/.*)?",
        "https://www.instagram.com/{0}/{1}/",
    ),
    (
        "tiktok",
        {"tiktok.com", "www.tiktok.com", "m.tiktok.com"},
        r"/@([\w.]{1,40})/video/(\d{5,25})/?",
        "https://www.tiktok.com/@{0}/video/{1}",
    ),
    (
        "bluesky",
        {"bsky.app", "www.bsky.app"},
        r"/profile/([\w.:-]{3,120})/post/(\w{5,30})/?",
        "https://bsky.app/profile/{0}/post/{1}",
    ),
    (
        "spotify",
        {"open.spotify.com", "play.spotify.com"},
        r"(?:/intl-[\w-]+)?(?:/embed|/embed-podcast)?/(track|album|playlist|artist|episode|show)/(\w{8,40})/?",
        "https://open.spotify.com/{0}/{1}",
    ),
    (
        "soundcloud",
        {"soundcloud.com", "www.soundcloud.com", "m.soundcloud.com"},
        r"/([\w-]{1,80})/((?:sets/)?[\w-]{1,120})/?",
        "https://soundcloud.com/{0}/{1}",
    ),
)
_COMPILED = tuple((name, hosts, re.compile(path, re.ASCII), form) for name, hosts, path, form in _PROVIDERS)


def match(url: str) -> tuple[str, str] | None:
    """(provider, canonical address) of something to embed, or None.

    The host must be exactly one of the provider's, without user or port: `youtube.com.evil.test` is nobody.
    """
    address = links.web(url)
    if address is None:
        return None
    parts = urlsplit(address)
    if parts.netloc.lower() != parts.hostname:
        return None
    if parts.hostname == "w.soundcloud.com" and parts.path.startswith("/player"):
        inner = _parameter(parts.query, "url")
        return match(inner) if urlsplit(inner).hostname != "w.soundcloud.com" else None
    path = parts.path
    if parts.hostname.endswith("youtube.com") and path.rstrip("/") == "/watch":
        path = "/embed/" + _parameter(parts.query, "v")
    for name, hosts, pattern, form in _COMPILED:
        if parts.hostname in hosts and (found := pattern.fullmatch(path)):
            return name, form.format(*found.groups())
    return None


def from_number(provider: str, number: str) -> str:
    """The address of `[youtube dQw4w9WgXcQ]` or `[vimeo 12345]`, to be given to `match`."""
    form = {
        "youtube": "https://youtu.be/",
        "vimeo": "https://vimeo.com/",
        "tweet": "https://x.com/i/status/",
        "instagram": "https://www.instagram.com/p/",
    }.get(provider)
    return form + number if form and re.fullmatch(r"[\w-]{1,40}", number) else ""


def _parameter(query: str, name: str) -> str:
    # WordPress content often holds addresses escaped twice: "?a=1&amp;v=…"
    try:
        once = query.replace("&amp;", "&").replace("#038;", "")
        return parse_qs(once, max_num_fields=50).get(name, [""])[0]
    except ValueError:
        return ""

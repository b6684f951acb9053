"""Where a provider shows its thing in a frame: what a reader's click loads, and nothing before it.

Each address is put together here from the ids in the embed's own address; nothing else of it gets through.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from .embeds import provider_of


@dataclass(frozen=True)
class Frame:
    """`shape` is how large it is shown: a class of newsroom/css/asides.css."""

    src: str
    shape: str

    @property
    def host(self) -> str:
        """For the page's Content-Security-Policy."""
        return f"https://{urlsplit(self.src).netloc}"


def frame_of(url: str) -> Frame | None:
    """The frame for an embed's address; None when there is only the link, as for what no provider of ours serves."""
    provider = provider_of(url)
    return _FRAMES[provider.name](url) if provider else None


def _youtube(url: str) -> Frame | None:
    found = re.search(r"(?:youtu\.be/|[?&]v=|/(?:embed|live|(shorts))/)([\w-]{6,20})", url, re.ASCII)
    if found is None or found[2] == "videoseries":  # /embed/videoseries?list=… is a playlist, not a video
        return None
    query = {"autoplay": "1"} | ({"start": str(start)} if (start := _start(url)) else {})
    shape = "upright" if found[1] else "video"
    return Frame(f"https://www.youtube-nocookie.com/embed/{found[2]}?{urlencode(query)}", shape)


def _start(url: str) -> int:
    """Seconds, from t=90, t=90s, t=1m30s or start=90."""
    found = re.search(r"[?&#](?:t|start)=(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?(?=[&#]|$)", url, re.ASCII)
    hours, minutes, seconds = (int(part or 0) for part in found.groups()) if found else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds


def _vimeo(url: str) -> Frame | None:
    found = re.search(r"vimeo\.com/(?:video/)?(\d+)(?:/([0-9a-f]{6,20})\b)?", url, re.ASCII)
    secret = re.search(r"[?&]h=([0-9a-f]{6,20})\b", url, re.ASCII)
    if found is None:
        return None
    key = found[2] or (secret[1] if secret else "")  # of a video that is not listed
    query = ({"h": key} if key else {}) | {"dnt": "1", "autoplay": "1"}
    return Frame(f"https://player.vimeo.com/video/{found[1]}?{urlencode(query)}", "video")


def _x(url: str) -> Frame | None:
    found = re.search(r"/status/(\d+)", url, re.ASCII)
    return Frame(f"https://platform.twitter.com/embed/Tweet.html?id={found[1]}&dnt=true", "post") if found else None


def _instagram(url: str) -> Frame | None:
    found = re.search(r"/(?:p|reel|tv)/([\w-]+)", url, re.ASCII)
    return Frame(f"https://www.instagram.com/p/{found[1]}/embed/", "post") if found else None


def _tiktok(url: str) -> Frame | None:
    found = re.search(r"/video/(\d+)", url, re.ASCII)
    return Frame(f"https://www.tiktok.com/embed/v2/{found[1]}", "upright") if found else None


def _bluesky(url: str) -> Frame | None:
    """Only for an address with the author's permanent id: whom a handle means would have to be asked."""
    found = re.search(r"/profile/(did:[a-z]+:[\w.:-]+)/post/(\w+)", url, re.ASCII)
    if found is None:
        return None
    return Frame(f"https://embed.bsky.app/embed/{found[1]}/app.bsky.feed.post/{found[2]}", "post")


def _spotify(url: str) -> Frame | None:
    found = re.search(r"/(track|album|playlist|episode|show|artist)/(\w+)", url, re.ASCII)
    if found is None:
        return None
    shape = "audio" if found[1] in {"track", "episode"} else "list"
    return Frame(f"https://open.spotify.com/embed/{found[1]}/{found[2]}", shape)


def _soundcloud(url: str) -> Frame | None:
    found = re.search(r"soundcloud\.com((?:/[\w-]+){1,3})", url, re.ASCII)
    if found is None:
        return None
    address = quote(f"https://soundcloud.com{found[1]}", safe="")
    return Frame(f"https://w.soundcloud.com/player/?url={address}", "audio")


_FRAMES: dict[str, Callable[[str], Frame | None]] = {
    "youtube": _youtube,
    "vimeo": _vimeo,
    "x": _x,
    "instagram": _instagram,
    "tiktok": _tiktok,
    "bluesky": _bluesky,
    "spotify": _spotify,
    "soundcloud": _soundcloud,
}

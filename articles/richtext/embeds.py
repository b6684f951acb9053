"""Which third parties' things an article may embed, known by exact address."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Provider:
    name: str
    label: str
    verb: str
    address: re.Pattern[str]

    @property
    def thing(self) -> str:
        """What is embedded, as a reader would call it."""
        return {"Watch": "video", "Listen": "audio"}.get(self.verb, "post")


def _provider(name: str, label: str, verb: str, address: str) -> Provider:
    return Provider(name, label, verb, re.compile(rf"https://(?:www\.)?{address}", re.ASCII))


_REST = r"(?:[/?#][^\s\"'<>]{0,300})?"

PROVIDERS = {
    one.name: one
    for one in (
        _provider(
            "youtube",
            "YouTube",
            "Watch",
            r"(?:m\.)?(?:youtube\.com/(?:watch\?(?:[^\s\"'<>]{0,200}&)?v=|embed/|shorts/|live/)|youtu\.be/)[\w-]{6,20}(?:[&?#][^\s\"'<>]{0,300})?",
        ),
        _provider("vimeo", "Vimeo", "Watch", rf"(?:player\.)?vimeo\.com/(?:video/)?\d{{3,15}}{_REST}"),
        _provider("x", "X", "Read", rf"(?:mobile\.)?(?:twitter|x)\.com/\w{{1,30}}/status/\d{{5,25}}{_REST}"),
        _provider(
            "instagram", "Instagram", "See", rf"instagram\.com/(?:[\w.]{{1,40}}/)?(?:p|reel|tv)/[\w-]{{5,40}}{_REST}"
        ),
        _provider("tiktok", "TikTok", "Watch", rf"tiktok\.com/@[\w.]{{1,40}}/video/\d{{5,25}}{_REST}"),
        _provider("bluesky", "Bluesky", "Read", rf"bsky\.app/profile/[\w.:-]{{3,120}}/post/\w{{5,30}}{_REST}"),
        _provider(
            "spotify",
            "Spotify",
            "Listen",
            rf"open\.spotify\.com/(?:intl-\w\w/)?(?:track|album|playlist|episode|show|artist)/\w{{8,40}}{_REST}",
        ),
        _provider(
            "soundcloud",
            "SoundCloud",
            "Listen",
            rf"(?:m\.)?soundcloud\.com/[\w-]{{1,80}}(?:/[\w-]{{1,120}}){{0,2}}{_REST}",
        ),
    )
}


def provider_of(url: str) -> Provider | None:
    """The provider whose address this is, to the letter; None for all others, look-alikes included."""
    for provider in PROVIDERS.values():
        if provider.address.fullmatch(url):
            return provider
    return None

"""Icons of the site for tabs, home screens and feed readers: made from the logo when it is saved, else ours.

Their names are made of the logo's digest: no table, and caches keep them for ever.
"""

import io
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.templatetags.static import static
from PIL import Image as Pillow
from PIL import ImageColor, ImageOps, ImageStat

from newsroom import theme
from newsroom.static_texts import text_of

# Raise it when they are drawn otherwise: a name is never used for other bytes.
VERSION = 1
# Of a tab, of an iPhone's home screen, of an Android one and of its start.
SIZES = (32, 180, 192, 512)
IN_ICO = [(16, 16), (32, 32), (48, 48)]
# Home screens cut corners: what counts keeps away from them.
SAFE = 0.8
PAPER, INK = (ImageColor.getrgb(colours[0]) for colours in (theme.LIGHT, theme.DARK))
UNQUOTED = "'=:/()"
OURS = Path(__file__).parent / "static" / "newsroom" / "icons"


@dataclass(frozen=True)
class Icons:
    """Where the icons of a logo are. Of no logo (no digest), ours."""

    digest: str = ""

    def png(self, size: int) -> str:
        """The address of one of SIZES."""
        return default_storage.url(self._name(f"{size}.png")) if self.digest else static(f"newsroom/icons/{size}.png")

    @property
    def svg(self) -> str:
        """Only ours has one. It is the address of itself: so small that a request for it would be most of its cost, and
        browsers make that one before the page stands.
        """
        return (
            "" if self.digest else f"data:image/svg+xml,{quote(text_of('newsroom/favicon.svg').strip(), safe=UNQUOTED)}"
        )

    def ico(self) -> bytes:
        """For /favicon.ico, which many ask for unasked. Reads a file."""
        if not self.digest:
            return (OURS / "favicon.ico").read_bytes()
        with default_storage.open(self._name("ico")) as file:
            return bytes(file.read())

    @property
    def are_there(self) -> bool:
        """One look at a file. A logo that was saved before there were icons has none until it is saved again."""
        return not self.digest or default_storage.exists(self._name("ico"))

    def make(self, logo: Pillow.Image) -> None:
        """Write the files; some hundredths of a second."""
        for size in SIZES:
            self._write(f"{size}.png", _png(square(logo, size)))
        ico = io.BytesIO()
        square(logo, 48).save(ico, "ICO", sizes=IN_ICO)
        self._write("ico", ico.getvalue())

    def _write(self, end: str, content: bytes) -> None:
        name = self._name(end)
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))

    def _name(self, end: str) -> str:
        return f"identity/icon-{VERSION}-{self.digest}.{end}"


def square(logo: Pillow.Image, size: int) -> Pillow.Image:
    """The whole logo in the middle of a square: on its own colour, or where one sees through it, on what it stands out from."""
    shown = _without_empty_edges(logo.convert("RGBA"))
    inner = size if size < 100 else round(size * SAFE)
    shown = ImageOps.contain(shown, (inner, inner), Pillow.Resampling.LANCZOS)
    icon = Pillow.new("RGB", (size, size), _behind(logo.convert("RGBA")))
    icon.paste(shown, ((size - shown.width) // 2, (size - shown.height) // 2), shown)
    return icon


def _without_empty_edges(logo: Pillow.Image) -> Pillow.Image:
    box = logo.getchannel("A").getbbox()
    return logo.crop(box) if box else logo


def _behind(logo: Pillow.Image) -> tuple[int, ...]:
    alpha = logo.getchannel("A")
    if alpha.getextrema()[0] == 255:
        return logo.getpixel((0, 0))[:3]  # type: ignore[index]
    light = ImageStat.Stat(logo.convert("L"), mask=alpha).mean[0] if alpha.getbbox() else 0
    return INK if light > 170 else PAPER


def _png(icon: Pillow.Image) -> bytes:
    png = io.BytesIO()
    icon.save(png, "PNG", optimize=True)
    return png.getvalue()

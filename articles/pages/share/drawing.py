"""Drawing a share picture: the title on the publication's colour, and below it who publishes."""

import io
import unicodedata
from pathlib import Path

from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageDraw

from newsroom import contrast, uploads

from .cards import Card
from .fonts import OURS, at_size, typeface_for

WIDTH, HEIGHT = 1200, 630  # what all that show links have agreed upon
MARGIN, BAND, FLOOR = 72, 122, 44
PAPER, INK = "#ffffff", "#16130f"
SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 36)  # of the title, in pixels: the largest that leaves it room
LEADING = 1.14
LABEL = 30


def draw(card: Card) -> bytes:
    """A PNG. A twentieth of a second; no query. For one at a time: see views.py."""
    ink = max((PAPER, INK), key=lambda one: contrast.ratio(one, card.accent))
    picture = Pillow.new("RGB", (WIDTH, HEIGHT), card.accent)
    pen = ImageDraw.Draw(picture)
    top = MARGIN
    label_face, label = typeface_for(card.label)
    if label:
        _line(pen, label, top, at_size(label_face, LABEL), ink)
        top += round(LABEL * 1.9)
    face, title = typeface_for(card.title)
    if not title:  # in a script that nothing here can write: then who publishes, as large as a title
        face, title = typeface_for(card.site)
    floor = HEIGHT - BAND - FLOOR
    size, lines = _fitted(title, face, floor - top)
    for number, line in enumerate(reversed(lines), 1):
        _line(pen, line, floor - round(number * size * LEADING), at_size(face, size), ink)
    _sign(picture, pen, card)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _line(pen: ImageDraw.ImageDraw, text: str, top: int, font: object, ink: str) -> None:
    """From the side on which its script begins; letters are joined and turned by Pillow's layout engine."""
    if _is_right_to_left(text):
        pen.text((WIDTH - MARGIN, top), text, ink, font=font, anchor="ra", direction="rtl")  # type: ignore[arg-type]
    else:
        pen.text((MARGIN, top), text, ink, font=font, anchor="la")  # type: ignore[arg-type]


def _is_right_to_left(text: str) -> bool:
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((one for one in strong if one in {"L", "R", "AL"}), "L") != "L"


def _fitted(title: str, face: Path, room: int) -> tuple[int, list[str]]:
    """The largest size at which it fits, and its lines; of what fits at none, as much as does."""
    for size in SIZES:
        lines = _wrapped(title, face, size)
        if len(lines) * size * LEADING <= room:
            return size, lines
    most = max(int(room / (size * LEADING)), 1)
    return size, [*lines[: most - 1], f"{lines[most - 1].rstrip(' .,;:')} …"]


def _wrapped(title: str, face: Path, size: int) -> list[str]:
    """Between words; within one that is wider than a line, as in scripts that know no spaces, between its characters."""
    lines, line, font = [], "", at_size(face, size)
    for word in title.split():
        for part, space in _parts(word, face, size):
            longer = f"{line}{space}{part}" if line else part
            if line and font.getlength(longer) > WIDTH - 2 * MARGIN:
                lines.append(line)
                line = part
            else:
                line = longer
    return [*lines, line] if line else lines


def _parts(word: str, face: Path, size: int) -> list[tuple[str, str]]:
    """What may not be broken, each with what stands before it."""
    if at_size(face, size).getlength(word) <= WIDTH - 2 * MARGIN:
        return [(word, " ")]
    return [(one, "" if number else " ") for number, one in enumerate(word)]


def _sign(picture: Pillow.Image, pen: ImageDraw.ImageDraw, card: Card) -> None:
    """The band on paper: the logo, which is made to stand there; else the name."""
    pen.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), PAPER)
    logo = _logo(card.logo)
    if logo is not None:
        picture.paste(logo, (MARGIN, HEIGHT - BAND + (BAND - logo.height) // 2), logo)
        return
    face, name = typeface_for(card.site)
    font = at_size(face if name else OURS, 44)
    pen.text((MARGIN, HEIGHT - BAND // 2), name, INK, font=font, anchor="lm")


def _logo(name: str) -> Pillow.Image | None:
    """None where there is none, or its file is lost: the name stands in its place."""
    if not name or not default_storage.exists(name):
        return None
    with default_storage.open(name, "rb") as file:
        logo = uploads.open_upright(file).convert("RGBA")
    logo.thumbnail((WIDTH - 2 * MARGIN, 66), Pillow.Resampling.LANCZOS)
    return logo

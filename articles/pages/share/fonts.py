"""Which typeface can write a text. Ours knows Latin, Greek and Cyrillic; for other scripts the machine's are looked at."""

import re
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import ImageFont

OURS = Path(settings.BASE_DIR) / "newsroom" / "fonts" / "SourceSerifPro-Bold.ttf"
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
_WANTED = re.compile(r"(?:DejaVuSans|Noto(?:Sans|Naskh)\w*)-Bold\.(?:ttf|otf|ttc)")
_NO_CHARACTER = "\U0010fffe"  # never will be one: what is drawn for it stands for all that a typeface lacks
_PROBE = 24  # pixels


@lru_cache(maxsize=1)
def typefaces() -> tuple[Path, ...]:
    """Ours first, then what the machine has, by name."""
    found = {path for folder in SYSTEM if folder.is_dir() for path in folder.rglob("*") if _WANTED.fullmatch(path.name)}
    return (OURS, *sorted(found, key=lambda path: path.name))


@lru_cache(maxsize=64)
def at_size(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


@lru_cache(maxsize=8192)
def knows(path: Path, character: str) -> bool:
    font = at_size(path, _PROBE)
    drawn, missing = font.getmask(character), font.getmask(_NO_CHARACTER)
    return character.isspace() or (drawn.size, bytes(drawn)) != (missing.size, bytes(missing))


def typeface_for(text: str) -> tuple[Path, str]:
    """The first that knows every letter and figure of the text, and the text without the signs that it lacks, like
    pictures of rockets. Ours and '' when there is none: better no words than a row of empty boxes.
    """
    for path in typefaces():
        unknown = {one for one in set(text) if not knows(path, one)}
        if not any(one.isalnum() for one in unknown):
            return path, " ".join("".join(one for one in text if one not in unknown).split())
    return OURS, ""

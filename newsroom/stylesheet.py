"""The readers' stylesheet: parts that are written each for its subject, joined into one file, so that a page asks for one.

`css/` holds the parts. Nothing is bundled: `Finder` makes the file when static files are looked for (`collectstatic`, or
each request where DEBUG is on), and from there on it is a static file like any other, hashed and compressed.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile

from newsroom.storage import WholeFiles

NAME = "newsroom/readers.css"
FOLDER = Path(__file__).parent / "css"

# The later a layer stands here, the more it says; a site's colours and typefaces (newsroom/theme.py) set the tokens anew.
LAYERS = ("reset", "tokens", "theme", "base", "layout", "components", "utilities", "print")
PARTS = (
    "reset", "tokens", "base", "masthead", "menus", "fronts", "cards", "lists", "article", "text", "figures", "tables",
    "asides", "after", "archives", "forms", "footer", "contrast", "print",
)  # fmt: skip


def joined() -> str:
    """All parts in their order, without comments and spare spaces."""
    parts = [(FOLDER / f"{name}.css").read_text(encoding="utf-8") for name in PARTS]
    return small(f"@layer {', '.join(LAYERS)};" + "".join(parts))


def small(css: str) -> str:
    """Comments go, and the spaces that mean nothing. What stands in quotes stays to the letter."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "".join(part if part[:1] in {'"', "'"} else _tight(part) for part in re.split(r"(\"[^\"]*\"|'[^']*')", css))


def _tight(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>~]) ?", r"\1", css)
    css = re.sub(r": ", ":", css)  # a selector may have a space before its colon, never after it
    return css.replace(";}", "}")


class Finder(BaseFinder):
    """Finds the one file, made anew whenever a part is younger than it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Several processes make it at once (workers of a server, of the tests): each writes a file of its own first.
        self.storage = WholeFiles(location=settings.VAR_DIR / "made-static", allow_overwrite=True)

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        return [str(self._made())] if find_all else str(self._made())

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, WholeFiles]]:
        self._made()
        yield NAME, self.storage

    def _made(self) -> Path:
        made = Path(self.storage.path(NAME))
        css = joined()
        if not made.exists() or made.read_text(encoding="utf-8") != css:
            self.storage.save(NAME, ContentFile(css.encode()))
        return made

"""The pictures of the demo newsroom, drawn rather than downloaded: nobody's rights, and the same every time."""

from collections.abc import Callable
from random import Random

from PIL import Image

from .arcade import arcade
from .bookshelf import bookshelf
from .cinema import screen
from .city import city_night
from .crowd import crowd
from .desert import desert
from .figure import figure
from .forest import forest
from .geometry import geometry
from .moon import moon
from .mountains import mountains
from .palettes import PALETTES
from .portrait import portrait
from .rooms import gallery, window
from .sea import sea
from .sheet import Sheet
from .staircase import staircase
from .theatre import auditorium, stage
from .vinyl import vinyl

SCENES: dict[str, Callable[[Sheet, int], None]] = {
    "auditorium": auditorium,
    "city-night": city_night,
    "stage": stage,
    "vinyl": vinyl,
    "bookshelf": bookshelf,
    "sea": sea,
    "desert": desert,
    "forest": forest,
    "screen": screen,
    "figure": figure,
    "arcade": arcade,
    "geometry": geometry,
    "mountains": mountains,
    "crowd": crowd,
    "window": window,
    "staircase": staircase,
    "gallery": gallery,
    "moon": moon,
    "portrait": portrait,
}


def draw(scene: str, palette: str, variant: int = 1, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Print a scene in the inks of a palette; the same arguments always give the same picture."""
    if scene not in SCENES:
        raise ValueError(f"unknown scene {scene!r}; choose one of: {', '.join(SCENES)}")
    if palette not in PALETTES:
        raise ValueError(f"unknown palette {palette!r}; choose one of: {', '.join(PALETTES)}")
    sheet = Sheet(size, PALETTES[palette], Random(f"{scene}/{palette}/{variant}"))
    SCENES[scene](sheet, variant)
    return sheet.finished()

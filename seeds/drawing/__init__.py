"""The pictures of the demo newsroom, drawn rather than downloaded: free of rights, and always the same."""

from collections.abc import Callable
from random import Random

from PIL import Image

from .arcade import ARCADE
from .auditorium import AUDITORIUM
from .bookshelf import BOOKSHELF
from .cinema import SCREEN
from .city import CITY_NIGHT
from .crowd import CROWD
from .desert import DESERT
from .figure import FIGURE
from .forest import FOREST
from .gallery import GALLERY
from .geometry import GEOMETRY
from .moon import MOON
from .mountains import MOUNTAINS
from .palettes import PALETTES
from .portrait import PORTRAIT
from .sea import SEA
from .sheet import Sheet
from .stage import STAGE
from .staircase import STAIRCASE
from .vinyl import VINYL
from .window import WINDOW

Composition = Callable[[Sheet], None]

SCENES: dict[str, tuple[Composition, ...]] = {
    "auditorium": AUDITORIUM,
    "city-night": CITY_NIGHT,
    "stage": STAGE,
    "vinyl": VINYL,
    "bookshelf": BOOKSHELF,
    "sea": SEA,
    "desert": DESERT,
    "forest": FOREST,
    "screen": SCREEN,
    "figure": FIGURE,
    "arcade": ARCADE,
    "geometry": GEOMETRY,
    "mountains": MOUNTAINS,
    "crowd": CROWD,
    "window": WINDOW,
    "staircase": STAIRCASE,
    "gallery": GALLERY,
    "moon": MOON,
    "portrait": PORTRAIT,
}


def draw(scene: str, palette: str, variant: int = 1, size: tuple[int, int] = (1600, 1067)) -> Image.Image:
    """Print a scene in the inks of a palette; the same arguments always give the same picture.

    The first variants are the compositions of the scene. After the last they come round again: framed closer,
    mirrored, some at another hour, and with everything that is left to chance drawn anew.
    """
    if scene not in SCENES:
        raise ValueError(f"unknown scene {scene!r}; choose one of: {', '.join(SCENES)}")
    if palette not in PALETTES:
        raise ValueError(f"unknown palette {palette!r}; choose one of: {', '.join(PALETTES)}")
    turn, index = divmod(variant - 1, len(SCENES[scene]))
    sheet = Sheet(size, PALETTES[palette], Random(f"{scene}/{palette}/{variant}"), turn)
    SCENES[scene][index](sheet)
    if turn % 2:
        sheet.mirror()
    return sheet.finished()

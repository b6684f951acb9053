"""How well a colour can be read on another: the formulas of WCAG 2.2. Colours are #rrggbb."""

from collections.abc import Iterable


def ratio(one: str, other: str) -> float:
    """From 1, no difference, to 21, black on white."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def least(colour: str, grounds: Iterable[str]) -> float:
    """The contrast on that of the grounds on which it is read worst."""
    return min(ratio(colour, ground) for ground in grounds)


def readable_on(colour: str, grounds: Iterable[str], wanted: float) -> str:
    """The colour, mixed with as little white as makes it readable on these dark grounds; white if nothing less does."""
    grounds = list(grounds)
    for percent in range(0, 101, 4):
        mixed = _mixed(colour, percent)
        if least(mixed, grounds) >= wanted:
            return mixed
    return "#ffffff"


def _mixed(colour: str, percent: int) -> str:
    return "#" + "".join(f"{round(part + (255 - part) * percent / 100):02x}" for part in _parts(colour))


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

"""The inks on the shelf: every picture is printed with one set of six and an accent, like a screen print."""

from dataclasses import dataclass

RGB = tuple[int, int, int]
Tone = float | RGB

ACCENT = -1.0


@dataclass(frozen=True)
class Palette:
    """Six inks from the darkest to the lightest, and the one colour that may shout."""

    inks: tuple[RGB, ...]
    accent: RGB

    def colour(self, tone: Tone) -> RGB:
        """The RGB of a tone; 2.5 lies halfway between two inks, so scenes can grade without new colours."""
        if isinstance(tone, tuple):
            return tone
        if tone == ACCENT:
            return self.accent
        low = max(0, min(len(self.inks) - 2, int(tone)))
        return mix(self.inks[low], self.inks[low + 1], max(0.0, min(1.0, tone - low)))


def mix(first: RGB, second: RGB, share: float) -> RGB:
    """The colour that lies `share` of the way from the first to the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def _palette(accent: str, *inks: str) -> Palette:
    return Palette(tuple(_rgb(ink) for ink in inks), _rgb(accent))


def _rgb(text: str) -> RGB:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


PALETTES: dict[str, Palette] = {
    "ember": _palette("3db3b0", "24111f", "571c2c", "a5322d", "e2642f", "f5ad63", "fcead0"),
    "dusk": _palette("ffc94d", "1a1436", "3c2862", "7a3f86", "cc6088", "f4a48c", "fde6d2"),
    "moss": _palette("ec6239", "13231d", "234435", "4d7049", "8fa35d", "d0cd92", "f5f0dc"),
    "cobalt": _palette("ff6b4f", "0c1638", "172f74", "2855b9", "6395df", "aed0ee", "f3f2e7"),
    "rose": _palette("1f8f8a", "2d1026", "6a2244", "b53e60", "e97c8b", "f7b9b1", "fdece3"),
    "sand": _palette("2d5fb8", "2b1e1a", "603f2e", "a06f49", "d3a370", "ebd0a4", "f9f0de"),
    "ink": _palette("e23a2e", "121317", "2e3139", "5d626c", "9a9ea4", "d1d1cc", "f4f0e7"),
    "mint": _palette("ff6f7d", "0f2529", "184b4e", "2d837c", "6fc1a7", "b8e4cb", "f4f6e8"),
}

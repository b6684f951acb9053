"""Portraits of the people who write: flat colour, one light, few lines."""

from dataclasses import dataclass, replace
from functools import partial

from .garments import GARMENTS
from .hair import HAIR
from .palettes import ACCENT, RGB, Tone, mix
from .shapes import Shape, arc, curve, disc, limb, placed, points, ribbon, rounded
from .sheet import Sheet, linear

# Light and shade of each skin.
SKINS: tuple[tuple[RGB, RGB], ...] = (
    ((246, 212, 186), (219, 160, 130)),
    ((126, 76, 48), (84, 46, 30)),
    ((222, 170, 128), (184, 122, 84)),
    ((88, 52, 36), (54, 30, 24)),
    ((239, 196, 164), (206, 140, 112)),
    ((176, 116, 76), (130, 76, 48)),
    ((203, 146, 102), (160, 98, 66)),
)

# Hair.
BLACK: RGB = (30, 24, 26)
BROWN: RGB = (82, 52, 38)
AUBURN: RGB = (150, 76, 40)
SILVER: RGB = (206, 203, 199)


@dataclass(frozen=True)
class Sitter:
    """Everything that tells one person from another."""

    skin: int
    hair: str
    hair_tone: Tone
    garment: str
    cloth: float
    backdrop: str
    ground: float
    glasses: str = ""
    beard: str = ""
    earrings: bool = False
    turn: int = 0


CAST: tuple[Sitter, ...] = (
    Sitter(1, "afro", BLACK, "turtleneck", ACCENT, "sun", 4, earrings=True, turn=8),
    Sitter(0, "bob", AUBURN, "blazer", 1, "arch", 3, glasses="round", turn=-10),
    Sitter(5, "quiff", BLACK, "shirt", 5, "split", 2, beard="short", turn=10),
    Sitter(4, "silver", SILVER, "crew", 1.4, "corners", 3, glasses="square", turn=-6),
    Sitter(6, "scarf", ACCENT, "coat", 1, "sun", 4.4, turn=8),
    Sitter(3, "bald", BLACK, "blazer", ACCENT, "arch", 4, glasses="round", beard="full", turn=-8),
    Sitter(2, "fringe", BLACK, "stripes", 5, "split", 3.2, turn=4),
    Sitter(0, "curls", BROWN, "hoodie", 1, "corners", 4.2, beard="short", turn=10),
    Sitter(1, "locs", BLACK, "shirt", ACCENT, "arch", 4.4, earrings=True, turn=-10),
    Sitter(4, "bun", BROWN, "turtleneck", 1, "sun", 3, glasses="square", earrings=True, turn=6),
    Sitter(5, "long", BLACK, "crew", ACCENT, "split", 3.8, turn=-8),
    Sitter(2, "cap", 1, "coat", 2, "corners", 4.2, beard="full", turn=8),
)


def _portrait(sheet: Sheet, index: int) -> None:
    """One of the cast; the next time round they return with another skin, coat and ground."""
    sitter = CAST[index]
    if sheet.turn:
        skins = (1, 3, 5) if sitter.hair in ("afro", "locs") else range(len(SKINS))
        other = CAST[(index + 5 * sheet.turn) % len(CAST)]
        sitter = replace(
            sitter,
            skin=skins[(skins.index(sitter.skin) + sheet.turn) % len(skins)],
            garment=other.garment,
            cloth=other.cloth,
            backdrop=other.backdrop,
            ground=other.ground,
            glasses=other.glasses,
        )
    _paint(sheet, sitter)
    if index % 2:
        sheet.mirror()


def _paint(sheet: Sheet, sitter: Sitter) -> None:
    """From the wall behind to the glasses in front."""
    x, y = sheet.w / 2, 420.0
    light, shade = (_tinted(sheet, colour) for colour in SKINS[sitter.skin])
    _backdrop(sheet, x, y, sitter)
    hair, tone = HAIR[sitter.hair], sitter.hair_tone
    if isinstance(tone, tuple):
        tone = mix(tone, sheet.palette.colour(0), 0.25)
    hair.behind(sheet, x, y, tone)
    _neck(sheet, x, y, light, shade)
    GARMENTS[sitter.garment](sheet, x, y, sitter.cloth)
    _head(sheet, x, y, light, shade, sitter.turn)
    _features(sheet, x, y, shade, sitter)
    if sitter.beard:
        _beard(sheet, x, y, sitter, tone if isinstance(tone, tuple) else BROWN)
    _mouth(sheet, x + sitter.turn, y, shade, bearded=bool(sitter.beard))
    hair.before(sheet, x, y, tone)
    if sitter.earrings and sitter.hair != "scarf":
        sheet.ink(5 if sitter.cloth == ACCENT else ACCENT, disc(x - 132, y + 84, 15), disc(x + 132, y + 84, 15))
    if sitter.glasses:
        _glasses(sheet, x + sitter.turn, y, sitter.glasses)


def _tinted(sheet: Sheet, colour: RGB) -> RGB:
    """A skin in the light of the palette, so that people belong to their picture."""
    return mix(colour, sheet.palette.colour(3.4), 0.1)


def _backdrop(sheet: Sheet, x: float, y: float, sitter: Sitter) -> None:
    """A ground with one large form that frames the head."""
    ground = sitter.ground
    form = ground + 0.9 if ground < 3.9 else ground - 1.1
    sheet.flood(ground)
    sheet.flood(max(0.0, ground - 0.8), fade=linear((x - 200, 200), (x + 700, 1100)))
    if sitter.backdrop == "sun":
        shapes = [disc(x + 60, y - 10, 350)]
    elif sitter.backdrop == "arch":
        shapes = [[*arc(x, y - 20, 320, 320, 180, 360), (x + 320, 1020), (x - 320, 1020)]]
    elif sitter.backdrop == "split":
        shapes = [[(x + 40, -20), (sheet.w + 20, -20), (sheet.w + 20, 1020), (x - 200, 1020)]]
    else:
        shapes = [disc(sheet.w + 20, -20, 560), disc(-20, 1000, 470)]
    mask = sheet.cut(*shapes)
    sheet.fill(form, mask)
    sheet.fill(min(5.0, form + 0.7), mask, fade=linear((x + 260, y + 400), (x - 260, y - 320)))


def outline(x: float, y: float) -> Shape:
    """The face: a broad forehead, a jaw that narrows to a soft chin."""
    half = points("0,-180 74,-168 120,-108 130,-16 123,58 104,120 62,172 0,190")
    return curve(placed(half + placed(half[-2:0:-1], 0, 0, side=-1), x, y), closed=True)


def _neck(sheet: Sheet, x: float, y: float, light: RGB, shade: RGB) -> None:
    """The neck, and the shadow of the chin on it."""
    column = curve(placed(points("-76,90 -72,220 -130,306 0,490 130,306 72,220 76,90"), x, y))
    neck = sheet.cut(column)
    sheet.fill(light, neck)
    sheet.ink(shade, outline(x + 16, y + 52), inside=neck)


def _head(sheet: Sheet, x: float, y: float, light: RGB, shade: RGB, turn: int) -> None:
    """Ears and face; the far side lies in shade along the line of brow, nose and lips."""
    ears = [disc(x + side * 130 - turn * 0.5, y + 30, 25, 39) for side in (-1, 1)]
    sheet.ink(light, *ears)
    sheet.ink(shade, ears[1], opacity=0.6)
    face = sheet.cut(outline(x, y))
    sheet.fill(light, face)
    line = points("46,-200 52,-110 30,-44 17,-6 13,30 19,62 8,80 14,98 18,122 12,146 26,200")
    edge = curve([(x + a + turn, y + b) for a, b in line], steps=6)
    far = sheet.cut([*edge, (x + 220, y + 200), (x + 220, y - 200)], inside=face)
    sheet.fill(shade, far, opacity=0.5)
    sheet.fill(shade, far, fade=linear((x + 20, y - 40), (x + 150, y + 110)), opacity=0.8)
    sheet.glow(mix(light, (206, 74, 66), 0.4), x - 70 + turn, y + 74, 58, 42, power=1.2, opacity=0.5)


def _features(sheet: Sheet, x: float, y: float, shade: RGB, sitter: Sitter) -> None:
    """Brows, eyes and nose: as little as still looks back."""
    x += sitter.turn
    dark = sheet.palette.colour(0)
    brow = mix(shade, sitter.hair_tone if sitter.hair_tone == SILVER else dark, 0.75)
    for side in (-1, 1):
        arch = curve(placed(points("26,-28 56,-41 86,-29"), x, y, side=side), steps=6)
        sheet.ink(brow, ribbon(arch, [7 + 3 * (1 - k / len(arch)) for k in range(len(arch))]))
        eye = x + side * 54, y + 6.0
        sheet.ink(dark, disc(*eye, 10.5, 12.5))
        lid = curve(placed(points("-22,3 -4,-13 25,-1"), *eye, side=side), steps=6)
        sheet.ink(dark, ribbon(lid, [2 + 5 * k / len(lid) for k in range(len(lid))]))
        sheet.ink(5, disc(eye[0] - 4, eye[1] - 4, 3.2))
    nose = curve(placed(points("14,-2 11,34 22,62 10,76 -9,74"), x, y), steps=6)
    sheet.ink(mix(shade, dark, 0.18), ribbon(nose, [1.5 + 4.5 * k / len(nose) for k in range(len(nose))]))


def _mouth(sheet: Sheet, x: float, y: float, shade: RGB, bearded: bool) -> None:
    """A closed smile."""
    lips = mix(shade, (150, 40, 48), 0.45 if not bearded else 0.3)
    upper = curve(placed(points("-42,112 -14,113 2,117 18,113 44,111"), x, y), steps=6)
    lower = curve(placed(points("44,111 24,131 2,137 -22,131 -42,112"), x, y), steps=6)
    sheet.ink(lips, upper + lower)
    smile = curve(placed(points("-50,107 -20,119 2,121 24,119 52,106"), x, y), steps=6)
    sheet.ink(mix(lips, sheet.palette.colour(0), 0.55), ribbon(smile, 4.6))


def _beard(sheet: Sheet, x: float, y: float, sitter: Sitter, colour: RGB) -> None:
    """A full beard, or a short one that lets the skin through."""
    turn, drop = sitter.turn, 34 if sitter.beard == "full" else 4
    side = points("131,10 127,60 108,128")
    chin = [(66.0, 178.0 + drop), (0.0, 196.0 + drop), (-66.0, 178.0 + drop)]
    jaw = [*side, *chin, *placed(side, 0, 0, side=-1)[::-1]]
    lip = points("-112,40 -90,92 -58,100 -30,90 6,94 36,90 62,100 92,92 112,40")
    beard = sheet.cut(curve(placed(jaw, x, y)) + curve(placed(lip, x + turn, y)))
    sheet.fill(colour, beard, opacity=1.0 if sitter.beard == "full" else 0.78)
    glint = mix(colour, sheet.palette.colour(4), 0.4)
    sheet.fill(glint, beard, fade=linear((x + 60, y + 160), (x - 160, y + 40)), opacity=0.8)


def _glasses(sheet: Sheet, x: float, y: float, kind: str) -> None:
    """Frames, a glint in each lens, and the arms to the ears."""
    for side in (-1, 1):
        eye = x + side * 56
        if kind == "round":
            frame, lens = disc(eye, y + 8, 46), disc(eye, y + 8, 39)
        else:
            frame, lens = (
                rounded(eye - 50, y - 32, eye + 50, y + 46, 22),
                rounded(eye - 42, y - 24, eye + 42, y + 38, 16),
            )
        rim = sheet.cut(frame + lens[::-1])
        glass = sheet.cut(lens)
        sheet.fill(5, glass, opacity=0.12)
        sheet.ink(
            5,
            [(eye + 4, y - 40), (eye + 22, y - 40), (eye - 10, y + 60), (eye - 28, y + 60)],
            inside=glass,
            opacity=0.3,
        )
        sheet.fill(0, rim)
        sheet.ink(0, limb((eye + side * 45, y - 6), (x + side * 134, y + 2), 4.5, 4.5))
    sheet.ink(0, ribbon(curve([(x - 13, y + 3), (x, y - 5), (x + 13, y + 3)]), 8))


PORTRAIT = tuple(partial(_portrait, index=index) for index in range(len(CAST)))

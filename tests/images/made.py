"""Pictures made for the tests, byte by byte where no honest program would make them."""

import io
import random
import struct
import zipfile
import zlib
from functools import lru_cache

from PIL import Image as Pillow

HTML = b"<html><body><script>alert('CANARY')</script></body></html>"
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(200)


def picture(width=60, height=40, colour="teal", mode="RGB"):
    return Pillow.new(mode, (width, height), colour)


def encoded(image, format="JPEG", **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photograph(width=300, height=200, seed=1):
    """With enough in it that sizes and crops differ."""
    noise = random.Random(seed).randbytes(12 * 8 * 3)
    return Pillow.frombytes("RGB", (12, 8), noise).resize((width, height), Pillow.Resampling.BICUBIC)


def quarters(width=80, height=40):
    """Red, green over blue, white: which way up is it?"""
    image = Pillow.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    return image


# --- PNG --------------------------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width, height, pixels=b"", *, depth=8, colours=2, extra=b""):
    """A PNG that says it is that large, whatever `pixels` (the raw rows) holds. colours: 0 grey, 2 RGB, 3 palette."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + extra + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def png_rows(width, height, pixel):
    return (b"\0" + pixel * width) * height


@lru_cache(maxsize=1)
def png_bomb():
    """12,000 x 12,000 pixels in some 140 kB: a whole picture, of which Pillow only warns."""
    packer = zlib.compressobj(9)
    row = bytes(1 + 12_000)
    packed = b"".join(packer.compress(row) for _ in range(12_000)) + packer.flush()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


# --- the headers of giants, with nothing behind them ----------------------------------------------------------------


def giant_webp():
    size = 16_383
    bits = (size - 1) | (size - 1) << 14
    data = b"\x2f" + struct.pack("<I", bits) + bytes(20)
    body = b"WEBPVP8L" + struct.pack("<I", len(data)) + data + bytes(len(data) % 2)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def giant_gif():
    return (
        b"GIF89a"
        + struct.pack("<HHBBB", 65535, 65535, 0xF0, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65535, 65535, 0)
        + b"\x02\x02\x4c\x01\x00;"
    )


def giant_jpeg():
    data = bytearray(encoded(picture(16, 16)))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", 65000, 65000)
    return bytes(data)


def giant_tiff():
    data = encoded(picture(16, 16), "TIFF")
    return data.replace(struct.pack("<HHII", 256, 4, 1, 16), struct.pack("<HHII", 256, 4, 1, 60_000)).replace(
        struct.pack("<HHII", 257, 4, 1, 16), struct.pack("<HHII", 257, 4, 1, 60_000)
    )


def text_bomb():
    """Fifty megabytes of text behind a small picture."""
    packed = zlib.compress(b"a" * 50_000_000, 9)
    return png(1, 1, bytes(4), extra=chunk(b"zTXt", b"Comment\0\0" + packed))


def profile_bomb():
    packed = zlib.compress(bytes(50_000_000), 9)
    return png(1, 1, bytes(4), extra=chunk(b"iCCP", b"x\0\0" + packed))


GIANTS = {
    "png of 144 megapixels": png_bomb,
    "png that says 2,000,000,000 x 2": lambda: png(2_000_000_000, 2),
    "png that says 60,000 x 60,000": lambda: png(60_000, 60_000),
    "png with a bomb of text": text_bomb,
    "png with a bomb of a profile": profile_bomb,
    "webp": giant_webp,
    "gif": giant_gif,
    "jpeg": giant_jpeg,
    "tiff": giant_tiff,
}


# --- JPEG -------------------------------------------------------------------------------------------------------


def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def with_segments(jpeg, *segments):
    """The same JPEG with these segments behind its first two bytes."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def camera_jpeg(image=None, artist=None):
    """What a phone writes, with a canary in each kind of data that readers must not get, and the picture on its side."""
    image = image or photograph()
    exif = Pillow.Exif()
    exif[0x0112] = 6  # orientation
    if artist:
        exif[0x013B] = artist
    exif[0x010F] = "CANARY maker"
    exif[0x9286] = b"CANARY user comment"
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 28.0, 40.0), 3: "E", 4: (0.0, 0.0, 5.0), 29: "CANARY:date"})
    exif.get_ifd(0x8769).update({0xA430: "CANARY owner", 0xA431: "CANARY serial", 0x927C: b"CANARY maker note"})
    thumbnail = encoded(picture(16, 16, "red"), comment=b"CANARY thumbnail")
    return with_segments(
        encoded(image, exif=exif, comment=b"CANARY comment <script>alert(1)</script>"),
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf>CANARY xmp</rdf></x:xmpmeta>"),
        segment(0xE2, b"ICC_PROFILE\0\1\1" + b"CANARY profile"),
        segment(0xED, b"Photoshop 3.0\08BIM\x04\x04\0\0\0\x0cCANARY iptc!"),
        segment(0xEF, b"CANARY" + thumbnail),
    )


def zip_with(name, data):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, data)
    return out.getvalue()


# --- a colour profile -------------------------------------------------------------------------------------------


def swapped_profile():
    """sRGB's primaries with red and green in each other's place: red pixels are meant to be green."""
    red, green, blue = (0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7142)
    fixed = lambda *values: b"".join(struct.pack(">i", round(value * 65536)) for value in values)  # noqa: E731
    xyz = lambda values: b"XYZ \0\0\0\0" + fixed(*values)  # noqa: E731
    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256)) + b"\0\0"
    words = b"CANARY swapped\0"
    name = b"desc\0\0\0\0" + struct.pack(">I", len(words)) + words + bytes(79)
    tags = {b"desc": name, b"wtpt": xyz((0.9642, 1.0, 0.8249)), b"cprt": b"text\0\0\0\0none\0"}
    tags |= {b"rXYZ": xyz(green), b"gXYZ": xyz(red), b"bXYZ": xyz(blue)}
    tags |= {b"rTRC": gamma, b"gTRC": gamma, b"bTRC": gamma}
    table, body, place = b"", b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        data += bytes(-len(data) % 4)
        table += tag + struct.pack(">II", place + len(body), len(data))
        body += data
    rest = struct.pack(">I", len(tags)) + table + body
    header = struct.pack(">I4sI4s4s4s", 128 + len(rest), b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    header += bytes(12) + b"acsp" + bytes(28) + fixed(0.9642, 1.0, 0.8249)
    return header.ljust(128, b"\0") + rest

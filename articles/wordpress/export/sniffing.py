"""What kind of file this is, from its first bytes, so that a picture is refused as a picture."""

import codecs
import re

from articles.wordpress.export.errors import ExportError

HEAD = 65_536  # bytes to look at

_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a media file"),
    (b"%PDF", "a PDF document"),
    (b"SQLite format 3", "a database"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
# Python also knows codecs that are no encodings of text (zlib) or hide markup (utf-7): name the good ones.
_ENCODINGS = re.compile(
    r"utf-?8|us-ascii|ascii|iso-?8859-?\d{1,2}|latin-?\d|windows-?125\d|cp125\d|koi8-[ru]|macintosh|"
    r"shift[-_]jis|euc-(?:jp|kr)|iso-2022-jp|gb2312|gbk|gb18030|big5|tis-620",
    re.IGNORECASE,
)
# Possessive: backtracking into thousands of comments would take for ever.
_WEB_PAGE = re.compile(r"(?is)(?>\s+|<\?xml.*?>|<!--.*?-->)*+(?:<!doctype\s+html|<html)\b")


def encoding_of(head: bytes) -> str:
    """The Python codec for a file that begins with `head`. Raises ExportError if it cannot be XML."""
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(bom):
            return name
    if head.startswith(b"<\0?\0"):
        return "utf-16-le"
    if head.startswith(b"\0<\0?"):
        return "utf-16-be"
    _refuse_binary(head)
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii") if declared else "utf-8"
    if not _ENCODINGS.fullmatch(name):
        raise ExportError(f"The file claims to be encoded as {name}, which is not so; save it as UTF-8", 1)
    return name


def _refuse_binary(head: bytes) -> None:
    if head.startswith(b"PK\x03\x04"):
        raise ExportError("The file is a ZIP archive; unpack it and import the XML file inside")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise ExportError(f"The file is {what}, not a WordPress export")
    # A few stray NULs are mended later; so many are something else.
    if head.count(0) > 8 + len(head) // 100:
        raise ExportError("The file is binary data, not a WordPress export")


def refuse_other_text(start: str) -> None:
    """Raise ExportError unless the text begins like XML that is not a web page."""
    text = start.lstrip("\ufeff \t\r\n\0")
    line = start[: len(start) - len(text)].count("\n") + 1
    if not text:
        raise ExportError("The file is empty")
    if text[0] in "{[":
        raise ExportError("The file is JSON, not a WordPress export (which is XML)", line)
    if text[0] != "<" and "<rss" in text:
        raise ExportError("The file begins with a text (a warning of PHP?); delete all before <?xml", line)
    if text[0] != "<":
        raise ExportError("The file is plain text, not a WordPress export (which is XML)", line)
    if _WEB_PAGE.match(text):
        raise ExportError("The file is a web page (HTML), not a WordPress export", line)

"""The words of a body without its HTML."""

import re
from html import unescape

_TAG = re.compile(r"<[^<>]*>")
_BETWEEN = re.compile(r">\s*<")


def plain_text(html: str) -> str:
    """For counting, searching and descriptions. Linear in the length, whatever it holds."""
    return " ".join(unescape(_TAG.sub(" ", _BETWEEN.sub("> <", html))).split())


def word_count(html: str) -> int:
    return len(plain_text(html).split())

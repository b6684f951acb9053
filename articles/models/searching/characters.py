"""Scripts that put no space between words: in what search keeps each character is a word, and in what readers see none is.
Pure.
"""

import re

from articles.models.tags.words import MARKS, UNSPACED

# They stand around what is marked in a snippet: nothing that is kept may hold them.
BEGIN, END = "\ue000", "\ue001"
_GAP = "\u200b "
_CHARACTER = re.compile(rf"[{UNSPACED}][{MARKS}\u0e31-\u0e4e]*")
_GAPS = re.compile(f"\u200b({BEGIN}|{END})? ({BEGIN}|{END})?")


def spaced(text: str) -> str:
    return text if text.isascii() else _CHARACTER.sub(lambda found: found[0] + _GAP, text)


def unspaced(text: str) -> str:
    """Also where a mark begins or ends in a gap; and marks that meet are one."""
    if "\u200b" not in text:
        return text
    return _GAPS.sub(lambda found: (found[1] or "") + (found[2] or ""), text).replace(END + BEGIN, "")

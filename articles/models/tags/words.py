"""Words of names and texts, as they are compared: pure, and the same for both, so that a name is found as it is written."""

import re
from functools import lru_cache

from .names import folded

# Scripts that put no space between words: there each character can begin and end a name. Hangul puts its particles
# behind a name without one.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
# Marks belong to the letter before them; in decomposed text and in many scripts they are characters of their own.
MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0981-\u0983\u09bc-\u09cd"
WORD = re.compile(rf"[{UNSPACED}][{MARKS}\u0e31-\u0e4e]*|(?:[^\W_{UNSPACED}][{MARKS}]*)+")
APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`\uff07]")
fold_word = lru_cache(maxsize=1 << 16)(folded)


def words_of(text: str) -> list[str]:
    words = text.split()
    # Most names are plain words, and there are many names.
    return words if text.isascii() and "".join(words).isalnum() else WORD.findall(text)


def key_of(key: str) -> str:
    """A folded name as it is looked for in texts: all apostrophes are one."""
    return key if key.isascii() and "`" not in key else APOSTROPHES.sub("'", key)


def word_starts(key: str, name: str) -> list[str]:
    """The folded name, and what is left of it from each of its other words on."""
    words = words_of(name)
    found = [key]
    if len(key) == sum(map(len, words)) and key.isascii():
        place = 0
        for word in words[:-1]:
            place += len(word)
            found.append(key[place:])
        return found
    place = 0
    for word in words[1:]:
        place = key.find(fold_word(word), place + 1)
        if place < 0:  # folding made another thing of it
            break
        found.append(key[place:])
    return found


def trigrams(key: str) -> set[str]:
    """Of a folded name, its beginning and its end told."""
    padded = f"\n\n{key}\n"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}

"""Question: what a reader types, understood once for both databases. Pure.

    venice "golden lion" -review OR cannes

All words must be there; a phrase stands in quotes; what a minus stands before must not be there; OR, between two groups of
words, is content with one of them. Nothing typed is an error: signs that mean nothing here are left out.
"""

import re
import unicodedata
from dataclasses import dataclass

from articles.models.tags.words import WORD

LONGEST = 200  # characters
MOST_TERMS = 24
LONGEST_WORD = 60

# A quote that nothing closes lasts to the end. A minus counts at the beginning of a word only: well-known is two words.
_TOKEN = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_QUOTES = str.maketrans("“”„«»", '"' * 5)
# In English, which both databases know. PostgreSQL leaves out those of other languages by itself.
_ENGLISH = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to"
    " was will with"
)
COMMON = {"english": frozenset(_ENGLISH.split())}
_DASHES = "-\u2010\u2011\u2012\u2013\u2212"


class TooLong(ValueError):
    """More was asked than anybody types."""


@dataclass(frozen=True)
class Term:
    """One word, or several that stand one after the other."""

    words: tuple[str, ...]
    is_not: bool = False


Group = tuple[Term, ...]


@dataclass(frozen=True)
class Question:
    """`groups`: one of them has to be met, whole; each has a term that must be there. `is_only_common`: something was
    asked, but nothing that says anything of a text.
    """

    text: str
    groups: tuple[Group, ...] = ()
    is_only_common: bool = False

    def __bool__(self) -> bool:
        return bool(self.groups)

    @property
    def has_phrases(self) -> bool:
        return any(len(term.words) > 1 and not term.is_not for group in self.groups for term in group)

    @property
    def wanted(self) -> list[str]:
        """The words that must be there, of all groups, each once."""
        words = (word for group in self.groups for term in group if not term.is_not for word in term.words)
        return list(dict.fromkeys(words))

    @classmethod
    def read(cls, text: str, language: str = "") -> "Question":
        """`language` as SiteIdentity.search_language has it: its commonest words are left out, but not of phrases.

        Raises TooLong.
        """
        text = " ".join(unicodedata.normalize("NFC", text[: LONGEST * 4]).split())
        if len(text) > LONGEST:
            raise TooLong(f"{LONGEST} characters at most.")
        groups: list[list[Term]] = [[]]
        for found in _TOKEN.finditer(text.translate(_QUOTES)):
            if found["word"] and found["word"].casefold() == "or":
                groups.append([])
            elif term := _term(found):
                groups[-1].append(term)
        if sum(map(len, groups)) > MOST_TERMS:
            raise TooLong(f"{MOST_TERMS} words at most.")
        common = COMMON.get(language, frozenset())
        telling = [tuple(term for term in group if not _is_common(term, common)) for group in groups]
        met = tuple(dict.fromkeys(group for group in telling if any(not term.is_not for term in group)))
        return cls(text, met, is_only_common=not met and any(not term.is_not for group in groups for term in group))


def _term(found: "re.Match[str]") -> Term | None:
    text, minus = found["phrase"], found["minus"]
    if text is None:
        text = found["word"]
        minus = text if text[0] in _DASHES else ""
    words = tuple(word[:LONGEST_WORD] for word in words_in(text))
    return Term(words, bool(minus)) if words else None


def words_in(text: str) -> list[str]:
    """As both indexes hold them: letters and digits of any script; of those that put no spaces, each character."""
    return WORD.findall(text)


def _is_common(term: Term, common: frozenset[str]) -> bool:
    return len(term.words) == 1 and not term.is_not and term.words[0].casefold() in common

"""Merging two changes of one body: line by line, since a stored body has one block a line."""

from collections.abc import Iterator, Sequence

from .aligning import Effort, align
from .sanitise import sanitise


def merge_bodies(base: str, one: str, other: str) -> str | None:
    """The body with both changes in it; None when they touch the same blocks, so that a person must decide. A merge
    that is not whole HTML (one took a list away, the other wrote in it) counts as touching, too.
    """
    if one == other or other == base:
        return one
    if one == base:
        return other
    lines = [text.split("\n") for text in (base, one, other)]
    merged: list[str] = []
    for old, first, second in _chunks(*lines):
        both = _both(old, first, second)
        if both is None:
            return None
        merged += both
    body = "\n".join(merged)
    return body if sanitise(body) == body else None


def _both(old: list[str], one: list[str], other: list[str]) -> list[str] | None:
    """What becomes of neighbouring lines that changed; None when nobody can tell."""
    if one == other or other == old:
        return one
    if one == old:
        return other
    grown = [_beside(old, text) for text in (one, other)]
    if old and grown.count(None) == 1:
        # One changed these lines, the other only wrote before or after them.
        changed = one if grown[0] is None else other
        before, after = grown[0] or grown[1] or ([], [])
        return [*before, *changed, *after]
    return None


def _beside(old: list[str], new: list[str]) -> tuple[list[str], list[str]] | None:
    """What `new` has before and after `old`; None when it does not hold `old` whole at its begin or end."""
    if new[: len(old)] == old:
        return [], new[len(old) :]
    return (new[: -len(old)], []) if new[-len(old) :] == old else None


Chunk = tuple[list[str], list[str], list[str]]


def _chunks(base: list[str], one: list[str], other: list[str]) -> Iterator[Chunk]:
    """What stands in all three, line by line; and what stands between, which at least one of them changed."""
    effort = Effort()
    in_one, in_other = dict(align(base, one, effort)), dict(align(base, other, effort))
    at = (0, 0, 0)
    for line in sorted(in_one.keys() & in_other.keys()):
        here = (line, in_one[line], in_other[line])
        yield _between((base, one, other), at, here)
        yield [base[line]], [base[line]], [base[line]]
        at = (line + 1, here[1] + 1, here[2] + 1)
    yield _between((base, one, other), at, (len(base), len(one), len(other)))


def _between(texts: tuple[list[str], ...], begin: Sequence[int], end: Sequence[int]) -> Chunk:
    old, first, second = (text[a:b] for text, a, b in zip(texts, begin, end, strict=True))
    return old, first, second

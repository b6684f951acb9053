"""What is different between two bodies: leaf by leaf first, then by words within those that changed.

Words at once would take seconds on a long body; so two of 12,000 words take some tens of milliseconds, and a hostile
pair no more than the `Effort` allows: what is then still unsolved counts as taken out and put in as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .aligning import Effort, align
from .leaves import Leaf, Word, has_letters, leaves, plain_words
from .plain import plain_text

SAME, INSERTED, DELETED, RESTYLED = "same", "inserted", "deleted", "restyled"

# Share of words in common from which on a paragraph is the same one, rewritten.
ALIKE = 0.45
NEARBY = 6  # so many of the new ones are tried as what became of an old one


@dataclass(frozen=True)
class Run:
    """Words in a row with the same fate. RESTYLED: the same words, marked up otherwise; `before` is how they were."""

    fate: str
    words: tuple[Word, ...]
    before: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Change:
    """One leaf's fate: SAME, INSERTED (no `before`), DELETED (no `after`), or changed: both, and `runs`.

    `moved`: the same leaf was taken out at one place and put in at another.
    """

    before: Leaf | None
    after: Leaf | None
    runs: tuple[Run, ...] = ()
    moved: bool = False

    @property
    def fate(self) -> str:
        if self.before is None:
            return INSERTED
        if self.after is None:
            return DELETED
        return SAME if self.before == self.after else "changed"

    @property
    def leaf(self) -> Leaf:
        leaf = self.after or self.before
        assert leaf is not None
        return leaf

    @cached_property
    def count(self) -> Counter[str]:
        """How many words were inserted and deleted; signs don't count."""
        if self.fate in {INSERTED, DELETED}:
            return Counter({self.fate: self.leaf.length})
        found = Counter({INSERTED: 0, DELETED: 0})
        for run in self.runs:
            if run.fate in found:
                found[run.fate] += counted(run.words)
        return found


def compare(before: str, after: str, effort: Effort | None = None) -> list[Change]:
    """The changes from one body to the other, in the order of reading, unchanged leaves included.

    Their `before`s are the leaves of the one, their `after`s those of the other: nothing is lost or made up.
    """
    effort = effort or Effort()
    old, new = leaves(before), leaves(after)
    changes: list[Change] = []
    i = j = 0
    for next_i, next_j in [*align(old, new, effort), (len(old), len(new))]:
        changes += _became(old[i:next_i], new[j:next_j], effort)
        if next_i < len(old):
            changes.append(Change(old[next_i], new[next_j]))
        i, j = next_i + 1, next_j + 1
    return list(_with_moves(changes))


def _became(old: Sequence[Leaf], new: Sequence[Leaf], effort: Effort) -> Iterator[Change]:
    """Between two leaves that stayed: which of the new ones is which of the old, rewritten?"""
    j = 0
    for leaf in old:
        found = _most_alike(leaf, new[j : j + NEARBY], effort)
        if found is None:
            yield Change(leaf, None)
            continue
        yield from (Change(None, other) for other in new[j : j + found])
        other = new[j + found]
        yield Change(leaf, other, tuple(compare_words(leaf.words, other.words, effort)))
        j += found + 1
    yield from (Change(None, other) for other in new[j:])


def _most_alike(leaf: Leaf, candidates: Sequence[Leaf], effort: Effort) -> int | None:
    best, place = ALIKE, None
    words = Counter(word.text for word in leaf.words) if leaf.is_text and effort.spend(leaf.length) else None
    for number, other in enumerate(candidates):
        alike = _likeness(leaf, words, other, effort)
        if alike >= best and (place is None or alike > best):
            best, place = alike, number
        if best > 0.75:
            break
    return place


def _likeness(leaf: Leaf, words: Counter[str] | None, other: Leaf, effort: Effort) -> float:
    if not leaf.is_text:
        return float(leaf.kind == other.kind and leaf.named.get("what") == other.named.get("what"))
    if words is None or not other.is_text or not effort.spend(other.length):
        return 0.0
    length = len(leaf.words) + len(other.words)
    return 2 * (words & Counter(word.text for word in other.words)).total() / length


def _with_moves(changes: Sequence[Change]) -> Iterator[Change]:
    """A leaf of some length that left one place and came to another was moved, not written anew."""
    out = Counter(change.before for change in changes if change.fate == DELETED)
    moved = out & Counter(change.after for change in changes if change.fate == INSERTED)
    left = {DELETED: moved.copy(), INSERTED: moved}
    for change in changes:
        if change.fate in left and left[change.fate][change.leaf] > 0 and change.leaf.kind != "hr":
            left[change.fate][change.leaf] -= 1
            change = Change(change.before, change.after, moved=True)
        yield change


def compare_words(old: Sequence[Word], new: Sequence[Word], effort: Effort | None = None) -> list[Run]:
    """The runs that lead from the old words to the new ones. The old are those not INSERTED, the new those not
    DELETED, in their order.
    """
    pairs = align([word.text for word in old], [word.text for word in new], effort or Effort())
    fates: list[tuple[str, Word, Word | None]] = []
    i = j = 0
    for next_i, next_j in [*pairs, (len(old), len(new))]:
        fates += [(DELETED, word, None) for word in old[i:next_i]]
        fates += [(INSERTED, word, None) for word in new[j:next_j]]
        if next_i < len(old):
            same = old[next_i].marks == new[next_j].marks
            fates.append((SAME if same else RESTYLED, new[next_j], old[next_i]))
        i, j = next_i + 1, next_j + 1
    return _readable(_runs(fates))


def compare_texts(old: str, new: str) -> list[Run]:
    """Of fields that hold no HTML."""
    return compare_words(plain_words(old), plain_words(new))


def count_words(before: str, after: str) -> tuple[int, int]:
    """How many words one body has more than the other, and how many less. Quick, for lists: a bag of words of the
    lines that differ, so that what only moved counts for nothing.
    """
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    out = Counter(plain_text("\n".join((old - new).elements())).split())
    into = Counter(plain_text("\n".join((new - old).elements())).split())
    return (into - out).total(), (out - into).total()


def _runs(fates: Iterable[tuple[str, Word, Word | None]]) -> list[Run]:
    runs: list[Run] = []
    fate, words, before = "", [], []  # type: str, list[Word], list[Word]
    for one, word, was in [*fates, ("", Word("", False, ()), None)]:
        if one != fate:
            if words:
                runs.append(Run(fate, tuple(words), tuple(before)))
            fate, words, before = one, [], []
        words.append(word)
        if was is not None:
            before.append(was)
    return runs


def _readable(runs: list[Run]) -> list[Run]:
    """A lone “the” or comma that stayed amid rewritten words is no landmark: it goes with them. Each stretch of
    changes is told once: what was deleted, then what was inserted.
    """
    done: list[Run] = []
    out: list[Word] = []
    into: list[Word] = []
    for number, run in enumerate(runs):
        amid = min(len(out), len(into)) > 1 and number + 1 < len(runs)
        stray = amid and run.fate == SAME and _is_stray(run, runs[number + 1])
        if run.fate == DELETED or stray:
            out += run.before if stray else run.words
        if run.fate == INSERTED or stray:
            into += run.words
        if run.fate in {SAME, RESTYLED} and not stray:
            done += _told(out, into)
            out, into = [], []
            done.append(run)
    return done + _told(out, into)


def _told(out: list[Word], into: list[Word]) -> list[Run]:
    return [Run(fate, tuple(words)) for fate, words in ((DELETED, out), (INSERTED, into)) if words]


def _is_stray(run: Run, following: Run) -> bool:
    return (
        following.fate in {DELETED, INSERTED}
        and len(run.words) == 1
        and len(run.words[0].text) <= 3
        and not run.words[0].text.startswith(("\x1f", "\n"))
    )


def counted(words: Iterable[Word]) -> int:
    """Words that have a letter or a digit."""
    return sum(has_letters(word.text) for word in words)

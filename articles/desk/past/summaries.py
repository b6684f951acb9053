"""What changed from one state to the next, in a few words: “headline, body (+120 −14 words), tags: +Noir”."""

from articles.models import ArticleContent, Byline
from articles.models.snapshots import Snapshot
from articles.richtext import count_words

from .library import Library

MOST_NAMES = 4


def what_changed(before: Snapshot, after: Snapshot, library: Library) -> list[str]:
    """One phrase for each thing that changed; none when nothing did."""
    told = []
    for field in ArticleContent.content_fields():
        old, new = before.content.get(field.attname), after.content.get(field.attname)
        if old == new:
            continue
        if field.name == "body":
            told.append(_body(str(old or ""), str(new or "")))
        elif field.name == "section":
            told.append(f"section: {library.section_name(new) or 'none'}")
        else:
            told.append(str(field.verbose_name))
    told += _names("tags", *library.tag_names(before.tags, after.tags))
    told += _names("bylines", byline_names(before, library), byline_names(after, library))
    if before.corrections != after.corrections:
        more = len(after.corrections) - len(before.corrections)
        told.append(f"corrections: {more:+d}".replace("-", "−") if more else "corrections")
    return told


def _body(before: str, after: str) -> str:
    more, less = count_words(before, after)
    counts = [f"+{more}"] * bool(more) + [f"−{less}"] * bool(less)
    if not counts:
        return "body (no words)"
    return f"body ({' '.join(counts)} word{'' if more + less == 1 else 's'})"


def byline_names(kept: Snapshot, library: Library) -> list[str]:
    """In their order, with their roles where these are not the words."""
    return [
        library.author_name(one.author_id) + ("" if one.role == Byline.Role.WRITER else f" ({role_name(one.role)})")
        for one in sorted(kept.bylines, key=lambda one: one.position)
    ]


def role_name(role: str) -> str:
    return str(Byline.Role(role).label) if role in Byline.Role.values else role


def _names(label: str, before: list[str], after: list[str]) -> list[str]:
    if before == after:
        return []
    changes = [f"+{name}" for name in after if name not in before] + [
        f"−{name}" for name in before if name not in after
    ]
    more = len(changes) - MOST_NAMES
    shown = ", ".join(changes[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
    return [f"{label}: {shown or 'order'}"]

"""An article's form that was opened before the article's last change, brought up to date.

The three-way rules are in merging.py; this carries them out on what was posted. The result is a form as if it had
been opened just now and changed only by this person. Where both changed one thing differently it is left to them: a Clash.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.safestring import SafeString

from articles.models import Article, Revision
from articles.models.tags.order.resolving import once, targets

from ..tag_field.asked import TYPED, numbers_in, posted, raw, today, understood
from ..tag_field.merging import merge_tags
from . import readable
from .merging import Choice, MergedRow, Row, Side, decided, fingerprint, merge_rows, side
from .people import SOMEBODY, clock, listed, name_of
from .posted import Inline, as_posted, content_posted, content_stored

MOST_REVISIONS = 50  # looked at for who changed what; a form that is staler than that is told of the last ones


@dataclass(frozen=True)
class Clash:
    """One thing that both changed differently. With `is_lost` there is nothing to choose: theirs is that it is gone."""

    key: str
    label: str
    mine: str | SafeString
    theirs: str | SafeString
    by: str
    at: str
    seen: str
    is_body: bool = False
    is_lost: bool = False


class Base:
    """What the form began from: fingerprints by column name, numbers of tags, fingerprints of rows by their numbers.

    Comes back from the browser, so anything may be in it. Whoever forges it only overwrites, which they may.
    """

    def __init__(self, text: str = "") -> None:
        try:
            found = json.loads(text or "{}")
        except (ValueError, RecursionError):
            found = {}
        found = found if isinstance(found, dict) else {}
        self.is_known = bool(found)
        self.fields = _strings(found.get("fields"))
        tags = found.get("tags")
        self.tags = [one for one in tags if isinstance(one, int)] if isinstance(tags, list) else []
        rows = found.get("rows")
        self.rows = {
            prefix: {int(pk): value for pk, value in _strings(of).items() if pk.isdecimal()}
            for prefix, of in (rows.items() if isinstance(rows, dict) else ())
        }

    @classmethod
    def of(cls, content: dict[str, Any], tags: list[int], rows: dict[str, list[Row]]) -> "Base":
        base = cls()
        base.fields = {name: fingerprint(value) for name, value in content.items()}
        base.tags = tags
        base.rows = {prefix: {row.pk or 0: fingerprint(row.values) for row in of} for prefix, of in rows.items()}
        return base

    def __str__(self) -> str:
        return json.dumps({"fields": self.fields, "tags": self.tags, "rows": self.rows}, separators=(",", ":"))


def _strings(found: Any) -> dict[str, str]:
    return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}


class FormMerge:
    """`data` is the form brought up to date, `clashes` what must be decided first, `taken` the names of what is theirs,
    `is_same` whether it would change nothing.

    Six queries and two for each clash of bylines or rows that a field chooses. Call it with the article's row locked.
    """

    def __init__(self, form_class: Any, inlines: list[Inline], data: QueryDict, article: Article, opened: int) -> None:
        self.form_class, self.article, self.opened = form_class, article, opened
        self.posted = data
        self.data = data.copy()
        self.base = Base(data.get("base", ""))
        self.clashes: list[Clash] = []
        self.taken: list[str] = []
        self.is_same = True
        self._merge_content()
        stored_tags = self._merge_tags()
        stored_rows = {inline.prefix: self._merge_inline(inline) for inline in inlines}
        self._rebase(stored_tags, stored_rows)

    # --- the parts ------------------------------------------------------------------------------------------------

    def _merge_content(self) -> None:
        mine = content_posted(self.form_class, self.posted)
        for name, theirs in content_stored(self.form_class, self.article).items():
            found = side(self.base.fields.get(name), mine[name], theirs)
            stands = decided(found, theirs, self._choice(name))
            self.is_same &= found is Side.SAME
            field_name = Article._meta.get_field(name).name
            form_field = self.form_class.base_fields[field_name]
            if stands is Side.THEIRS:
                self.data.pop(field_name, None)
                for posted_name, values in as_posted(form_field, field_name, theirs).items():
                    self.data.setlist(posted_name, values)
                if found is Side.THEIRS:
                    self.taken.append(_lower(form_field.label))
            elif stands is Side.CONFLICT:
                self._clash(name, form_field, mine[name], theirs)

    def _clash(self, name: str, form_field: Any, mine: Any, theirs: Any) -> None:
        by, at = self._who_changed(name)
        is_body = name == "body"
        texts = (
            (readable.body(mine, theirs), readable.body(theirs, mine))
            if is_body
            else (readable.as_text(form_field, mine), readable.as_text(form_field, theirs))
        )
        self.clashes.append(Clash(name, str(form_field.label), *texts, by, at, fingerprint(theirs), is_body))

    def _merge_tags(self) -> list[int]:
        theirs = list(self.article.tagged_items.values_list("tag_id", flat=True))
        mine, known = understood(raw(self.posted)), self.base.tags if self.base.is_known else None
        meaning = targets(numbers_in([*mine, *(known or ())]))  # a merge in between is nobody's change
        mine = today(mine, meaning)
        merged = merge_tags(None if known is None else once(known, meaning), mine, theirs)
        if merged != mine:
            self.taken.append("tags")
        self.is_same &= mine == theirs
        self.data.setlist("tags", posted(merged))
        self.data.pop(f"tags{TYPED}", None)
        return theirs

    def _merge_inline(self, inline: Inline) -> list[Row]:
        theirs = inline.stored(self.article)
        rows: list[tuple[Row, bool]] = []
        is_taken = False
        for merged in merge_rows(self.base.rows.get(inline.prefix), inline.posted(self.posted), theirs, inline.key):
            key = f"{inline.prefix}-{merged.pk}"
            their_values = merged.theirs.values if merged.theirs else None
            stands = decided(merged.side, their_values, self._choice(key))
            self.is_same &= merged.side is Side.SAME
            if stands is Side.CONFLICT:
                self._clash_of_rows(inline, key, merged)
            is_taken |= merged.side is Side.THEIRS and self._differs(inline, merged)
            rows += _as_form_row(stands, merged)
        if is_taken:
            self.taken.append(_lower(inline.labels))
        inline.write(self.data, rows)
        return theirs

    def _differs(self, inline: Inline, merged: MergedRow) -> bool:
        """Is this row theirs because they changed it? One that I was not shown and that I know of is not."""
        known = self.base.rows.get(inline.prefix, {}).get(merged.pk or 0)
        return known != fingerprint(merged.theirs.values if merged.theirs else None)

    def _clash_of_rows(self, inline: Inline, key: str, merged: MergedRow) -> None:
        by, at = self._who_changed(inline.prefix)
        mine, theirs = (
            readable.row(inline.fields, one.values) if one and one.values else "(deleted)"
            for one in (merged.mine, merged.theirs)
        )
        seen = fingerprint(merged.theirs.values if merged.theirs else None)
        label = inline.label[:1].upper() + inline.label[1:]
        self.clashes.append(Clash(key, label, mine, theirs, by, at, seen, is_lost=merged.theirs is None))

    # --- where it stands now --------------------------------------------------------------------------------------

    def _rebase(self, tags: list[int], rows: dict[str, list[Row]]) -> None:
        """The form as if opened just now; only what clashes keeps its beginning, so that it clashes until decided."""
        now = Base.of(content_stored(self.form_class, self.article), tags, rows)
        for clash in self.clashes:
            if clash.key in now.fields:
                _keep(now.fields, clash.key, self.base.fields.get(clash.key))
            else:
                prefix, _, pk = clash.key.rpartition("-")
                _keep(now.rows[prefix], int(pk), self.base.rows.get(prefix, {}).get(int(pk)))
        self.data["base"] = str(now)
        self.data["opened_version"] = str(self.opened if self.clashes else self.article.version)

    def _choice(self, key: str) -> Choice | None:
        chosen, seen = self.posted.get(f"choice:{key}"), self.posted.get(f"seen:{key}", "")
        return Choice(Side(chosen), seen) if chosen in {"mine", "theirs"} else None

    # --- who it was -----------------------------------------------------------------------------------------------

    @cached_property
    def _since(self) -> list[Revision]:
        """What was kept of the article since the form was opened, oldest first."""
        newer = self.article.revisions.filter(version__gt=self.opened).select_related("by").order_by("-number")
        return list(newer[:MOST_REVISIONS])[::-1]

    def _who_changed(self, name: str) -> tuple[str, str]:
        """Who changed this last, and when."""
        last = before = None
        for revision in self._since:
            value = revision.data.get("content", {}).get(name, revision.data.get(name))
            if fingerprint(value) != (before or self.base.fields.get(name)):
                last = revision
            before = fingerprint(value)
        last = last or (self._since[-1] if self._since else None)
        return (name_of(last.by), clock(last.at)) if last else (SOMEBODY, clock(self.article.updated_at))

    @property
    def told(self) -> str:
        """“Rosa changed the headline and tags meanwhile (14:31)”. Empty when nothing of theirs is new to this person."""
        if not self.taken:
            return ""
        people = list(dict.fromkeys(name_of(one.by) for one in self._since)) or [SOMEBODY]
        at = clock(self._since[-1].at if self._since else self.article.updated_at)
        return f"{listed(people)} changed the {listed(self.taken)} meanwhile ({at})"


def _keep(prints: dict[Any, str], key: Any, value: str | None) -> None:
    prints.pop(key, None)
    if value is not None:
        prints[key] = value


def _as_form_row(stands: Side, merged: MergedRow) -> list[tuple[Row, bool]]:
    """The row as the form shall hold it, and whether it is to be deleted. A clash shows mine until it is decided."""
    mine, theirs = merged.mine, merged.theirs
    if stands is Side.THEIRS or (stands is Side.SAME and (mine is None or mine.pk is None)):
        return [(theirs, False)] if theirs else []
    assert mine is not None
    if theirs is None:
        # Deleted by them, or new: either way a row that is not there yet.
        return (
            [(Row(None, mine.values, mine.source), False)]
            if mine.values is not None and stands is not Side.SAME
            else []
        )
    if mine.values is None:
        return [(theirs, True)]
    return [(Row(theirs.pk, mine.values, mine.source), False)]


def _lower(label: Any) -> str:
    text = str(label)
    return text[:1].lower() + text[1:]

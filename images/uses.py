"""Where pictures are used. The apps above teach this house (`register`, from their AppConfig.ready): images knows no
article, and yet no picture that somebody uses can be deleted at the desk.

    register("lead picture", lambda: Article.objects.all(), "lead_image", label=str, url=desk_address,
             permission="articles.view_article", visible=lambda user, rows: rows.filter(created_by=user))

One registration answers everything: where one picture is used, how often each of many is, which are used at all.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

Rows = Callable[[], QuerySet[Any]]
Reader = Callable[[Any], Any]
Visible = Callable[[Any, QuerySet[Any]], QuerySet[Any]]

# So many uses of one kind are listed; who wants to know more than that wants a search.
MOST_LISTED = 50


@dataclass(frozen=True)
class Use:
    """One thing that shows a picture: what it is called, at which place in it, its page at the desk, and the
    permission without which its name is nobody's business. `is_hidden`: it isn't that of whom `of` was asked for.
    """

    label: str
    where: str
    url: str
    permission: str
    is_hidden: bool = False


@dataclass(frozen=True)
class Kind:
    """A column that names pictures. `rows` is asked anew each time; it brings along what `label` and `url` read.
    `visible` keeps of them those that a person may see; without it the permission tells.
    """

    where: str
    rows: Rows
    column: str
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    permission: str
    visible: Visible | None = None

    def of(self, ids: Collection[int]) -> QuerySet[Any]:
        return self.rows().filter(**{f"{self.column}__in": ids})

    def use(self, row: Any, *, is_hidden: bool) -> Use:
        return Use(self.label(row), self.where, self.url(row), self.permission, is_hidden)

    def hidden(self, rows: list[Any], user: Any) -> set[Any]:
        """The numbers of those of these rows that are none of this person's business. One query at most."""
        numbers = {row.pk for row in rows}
        if user is None or not numbers:
            return set()
        if not user.has_perm(self.permission):
            return numbers
        if self.visible is None or user.is_superuser:
            return set()
        seen = self.visible(user, self.rows().order_by().filter(pk__in=numbers))
        return numbers - set(seen.values_list("pk", flat=True))


_kinds: dict[str, Kind] = {}


def register(
    where: str,
    rows: Rows,
    column: str,
    *,
    label: Callable[[Any], str],
    url: Callable[[Any], str],
    permission: str,
    visible: Visible | None = None,
) -> None:
    """`where` names the place for an editor ("lead picture") and is unique: registered again it replaces the first."""
    _kinds[where] = Kind(where, rows, column, label, url, permission, visible)


def of(ids: Collection[int], *, seen_by: Any = None) -> dict[int, list[Use]]:
    """The uses of each of these pictures that has any. One query for each kind of use, however many pictures, and one
    more for what `seen_by` may see of it; at most MOST_LISTED uses of a kind.
    """
    found: dict[int, list[Use]] = {}
    for kind in _kinds.values():
        rows = list(kind.of(ids).order_by("-pk")[:MOST_LISTED])
        hidden = kind.hidden(rows, seen_by)
        for row in rows:
            use = kind.use(row, is_hidden=row.pk in hidden)
            found.setdefault(getattr(row, f"{kind.column}_id"), []).append(use)
    return found


def count(ids: Collection[int]) -> Counter[int]:
    """How often each of these pictures is used; 0 for the others. One query for each kind of use."""
    found: Counter[int] = Counter()
    for kind in _kinds.values():
        for number, times in kind.of(ids).order_by().values_list(kind.column).annotate(times=Count("pk")):
            found[number] += times
    return found


def is_used() -> Q:
    """A condition on pictures: used anywhere. No query by itself; each kind of use asks its column's index."""
    condition = Q(pk__in=[])
    for kind in _kinds.values():
        condition |= Q(Exists(kind.rows().order_by().filter(**{kind.column: OuterRef("pk")})))
    return condition

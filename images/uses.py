"""Where pictures are used. The apps above teach this house (`register`, from their AppConfig.ready): images knows no
article, and yet no picture that somebody uses can be deleted at the desk.

    register("lead picture", lambda: Article.objects.all(), "lead_image", label=str, url=desk_address,
             permission="articles.view_article")

One registration answers everything: where one picture is used, how often each of many is, which are used at all.
"""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

# So many uses of one kind are listed; who wants to know more than that wants a search.
MOST_LISTED = 50


@dataclass(frozen=True)
class Use:
    """One thing that shows a picture: what it is called, at which place in it, its page at the desk, and the
    permission without which its name is nobody's business.
    """

    label: str
    where: str
    url: str
    permission: str


@dataclass(frozen=True)
class Kind:
    """A column that names pictures. `rows` is asked anew each time; it brings along what `label` and `url` read."""

    where: str
    rows: Callable[[], QuerySet[Any]]
    column: str
    label: Callable[[Any], str]
    url: Callable[[Any], str]
    permission: str

    def of(self, ids: Collection[int]) -> QuerySet[Any]:
        return self.rows().filter(**{f"{self.column}__in": ids})

    def use(self, row: Any) -> Use:
        return Use(self.label(row), self.where, self.url(row), self.permission)


_kinds: dict[str, Kind] = {}


def register(
    where: str,
    rows: Callable[[], QuerySet[Any]],
    column: str,
    *,
    label: Callable[[Any], str],
    url: Callable[[Any], str],
    permission: str,
) -> None:
    """`where` names the place for an editor ("lead picture") and is unique: registered again it replaces the first."""
    _kinds[where] = Kind(where, rows, column, label, url, permission)


def of(ids: Collection[int]) -> dict[int, list[Use]]:
    """The uses of each of these pictures that has any. One query for each kind of use, however many pictures;
    at most MOST_LISTED uses of a kind.
    """
    found: dict[int, list[Use]] = {}
    for kind in _kinds.values():
        for row in kind.of(ids).order_by("-pk")[:MOST_LISTED]:
            found.setdefault(getattr(row, f"{kind.column}_id"), []).append(kind.use(row))
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

"""What a person wants to see of the calendar: the filters in the address, for the pages and for the feed alike."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from articles.models import Byline, Section

from .entries import Kind

ME, NOBODY = "me", "nobody"
_LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Wanted:
    """Empty means all. `person` is ME, NOBODY or a login's number."""

    sections: tuple[int, ...] = ()
    person: str = ""
    kinds: tuple[Kind, ...] = field(default=tuple(Kind))

    @classmethod
    def of(cls, query: QueryDict) -> "Wanted":
        """What makes no sense is passed over."""
        sections = tuple(dict.fromkeys(int(one) for one in query.getlist("section") if _is_number(one)))
        person = query.get("person", "")
        if person not in {ME, NOBODY} and not _is_number(person):
            person = ""
        kinds = tuple(kind for kind in Kind if kind.value in query.getlist("kind"))
        return cls(sections, person, kinds or tuple(Kind))

    @property
    def is_all(self) -> bool:
        return self == Wanted()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As parts of an address."""
        pairs = [("section", str(number)) for number in self.sections]
        if self.person:
            pairs.append(("person", self.person))
        if set(self.kinds) != set(Kind):
            pairs += [("kind", kind.value) for kind in self.kinds]
        return pairs

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    def of_person(self, user: Any) -> Q | None:
        """The condition for articles: assigned to this person, by this person, or begun and given to nobody else."""
        if not self.person:
            return None
        if self.person == NOBODY:
            return Q(assignee=None)
        number = user.pk if self.person == ME else int(self.person)
        in_byline = Byline.objects.filter(article=OuterRef("pk"), author__user=number)
        return Q(assignee=number) | Q(created_by=number, assignee=None) | Q(Exists(in_byline))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER


def all_sections() -> list[Section]:
    return list(Section.objects.only("name", "position"))


def all_people() -> list[Any]:
    """Who works at the desk, by name. One query."""
    people = get_user_model()._default_manager.filter(is_staff=True, is_active=True)
    return sorted(people.only("first_name", "last_name", "username"), key=lambda one: person_name(one).casefold())


def person_name(user: Any) -> str:
    return str(user.get_full_name() or user.get_username())

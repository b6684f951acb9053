"""What the article's form asks of the suggestions: who is pinned, in which order, and who is not shown here.

Plain fields of numbers, which the panel's script fills in: so an autosave keeps them, and they can be typed without one.
A form that does not hold them (a script's, that of somebody who may only look) changes nothing.
"""

import re
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from articles.models import PublishedArticle, RelatedChoice
from articles.models.related import Choices
from articles.models.related.choosing import check
from newsroom.models import AuditEntry

from ..saving.people import SOMEBODY, clock, listed, name_of
from ..saving.posted import number
from . import merging

PINS, MUTES, BASE = FIELDS = ("related_pins", "related_mutes", "related_base")
_BETWEEN = re.compile(r"[\s,;]+")
LONGEST = 3000


def numbers(text: str) -> list[int]:
    """Each once, in their order. Raises ValidationError for what is no number of an article."""
    found: dict[int, None] = {}
    for one in filter(None, _BETWEEN.split(text)):
        if not number(one):
            raise ValidationError(f"“{one[:40]}” is no number of an article. Give numbers with commas between.")
        found[number(one)] = None
    return list(found)


class ArticleNumbers(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=LONGEST, **kwargs)

    def clean(self, value: Any) -> Any:
        return numbers(super().clean(value))


class ChoosingFields(forms.ModelForm):
    related_pins = ArticleNumbers(
        label="Pinned, in this order", help_text="Numbers of articles, as in the address of their form: 12, 7."
    )
    related_mutes = ArticleNumbers(label="Not shown here", help_text="Numbers of articles.")
    related_base = forms.CharField(required=False, widget=forms.HiddenInput)

    related_told = ""  # what somebody else changed of them meanwhile, in a sentence

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.is_bound:
            self.show_choices(Choices.beside(self.instance.pk))

    def show_choices(self, choices: Choices) -> None:
        self.initial = {
            **self.initial,
            PINS: _shown(choices.pins),
            MUTES: _shown(sorted(choices.mutes)),
            BASE: merging.written(choices),
        }

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        mine = self.choices_in(values)
        if mine is None:
            return values
        try:
            if self.instance.pk:
                mine = self._merged(mine)
                values |= {PINS: list(mine.pins), MUTES: sorted(mine.mutes)}
            check(self.instance.pk, mine.pins, sorted(mine.mutes))
        except ValidationError as error:
            self.add_error(PINS, error)
        return values

    def choices_in(self, values: dict[str, Any]) -> Choices | None:
        """What was chosen; None when the form was not asked, or when it is wrong in itself."""
        if BASE not in self.data or not {PINS, MUTES} <= set(values):
            return None
        return Choices(values[PINS], frozenset(values[MUTES]))

    def _merged(self, mine: Choices) -> Choices:
        """With what a colleague chose since the form was opened. The article's row is locked (saving/stale.py).

        The form then stands as if it had been opened now. Raises ValidationError where the two can't both hold.
        """
        theirs = Choices.beside(self.instance.pk)
        # A script that does not say what it has seen means to overwrite; the form always says.
        base = merging.read(self.data[BASE]) or theirs
        stands, unsure = merging.merged(base, mine, theirs)
        if merging.written(stands) == merging.written(mine) and not unsure:
            return stands
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a test's dict
        data[PINS], data[MUTES] = _shown(stands.pins), _shown(sorted(stands.mutes))
        data[BASE] = merging.written(theirs)
        self.data = data
        if not unsure:
            self.related_told = f"{self._who()} changed the related articles meanwhile"
            return stands
        raise ValidationError(
            f"Not saved yet: {self._who()} chose otherwise than you of {listed(names_of(unsure))}: one of you pinned "
            "what the other muted. Yours stands in the list: change it there, or press the button again to keep it."
        )

    def _who(self) -> str:
        """Who chose last, and when. Two queries."""
        entries = AuditEntry.objects.filter(thing="articles.article", thing_id=str(self.instance.pk))
        last = entries.filter(act="related chosen").order_by("-at", "-pk").first()
        if last is None:
            return SOMEBODY
        return f"{name_of(get_user_model()._default_manager.filter(pk=last.by_id or 0).first())} ({clock(last.at)})"


def _shown(pks: Iterable[int]) -> str:
    return ", ".join(map(str, pks))


def names_of(articles: Collection[int]) -> list[str]:
    """As anybody may be told: what readers have by its headline, the rest by its number. One query."""
    rows = PublishedArticle.objects.live().filter(article__in=articles).values_list("article_id", "headline")
    live = dict(rows)
    return [f"“{live[pk]}”" if pk in live else f"article {pk}" for pk in articles]


def choices_typed(data: Any) -> Choices | None:
    """Of a form as it stands, whatever is wrong in it; None when it does not hold any."""
    if BASE not in data:
        return None
    pins, mutes = (_BETWEEN.split(data.get(name, "")[:LONGEST]) for name in (PINS, MUTES))
    pinned = list(dict.fromkeys(pk for one in pins if (pk := number(one))))
    return Choices(pinned, frozenset(pk for one in mutes if (pk := number(one))) - set(pinned))


def difference(data: Any, stored: Choices) -> tuple[str, str] | None:
    """What is saved and what this form would save, in words; None when that is the same, or when only a colleague
    changed it. One query for each that differs.
    """
    mine = choices_typed(data)
    if mine is None or merging.written(mine) in {merging.written(stored), data.get(BASE)}:
        return None
    return _in_words(stored), _in_words(mine)


def _in_words(choices: Choices) -> str:
    names = dict(zip([*choices.pins, *choices.mutes], names_of([*choices.pins, *choices.mutes]), strict=True))
    kinds = (("pinned", choices.pins), ("not shown", sorted(choices.mutes)))
    return "; ".join(f"{kind}: {', '.join(names[pk] for pk in pks)}" for kind, pks in kinds if pks)


def pinned_by(article: int) -> dict[int, Any]:
    """Who pinned each that is pinned beside it. One query."""
    rows = RelatedChoice.objects.filter(source=article, kind=RelatedChoice.Kind.PIN).select_related("by")
    return {row.target_id: row.by for row in rows}

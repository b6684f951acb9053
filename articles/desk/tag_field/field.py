"""TagsField: the tags of an article in their order, those that are to be made among them; and the form that has it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from articles.models import Tag, TagName, Vocabulary
from articles.models.tags.names import LONGEST_NAME, folded
from articles.models.tags.order.resolving import held
from newsroom import slugs

from . import asked
from .asked import Asked
from .widget import TagChips

NOT_YOURS = "There is no tag {names}, and your login may not make new ones: choose one that there is, or ask an editor to make it."


class TagsField(forms.ModelMultipleChoiceField):
    """Cleans to the tags that there are; `wanted` are these and the names of those to be made, in order.

    A name that a tag has already, as an alias or in another spelling, is that tag. Two queries when names came.
    """

    widget = TagChips
    made_by: Any = None  # None: a form that no view has made, and so no person limits
    makes_new = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Tag.objects.all(), **kwargs)
        self.wanted: list[Tag | str] = []

    def clean(self, value: Any) -> Any:
        values = [str(one) for one in value or ()]
        if len(values) > asked.MOST:
            raise ValidationError(f"These are {len(values)} tags; {asked.MOST} are the most.")
        for one in values:
            if not one.startswith(asked.NEW) and not asked.understood([one]):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": one[:40]})
        found = self._found(asked.understood(values))
        if missing := [one for one in found if isinstance(one, int)]:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": missing[0]})
        self.wanted = list(dict.fromkeys(one for one in found if not isinstance(one, int)))
        self._check_new([one for one in self.wanted if isinstance(one, str)])
        return [one for one in self.wanted if isinstance(one, Tag)]

    def _found(self, parts: list[Asked]) -> "list[Tag | Asked]":
        """Tags by number or name, in order; numbers and names of none as they are."""
        by_pk = self.queryset.in_bulk([one for one in parts if isinstance(one, int)])  # type: ignore[union-attr]
        keys = [folded(one) for one in parts if isinstance(one, str)]
        by_key = TagName.tags_of(keys) if keys else {}
        return [by_pk.get(one, one) if isinstance(one, int) else by_key.get(folded(one), one) for one in parts]

    def _check_new(self, names: list[str]) -> None:
        if not names:
            return
        if too_long := [name for name in names if len(name) > LONGEST_NAME]:
            raise ValidationError(f"“{too_long[0][:40]}…” is too long for a tag: {LONGEST_NAME} characters at most.")
        if not self.makes_new:
            raise ValidationError(f"There is no tag {listed(names)}.", code="none")
        if self.made_by is not None and not Vocabulary.current().may_create(self.made_by):
            raise ValidationError(NOT_YOURS.format(names=listed(names)), code="closed")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another order is another value."""
        return not self.disabled and [str(one) for one in initial or ()] != [str(one) for one in data or ()]


def listed(names: Iterable[Any]) -> str:
    return ", ".join(f"“{name}”" for name in names)


class TagsInOrder(forms.ModelForm):
    """For the article's form: the field, and its saving."""

    tags = TagsField(
        required=False, help_text="What it is about, the most telling first. Shared tags make related articles."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["tags"]
        field.made_by = getattr(self, "filed_by", None)
        field.widget.article = self.instance.pk

    def clean_tags(self) -> list[Tag]:
        """A tag that was merged a moment ago is its target; one that was retired can't be added. Held until the
        transaction of the save ends: what is true here is true when they are written.
        """
        field: Any = self.fields["tags"]
        chosen = {one.pk: one for one in field.wanted if isinstance(one, Tag)}
        meaning = held(chosen) if chosen else {}
        if missing := set(meaning.values()) - set(chosen):
            chosen |= Tag.objects.in_bulk(missing)
        field.wanted = list(
            dict.fromkeys(chosen[meaning.get(one.pk, one.pk)] if isinstance(one, Tag) else one for one in field.wanted)
        )
        tags = [one for one in field.wanted if isinstance(one, Tag)]
        if retired := [tag for tag in tags if tag.retired_at is not None]:
            already = set(self.instance.tagged_items.values_list("tag_id", flat=True)) if self.instance.pk else set()
            if lost := [f"“{tag}”" for tag in retired if tag.pk not in already]:
                raise ValidationError(f"Retired, and not to be added any more: {', '.join(lost)}.")
        return tags

    @cached_property
    def tags_wanted(self) -> list[Tag]:
        """In their order, as a preview shows them: those to be made have no number yet."""
        return [
            one if isinstance(one, Tag) else Tag(name=one, slug=slugs.slug_for(one, fallback="tag"))
            for one in self.fields["tags"].wanted  # type: ignore[attr-defined]
        ]

    def _save_m2m(self) -> None:
        """New tags are made here, in the transaction that saves the article."""
        chosen = self.cleaned_data.pop("tags", None)
        super()._save_m2m()  # type: ignore[misc]
        if chosen is None:
            return
        self.cleaned_data["tags"] = chosen  # theirs are saved below: the manager keeps no order by itself
        field: Any = self.fields["tags"]
        made = Tag.objects.by_folded([one for one in field.wanted if isinstance(one, str)])
        wanted = list(dict.fromkeys(made[folded(one)] if isinstance(one, str) else one for one in field.wanted))
        put_on(self.instance, wanted)


def put_on(article: Any, wanted: list[Tag]) -> None:
    """These and no others, in this order: their rows are written anew only where the order asks for it."""
    present = list(article.tagged_items.values_list("tag_id", flat=True))
    numbers = [tag.pk for tag in wanted]
    kept = [pk for pk in present if pk in numbers]
    in_order = kept + [pk for pk in numbers if pk not in kept]
    article.tags.set(wanted, clear=in_order != numbers)

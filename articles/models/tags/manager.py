"""NamedTags: `article.tags`. Found by any name and spelling, merged ones as what they were merged into."""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from taggit.managers import _TaggableManager

from .names import TagName, folded
from .order.resolving import held
from .order.settling import settle
from .tagging import Tag


class NamedTags(_TaggableManager):
    """taggit's manager, but finding tags by their folded names: its own makes two tags of Москва and москва. And telling
    tags apart by their numbers: its own does so by names, which a merged tag may share with another.
    """

    def _to_tag_model_instances(self, tags: Iterable[Any], tag_kwargs: dict[str, Any]) -> list[Tag]:
        tags = list(tags)
        found = Tag.objects.by_folded(tag for tag in tags if isinstance(tag, str))
        chosen = [found[folded(tag)] if isinstance(tag, str) else tag for tag in tags]
        return list(dict.fromkeys(chosen))

    def add(self, *tags: Any, **kwargs: Any) -> None:
        """Raises ValidationError for a tag that is retired and not on it yet."""
        with transaction.atomic():
            settle(self.through, self.instance)
            super().add(*self._held(tags, self._present()), **kwargs)

    def set(self, tags: Iterable[Any], *, clear: bool = False, **kwargs: Any) -> None:
        """These and no others; with `clear` in this order. Raises ValidationError like `add`."""
        with transaction.atomic():
            settle(self.through, self.instance)
            present = self._present()
            wanted = self._held(tags, present)
            if clear:
                self.clear()
                super().add(*wanted, **kwargs)
            else:
                self._remove(set(present) - {tag.pk for tag in wanted})
                super().add(*(tag for tag in wanted if tag.pk not in present), **kwargs)

    def remove(self, *tags: Any) -> None:
        names = [folded(tag) for tag in tags if isinstance(tag, str)]
        numbers = {tag.pk for tag in tags if not isinstance(tag, str)}
        if names:
            numbers |= {tag.pk for tag in TagName.tags_of(names).values()}
        with transaction.atomic():
            settle(self.through, self.instance)
            self._remove(numbers)

    def _remove(self, numbers: Collection[int]) -> None:
        """By the names of what it bears, as taggit wants them: it looks among this article's rows only."""
        rows = self.through._default_manager.filter(**self._lookup_kwargs(), tag__in=numbers)
        super().remove(*rows.values_list("tag__name", flat=True))

    def _present(self) -> Collection[int]:
        rows = self.through._default_manager.filter(**self._lookup_kwargs())
        return list(rows.order_by().values_list("tag", flat=True))

    def _held(self, tags: Iterable[Any], present: Iterable[int]) -> list[Tag]:
        """As they are called today, and none of them is merged before this transaction ends. One query."""
        chosen = self._to_tag_model_instances(tags, {})
        meaning = held(tag.pk for tag in chosen) if chosen else {}
        lost = [tag for tag in chosen if tag.pk not in meaning]
        by_pk = {tag.pk: tag for tag in chosen}
        if elsewhere := set(meaning.values()) - set(by_pk):
            by_pk |= Tag.objects.in_bulk(elsewhere)
        today = list(dict.fromkeys([by_pk[meaning[tag.pk]] for tag in chosen if tag.pk in meaning] + lost))
        already = set(present)
        for tag in today:
            if tag.retired_at is not None and tag.pk not in already:
                raise ValidationError(f"“{tag}” is retired and can't be put on articles any more.", code="retired")
        return today

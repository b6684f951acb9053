"""Numbers of tags in forms that were opened before a merge: they mean what they were merged into."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict

from articles.models import Tag
from articles.models.tag_order.resolving import held, once, targets

from ..saving.posted import tags_posted


def with_tags_of_today(data: QueryDict) -> QueryDict:
    """What was posted, in today's numbers. One query for a form with tags."""
    posted = tags_posted(data)
    meaning = targets(posted) if posted else {}
    if all(meaning.get(pk) in (pk, None) for pk in posted):
        return data
    changed = data.copy()
    changed.setlist("tags", [str(pk) for pk in once(posted, {pk: meaning.get(pk, pk) for pk in posted})])
    return changed


class TagsOfToday:
    """For the article's form. A tag that was merged a moment ago is its target; one that was retired can't be added."""

    cleaned_data: dict[str, Any]
    instance: Any

    def clean_tags(self) -> list[Tag]:
        """Held until the transaction of the save ends: what is true here is true when they are written."""
        chosen = {tag.pk: tag for tag in self.cleaned_data["tags"]}
        numbers = once(chosen, held(chosen)) if chosen else []
        tags = _in_order(numbers, chosen)
        if retired := [tag for tag in tags if tag.retired_at is not None]:
            already = set(self.instance.tagged_items.values_list("tag_id", flat=True)) if self.instance.pk else set()
            if lost := [f"“{tag}”" for tag in retired if tag.pk not in already]:
                raise ValidationError(f"Retired, and not to be added any more: {', '.join(lost)}.")
        return tags


def _in_order(numbers: Iterable[int], known: dict[int, Tag]) -> list[Tag]:
    numbers = list(numbers)
    missing = set(numbers) - set(known)
    found = known | (Tag.objects.in_bulk(missing) if missing else {})
    return [found[pk] for pk in numbers]

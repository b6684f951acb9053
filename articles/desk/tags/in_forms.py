"""Numbers of tags in forms that were opened before a merge: they mean what they were merged into."""

from django.http import QueryDict

from articles.models.tags.order.resolving import targets

from ..tag_field.asked import TYPED, numbers_in, posted, raw, today, understood


def with_tags_of_today(data: QueryDict) -> QueryDict:
    """What was posted, in today's numbers. One query for a form with tags."""
    asked = understood(raw(data))
    meaning = targets(numbers) if (numbers := numbers_in(asked)) else {}
    if all(meaning.get(pk, pk) == pk for pk in numbers):
        return data
    changed = data.copy()
    changed.setlist("tags", posted(today(asked, meaning)))
    changed.pop(f"tags{TYPED}", None)
    return changed

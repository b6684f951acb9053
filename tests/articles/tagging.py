"""Tags with other names, for tests."""

from typing import Any

from articles.models import Tag, TagName
from articles.models.tags.names import folded


def tag(name: str, *aliases: str, uses: int = 0, **fields: Any) -> Tag:
    (one,) = Tag.objects.named([name])
    for alias in aliases:
        TagName.objects.create(name=alias, folded=folded(alias), tag=one)
    Tag.objects.filter(pk=one.pk).update(uses=uses, **fields)
    return one

"""The one thing that only a signal can see: tags added to or taken from a working copy by taggit's manager."""

from typing import Any

from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from articles.models.article import Article
from articles.models.tags.tagging import ArticleTag


@receiver(m2m_changed, sender=ArticleTag)
def tags_changed(action: str, instance: Article, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"} and (pk_set is None or pk_set):
        instance.touch()

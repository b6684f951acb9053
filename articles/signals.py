"""What only a signal can see: tags added to or taken from a working copy by taggit's manager; and names that are changed by
whatever path, also in the app of authors, which knows no articles.
"""

from typing import Any

from django.db.models.signals import m2m_changed, post_save
from django.dispatch import receiver

from articles.models.article import Article
from articles.models.searching.waiting import LANGUAGE, ask
from articles.models.tags.tagging import ArticleTag, Tag
from authors.models import Author
from newsroom.models import SiteIdentity


@receiver(m2m_changed, sender=ArticleTag)
def tags_changed(action: str, instance: Article, pk_set: set[int] | None, **kwargs: Any) -> None:
    if action in {"post_add", "post_remove", "post_clear"} and (pk_set is None or pk_set):
        instance.touch()


@receiver(post_save, sender=Tag)
@receiver(post_save, sender=Author)
def name_may_be_another(instance: Tag | Author, created: bool, **kwargs: Any) -> None:
    """Search finds articles by the names of their tags and authors."""
    if not created:
        ask(instance.key)


@receiver(post_save, sender=SiteIdentity)
def language_may_be_another(**kwargs: Any) -> None:
    ask(LANGUAGE)

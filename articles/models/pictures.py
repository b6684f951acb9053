"""Which pictures stand in the text of an article, the desk's copy and the readers', and of a page of the paper itself.

A body names its pictures by number alone. These rows say the same as foreign keys, so that the library can tell
where a picture is used, and the database refuses to delete one that a text still shows.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models

from articles.richtext import image_ids
from images.models import Image

if TYPE_CHECKING:
    from .article import Article
    from .published import PublishedArticle
    from .standing import StandingPage


class ArticlePicture(models.Model):
    """A picture in the text of a working copy. Kept by `Article.save`."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["article", "image"], name="article_picture_once"),)

    def __str__(self) -> str:
        return f"picture {self.image_id} in article {self.article_id}"


class PublishedPicture(models.Model):
    """A picture in the text of what readers see. Written by publishing."""

    published = models.ForeignKey("articles.PublishedArticle", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["published", "image"], name="published_picture_once"),)

    def __str__(self) -> str:
        return f"picture {self.image_id} in published version {self.published_id}"


class StandingPicture(models.Model):
    """A picture in the text of a page of the paper itself. Kept by `StandingPage.save`."""

    page = models.ForeignKey("articles.StandingPage", on_delete=models.CASCADE, related_name="text_pictures")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["page", "image"], name="standing_picture_once"),)

    def __str__(self) -> str:
        return f"picture {self.image_id} in page {self.page_id}"


def keep_standing_pictures(page: "StandingPage", body_before: str) -> None:
    """After a save: the rows say what the body says. No query when the same pictures stand in it as before."""
    before, now = image_ids(body_before), image_ids(page.body)
    if before - now:
        StandingPicture.objects.filter(page=page, image_id__in=before - now).delete()
    StandingPicture.objects.bulk_create(
        (StandingPicture(page=page, image_id=pk) for pk in _that_exist(now - before)), ignore_conflicts=True
    )


def keep_article_pictures(article: "Article", body_before: str) -> None:
    """After a save: the rows say what the body says. No query when the same pictures stand in it as before."""
    before, now = image_ids(body_before), image_ids(article.body)
    if before - now:
        ArticlePicture.objects.filter(article=article, image_id__in=before - now).delete()
    ArticlePicture.objects.bulk_create(
        (ArticlePicture(article=article, image_id=pk) for pk in _that_exist(now - before)), ignore_conflicts=True
    )


def keep_published_pictures(published: "PublishedArticle") -> None:
    """For a version that was just written. No query when there is no picture in the text."""
    PublishedPicture.objects.bulk_create(
        PublishedPicture(published=published, image_id=pk) for pk in _that_exist(image_ids(published.body))
    )


def _that_exist(numbers: Collection[int]) -> list[int]:
    """A body may name a picture that the library no longer has; readers see nothing of it then."""
    return list(Image.objects.filter(pk__in=numbers).order_by("pk").values_list("pk", flat=True)) if numbers else []

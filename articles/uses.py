"""Tells the picture library which pictures stand in articles and on the pages of tags (see images/uses.py)."""

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article, PublishedArticle, Tag
from articles.models.permits import of_visible
from articles.models.pictures import ArticlePicture, PublishedPicture, StandingPicture
from images import uses

MAY = "articles.view_article"


def _leading() -> QuerySet[Article]:
    return Article.objects.only("headline", "lead_image")


def _leading_published() -> QuerySet[PublishedArticle]:
    """The last that ended included: the database keeps its picture from being deleted, too."""
    return PublishedArticle.objects.only("headline", "lead_image", "article")


def _in_text() -> QuerySet[ArticlePicture]:
    return ArticlePicture.objects.select_related("article").only("image", "article__headline")


def _in_published_text() -> QuerySet[PublishedPicture]:
    return PublishedPicture.objects.select_related("published").only(
        "image", "published__headline", "published__article"
    )


def _in_standing_pages() -> QuerySet[StandingPicture]:
    return StandingPicture.objects.select_related("page").only("image", "page__title")


def _standing_desk(row: StandingPicture) -> str:
    return reverse("admin:articles_standingpage_change", args=[row.page_id])


def _pictured_tags() -> QuerySet[Tag]:
    return Tag.objects.only("name", "picture")


def _tag_desk(tag: Tag) -> str:
    return reverse("admin:articles_tag_change", args=[tag.pk])


def _name(row: Article | PublishedArticle) -> str:
    return row.headline or "an article without a headline"


def _desk(number: int) -> str:
    return reverse("admin:articles_article_change", args=[number])


def _register(where: str, rows: uses.Rows, column: str, article: uses.Reader, visible: uses.Visible) -> None:
    """`article` gets a row and answers the copy of the article whose headline is shown; `visible` hides headlines of
    articles that a person may not see at the desk, also of those that are out.
    """

    def url(row: object) -> str:
        copy = article(row)
        return _desk(copy.article_id if isinstance(copy, PublishedArticle) else copy.pk)

    uses.register(where, rows, column, label=lambda row: _name(article(row)), url=url, permission=MAY, visible=visible)


def _by(path: str) -> uses.Visible:
    return lambda user, rows: of_visible(user, rows, path)


def register_all() -> None:
    _register("lead picture", _leading, "lead_image", lambda row: row, _by("pk"))
    _register("lead picture, as published,", _leading_published, "lead_image", lambda row: row, _by("article"))
    _register("picture in the text", _in_text, "image", lambda row: row.article, _by("article"))
    _register(
        "picture in the text, as published,",
        _in_published_text,
        "image",
        lambda row: row.published,
        _by("published__article"),
    )
    uses.register(
        "picture of a tag", _pictured_tags, "picture", label=str, url=_tag_desk, permission="articles.view_tag"
    )
    uses.register(
        "picture in the text of a page",
        _in_standing_pages,
        "image",
        label=lambda row: row.page.title,
        url=_standing_desk,
        permission="articles.view_standingpage",
    )

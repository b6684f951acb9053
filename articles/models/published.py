"""PublishedArticle: what readers see. One frozen version of an article, visible while live_from <= now < live_until.

Written by publishing, by nothing else. Every public query starts at `live()`; nothing else decides what is visible.
An article has at most three rows here: the one that is live, one that is planned, and the last one that ended.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.lookups import Exact
from django.utils import timezone
from taggit.managers import TaggableManager

from newsroom.addresses import path_to
from newsroom.pagecache import Remembered

from .bylines import PublishedByline
from .content import ArticleContent
from .tags.manager import NamedTags
from .tags.tagging import PublishedTag

if TYPE_CHECKING:
    from authors.models import Author

    from .section import Section
    from .tags.tagging import Tag

HOME_KEY = "list-home"
CALENDAR_KEY = "calendar"

# What a card shows needs none of these; a body is long.
NOT_ON_CARDS = (
    "body",
    "recommended_videos",
    "reviewed",
    "reviewed_kind",
    "seo_title",
    "seo_description",
    "canonical_url",
    "key_terms",
)


class PublishedArticleQuerySet(models.QuerySet["PublishedArticle"]):
    def live(self, at: datetime | None = None) -> "PublishedArticleQuerySet":
        """What readers may see now, or at another moment."""
        at = at or timezone.now()
        # Nearly all rows have begun. Said the other way round, so that SQLite does not look for them in the index of
        # beginnings and sort what it found, all of the site, but walks the index in whose order they are wanted.
        return self.filter(Q(live_until=None) | Q(live_until__gt=at), ~Q(live_from__gt=at))

    def newest_first(self) -> "PublishedArticleQuerySet":
        return self.order_by("-published_at", "-article_id")

    def before(self, moment: datetime | None) -> "PublishedArticleQuerySet":
        """Those that appeared earlier; all, without a moment."""
        return self.filter(published_at__lt=moment) if moment else self

    def cards(self) -> "PublishedArticleQuerySet":
        """With all that a card shows, and no more. Two queries, however many cards."""
        names = PublishedByline.objects.select_related("author").defer("author__biography", "author__links")
        return (
            self.select_related("section", "lead_image")
            .defer(*NOT_ON_CARDS)
            .prefetch_related(Prefetch("bylines", names))
        )

    def in_section(self, section: "Section") -> "PublishedArticleQuerySet":
        """Compared as a number: `section=` would make the sections that `cards` shows an inner join, and where there is
        but one SQLite begins with it, and sorts all that is in it.
        """
        return self.filter(Exact(F("section_id"), section.pk)).newest_first()

    def about(self, tag: "Tag", *, before: datetime | None = None) -> "PublishedArticleQuerySet":
        """Ordered by the tag's own index, so that the newest come without sorting all."""
        of_tag: dict[str, Any] = {"tagged_items__tag": tag}
        if before is not None:
            of_tag["tagged_items__published_at__lt"] = before
        return self.filter(**of_tag).order_by("-tagged_items__published_at", "-tagged_items__content_object_id")

    def by(self, author: "Author") -> "PublishedArticleQuerySet":
        """Each once, also when someone has two roles on it. For pages of the list there is lists.py, which sorts nothing."""
        ids = PublishedByline.objects.filter(author=author).values("published")
        return self.filter(pk__in=ids).newest_first()

    def next_boundary(self, after: datetime | None = None) -> datetime | None:
        """The next moment at which something begins or ceases to be visible. Two index look-ups."""
        after = after or timezone.now()
        begins = self.filter(live_from__gt=after).order_by("live_from").values_list("live_from", flat=True).first()
        ends = self.filter(live_until__gt=after).order_by("live_until").values_list("live_until", flat=True).first()
        return min((moment for moment in (begins, ends) if moment), default=None)


class PublishedArticle(ArticleContent):
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="published_versions")
    version = models.PositiveIntegerField(help_text="Which version of the working copy this is.")
    live_from = models.DateTimeField()
    live_until = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(
        help_text="When the article first appeared; readers see it, lists are ordered by it."
    )
    updated_at = models.DateTimeField(null=True, blank=True, help_text="When readers got a newer version, if ever.")

    key_terms = models.TextField(blank=True, editable=False, help_text="Its words by weight: models/related/words.py.")

    tags = TaggableManager(through=PublishedTag, manager=NamedTags, blank=True)

    objects: ClassVar[models.Manager["PublishedArticle"]] = PublishedArticleQuerySet.as_manager()

    class Meta:
        ordering = ("-published_at", "-article_id")
        indexes = (
            models.Index(fields=["-published_at", "-article"], name="published_newest"),
            models.Index(fields=["section", "-published_at", "-article"], name="published_section_newest"),
            models.Index(fields=["slug"], name="published_slug"),
            models.Index(fields=["live_from"], name="published_live_from"),
            models.Index(fields=["live_until"], name="published_live_until", condition=Q(live_until__isnull=False)),
        )
        constraints = (
            models.UniqueConstraint(fields=["article", "live_from"], name="one_version_at_a_moment"),
            models.UniqueConstraint(fields=["article"], condition=Q(live_until__isnull=True), name="one_open_version"),
            models.CheckConstraint(
                condition=Q(live_until__isnull=True) | Q(live_until__gt=F("live_from")), name="ends_after_it_begins"
            ),
        )

    @property
    def key(self) -> str:
        return f"article:{self.article_id}"

    def get_absolute_url(self) -> str:
        assert self.section is not None  # the gate lets nothing out without
        return path_to("article", self.section.slug, self.slug)

    def is_live(self, at: datetime | None = None) -> bool:
        at = at or timezone.now()
        return self.live_from <= at and (self.live_until is None or at < self.live_until)

    def related(self, limit: int = 3) -> "list[PublishedArticle]":
        """Live articles to read next, best first; never fewer than `limit` while the site has others."""
        from .related import question_about, suggestions

        found = suggestions(*question_about(self, self.tags.all()), limit)
        rows = PublishedArticle.objects.live().cards().in_bulk([one.published for one in found])
        return [rows[one.published] for one in found if one.published in rows]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tidy()
        super().save(*args, **kwargs)


def _boundary_seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None


_boundary: Remembered[datetime | None] = Remembered(
    CALENDAR_KEY, lambda: PublishedArticle.objects.next_boundary(), _boundary_seconds
)


def next_boundary() -> datetime | None:
    """PublishedArticle.objects.next_boundary(), remembered until then or until something is planned anew."""
    return _boundary.get()

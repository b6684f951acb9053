"""ArticleContent: the fields that the desk's copy and the readers' copy share. A field of an article is written here once."""

from typing import Any

from django.core.validators import URLValidator
from django.db import models

from articles.models.section import Section
from articles.richtext import sanitise
from images.models import Image
from newsroom.links import LinksField
from newsroom.slugs import CONTROL_CHARACTERS, one_line

from .kinds import HALF_STARS, Kind, Reviewed


class ArticleContent(models.Model):
    """Text arrives clean in the database whatever path it comes by: `tidy` runs in both copies' save."""

    headline = models.CharField(
        max_length=200, help_text="What readers see first. Up to about 70 characters read best."
    )
    slug = models.SlugField(
        max_length=120,
        blank=True,
        allow_unicode=True,
        help_text="The last part of the address. Empty: made from the headline. An old address keeps working.",
    )
    kind = models.CharField(
        max_length=20,
        choices=Kind.choices,
        blank=True,
        help_text="What kind of piece it is. Readers see it as a label; search engines are told.",
    )
    language = models.CharField(
        max_length=16,
        blank=True,
        help_text="As a code, like de or pt-br, if it is not written in the site's own language.",
    )
    kicker = models.CharField(max_length=60, blank=True, help_text="A word or two above the headline, like Review.")
    standfirst = models.CharField(
        max_length=500, blank=True, help_text="One or two sentences under the headline: why read on?"
    )
    body = models.TextField(blank=True)
    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="%(class)ss",
        help_text="Where the article lives; the first part of its address.",
    )
    lead_image = models.ForeignKey(
        Image,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leading_%(class)ss",
        verbose_name="lead picture",
    )
    lead_image_alt = models.CharField(
        "lead picture's alternative text",
        max_length=500,
        blank=True,
        help_text="Only if the library's does not fit this article.",
    )
    lead_image_caption = models.CharField(
        "lead picture's caption",
        max_length=1000,
        blank=True,
        help_text="Only if the library's does not fit this article.",
    )
    recommended_videos = LinksField(help_text="One a line: the address of the video, a space, its title.")
    has_affiliate_links = models.BooleanField(
        "affiliate links",
        default=False,
        help_text="Tick when we earn from a link in the text: readers are told with the site's disclosure.",
    )
    reviewed = models.CharField(
        max_length=200, blank=True, help_text="For a review: the name of the film, book, product … it is about."
    )
    reviewed_kind = models.CharField(
        "kind of thing reviewed", max_length=20, choices=Reviewed.choices, blank=True, help_text="What that is."
    )
    rating = models.PositiveSmallIntegerField(
        choices=HALF_STARS, null=True, blank=True, help_text="For a review, if your critics give stars."
    )
    seo_title = models.CharField(
        "title for search engines", max_length=120, blank=True, help_text="Empty: the headline."
    )
    seo_description = models.CharField(
        "description for search engines", max_length=300, blank=True, help_text="Empty: the standfirst."
    )
    canonical_url = models.CharField(
        "canonical address",
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="Only if the article first appeared elsewhere: its address there.",
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.headline

    @classmethod
    def content_fields(cls) -> "list[models.Field[Any, Any]]":
        """The shared fields, in their order: what is copied, compared and kept in revisions."""
        return list(ArticleContent._meta.local_fields)

    def content(self) -> dict[str, Any]:
        """The values of the shared fields by column name: ids, not objects, so this costs no query."""
        return {field.attname: getattr(self, field.attname) for field in self.content_fields()}

    def tidy(self) -> None:
        """The one door for text: one line where one line is meant, no control characters, only our HTML."""
        for field in self.content_fields():
            if isinstance(field, models.CharField):
                setattr(self, field.attname, one_line(getattr(self, field.attname)))
        self.body = sanitise(CONTROL_CHARACTERS.sub("", self.body))

    @property
    def lead_alt(self) -> str:
        return self.lead_image_alt or (self.lead_image.alt if self.lead_image else "")

    @property
    def lead_caption(self) -> str:
        return self.lead_image_caption or (self.lead_image.caption if self.lead_image else "")

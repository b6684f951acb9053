"""StandingPage: what a paper says of itself, like About or Privacy. At the root of the site, outside all sections."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from articles.richtext import sanitise
from newsroom import pagecache, slugs
from newsroom.addresses import path_to
from newsroom.models import Addressable
from newsroom.pagecache import Remembered
from newsroom.slugs import CONTROL_CHARACTERS

from .pictures import keep_standing_pictures
from .section import Section, slug_is_free

FOOTER_KEY = "standing-pages"


class StandingPage(Addressable):
    """`version` counts its savings: a form that was opened at an older one is stale."""

    title = models.CharField(max_length=120)
    slug = models.SlugField(
        max_length=80,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text="Its address. Empty: made from the title. Old addresses keep working.",
    )
    description = models.CharField(max_length=300, blank=True, help_text="One sentence, for search engines.")
    body = models.TextField(blank=True)
    is_public = models.BooleanField("public", default=False, help_text="Readers can see it.")
    in_footer = models.BooleanField("in the footer", default=True, help_text="Link to it under every page.")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the footer; lower comes first.")
    updated_at = models.DateTimeField("last changed", auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ("position", "title")
        verbose_name = "page"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return path_to("section", self.slug)

    def clean(self) -> None:
        if self.slug and not self._is_free(self.slug):
            raise ValidationError({"slug": f"/{self.slug}/ is the address of something else. Choose another."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Counts the version up. Raises ValidationError for a slug that is taken, whatever path it comes by."""
        self.body = sanitise(CONTROL_CHARACTERS.sub("", self.body))
        if not self.slug:
            free = slugs.free_slugs(StandingPage.objects.all(), slugs.slug_for(self.title, fallback="page"))
            self.slug = next(slug for slug in free if self._is_free(slug))
        self.clean()
        with transaction.atomic():
            before = StandingPage.objects.filter(pk=self.pk).first() if self.pk else None
            self.version = before.version + 1 if before else 1
            super().save(*args, **kwargs)
            keep_standing_pictures(self, before.body if before else "")
            if self._link() != (before._link() if before else None):
                pagecache.purge(FOOTER_KEY, "site")

    def before_delete(self) -> None:
        super().before_delete()
        pagecache.purge(FOOTER_KEY, "site")

    def _link(self) -> tuple[Any, ...] | None:
        """What every page shows of it."""
        return (self.position, self.title, self.slug) if self.is_public and self.in_footer else None

    def _is_free(self, slug: str) -> bool:
        return slug_is_free(slug) and not Section.objects.filter(slug=slug).exists()


def in_footer() -> list[StandingPage]:
    """Remembered: no query on most pages."""
    return _in_footer.get()


_in_footer: "Remembered[list[StandingPage]]" = Remembered(
    FOOTER_KEY, lambda: list(StandingPage.objects.filter(is_public=True, in_footer=True).only("title", "slug"))
)

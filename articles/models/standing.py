"""StandingPage: what a paper says of itself, like About or Privacy. At the root of the site, outside all sections."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from articles.richtext import sanitise
from newsroom import pagecache, slugs
from newsroom.addresses import path_to
from newsroom.models import Addressable

from .section import Section


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
        """Raises ValidationError for a slug that is taken, whatever path it comes by."""
        self.body = sanitise(self.body)
        if not self.slug:
            free = slugs.free_slugs(StandingPage.objects.all(), slugs.slug_for(self.title, fallback="page"))
            self.slug = next(slug for slug in free if self._is_free(slug))
        self.clean()
        super().save(*args, **kwargs)
        pagecache.purge("standing-pages")

    def _is_free(self, slug: str) -> bool:
        from .section import slug_is_free

        return slug_is_free(slug) and not Section.objects.filter(slug=slug).exists()

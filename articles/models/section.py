"""Section: where an article lives, and the first part of its address."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve

from newsroom import pagecache, slugs
from newsroom.addresses import path_to
from newsroom.models import Addressable
from newsroom.slugs import one_line


class Section(Addressable):
    has_feeds = True

    name = models.CharField(max_length=80, unique=True, help_text="As it stands in the navigation.")
    slug = models.SlugField(
        max_length=80,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text="The first part of its articles' addresses. Empty: made from the name. Old addresses keep working.",
    )
    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence, for the section's page and for search engines."
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Order in the navigation; lower comes first.")
    in_navigation = models.BooleanField(default=True, help_text="Show it in the site's navigation.")

    class Meta:
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name

    @property
    def list_key(self) -> str:
        return f"list-section:{self.pk}"

    def get_absolute_url(self) -> str:
        return path_to("section", self.slug)

    def clean(self) -> None:
        if self.slug and not slug_is_free(self.slug):
            raise ValidationError({"slug": f"/{self.slug}/ is an address of the site itself. Choose another."})
        if self.slug and _is_of_a_page(self.slug):
            raise ValidationError({"slug": f"/{self.slug}/ is the address of a page. Choose another."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError for a new slug that is an address of the site itself, whatever path it comes by: nobody
        could read that section.
        """
        self.name = one_line(self.name)
        if not self.slug:
            base = slugs.slug_for(self.name, fallback="section")
            free = slugs.free_slugs(Section.objects.all(), base)
            self.slug = next(slug for slug in free if slug_is_free(slug) and not _is_of_a_page(slug))
        is_taken = not slug_is_free(self.slug) or _is_of_a_page(self.slug)
        if is_taken and not Section.objects.filter(pk=self.pk, slug=self.slug).exists():
            self.clean()
        super().save(*args, **kwargs)
        pagecache.purge("navigation", "site")


def slug_is_free(slug: str) -> bool:
    """Do /<slug>/ and what lies below reach sections and articles? The address table itself is asked, not a list."""
    if f"/{slug}/" in {settings.MEDIA_URL, settings.STATIC_URL}:
        return False
    try:
        return resolve(f"/{slug}/").url_name == "section" and resolve(f"/{slug}/x/").url_name == "article"
    except Resolver404:
        return False


def article_slug_is_free(slug: str) -> bool:
    """Does this slug below a section reach an article? /film/feed/ is the section's feed."""
    try:
        return resolve(f"/film/{slug}/").url_name == "article"
    except Resolver404:
        return False


def _is_of_a_page(slug: str) -> bool:
    """Of one like About, which knows sections: so it is imported here."""
    from .standing import StandingPage

    return StandingPage.objects.filter(slug=slug).exists()

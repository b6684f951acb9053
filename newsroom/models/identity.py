"""SiteIdentity: what the publication calls itself. One row."""

import io
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from PIL import Image as Pillow

from newsroom.links import LinksField
from newsroom.pagecache import Remembered, purge


class SiteIdentity(models.Model):
    """Read through `SiteIdentity.current()`, which costs no query on most pages. Saving it puts every page out of date."""

    name = models.CharField(max_length=80, default="Newsroom", help_text="The publication's name, as readers see it.")
    tagline = models.CharField(max_length=160, blank=True, help_text="A few words under the name on the home page.")
    description = models.TextField(
        max_length=400, blank=True, help_text="One or two sentences for search engines and shared links."
    )
    logo = models.ImageField(
        upload_to="identity/", blank=True, help_text="Shown in place of the name. A PNG or WebP about 80 pixels high."
    )
    disclosure = models.TextField(
        "affiliate disclosure",
        max_length=600,
        blank=True,
        help_text="Shown on articles that are marked as having affiliate links.",
    )
    disclosure_url = models.CharField(
        "“Learn more” address",
        max_length=300,
        blank=True,
        help_text="Where the disclosure's “Learn more” leads: an address on this site, or https://…",
    )
    social_links = LinksField(help_text="One a line: the address, a space, what to call it.")

    class Meta:
        verbose_name = "site identity"
        verbose_name_plural = "site identity"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> "SiteIdentity":
        return _current.get()

    def clean(self) -> None:
        url = self.disclosure_url.strip()
        if url and not url.startswith(("https://", "http://")) and (not url.startswith("/") or url.startswith("//")):
            raise ValidationError({"disclosure_url": "Begin with / for an address on this site, or with https://."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        if self.logo and not self.logo._committed:
            self.logo = drawn_anew(self.logo)
        super().save(*args, **kwargs)
        purge("site")


_current: Remembered[SiteIdentity] = Remembered("site", lambda: SiteIdentity.objects.first() or SiteIdentity())


def drawn_anew(upload: Any) -> ContentFile:
    """The picture of an upload as a PNG of ours: what else its file held is gone. At most 800 x 400 pixels."""
    with Pillow.open(upload, formats=["PNG", "WEBP", "JPEG"]) as picture:
        picture.thumbnail((800, 400))
        png = io.BytesIO()
        picture.convert("RGBA").save(png, "PNG", optimize=True)
    return ContentFile(png.getvalue(), name="logo.png")

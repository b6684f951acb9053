"""Author: who readers see under a headline. May or may not have a login."""

import re
from typing import Any

from django.conf import settings
from django.db import models

from images.models import Image
from newsroom import slugs
from newsroom.addresses import path_to
from newsroom.links import LinksField
from newsroom.models import Addressable


class Author(Addressable):
    has_feeds = True

    name = models.CharField(max_length=120, help_text="As it stands in a byline.")
    slug = models.SlugField(
        max_length=120,
        unique=True,
        blank=True,
        allow_unicode=True,
        help_text="The last part of the author page's address. Empty: made from the name.",
    )
    pronouns = models.CharField(max_length=40, blank=True, help_text="As the author gives them, like she/her.")
    role = models.CharField(max_length=120, blank=True, help_text="Job or beat, like Television critic.")
    biography = models.TextField(
        max_length=2000, blank=True, help_text="Two or three sentences. Empty lines make paragraphs."
    )
    portrait = models.ForeignKey(
        Image, null=True, blank=True, on_delete=models.SET_NULL, related_name="portrayed_authors"
    )
    links = LinksField(help_text="Public. One a line: the address, a space, what to call it.")
    email = models.EmailField("e-mail", blank=True, help_text="For the desk only; readers never see it.")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="author",
        help_text="The login of this person, if there is one.",
    )
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.slug:
            super().save(*args, **kwargs)
        else:
            base = slugs.slug_for(self.name, fallback="author")
            slugs.claim(self, base, Author.objects.all(), lambda: super(Author, self).save(*args, **kwargs))

    def get_absolute_url(self) -> str:
        return path_to("author", self.slug)

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in re.split(r"\n\s*\n", self.biography.replace("\r", "")) if part.strip()]

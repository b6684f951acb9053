"""MenuLink: a link of the masthead or the footer that is no section. Remembered with the identity of the site."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from newsroom.addresses import is_local
from newsroom.pagecache import Remembered

from .addressable import Keyed


class MenuLink(Keyed):
    """Read through `MenuLink.of(place)`, which costs no query on most pages. Every page shows them: so their key is the site's."""

    key = "site"

    class Place(models.TextChoices):
        MASTHEAD = "masthead", "Masthead"
        FOOTER = "footer", "Footer"

    place = models.CharField(max_length=10, choices=Place.choices, default=Place.MASTHEAD)
    title = models.CharField(max_length=60)
    url = models.CharField("address", max_length=300, help_text="An address on this site, like /about/, or https://…")
    position = models.PositiveSmallIntegerField(default=0, help_text="Order; lower comes first.")

    class Meta:
        ordering = ("place", "position", "title")
        verbose_name = "menu link"

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, place: str) -> "list[MenuLink]":
        return [one for one in _links.get() if one.place == place]

    def clean(self) -> None:
        self.tidy()
        if not is_local(self.url):
            try:
                URLValidator(schemes=["http", "https"])(self.url)
            except ValidationError:
                raise ValidationError({"url": "Begin with / for an address on this site, or with https://."}) from None


_links: "Remembered[list[MenuLink]]" = Remembered("site", lambda: list(MenuLink.objects.all()))

"""Keyed: a thing that public pages show. Addressable: one with an address of its own, which keeps working."""

from typing import Any

from django.db import models, transaction
from django.db.models.signals import pre_delete

from newsroom import pagecache
from newsroom.addresses import address_of
from newsroom.slugs import CONTROL_CHARACTERS, one_line

from .redirects import Redirect


def _about_to_go(instance: "Keyed", **kwargs: Any) -> None:
    instance.before_delete()


class Keyed(models.Model):
    """Saving or deleting it puts the pages that showed it out of date."""

    class Meta:
        abstract = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        # By signal, because the admin's list and cascades delete without calling delete().
        pre_delete.connect(_about_to_go, sender=cls)

    @property
    def key(self) -> str:
        return f"{self._meta.model_name}:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tidy()
        super().save(*args, **kwargs)
        pagecache.purge(self.key)

    def tidy(self) -> None:
        """One line where one line is meant, and no control characters, whatever path the text came by."""
        for field in self._meta.concrete_fields:
            value = self.__dict__.get(field.attname)
            if not isinstance(value, str):
                continue
            if isinstance(field, models.CharField):
                setattr(self, field.attname, one_line(value))
            elif isinstance(field, models.TextField):
                setattr(self, field.attname, CONTROL_CHARACTERS.sub("", value))

    def before_delete(self) -> None:
        """In the transaction that deletes it, by whatever path."""
        pagecache.purge(self.key)


# What follows the address of a page at which its feed is found, by form: RSS, Atom, JSON Feed. The form's name ends the
# key of the feed, and the names of its addresses.
FEEDS = {"feed": "feed/", "feed-atom": "feed/atom/", "feed-json": "feed/json/"}


class Addressable(Keyed):
    """When its address changes, the old one leads to the new one for ever: same transaction, nothing to tick.

    Only an address that readers could see is remembered: that there was another would be telling.
    """

    has_feeds = False

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def addresses(self) -> dict[str, str]:
        """Every address that it has, with the key of what is found there: its page, and its feeds (`tag-feed-atom:12`)."""
        page = self.get_absolute_url()
        feeds = {f"{page}{tail}": f"{self._meta.model_name}-{form}:{self.pk}" for form, tail in FEEDS.items()}
        return {page: self.key} | (feeds if self.has_feeds else {})

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
            seen = before is not None and before.get_absolute_url() != self.get_absolute_url() and address_of(self.key)
            super().save(*args, **kwargs)
            if before is not None and seen:
                before.remember_addresses()

    def before_delete(self) -> None:
        super().before_delete()
        if address_of(self.key):
            self.remember_addresses()

    def remember_addresses(self) -> None:
        """They lead to it from now on, wherever it is."""
        for address, key in self.addresses().items():
            Redirect.remember([address], key)

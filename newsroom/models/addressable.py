"""Keyed: a thing that public pages show. Addressable: one with an address of its own, which keeps working."""

from typing import Any

from django.db import models, transaction

from newsroom import pagecache

from .redirects import Redirect


class Keyed(models.Model):
    """Saving or deleting it puts the pages that showed it out of date."""

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        return f"{self._meta.model_name}:{self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        pagecache.purge(self.key)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        key = self.key
        deleted = super().delete(*args, **kwargs)
        pagecache.purge(key)
        return deleted


class Addressable(Keyed):
    """When its address changes, the old one leads to the new one for ever: same transaction, nothing to tick."""

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        raise NotImplementedError

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before is not None and before.get_absolute_url() != self.get_absolute_url():
                Redirect.remember(before.get_absolute_url(), self.key)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        with transaction.atomic():
            Redirect.remember(self.get_absolute_url(), self.key)
            return super().delete(*args, **kwargs)

"""Finding pictures in the library: by words, by what they lack, by where they are used."""

from typing import TYPE_CHECKING, Any

from django.db import models

from images import rights, uses
from newsroom import uploads
from newsroom.slugs import one_line

if TYPE_CHECKING:
    from images.models import Image  # noqa: F401

# So many words are searched for, of so many characters together: each costs a look at every row.
MOST_WORDS, LONGEST_SEARCH = 10, 200
SEARCHED = ("title", "alt", "caption", "credit", "source")


class ImageQuerySet(models.QuerySet["Image"]):
    def search(self, text: str) -> "ImageQuerySet":
        """Those that have every word somewhere among their words. What is too long is cut, not refused."""
        found = self
        for word in one_line(text[:LONGEST_SEARCH]).split()[:MOST_WORDS]:
            anywhere = [models.Q((f"{field}__icontains", word)) for field in SEARCHED]
            found = found.filter(models.Q(*anywhere, _connector=models.Q.OR))
        return found

    def needing_alt(self) -> "ImageQuerySet":
        return self.filter(alt="", decorative=False)

    def with_expired_rights(self) -> "ImageQuerySet":
        return self.filter(rights.expired())

    def with_rights_that_expire_soon(self) -> "ImageQuerySet":
        return self.filter(rights.expiring_soon())

    def used(self) -> "ImageQuerySet":
        return self.filter(uses.is_used())

    def unused(self) -> "ImageQuerySet":
        return self.exclude(uses.is_used())

    def same_content(self, file: Any) -> "ImageQuerySet":
        """Those whose file is this one, byte for byte. Reads the file."""
        return self.filter(digest=uploads.digest(file))

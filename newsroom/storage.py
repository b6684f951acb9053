"""Where files lie: whole, or not at all."""

import os
import secrets
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage


class WholeFiles(FileSystemStorage):
    """A file gets its name when it is complete: a crash or a full disk leaves no half picture that looks finished.

    Two that save the same name at once leave the last one's file, whole: most names follow from the content or are random.
    """

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{secrets.token_hex(4)}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]
            os.replace(self.path(part), self.path(name))
        except BaseException:
            self.delete(part)
            raise
        return name


class PrivateFiles(WholeFiles):
    """Files below ORIGINALS_ROOT, without an address: Django's own storage would take MEDIA_URL for that of any.

    A model's field keeps its storage from the start on, so the folder is asked for each time: tests have their own.
    """

    @property
    def base_location(self) -> str:
        return str(settings.ORIGINALS_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("This file has no address.")

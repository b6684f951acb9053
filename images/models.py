"""Image: a picture in the library, with what readers are told about it and how it may be cut."""

import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction

from images import renditions
from newsroom import uploads
from newsroom.models import Keyed


def originals_storage() -> Any:
    return storages["originals"]


def original_name(image: "Image", filename: str) -> str:
    """A name of our own: what somebody called the file must not become a path, and may be private."""
    ending = filename.rpartition(".")[2].lower()
    safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 4 else "bin"
    return f"{secrets.token_hex(2)}/{secrets.token_hex(10)}.{safe}"


class Image(Keyed):
    """The original is kept outside everything public; readers get the renditions.

    The file may be missing: an import makes the row for a picture that it could not find yet. Such a picture
    shows nothing to readers until its file is given.
    """

    file = models.ImageField(
        upload_to=original_name,
        storage=originals_storage,
        blank=True,
        max_length=200,
        help_text="JPEG, PNG, WebP, AVIF, GIF or TIFF. Readers get it in smaller sizes, "
        "without the camera's and the place's data.",
    )
    title = models.CharField(max_length=200, help_text="What the desk finds it by. Readers don't see it.")
    alt = models.CharField(
        "alternative text",
        max_length=500,
        blank=True,
        help_text="What the picture shows, for people who can't see it. One sentence.",
    )
    caption = models.CharField(max_length=1000, blank=True, help_text="Printed under the picture.")
    credit = models.CharField(max_length=200, blank=True, help_text="Photographer or illustrator, and agency.")
    source = models.CharField(max_length=500, blank=True, help_text="Where it came from: an agency, an address.")
    licence = models.CharField(max_length=200, blank=True, help_text="What we may do with it.")
    focal_x = models.FloatField(
        "focal point, from the left",
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="0 is the left edge, 1 the right. Cuts keep this point in view.",
    )
    focal_y = models.FloatField(
        "focal point, from the top",
        default=0.5,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
        help_text="0 is the top edge, 1 the bottom.",
    )
    width = models.PositiveIntegerField(default=0, editable=False)
    height = models.PositiveIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField("added", auto_now_add=True)

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = "picture"
        indexes = (models.Index(fields=["-created_at", "-id"], name="image_newest"),)

    def __str__(self) -> str:
        return self.title

    @property
    def ladder(self) -> renditions.Ladder | None:
        """Its renditions, or None while it has no file. No query."""
        if not self.digest:
            return None
        return renditions.Ladder(self.width, self.height, (self.focal_x, self.focal_y), self.digest)

    @property
    def share_url(self) -> str:
        """For link previews: a JPEG, which every service reads."""
        ladder = self.ladder
        return ladder.of("card", "jpg")[-1].url if ladder else ""

    @property
    def thumbnail_url(self) -> str:
        ladder = self.ladder
        return ladder.of("card", "webp")[0].url if ladder else ""

    def clean(self) -> None:
        try:
            if uploads.is_new(self.file):
                uploads.check(self.file.file)
            elif self._needs_its_original() and not self.file.storage.exists(str(self.file.name)):
                raise ValidationError("The original is lost, so it can't be cut anew. Give the picture again.")
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Takes the file's measure and makes the renditions. Raises ValidationError for what is no picture, OSError
        when there is no room for it.

        Rendition files are written before the row: a crash between leaves files without a row, which nobody
        sees, never a row without files, which every reader would.
        """
        if uploads.is_new(self.file):
            picture = uploads.open_upright(self.file.file)
            self.digest = uploads.digest(self.file.file)
            self.width, self.height = picture.size
            self.title = self.title or PurePath(str(self.file.name)).stem[:200]
            renditions.make(self._ladder_of_this(), picture)
        elif self._needs_its_original():
            self.make_renditions()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "digest", "width", "height"}
        super().save(*args, **kwargs)

    def before_delete(self) -> None:
        """What is deleted at the desk is gone from the public, too: nobody keeps its address from a cached page."""
        super().before_delete()
        # Without errors: the row is gone by then, and a file that stays behind is better than a failed answer.
        transaction.on_commit(self._delete_files, robust=True)

    def _delete_files(self) -> None:
        if self.file:
            self.file.storage.delete(str(self.file.name))
        ladder = self.ladder
        same = Image.objects.filter(digest=self.digest, focal_x=self.focal_x, focal_y=self.focal_y)
        if ladder and not same.exists():
            for rendition in ladder:
                renditions.default_storage.delete(rendition.name)

    def make_renditions(self) -> int:
        """Write the renditions that are missing; the number written. Raises ValidationError, OSError."""
        if not self.digest:
            return 0
        ladder = self._ladder_of_this()
        if all(renditions.default_storage.exists(one.name) for one in ladder):
            return 0
        with self.file.open("rb") as original:
            return renditions.make(ladder, uploads.open_upright(original))

    def _ladder_of_this(self) -> renditions.Ladder:
        ladder = self.ladder
        assert ladder is not None
        return ladder

    def _needs_its_original(self) -> bool:
        """Was the focal point moved, so that cuts must be made anew? One query."""
        if not self.digest:
            return False
        before = Image.objects.filter(pk=self.pk).values_list("focal_x", "focal_y").first()
        return before is not None and before != (self.focal_x, self.focal_y)

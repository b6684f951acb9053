"""Image: a picture in the library, with what readers are told about it and how it may be cut."""

import re
import secrets
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import Any, ClassVar, cast

from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction

from images import metadata, renditions
from images.finding import ImageQuerySet
from images.rights import Rights
from newsroom import pagecache, uploads
from newsroom.models import Keyed
from newsroom.slugs import one_line

# Marks that turn the reading direction: a file's name can show another ending by them than it has.
_DIRECTION_MARKS = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def originals_storage() -> Any:
    return storages["originals"]


def original_name(image: "Image", filename: str) -> str:
    """A name of our own: what somebody called the file must not become a path, and may be private."""
    ending = filename.rpartition(".")[2].lower()
    safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 4 else "bin"
    return f"{secrets.token_hex(2)}/{secrets.token_hex(10)}.{safe}"


class Image(Rights, Keyed):
    """The original is kept outside everything public; readers get the renditions.

    The file may be missing: an import makes the row for a picture that it could not find yet. Such a picture
    shows nothing to readers until its file is given.

    A picture has alternative text, or is decorative, or still needs one of the two (`needs_alt`). The desk's forms
    insist on it; the model doesn't, as imports bring what they have.

    Change it by save(), never by update(): the names of the public files follow from the content, the focal point
    and the credit.
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
    decorative = models.BooleanField(
        default=False,
        help_text="It says nothing that the text doesn't: nothing is read aloud in its place.",
    )
    caption = models.CharField(max_length=1000, blank=True, help_text="Printed under the picture.")
    credit = models.CharField(max_length=200, blank=True, help_text="Photographer or illustrator, and agency.")
    source = models.CharField(max_length=500, blank=True, help_text="Where it came from: an agency, an address.")
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
    has_avif = models.BooleanField(default=False, editable=False)
    digest = models.CharField(max_length=16, blank=True, editable=False, db_index=True)
    import_key = models.CharField(max_length=400, null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField("added", auto_now_add=True)

    objects: ClassVar[models.Manager["Image"]] = ImageQuerySet.as_manager()

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
        focal = (self.focal_x, self.focal_y)
        return renditions.Ladder(self.width, self.height, focal, self.digest, self.credit, self.has_avif)

    @property
    def needs_alt(self) -> bool:
        """Has nobody said yet what it shows, nor that it is decorative?"""
        return not self.alt and not self.decorative

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
        errors: dict[str, Any] = {}
        if self.decorative and one_line(self.alt):
            errors["decorative"] = "A decorative picture has no alternative text. Keep one of the two."
        try:
            if uploads.is_new(self.file):
                uploads.check(self.file.file)
            elif self._needs_its_original() and not self.file.storage.exists(str(self.file.name)):
                raise ValidationError("The original is lost, so its files can't be made anew. Give the picture again.")
        except ValidationError as error:
            errors["file"] = error.messages
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Takes the file's measure and words and makes the renditions. Raises ValidationError for what is no picture,
        OSError when there is no room for it.

        Rendition files are written before the row: a crash between leaves files without a row, which nobody
        sees, never a row without files, which every reader would. What is no longer of use is deleted after it.
        """
        self.tidy()
        # As finely as the names of files tell focal points apart.
        self.focal_x, self.focal_y = round(self.focal_x, 3), round(self.focal_y, 3)
        before = self._stored()
        also_changed = {"digest", "width", "height", "has_avif"}
        if uploads.is_new(self.file):
            also_changed |= self._take_in()
        elif before and self._is_cut_otherwise(before):
            self.has_avif = False
            self.make_renditions()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], *also_changed}
        super().save(*args, **kwargs)
        if before and (before.ladder != self.ladder or before.file.name != self.file.name):
            # Without errors: the row is saved by then, and a file that stays behind is better than a failed answer.
            transaction.on_commit(partial(before._delete_files, kept=self.file.name), robust=True)

    def before_delete(self) -> None:
        """What is deleted at the desk is gone from the public, too: nobody keeps its address from a cached page."""
        super().before_delete()
        transaction.on_commit(self._delete_files, robust=True)

    def make_renditions(self, *, avif: bool = False) -> int:
        """Write the renditions that are missing, with `avif` large ones in AVIF, too; the number written. Raises
        ValidationError, OSError.
        """
        ladder = self.ladder
        if ladder is None:
            return 0
        ladder, written = replace(ladder, avif=avif or self.has_avif), 0
        if not all(renditions.default_storage.exists(one.name) for one in ladder):
            with self.file.open("rb") as original, uploads.one_at_a_time:
                written = renditions.make(ladder, uploads.open_upright(original))
        if avif and not self.has_avif:
            self._offer_avif()
        return written

    def _offer_avif(self) -> None:
        """The files are there: say so, unless the picture was changed while they were made."""
        as_it_was = {"digest": self.digest, "focal_x": self.focal_x, "focal_y": self.focal_y, "credit": self.credit}
        self.has_avif = bool(Image.objects.filter(pk=self.pk, **as_it_was).update(has_avif=True))
        if self.has_avif:
            pagecache.purge(self.key)
        else:
            self._delete_files(kept=self.file.name)

    def _take_in(self) -> set[str]:
        """Measure a new file, make its renditions, and fill what the editor left empty from the words in it. The
        names of the fields that may have changed.
        """
        file, filename = self.file.file, str(self.file.name)
        with uploads.one_at_a_time:
            picture = uploads.open_upright(file)
            self.digest = uploads.digest(file)
            self.width, self.height = picture.size
            self.has_avif = False
            filled = self._fill_in(metadata.read(uploads.embedded(file)), filename)
            ladder = self.ladder
            assert ladder is not None
            renditions.make(ladder, picture)
        return filled

    def _fill_in(self, words: metadata.Words, filename: str) -> set[str]:
        stem = _DIRECTION_MARKS.sub("", PurePath(filename).stem)
        found = {"title": words.title or one_line(stem) or "Picture", "caption": words.caption}
        found |= {"credit": words.credit, "usage_note": words.usage}
        if not self.decorative:
            found["alt"] = words.alt
        for name, text in found.items():
            longest = cast("models.CharField[str, str]", self._meta.get_field(name)).max_length
            if not getattr(self, name):
                setattr(self, name, text[:longest].rstrip())
        return set(found)

    def _delete_files(self, kept: str | None = None) -> None:
        """The files of the picture as it was, but for those that another row, or its own new state, has too."""
        if self.file and self.file.name != kept:
            self.file.storage.delete(str(self.file.name))
        if ladder := self.ladder:
            others = [one.ladder for one in Image.objects.filter(digest=self.digest)]
            if not any(other and other.folder == ladder.folder for other in others):
                renditions.delete(ladder)

    def _stored(self) -> "Image | None":
        return Image.objects.filter(pk=self.pk).first() if self.pk else None

    def _is_cut_otherwise(self, before: "Image") -> bool:
        old, new = before.ladder, self.ladder
        return old is not None and new is not None and old.folder != new.folder

    def _needs_its_original(self) -> bool:
        """Was the focal point moved or the credit changed, so that files must be made anew? One query."""
        before = self._stored()
        return before is not None and self._is_cut_otherwise(before)

"""manage.py make_renditions: makes the missing sizes of pictures, after the ladder changed or files were lost."""

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from images.models import Image
from newsroom.models.audit import log_run


class Command(BaseCommand):
    help = "Make the renditions that are missing from the storage. Safe to interrupt and to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--avif",
            action="store_true",
            help="Make large ones in AVIF, too, and offer that to readers: smaller files, some seconds a picture.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        made, broken = 0, []
        for image in self._with_progress():
            try:
                made += image.make_renditions(avif=options["avif"])
            except Exception as error:  # storages raise what they like; it is told, and the others get theirs
                sentence = " ".join(error.messages) if isinstance(error, ValidationError) else error
                broken.append(f"{image.pk} {image.title}: {sentence}")
        if made:
            log_run("make_renditions", after={"renditions made": made})
        self.stdout.write(f"{made} renditions made.")
        if broken:
            raise CommandError(f"{len(broken)} pictures can't be read:\n" + "\n".join(broken))

    def _with_progress(self) -> Iterator[Image]:
        """Newest first: those are read most, should it be interrupted. Only the numbers are kept; each row is read when
        its turn comes, as somebody may change it meanwhile, or delete it.
        """
        numbers = list(Image.objects.exclude(digest="").order_by("-created_at", "-pk").values_list("pk", flat=True))
        telling = self.stderr.isatty()
        for place, number in enumerate(numbers, start=1):
            if telling:
                self.stderr.write(f"\rPicture {place} of {len(numbers)}", ending="")
                self.stderr.flush()
            if image := Image.objects.filter(pk=number).first():
                yield image
        if telling and numbers:
            self.stderr.write("")

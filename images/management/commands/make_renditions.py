"""manage.py make_renditions: makes the missing sizes of pictures, after the ladder changed or files were lost."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from images.models import Image


class Command(BaseCommand):
    help = "Make the renditions that are missing from the storage. Safe to interrupt and to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        made, broken = 0, []
        for image in Image.objects.exclude(digest="").order_by("pk").iterator(chunk_size=200):
            try:
                made += image.make_renditions()
            except (ValidationError, OSError) as error:
                broken.append(f"{image.pk} {image.title}: {error}")
        self.stdout.write(f"{made} renditions made.")
        if broken:
            raise CommandError(f"{len(broken)} pictures can't be read:\n" + "\n".join(broken))

"""manage.py seed: loads the demo newsroom; again and again without doubling."""

from typing import Any

from django.core.management.base import BaseCommand

from newsroom.models.audit import log_run
from seeds.loader import load


class Command(BaseCommand):
    help = "Load the demo newsroom. What is there already stays as it is, edited or not."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--if-empty", action="store_true", help="Only when there is no article yet.")

    def handle(self, *args: Any, **options: Any) -> None:
        from articles.models import Article

        if options["if_empty"] and Article.objects.exists():
            return
        self.stdout.write("Loading the demo newsroom (its pictures take a moment) …")
        counts = load(lambda line: self.stdout.write(f"  {line}", ending="\r" if self.stdout.isatty() else "\n"))
        log_run("seed", reason=str(counts))
        self.stdout.write(f"Demo newsroom: {counts}.")

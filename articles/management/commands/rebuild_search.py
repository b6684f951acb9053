"""manage.py rebuild_search: makes what search finds articles by anew."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models.searching.rebuilding import Step, rebuild
from newsroom.models.audit import log_run


class Command(BaseCommand):
    help = (
        "Look through all that readers have, and make search know it as it is. To be run once after an upgrade from a "
        "version without search, and after a change of the site's search language. The site is used meanwhile. Safe to "
        "interrupt: the next run goes on where this one was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="from the beginning, also after an interruption")

    def handle(self, *args: Any, **options: Any) -> None:
        last: dict[str, Step] = {}
        try:
            for step in rebuild(anew=options["anew"]):
                last[step.what] = step
                if options["verbosity"] > 1 or (options["verbosity"] and self.stdout.isatty()):
                    self.stdout.write(f"… {step.what}: {step.done} of {step.total}")
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What is done is kept; run it again to go on.")
            raise SystemExit(130) from None
        for step in last.values():
            self.stdout.write(f"{step.done} {step.what} looked at, {step.mended} mended.")
        if any(step.mended for step in last.values()):
            log_run("rebuild_search", after={step.what: step.mended for step in last.values()})

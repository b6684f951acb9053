"""manage.py rebuild_terms: finds anew what related articles and deep pages of lists are found by."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models.rebuilding import Step, rebuild
from newsroom.models.audit import log_run


class Command(BaseCommand):
    help = (
        "Find the key terms of all that readers have anew, and mend dates and counts of tags and of lists by month. To be run once after an "
        "upgrade from a version without related terms, and after a change of the site's language. Publishing goes on "
        "meanwhile. Safe to interrupt: the next run goes on where this one was."
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
            log_run("rebuild_terms", after={step.what: step.mended for step in last.values()})

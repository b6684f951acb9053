"""RebuildCommand: what the commands share that look through everything step by step and mend what is off."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from articles.models.stepping import Step
from newsroom.models.audit import log_run


class RebuildCommand(BaseCommand):
    """`name` is what the log calls it; `rebuild` yields steps, and goes on where an interrupted run was unless `anew`."""

    name: str
    rebuild: Callable[..., Iterator[Step]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true", help="from the beginning, also after an interruption")

    def handle(self, *args: Any, **options: Any) -> None:
        last: dict[str, Step] = {}
        try:
            for step in type(self).rebuild(anew=options["anew"]):
                last[step.what] = step
                if options["verbosity"] > 1 or (options["verbosity"] and self.stdout.isatty()):
                    self.stdout.write(f"… {step.what}: {step.done} of {step.total}")
        except KeyboardInterrupt:
            self.stderr.write("Interrupted. What is done is kept; run it again to go on.")
            raise SystemExit(130) from None
        for step in last.values():
            self.stdout.write(f"{step.done} {step.what} looked at, {step.mended} mended.")
        if any(step.mended for step in last.values()):
            log_run(self.name, after={step.what: step.mended for step in last.values()})

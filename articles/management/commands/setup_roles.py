"""manage.py setup_roles: makes the groups of the five roles, or mends them after an update or an accident."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from articles.rights_table import both_tables
from articles.setting_up_roles import Changed, set_up
from newsroom.models.audit import log_run


class Command(BaseCommand):
    help = (
        "Give the groups Contributor, Writer, Editor, Publisher and Administrator what the table of rights gives them. "
        "What a site gave them besides stays, unless --exact takes it away. Safe to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exact", action="store_true", help="take away what a group has beyond the table")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
        parser.add_argument("--table", action="store_true", help="print the table of rights as Markdown, do nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["table"]:
            self.stdout.write(both_tables())
            return
        try:
            for one in self._try(options["exact"]):
                self._tell(one)
            if not options["dry_run"]:
                self._do(options["exact"])
        except LookupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Nothing was changed: --dry-run." if options["dry_run"] else "Done.")

    def _try(self, is_exact: bool) -> list[Changed]:
        """What would be done. It is told before it is done, above all what is taken away."""
        with transaction.atomic():
            try:
                return set_up(Group, Permission, is_exact=is_exact)
            finally:
                transaction.set_rollback(True)

    def _do(self, is_exact: bool) -> None:
        """Whoever gets or loses a right by it stands in the log; a run that changed nothing does not."""
        with transaction.atomic():
            done = [one for one in set_up(Group, Permission, is_exact=is_exact) if one.is_new or one.given or one.taken]
            if done:
                changed = {str(one.role): {"given": one.given, "taken": one.taken} for one in done}
                log_run("setup_roles", after=changed)

    def _tell(self, one: Changed) -> None:
        new = " (a new group)" if one.is_new else ""
        if not (one.given or one.taken or one.kept):
            self.stdout.write(f"{one.role}{new}: as the table says.")
            return
        self.stdout.write(f"{one.role}{new}:")
        for words, names in (
            ("gets", one.given),
            ("loses, because the table doesn't give it", one.taken),
            ("has beyond the table, and keeps (--exact takes it away)", one.kept),
        ):
            if names:
                self.stdout.write(f"  {words}: {', '.join(names)}")

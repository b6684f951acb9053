"""manage.py prune_log: lets go of old entries of the log. Only for the database's owner; never runs by itself."""

from argparse import ArgumentTypeError
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection, transaction
from django.utils import timezone

from newsroom.auditing.append_only import lifted
from newsroom.models.audit import AuditEntry, log_run

LEAST_DAYS = 30


class Command(BaseCommand):
    help = (
        "Remove entries of the log that are older than so many days. The database refuses that to everybody but the "
        "owner of its tables; what was removed is logged. All or nothing, in one transaction."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=_days, required=True, metavar="DAYS", help=f"at least {LEAST_DAYS}")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        before = timezone.now() - timedelta(days=options["older_than"])
        told = f"older than {options['older_than']} days, from before {timezone.localtime(before):%Y-%m-%d %H:%M %Z}"
        if options["dry_run"]:
            count = AuditEntry.objects.filter(at__lt=before).count()
            self.stdout.write(f"{count:,} entries would be removed: {told}.")
            return
        try:
            with transaction.atomic(), lifted(connection):
                count, _ = AuditEntry.objects.filter(at__lt=before).delete()
                if count:
                    log_run("prune_log", act="log_pruned", after={"entries removed": count}, reason=told)
        except ProgrammingError as error:
            raise CommandError(
                f"Nothing was removed: the database refuses it ({str(error).strip()}). "
                "Run this as the role that owns the tables, the one that runs migrate."
            ) from error
        self.stdout.write(f"{count:,} entries removed: {told}. {AuditEntry.objects.count():,} are kept.")


def _days(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not LEAST_DAYS <= int(text[:6]) <= 36_500:
        raise ArgumentTypeError(f"give a number of days, {LEAST_DAYS} or more")
    return int(text[:6])

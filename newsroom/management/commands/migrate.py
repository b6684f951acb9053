"""manage.py migrate: Django's own, but it does not wait for ever for a table that somebody holds.

A change of a table waits for all who use it, and all who come later wait for that change: one forgotten transaction
would stop the whole site. So it gives up after some seconds, and has changed nothing then.
"""

from contextlib import suppress
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import DatabaseError, OperationalError, connections

LOCK_NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--lock-timeout", type=int, default=5, metavar="SECONDS",
            help="how long to wait for a table that others use, on PostgreSQL (default: 5; 0: for ever)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> Any:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            return super().handle(*args, **options)
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{max(options['lock_timeout'], 0)}s"])
        try:
            return super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") != LOCK_NOT_AVAILABLE:
                raise
            raise CommandError(
                f"The migration was not made: others used its table for {options['lock_timeout']} seconds "
                f"({str(error).strip().splitlines()[0]}). What was made before it stays. Run migrate again; if that does "
                "not help, look in pg_stat_activity for a session that is “idle in transaction”, or stop the site meanwhile."
            ) from error
        finally:
            with suppress(DatabaseError), connection.cursor() as cursor:
                cursor.execute("RESET lock_timeout")

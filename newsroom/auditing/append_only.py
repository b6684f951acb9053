"""The log's protection in the database: entries are added, and neither changed nor deleted.

Triggers, so that it holds for every program that uses the database. Who owns the table can switch them off; so in
production the site should run on a role that doesn't (docs/log.md). On SQLite whoever may write the file is its owner:
there they keep out mistakes, and requests that were never meant.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

TABLE = "newsroom_auditentry"
REFUSAL = "The log is append-only: its entries are neither changed nor deleted. See docs/log.md."

_POSTGRES = (
    f"""CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$""",
    f"""CREATE TRIGGER {TABLE}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
)
_SQLITE = {
    "no_update": f"BEFORE UPDATE ON {TABLE}",
    "no_delete": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE deletes what has the number already, and runs no trigger for that.
    "no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)",
}


def protect(connection: Any) -> None:
    """Put the triggers up. Within a transaction, where there is one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in _POSTGRES:
                cursor.execute(statement)
        elif connection.vendor == "sqlite":
            for name, when in _SQLITE.items():
                cursor.execute(f"CREATE TRIGGER {TABLE}_{name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END")


def unprotect(connection: Any) -> None:
    """Take them away. Raises ProgrammingError on PostgreSQL for who does not own the table."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_append_only ON {TABLE}")
            cursor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_refuse()")
        elif connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{name}")


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Within a transaction, which both databases undo as a whole: the triggers can't stay away after an error.

    On PostgreSQL, raises ProgrammingError for who does not own the table, and others wait with their entries.
    """
    unprotect(connection)
    yield
    protect(connection)

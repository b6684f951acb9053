"""manage.py migrate on a site that is being used."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

TABLE = "django_session"


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL only: SQLite's migrations lock the file")
def test_a_forgotten_transaction_does_not_hold_up_the_site(capsys: Any) -> None:  # K12
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT count(*) FROM {TABLE}")  # and is idle from now on
        with pytest.raises(CommandError, match=r"used its table for 1 seconds.*idle in transaction"):
            call_command("migrate", "sessions", "zero", lock_timeout=1, verbosity=0)
        assert TABLE in connection.introspection.table_names()
        assert Client().get("/admin/login/").status_code == 200  # nobody waits for what was given up
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("0",)
    finally:
        other.close()
    call_command("migrate", "sessions", "zero", lock_timeout=1, verbosity=0)
    assert TABLE not in connection.introspection.table_names()
    call_command("migrate", "sessions", verbosity=0)
    assert TABLE in connection.introspection.table_names()


@pytest.mark.django_db
def test_it_is_django_s_own_otherwise(capsys: Any) -> None:
    call_command("migrate", "--check", verbosity=1)
    call_command("migrate", "--plan")
    assert "No planned migration operations" in capsys.readouterr().out

"""What an admin sees who starts the site: one sentence for a bad setting, and no site without a key of its own."""

import contextlib
import gc
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.newsroom.conftest import ROOT

KEY = "k" * 50


def refused(result):
    """The one sentence that it ended with."""
    assert result.returncode == 1, result
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr


@pytest.mark.parametrize(
    ("variables", "hint"),
    [
        ({"PAGE_SIZE": "many"}, "PAGE_SIZE is 'many'"),
        ({"DEBUG": "perhaps"}, "DEBUG is 'perhaps'"),
        ({"DATABASE_URL": "oracle://db/x"}, "DATABASE_URL begins with 'oracle'"),
        ({"VAR_DIR": "var"}, "VAR_DIR is 'var'"),
        ({"VAR_DIR": "/dev/null/var"}, "VAR_DIR is '/dev/null/var'"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is shorter than 32 characters"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
    ],
)
def test_a_bad_setting_ends_with_one_sentence(manage, variables, hint):
    assert hint in refused(manage("check", **{"SECRET_KEY": KEY, **variables}))


def test_good_settings_pass_the_check(manage, tmp_path):
    odd = tmp_path / "a b#c%41"
    result = manage("check", SECRET_KEY=KEY, VAR_DIR=str(odd))
    assert (result.returncode, result.stderr) == (0, "")
    code = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    result = manage("shell", "--no-imports", "-c", code, SECRET_KEY=KEY, VAR_DIR=str(odd))
    assert result.stdout.strip() == str(odd / "newsroom.sqlite3")


def test_a_site_that_answers_to_any_host_does_not_pass(manage):
    result = manage("check", SECRET_KEY=KEY, ALLOWED_HOSTS="*")
    assert result.returncode == 1
    assert "newsroom.E001" in result.stderr
    assert manage("check", SECRET_KEY=KEY, ALLOWED_HOSTS="*", DEBUG="1").returncode == 0


def test_the_deployment_check_has_nothing_to_say_about_a_site_on_https(manage):
    site = {"SECRET_KEY": KEY + "0123456789", "SITE_URL": "https://www.example.org", "SECURE_SSL_REDIRECT": "1"}
    result = manage("check", "--deploy", "--fail-level", "ERROR", **site)
    assert result.returncode == 0
    left = {line.split("(")[1].split(")")[0] for line in result.stderr.splitlines() if line.startswith("?: (")}
    assert left <= {"security.W005", "security.W021"}, result.stderr  # HSTS for subdomains, preloading: yours to say


@pytest.mark.parametrize(("address", "secure"), [("HTTPS://www.Example.org", True), ("http://127.0.0.1", False)])
def test_cookies_are_secure_where_the_site_is(manage, address, secure):
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SITE_URL)"
    result = manage("shell", "--no-imports", "-c", code, SECRET_KEY=KEY, SITE_URL=address)
    assert result.stdout.split() == [str(secure), str(secure), address.lower()]


def test_debugging_needs_no_key(manage):
    assert manage("check", DEBUG="1").returncode == 0


def test_a_key_that_can_not_be_read_is_told(manage, tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "secret_key").write_bytes(b"\xff\xfe\x00")
    assert "secret_key can't be read" in refused(manage("check"))


def test_the_first_start_makes_the_key_and_the_login_once(manage, tmp_path):
    first = manage("start", "--prepare-only", "--no-demo")
    assert first.returncode == 0, first.stderr
    files = [tmp_path / "var" / name for name in ("secret_key", "first-login")]
    kept = [file.read_text() for file in files]
    assert len(kept[0].strip()) >= 50
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    assert kept[1].strip() in first.stdout
    again = manage("start", "--prepare-only", "--no-demo")
    assert [file.read_text() for file in files] == kept
    assert kept[1].strip() in again.stdout


def test_a_start_where_nothing_can_be_written_is_one_sentence(manage):
    assert "secret_key can't be written" in refused(manage("start", VAR_DIR="/dev/null/var"))


def test_a_start_refuses_a_port_that_is_none(manage):
    assert "PORT is '80000'" in refused(manage("start", PORT="80000"))


def test_a_port_that_somebody_else_has_is_told_before_anything_is_done(manage, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = manage("start", "--no-demo", PORT=str(port))
    assert result.returncode == 1
    assert f"Port {port} can't be used" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "var" / "newsroom.sqlite3").exists()


def test_what_the_server_has_loaded_is_not_looked_through_for_garbage():
    from newsroom import wsgi

    thresholds = gc.get_threshold()
    gc.unfreeze()
    try:
        wsgi.set_aside_what_stays()
        assert gc.get_freeze_count() > 100_000
        assert gc.get_threshold()[0] > 700
    finally:
        gc.set_threshold(*thresholds)


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks into /proc")
def test_announcing_runs_beside_the_server_and_ends_with_it(manage, tmp_path):
    assert manage("start", "--prepare-only", "--no-demo").returncode == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "manage.py"), "start", "--no-demo"]
    there = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), "PORT": str(port)}
    server = subprocess.Popen(command, env=there, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for_heartbeat(tmp_path)
        assert processes_of(tmp_path)
    finally:
        server.terminate()  # a kill would leave the server's workers; what becomes of a companion then has its own test
        server.wait(30)
    assert gone_from(tmp_path)


def heartbeat(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3")) as database:
        row = database.execute("SELECT at FROM newsroom_heartbeat WHERE name = 'announce' AND took > 0").fetchone()
    return row[0] if row else None


def wait_for_heartbeat(tmp_path):
    until = time.monotonic() + 60
    while not heartbeat(tmp_path):
        assert time.monotonic() < until, "announcing was not heard of"
        time.sleep(0.2)


def processes_of(tmp_path):
    """The command lines of those that announce for this site: told apart by their environment."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes()
            if b"announce" in words and os.fsencode(tmp_path) in (process / "environ").read_bytes():
                found.append(words)
    return found


def gone_from(tmp_path):
    until = time.monotonic() + 30
    while processes_of(tmp_path) and time.monotonic() < until:
        time.sleep(0.1)
    return not processes_of(tmp_path)

"""manage.py start: from a checkout to a running newsroom. What `make run` calls."""

import hashlib
import os
import secrets
import socket
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from newsroom import companion, environment
from newsroom.models.audit import log
from newsroom.secret_key import write_private

LOGIN = "editor"


class Command(BaseCommand):
    help = "Prepare the database, the demo and a login where they are missing, and serve the site on this machine."
    requires_system_checks = []

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--no-demo", action="store_true", help="Leave an empty database empty.")
        parser.add_argument("--no-announce", action="store_true", help="Leave `manage.py announce` to somebody else.")
        parser.add_argument("--prepare-only", action="store_true", help="Do everything but serve.")

    def handle(self, *args: Any, **options: Any) -> None:
        port = settings.PORT
        if not options["prepare_only"]:
            refuse_a_taken_port(port)
        call_command("migrate", verbosity=0)
        collect_static()
        if not options["no_demo"]:
            call_command("seed", "--if-empty", stdout=self.stdout)
        login = first_login()
        address = f"http://127.0.0.1:{port}"
        self.stdout.write(f"\n  The pages   {address}/\n  The desk    {address}/admin/\n{login}\n")
        self.stdout.write("  Stop with Ctrl-C.\n" if not options["prepare_only"] else "")
        self.stdout.flush()
        if not options["prepare_only"]:
            if not options["no_announce"]:
                announce_beside()
            serve(port)


def refuse_a_taken_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used ({error.strerror}). Choose another: PORT=8001 make run"
            ) from None


def collect_static() -> None:
    """Collect static files when one of them changed since the last time; that takes seconds, looking does not."""
    stamp = settings.STATIC_ROOT / ".collected"
    now = _static_digest()
    if stamp.is_file() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)


def _static_digest() -> str:
    compressed_by = [version(package) for package in ("whitenoise", "brotli")]
    found = hashlib.sha256(f"{settings.STORAGES['staticfiles']} {compressed_by}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: one[0]):
            stat = os.stat(storage.path(name))
            found.update(f"{name}:{stat.st_size}:{stat.st_mtime_ns};".encode())
    return found.hexdigest()


def first_login() -> str:
    """A login where there is none, its password made at random on this machine; the lines to print about it."""
    users = get_user_model().objects
    kept = settings.VAR_DIR / "first-login"
    if not users.exists():
        password = secrets.token_urlsafe(12)
        write_private(kept, password)  # first: a password that nobody knows would lock everybody out
        log("added", users.create_superuser(LOGIN, password=password), reason="manage.py start: the first login")
    user = users.filter(username=LOGIN).first()
    password = kept.read_text().strip() if kept.is_file() else ""
    if user and password and user.check_password(password):
        return f"  Login       {LOGIN}  {password}   (made on this machine; change it at the desk)"
    return "  Login       as you set it (manage.py changepassword sets a new one)"


def announce_beside() -> None:
    """Tell others what is published, for as long as this process, which becomes the server, is there."""
    manage = [sys.executable, str(Path(sys.argv[0]).resolve()), "announce", "--loop"]
    subprocess.Popen([sys.executable, "-P", companion.__file__, str(os.getpid()), *manage])


def serve(port: int) -> None:
    """Become the production server; this process is replaced. Two workers, or WEB_WORKERS."""
    workers = environment.number("WEB_WORKERS", 2, least=1, most=64)
    granian = Path(sys.executable).with_name("granian")
    if not granian.exists():
        raise CommandError("granian is not installed beside this Python; `make run` installs it.")
    os.execv(
        granian,
        [
            str(granian),
            "--interface=wsgi",
            "--host=127.0.0.1",
            f"--port={port}",
            f"--workers={workers}",
            "--blocking-threads=4",
            "--respawn-failed-workers",
            "--workers-kill-timeout=3",  # else a Ctrl-C may wait for ever for a worker that still answers
            "--no-ws",
            "--log-level=warning",
            "newsroom.wsgi:application",
        ],
    )

"""manage.py announce: tells others what readers see from now on, and mails the desk's notifications."""

import logging
import signal
import threading
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from articles.announcing.mails import Mailing
from articles.announcing.running import run
from articles.models import Announcement
from newsroom.models.audit import log_run

log = logging.getLogger(__name__)

WORDS = {
    "told": "told",
    "failed": "failed, to be tried again",
    "given_up": "given up",
    "mailed": "mails sent",
    "mail_failed": "mails failed",
}


class Command(BaseCommand):
    help = (
        "Tell people at the desk, caches, the CDN and WebSub hubs what was published, replaced or ended, and mail the "
        "desk's notifications. Once, as from cron; with --loop until it is stopped. Safe to run several times at once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="what is due now, and end (the default)")
        how.add_argument("--loop", action="store_true", help="go on until a signal ends it")
        parser.add_argument("--every", type=int, default=15, metavar="SECONDS", help="between two turns (default: 15)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["loop"]:
            counts = run()
            write_down(counts)
            self._tell(counts, options["verbosity"] >= 1)
            if counts["failed"] or counts["given_up"] or counts["mail_failed"]:
                raise CommandError("Not all could be told; the desk's list of announcements says why.")
            return
        every = max(options["every"], 1)
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        mailing = Mailing()
        while not ended.is_set():
            close_old_connections()
            pause = float(every)
            try:
                counts = run(every=every, mailing=mailing, stop=ended.is_set)
                write_down(counts)
                self._tell(counts, options["verbosity"] >= 2)
                pause = until_next(pause)
            except Exception:  # a database that restarts, a disk that is full: the next turn may do better
                log.exception("Announcing failed; the next try is in %s seconds.", every)
            close_old_connections()
            ended.wait(pause)

    def _tell(self, counts: Any, is_told: bool) -> None:
        """Also that there was nothing: a command that says nothing might as well not have run."""
        if is_told or counts["failed"] or counts["given_up"]:
            said = [f"{counts[name]} {word}" for name, word in WORDS.items() if counts[name]]
            self.stdout.write(", ".join(said) or "Nothing was due.")
            self.stdout.flush()


def write_down(counts: Any) -> None:
    """In the log, what a turn came to an end with. What is to be tried again will be: the heartbeat tells of that."""
    done = {WORDS[name]: counts[name] for name in ("told", "given_up", "mailed") if counts[name]}
    if done:
        log_run("announce", after=done)


def until_next(most: float) -> float:
    """Seconds until something becomes due, `most` at the longest: it should be told on the second."""
    moment = Announcement.objects.next_moment()
    if moment is None:
        return most
    return min(max((moment - timezone.now()) / timedelta(seconds=1), 0.05), most)

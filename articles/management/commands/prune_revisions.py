"""manage.py prune_revisions: lets go of old states that nobody will miss, and of what has long been announced. Never runs
by itself.
"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.models import Announcement, Revision
from newsroom.models.audit import log_run


class Command(BaseCommand):
    help = (
        "Remove old revisions. Kept are: all that were published or scheduled, the base of each share link, the last "
        "ones of each article, and the young. Announcements as old that all were told of go with them. Safe to "
        "interrupt and to run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep-days", type=int, default=90, metavar="N", help="keep what is younger (default: 90)")
        parser.add_argument("--keep-last", type=int, default=20, metavar="N", help="of each article (default: 20)")
        parser.add_argument("--article", type=int, metavar="ID", help="only this one's")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be removed")

    def handle(self, *args: Any, **options: Any) -> None:
        self._revisions(options)
        if options["article"] is None:
            self._announcements(options["keep_days"], options["dry_run"])

    def _announcements(self, keep_days: int, is_dry_run: bool) -> None:
        count = Announcement.objects.prune(keep_days=keep_days, dry_run=is_dry_run)
        if not count:
            return
        if not is_dry_run:
            log_run("prune_revisions", after={"announcements removed": count})
        self.stdout.write(f"{count} old announcements {'would be removed' if is_dry_run else 'removed'}.")

    def _revisions(self, options: dict[str, Any]) -> None:
        rows = (
            Revision.objects.all()
            if options["article"] is None
            else Revision.objects.filter(article=options["article"])
        )
        gone: Counter[int] = Counter()
        try:
            for batch in rows.prune(**{name: options[name] for name in ("keep_days", "keep_last", "dry_run")}):
                gone += batch
                if options["verbosity"] > 2:
                    self.stdout.write(f"… {gone.total()}")
        except ValueError as error:
            raise CommandError(str(error)) from error
        if options["verbosity"] > 1:
            for article, count in sorted(gone.items()):
                self.stdout.write(f"article {article}: {count}")
        kept, would = rows.count(), "removed"
        if options["dry_run"]:
            kept, would = kept - gone.total(), "would be removed"
        elif gone:
            log_run("prune_revisions", after={"revisions removed": gone.total(), "of articles": len(gone)})
        self.stdout.write(f"{gone.total()} revisions of {len(gone)} articles {would}; {kept} are kept.")

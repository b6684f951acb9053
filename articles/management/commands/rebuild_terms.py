"""manage.py rebuild_terms: finds anew what related articles and deep pages of lists are found by."""

from articles.management.rebuilding import RebuildCommand
from articles.models.rebuilding import rebuild


class Command(RebuildCommand):
    name = "rebuild_terms"
    rebuild = staticmethod(rebuild)
    help = (
        "Find the key terms of all that readers have anew, and mend dates and counts of tags and of lists by month. To be "
        "run once after an upgrade whose notes ask for it, and after a change of the site's language. "
        "Publishing goes on meanwhile. Safe to interrupt: the next run goes on where this one was."
    )

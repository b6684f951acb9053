"""manage.py rebuild_search: makes what search finds articles by anew."""

from articles.management.rebuilding import RebuildCommand
from articles.models.searching.rebuilding import rebuild


class Command(RebuildCommand):
    name = "rebuild_search"
    rebuild = staticmethod(rebuild)
    help = (
        "Look through all that readers have, and make search know it as it is. To be run once after an upgrade from a "
        "version without search, and after a change of the site's search language. The site is used meanwhile. Safe to "
        "interrupt: the next run goes on where this one was."
    )

"""What kinds of pieces there are, and of things that a review may be about."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """Empty is what most of a paper is: a report. The label is what readers see above the headline."""

    __empty__ = _("News")

    FEATURE = "feature", _("Feature")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    INTERVIEW = "interview", _("Interview")
    REVIEW = "review", _("Review")
    LIVE = "live", _("Live")


class Reviewed(models.TextChoices):
    """The values are types of schema.org: search engines show stars only beside what they know."""

    MOVIE = "Movie", _("Film")
    SERIES = "TVSeries", _("Television series")
    BOOK = "Book", _("Book")
    GAME = "VideoGame", _("Video game")
    ALBUM = "MusicAlbum", _("Album")
    PLAY = "Play", _("Play")
    EVENT = "Event", _("Event")
    PRODUCT = "Product", _("Product")
    RESTAURANT = "Restaurant", _("Restaurant")
    WORK = "CreativeWork", _("Another work")


def _stars(halves: int) -> str:
    return f"{halves // 2 or ''}{'½' if halves % 2 else ''}"


# A rating is kept in half stars, 1 to 10: whole numbers are the same in a form, in a revision and in a database.
HALF_STARS = [(halves, _stars(halves)) for halves in range(10, 0, -1)]

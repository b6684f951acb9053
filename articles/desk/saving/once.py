"""A form that makes an article is posted once, however often its button was pressed.

The form bears a random name. Its first post leaves a row of that name, which the second one finds; for two days.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article, Autosave

CLOSED: dict[str, Any] = {}  # the data of a form that was posted: only its name is kept, for a second post of it
CLOSED_FOR = timedelta(days=2)


def claimed(by: Any, form: str) -> Autosave:
    """The row of this person's form. Within a transaction: the second of two simultaneous posts waits here until the
    first has ended, and then finds its article (see `made`). Two queries.
    """
    row: Autosave
    row, _ = Autosave.objects.select_for_update().get_or_create(by=by, form=form, defaults={"data": CLOSED})
    return row


def made(row: Autosave) -> Article | None:
    """What the first post of it made; None while there was none, or when that was deleted meanwhile."""
    return row.article if row.data == CLOSED else None


def close(by: Any, form: str, article: Article) -> None:
    """It has made this article. Old names of that person's go with it. Two queries."""
    mine = Autosave.objects.filter(by=by)
    mine.filter(form=form).update(article=article, data=CLOSED, updated_at=timezone.now())
    mine.filter(data=CLOSED, updated_at__lt=timezone.now() - CLOSED_FOR).delete()

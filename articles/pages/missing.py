"""What stands on a page that is not there: what may have been meant, and the newest.

A crawler that asks for thousands of such addresses must not keep the database busy: so many a second are looked for, the
others get the newest alone, which are remembered.
"""

import re
import time
from threading import Lock
from typing import Any

from articles.models.missing import meant_by, newest
from articles.models.published import HOME_KEY, PublishedArticle, next_boundary
from newsroom.pagecache import Remembered

A_SECOND, AT_ONCE = 5, 20
NEWEST = 5
# Of files and of those who try doors: nobody reads that page.
_NO_PAGE = re.compile(r"\.[A-Za-z0-9]{1,8}/?$|^/(?:wp-|xmlrpc|cgi-bin|\.)")


class Allowance:
    """So many at once, and so many a second after that; of this process."""

    def __init__(self, at_once: int, a_second: float) -> None:
        self.at_once, self.a_second = at_once, a_second
        self._left, self._seen = float(at_once), time.monotonic()
        self._lock = Lock()

    def take(self) -> bool:
        with self._lock:
            now = time.monotonic()
            self._left = min(self.at_once, self._left + (now - self._seen) * self.a_second)
            self._seen = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


allowance = Allowance(AT_ONCE, A_SECOND)


def _until(_rows: list[PublishedArticle]) -> float | None:
    boundary = next_boundary()
    return boundary.timestamp() if boundary else None


_newest: "Remembered[list[PublishedArticle]]" = Remembered(HOME_KEY, lambda: newest(NEWEST), _until)


def beside(path: str) -> dict[str, Any]:
    """`meant` and `newest`. Five queries at most, and one while the newest are not remembered."""
    if _NO_PAGE.search(path):
        return {}
    meant = meant_by(path) if allowance.take() else []
    shown = {row.pk for row in meant}
    return {"meant": meant, "newest": [row for row in _newest.get() if row.pk not in shown]}

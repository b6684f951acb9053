"""The channels: who is told of an announcement. One object of each lives for one run.

    class Partners(Channel):
        name = "partners"                      # stored with what was told: it never changes

        def tell(self, announcement) -> str:   # raises for a failure; the note says what was done

and a line in `channels`.
"""

import hashlib
from abc import ABC, abstractmethod
from datetime import datetime
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from articles.models.announcements import Announcement
from articles.models.notifications import Notification, notify
from articles.models.timelines import let_go
from articles.models.workflow import writers_of
from newsroom import pagecache

from .posting import post, post_json
from .topics import topics_of

What = Announcement.What


class Channel(ABC):
    name: str
    # Told in the transaction that marks it as told, and so exactly once.
    writes_only_here = False
    # Also of what is no longer so: a cache must let go of what it kept meanwhile in any case.
    of_what_is_over = False

    @abstractmethod
    def tell(self, announcement: Announcement) -> str: ...


class Stamps(Channel):
    """The pages that this site keeps. The verbs stamp what they change at once; this is for a moment that passes, and
    for a process that was killed after its commit and before its stamp.
    """

    name = "pages"
    of_what_is_over = True

    def tell(self, announcement: Announcement) -> str:
        pagecache.purge(*announcement.keys)
        return f"{len(announcement.keys)} keys"


class Ends(Channel):
    """What ended or was replaced by itself leaves its place among the articles that may be related, in search and in what
    is counted, as it does where a verb ends it. Readers did not see it before, either; but it kept a place from others.
    """

    name = "ends"
    of_what_is_over = True

    def tell(self, announcement: Announcement) -> str:
        return "settled" if let_go(announcement.article) else "nothing was left"


class People(Channel):
    """Who wrote it hears that it is out, or no longer; not who did it himself at that moment."""

    name = "people"
    writes_only_here = True
    KINDS = {
        What.APPEARED: (Notification.Kind.PUBLISHED, ""),
        What.REPLACED: (Notification.Kind.PUBLISHED, "A newer version is out."),
        What.ENDED: (Notification.Kind.WITHDRAWN, ""),
    }

    def tell(self, announcement: Announcement) -> str:
        if announcement.what not in self.KINDS:
            return "told already"
        kind, text = self.KINDS[What(announcement.what)]
        article = announcement.article
        told = notify(writers_of(article), kind, article, by=announcement.by, text=text)
        return ", ".join(sorted(one.to.get_username() for one in told))[:300] or "nobody to tell"


class _OncePerRun(Channel):
    """What was said after an announcement's moment in the same run needn't be said for it again: a hundred articles
    that appear at eight fetch the feed once.
    """

    def __init__(self) -> None:
        self._said: dict[str, datetime] = {}

    def _unsaid(self, things: list[str], since: datetime) -> list[str]:
        return [thing for thing in things if thing not in self._said or self._said[thing] < since]

    def _remember(self, things: list[str], began: datetime) -> None:
        self._said.update(dict.fromkeys(things, began))


class Cdn(_OncePerRun):
    """Purges by key, in the words of CDN_PURGE_KIND. The keys are those of Surrogate-Key and Cache-Tag."""

    name = "cdn"
    of_what_is_over = True
    # How the keys are called in JSON, how many fit one request, how the token is shown.
    KINDS = {
        "KEYS": ("keys", 100, "Authorization", "Bearer {}"),
        "FASTLY": ("surrogate_keys", 256, "Fastly-Key", "{}"),
        "CLOUDFLARE": ("tags", 30, "Authorization", "Bearer {}"),
    }

    def tell(self, announcement: Announcement) -> str:
        member, most, header, written = self.KINDS[settings.CDN_PURGE_KIND]
        headers = {header: written.format(settings.CDN_PURGE_TOKEN)} if settings.CDN_PURGE_TOKEN else {}
        began, keys = timezone.now(), self._unsaid(announcement.keys, announcement.due_at)
        for start in range(0, len(keys), most):
            once = {"Idempotency-Key": f"newsroom-{announcement.pk}{f'-{start}' if start else ''}"}
            post_json(settings.CDN_PURGE_URL, {member: keys[start : start + most]}, headers | once)
        self._remember(keys, began)
        return f"{len(keys)} keys"


class Hub(_OncePerRun):
    """WebSub: a hub fetches the feeds that changed, and sends what is new to those who subscribed. Each hub is a channel
    of its own, so that one that is down has no other told twice.
    """

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        digest = hashlib.blake2b(url.encode(), digest_size=4).hexdigest()
        self.name = f"hub {(urlsplit(url).hostname or '')[:16]} {digest}"

    def tell(self, announcement: Announcement) -> str:
        began = timezone.now()
        topics = self._unsaid(topics_of(announcement.keys), announcement.due_at)
        for topic in topics:
            # Each is a ping of its own: with the same key a hub would take the second for the first once more.
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Idempotency-Key": f"newsroom-{announcement.pk}{urlsplit(topic).path.rstrip('/').replace('/', '-')}",
            }
            post(self.url, urlencode({"hub.mode": "publish", "hub.url": topic}).encode(), headers)
        self._remember(topics, began)
        return f"{len(topics)} addresses"


def channels() -> list[Channel]:
    """Those that the settings turn on, in the order in which they are told: ours first, then those who come to fetch."""
    cdn: list[Channel] = [Cdn()] if settings.CDN_PURGE_URL else []
    return [Ends(), Stamps(), People(), *cdn, *(Hub(url) for url in settings.WEBSUB_HUBS)]

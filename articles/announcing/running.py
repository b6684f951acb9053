"""A run: everything that is due is told to every channel, in order, once; then the mails."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from articles.models.announcements import MOST_TRIES, WAITING, Announcement, Telling
from articles.models.claims import ClaimLost
from articles.models.searching import waiting
from newsroom.models import Heartbeat

from .channels import Channel, channels
from .mails import Mailing
from .pulse import NAME

log = logging.getLogger(__name__)

BATCH = 100


def run(*, every: int = 0, mailing: Mailing | None = None, stop: Callable[[], bool] = lambda: False) -> Counter[str]:
    """Tell what is due and send what is to be mailed; how much of each, as {"told": 3, "failed": 1 …}.

    Safe to run several times at once. `every` is written to the heartbeat, so that it is known when it is late;
    `mailing` remembers from run to run that the mail server is down.
    """
    began, counts, errors = time.monotonic(), Counter[str](), list[str]()
    Heartbeat.beat(NAME, every=every)
    told_by = channels()
    for announcement in _ready(stop, every):
        try:
            outcome = tell(announcement, told_by)
        except ClaimLost:
            continue  # another process went on with it
        counts[outcome] += 1
        if outcome != "told":
            errors.append(f"{announcement.pk}: {announcement.last_error}")
    if not stop():
        mailing = mailing or Mailing()
        counts.update(mailing.send())
        waiting.go_on()  # what search is still to be told of names that are others now
        errors += [mailing.error] if mailing.error else []
    took, error = time.monotonic() - began, "; ".join(errors[:3])[:300]
    Heartbeat.beat(NAME, every=every, took=took, last_error=error)
    return counts


def _ready(stop: Callable[[], bool], every: int) -> Iterator[Announcement]:
    """Claimed one by one, so that a process that is killed holds up nothing but what it was telling."""
    while True:
        numbers = list(Announcement.objects.ready(timezone.now()).values_list("pk", flat=True)[:BATCH])
        found = False
        for number in numbers:
            if stop():
                return
            announcement = Announcement.objects.select_related("article__section", "by").filter(pk=number).first()
            if announcement is not None and announcement.take(WAITING):
                found = True
                yield announcement
        if not found:
            return
        Heartbeat.beat(NAME, every=every)


def tell(announcement: Announcement, told_by: list[Channel]) -> str:
    """Tell one that is claimed to all channels that don't know yet: "told", "failed" or "given_up".

    A channel that fails keeps no other from being told. Raises ClaimLost when another process took over meanwhile.
    """
    errors, told = [], announcement.told()
    for channel in told_by:
        if channel.name not in told and (error := _tell(announcement, channel)):
            errors.append(error)
    if not errors:
        announcement.release(done_at=timezone.now(), last_error="")
        return "told"
    if announcement.tries + 1 < MOST_TRIES:
        announcement.release_failed("; ".join(errors))
        return "failed"
    announcement.release(tries=announcement.tries + 1, last_error="; ".join(errors)[:300], gave_up_at=timezone.now())
    return "given_up"


def _tell(announcement: Announcement, channel: Channel) -> str:
    """The error; '' when it is told."""
    try:
        if channel.writes_only_here:
            with transaction.atomic():
                _tell_and_note(announcement, channel)
        else:
            _tell_and_note(announcement, channel)
    except ClaimLost:
        raise
    except Exception as error:  # whatever it is: the others must be told
        log.exception("Announcement %s could not be told to %s.", announcement.pk, channel.name)
        reason = f"{channel.name}: {error or type(error).__name__}"
        Telling.objects.update_or_create(
            announcement=announcement, channel=channel.name, defaults={"note": reason[:300]}
        )
        return reason
    return ""


def _tell_and_note(announcement: Announcement, channel: Channel) -> None:
    announcement.hold()
    over = not channel.of_what_is_over and not announcement.is_still_so
    note = "no longer so" if over else channel.tell(announcement)
    values = {"told_at": timezone.now(), "note": note[:300]}
    Telling.objects.update_or_create(announcement=announcement, channel=channel.name, defaults=values)

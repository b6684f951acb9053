"""Several processes at the same instant: each gets its own, one of two wins whole, each is told once."""

import random
from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.announcing.running import run
from articles.models import Announcement, Article, Notification, PublishedArticle, Section, Telling
from articles.models.related.terms import Term, step
from newsroom.models import AuditEntry, Heartbeat
from newsroom.models.addressable import FEEDS

from .listening import http_server
from .processes import at_once, real_database  # noqa: F401

pytestmark = pytest.mark.usefixtures("real_database")


def test_twenty_who_begin_the_same_headline_at_once_get_twenty_addresses(film: Section) -> None:  # K04
    at_once(*[lambda: Article.objects.create(headline="The same headline", section=film)] * 20)
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert slugs == {"the-same-headline", *(f"the-same-headline-{number}" for number in range(2, 21))}


def test_of_publishing_and_withdrawing_at_once_one_wins_whole(make_article: Any, editor: User) -> None:  # K05
    first = set()
    for number in range(50):
        article: Article = make_article("Old", slug=f"story-{number}")
        article.publish()
        article.headline = "New"
        article.save()
        at_once(partial(article.publish, by=editor), partial(article.withdraw, by=editor))
        events = list(article.revisions.order_by("number").values_list("event", flat=True))
        live = list(PublishedArticle.objects.live().filter(article_id=article.pk).values_list("headline", flat=True))
        answer = Client().get(f"/film/story-{number}/")
        if events[-1] == "published":
            assert (live, answer.status_code) == (["New"], 200)
        else:
            assert (live, answer.status_code) == ([], 410)
        assert sorted(events[1:]) == ["published", "withdrawn"]
        logged = AuditEntry.objects.filter(thing_id=str(article.pk)).order_by("pk").values_list("act", flat=True)
        assert list(logged) == events[1:]
        told = list(
            Announcement.objects.filter(article=article).order_by("due_at", "pk").values_list("what", flat=True)
        )
        assert len(told) == 3 and (told[-1] == "ended") == (not live)
        first.add(events[1])
    assert first  # which of them comes first is nobody's to say


def test_five_who_announce_at_once_tell_each_once(  # K06
    make_article: Any, editor: User, settings: Any
) -> None:
    writer = User.objects.create_superuser("kit")
    moment = timezone.now() + timedelta(seconds=0.3)
    articles = [make_article(f"No. {number}", slug=f"no-{number}", created_by=writer) for number in range(30)]
    for article in articles:
        article.publish(at=moment)
    urgent: Article = make_article("Urgent", slug="urgent", created_by=writer)
    with http_server() as hub:
        settings.WEBSUB_HUBS = [hub.url]
        while timezone.now() < moment:
            pass
        at_once(*[run] * 5, lambda: urgent.publish(by=editor))
        run()
    everything = [*articles, urgent]
    told = Notification.objects.filter(kind="published")
    assert sorted(told.values_list("article_id", flat=True)) == sorted(one.pk for one in everything)
    assert Announcement.objects.exclude(done_at=None).count() == Announcement.objects.count() == 31
    assert Telling.objects.filter(channel="people").exclude(told_at=None).count() == 31
    pings = [one["Idempotency-Key"] for one in hub.headers]
    assert len(pings) == len(set(pings)) <= 31 * 4 * len(FEEDS)  # feeds of the site, corrections, a section, an author
    published = PublishedArticle.objects.exclude(article_id=urgent.pk)
    assert set(published.values_list("published_at", flat=True)) == {moment}
    assert all(one.revisions.filter(event__in=("published", "scheduled")).count() == 1 for one in everything)
    assert Heartbeat.objects.count() == 1


def test_five_who_mail_at_once_send_each_mail_once(make_article: Any, settings: Any, tmp_path: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mails")
    people = [User.objects.create_superuser(f"kit{number}", f"kit{number}@example.org") for number in range(12)]
    article = make_article()
    for person in people:
        Notification.objects.create(to=person, article=article, kind="published")
    at_once(*[run] * 5)
    sent = "".join(file.read_text() for file in (tmp_path / "mails").iterdir())
    assert sorted(line for line in sent.splitlines() if line.startswith("To: ")) == sorted(
        f"To: {person.email}" for person in people
    )
    assert not Notification.objects.filter(mailed_at=None).exists()


def test_words_of_all_who_publish_at_once_are_counted(transactional_db: None) -> None:
    """Each counts other words of the same thirty, in an order of its own: nobody waits in a ring, no step is lost."""
    words = [f"word{number}" for number in range(30)]
    Term.objects.bulk_create(Term(word=word, articles=100) for word in words)
    drawn = [[random.Random(f"{who} {turn}").sample(words, 20) for turn in range(40)] for who in range(6)]

    def count(mine: list[list[str]]) -> None:
        for some in mine:
            with transaction.atomic():
                step(Term, "articles", "word", less=some[:5], more=some[5:])

    at_once(*[partial(count, mine) for mine in drawn])
    steps = Counter(word for mine in drawn for some in mine for word in some[5:])
    steps.subtract(word for mine in drawn for some in mine for word in some[:5])
    assert dict(Term.objects.values_list("word", "articles")) == {word: 100 + steps[word] for word in words}

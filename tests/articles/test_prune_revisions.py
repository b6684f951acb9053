"""manage.py prune_revisions: what goes, what stays for good, and what it says."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Announcement, Revision, ShareLink, Telling, announcements, pruning
from newsroom.models import AuditEntry

pytestmark = pytest.mark.django_db


def prune(**options):
    out = StringIO()
    call_command("prune_revisions", stdout=out, **options)
    return out.getvalue().strip()


def numbers(article):
    return sorted(article.revisions.values_list("number", flat=True))


@pytest.fixture
def article(make_article):
    """Thirty states, a day apart, the newest of today; number 3 was published, 5 scheduled, 7 is shared."""
    article = make_article()
    data = article.snapshot()
    Revision.objects.bulk_create(
        Revision(article=article, number=number, event="saved", data=data) for number in range(1, 31)
    )
    for revision in article.revisions.all():
        Revision.objects.filter(pk=revision.pk).update(at=timezone.now() - timedelta(days=30 - revision.number))
    article.revisions.filter(number=3).update(event="published")
    article.revisions.filter(number=5).update(event="scheduled")
    ShareLink.objects.create(
        article=article, revision=article.revisions.get(number=7), expires_at=timezone.now() + timedelta(days=1)
    )
    return article


def test_published_scheduled_shared_young_and_last_ones_stay(article):
    assert prune(keep_days=10, keep_last=5) == "17 revisions of 1 articles removed; 13 are kept."
    assert numbers(article) == [3, 5, 7, *range(21, 31)]
    assert ShareLink.objects.filter(revision__number=7).exists()


def test_the_last_ones_stay_however_old(article):
    prune(keep_days=0, keep_last=4)
    assert numbers(article) == [3, 5, 7, 27, 28, 29, 30]


def test_the_last_ones_are_counted_not_computed_from_numbers(article):
    article.revisions.filter(number__in=range(24, 30)).delete()
    prune(keep_days=0, keep_last=3)
    assert numbers(article) == [3, 5, 7, 22, 23, 30]


def test_by_itself_it_is_careful(article):
    prune()
    assert numbers(article) == list(range(1, 31))


def test_a_dry_run_only_says(article):
    assert prune(keep_days=10, keep_last=5, dry_run=True) == "17 revisions of 1 articles would be removed; 13 are kept."
    assert len(numbers(article)) == 30


def test_only_one_article_and_by_article(article, make_article):
    other = make_article("Other")
    for _ in range(4):
        other.record("saved")
    Revision.objects.filter(article=other).update(at=timezone.now() - timedelta(days=400))
    assert prune(keep_days=10, keep_last=2, article=other.pk) == "2 revisions of 1 articles removed; 2 are kept."
    assert len(numbers(article)) == 30
    said = prune(keep_days=10, keep_last=5, verbosity=2)
    assert f"article {article.pk}: 17" in said
    assert f"article {other.pk}:" not in said


def test_again_there_is_nothing_to_do(article):
    prune(keep_days=10, keep_last=5)
    assert prune(keep_days=10, keep_last=5).startswith("0 revisions")


def test_it_goes_in_batches_and_goes_on_where_it_was_interrupted(article, monkeypatch):
    monkeypatch.setattr(pruning, "BATCH", 5)
    first = next(Revision.objects.all().prune(keep_days=10, keep_last=5))
    assert first.total() == 5
    assert len(numbers(article)) == 25
    assert sum(batch.total() for batch in Revision.objects.all().prune(keep_days=10, keep_last=5)) == 12
    assert numbers(article) == [3, 5, 7, *range(21, 31)]


def test_the_texts_are_never_loaded(article):
    with CaptureQueriesContext(connection) as queries:
        prune(keep_days=10, keep_last=5)
    assert not [query["sql"] for query in queries if '"articles_revision"."data"' in query["sql"]]


def test_a_link_made_meanwhile_keeps_its_base(article, monkeypatch):
    shared = article.revisions.get(number=9)
    ask = pruning.RevisionQuerySet._remove

    def share_then_remove(rows, ids):
        ShareLink.objects.create(article=article, revision=shared, expires_at=timezone.now())
        return ask(rows, ids)

    monkeypatch.setattr(pruning.RevisionQuerySet, "_remove", share_then_remove)
    prune(keep_days=10, keep_last=5)
    assert 9 in numbers(article)
    assert ShareLink.objects.filter(revision=shared).exists()


@pytest.mark.parametrize("options", [{"keep_last": 0}, {"keep_last": -1}, {"keep_days": -1}])
def test_nonsense_is_refused(article, options):
    with pytest.raises(CommandError, match="Keep at least"):
        prune(**options)
    assert len(numbers(article)) == 30


# --- announcements ------------------------------------------------------------------------------------------------


@pytest.fixture
def announced(make_article):
    """By name: told long ago, told lately, still waiting, given up; all but one of long ago."""
    long_ago, article = timezone.now() - timedelta(days=100), make_article()
    rows = {
        "told": {"done_at": long_ago},
        "lately": {"done_at": timezone.now()},  # announcing stood still for months
        "waiting": {},
        "given up": {"gave_up_at": long_ago},
        "young": {"due_at": timezone.now() - timedelta(days=8), "done_at": timezone.now() - timedelta(days=8)},
        "of today": {"due_at": timezone.now(), "done_at": timezone.now()},
    }
    made = {
        name: Announcement.objects.create(article=article, what="appeared", **{"due_at": long_ago, **values})
        for name, values in rows.items()
    }
    Telling.objects.create(announcement=made["told"], channel="people", told_at=long_ago)
    return made


def left(announced):
    numbers = set(Announcement.objects.values_list("pk", flat=True))
    return [name for name, row in announced.items() if row.pk in numbers]


def test_what_has_long_been_told_goes_and_nothing_else(announced, monkeypatch):
    monkeypatch.setattr(announcements, "BATCH", 1)
    assert "1 old announcements would be removed." in prune(dry_run=True)
    assert left(announced) == list(announced)
    assert "1 old announcements removed." in prune()
    assert left(announced) == ["lately", "waiting", "given up", "young", "of today"]
    assert not Telling.objects.exists()
    assert "announcements" not in prune()
    assert AuditEntry.objects.get(thing_name="prune_revisions").after == {"announcements removed": 1}


def test_what_was_told_this_week_stays_whatever_is_asked(announced):
    """A clock that is put back must find it, or it would be told once more."""
    prune(keep_days=0)
    assert left(announced) == ["lately", "waiting", "given up", "of today"]


def test_of_one_article_only_its_revisions_go(announced, article):
    assert prune(article=article.pk, keep_days=10, keep_last=5).startswith("17 revisions")
    assert left(announced) == list(announced)

"""rebuild_terms: whatever somebody wrote past the verbs, in batches, also after an interruption."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import PublishedArticle, PublishedTag, PublishedTerm, RelatedSettings, Tag, Term, rebuilding
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.working import go_on
from newsroom.models import AuditEntry

from .settled import assert_settled

pytestmark = pytest.mark.django_db


def rebuild(*arguments):
    out = StringIO()
    call_command("rebuild_terms", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def archive(make_article):
    """Seven articles: one withdrawn, one planned, one twice published."""
    now = timezone.now()
    for number, word in enumerate(("orchard", "lagoon", "harbour", "glacier", "volcano")):
        article = make_article(f"The {word}", tags=("Places", word), body=f"<p>Of a {word} and the sea.</p>")
        article.publish(at=now - timedelta(days=number + 1))
    article.publish()
    gone = make_article("Gone", tags=("Places",))
    gone.publish()
    gone.withdraw()
    make_article("To come", tags=("Places",)).publish(at=now + timedelta(hours=1))
    assert_settled(timezone.now())


def spoil():
    PublishedTag.objects.update(published_at=timezone.now())
    PublishedTerm.objects.all().delete()
    PublishedArticle.objects.update(key_terms="")
    Tag.objects.update(uses=77)
    Term.objects.update(articles=5)


def test_everything_is_as_publishing_leaves_it(archive):
    spoil()
    with pytest.raises(AssertionError):
        assert_settled(timezone.now())
    told = rebuild()
    assert "6 articles looked at, 6 mended." in told
    assert_settled(timezone.now())
    assert "rebuild_terms" in str(AuditEntry.objects.latest("pk"))


def test_where_nothing_is_wrong_nothing_is_written(archive):
    rebuild()  # words weigh otherwise once all are known
    before = AuditEntry.objects.count(), list(PublishedTerm.objects.order_by("pk").values_list("pk", flat=True))
    assert "0 mended" in rebuild()
    assert before == (
        AuditEntry.objects.count(),
        list(PublishedTerm.objects.order_by("pk").values_list("pk", flat=True)),
    )


def test_an_article_that_lost_a_tag_is_found_by_a_word_more(make_article):
    body = f"<p>{' '.join(f'{first}arel' for first in 'bcdfghjklmnpqrstvwxz')}</p>"
    article = make_article("Two of one kind", tags=("Film", "Movies"), body=body)
    article.publish()
    go_on(begin_merge([Tag.objects.get(name="Movies")], Tag.objects.get(name="Film"))[0])
    version = PublishedArticle.objects.get(article=article)
    assert version.term_items.count() == 14
    assert_settled(timezone.now())
    rebuild()
    assert version.term_items.count() == 15
    assert_settled(timezone.now())


def test_an_interrupted_run_goes_on_where_it_was(archive, monkeypatch):
    spoil()
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    steps = rebuilding.rebuild()
    next(steps), next(steps)
    steps.close()  # as after Ctrl-C, or a crash between two batches
    looked = []
    keep = rebuilding._keep
    monkeypatch.setattr(rebuilding, "_keep", lambda batch, **told: looked.extend(batch) or keep(batch, **told))
    assert "6 articles looked at" in rebuild()
    assert len(looked) == 2
    assert_settled(timezone.now())
    assert RelatedSettings.objects.get().rebuilt_up_to is None
    rebuild()
    assert len(looked) == 2 + 6


def test_anew_begins_at_the_beginning(archive, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    steps = rebuilding.rebuild()
    next(steps), next(steps)
    steps.close()
    looked = []
    keep = rebuilding._keep
    monkeypatch.setattr(rebuilding, "_keep", lambda batch, **told: looked.extend(batch) or keep(batch, **told))
    rebuild("--anew")
    assert len(looked) == 6


def test_what_is_published_meanwhile_is_left_to_the_publishing(archive, monkeypatch, make_article):
    """The words were found in a version that is replaced before they are written."""
    spoil()
    found_in = rebuilding.found_in
    article = PublishedArticle.objects.live().filter(headline="The orchard").get().article
    done = []

    def publish_then_find(versions, *given, **options):
        if not done:
            done.append(article.publish())
            done.append(article.publish())  # the version that is looked at is gone now
        return found_in(versions, *given, **options)

    monkeypatch.setattr(rebuilding, "found_in", publish_then_find)
    rebuild()
    assert len(done) == 2
    assert_settled(timezone.now())


def test_a_plan_that_is_written_anew_meanwhile_keeps_its_own_words(make_article, monkeypatch):
    """Publishing puts a fix into a planned update in its place: the same row, with other words."""
    article = make_article("Volcano")
    article.publish()
    article.headline = "Glacier"
    article.save()
    plan = article.publish(at=timezone.now() + timedelta(hours=1))
    spoil()
    found_in = rebuilding.found_in

    def find_then_write(versions, *given, **options):
        found = found_in(versions, *given, **options)
        PublishedArticle.objects.filter(pk=plan.pk).update(headline="Harbour", key_terms="harbour|1000|")
        return found

    monkeypatch.setattr(rebuilding, "found_in", find_then_write)
    rebuild()
    assert PublishedArticle.objects.get(pk=plan.pk).key_terms == "harbour|1000|"


def test_what_is_left_for_later_is_settled_together(make_article):
    now = timezone.now()
    before = make_article("Known before", tags=("A", "B"))
    before.publish(at=now - timedelta(days=9))
    with rebuilding.left_for_later():
        for number in range(5):
            make_article(f"Brought {number}", tags=("A", f"T{number}")).publish(at=now - timedelta(days=number + 1))
        before.tags.set(["B", "C"])
        before.publish()
        assert Tag.objects.get(name="A").uses == 1
    assert_settled(timezone.now())
    assert Tag.objects.get(name="A").uses == 5


def test_what_fails_in_between_loses_nothing(make_article):
    with pytest.raises(RuntimeError), rebuilding.left_for_later():
        make_article("Brought", tags=("A",)).publish()
        raise RuntimeError
    assert_settled(timezone.now())
    make_article("After", tags=("A",)).publish()
    assert_settled(timezone.now())

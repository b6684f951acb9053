"""An earlier state becomes the working copy again; readers see nothing of it until it is published."""

import threading

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from articles.models import Article, Byline, Correction, PublishedArticle, Revision, Section, Tag
from articles.models.restoring import what_is_missing
from articles.models.snapshots import Snapshot
from authors.models import Author
from images.models import Image
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(make_article, editor, picture):
    """Kept once as it was, then changed in everything."""
    article = make_article("Before", tags=("Noir", "Debuts"), lead_image=picture, body="<p>Old text.</p>")
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.refresh_from_db()
    article.record("saved", by=editor)
    article.headline, article.slug, article.body = "After", "after", f'<figure data-image="{picture.pk}"></figure>'
    article.lead_image, article.section = None, Section.objects.create(name="Stage")
    article.save()
    article.tags.set(["Comedy"])
    other = Author.objects.create(name="Teo Marchetti")
    Byline.objects.create(article=article, author=other, role=Byline.Role.PHOTOGRAPHER, position=1)
    article.corrections.all().delete()
    Correction.objects.create(article=article, text="It was Wednesday.")
    article.refresh_from_db()
    article.record("saved", by=editor)
    return article


def first(article):
    return article.revisions.get(number=1)


def test_everything_is_as_it_was(article, editor):
    restored = article.restore(first(article), by=editor)
    assert restored.left_out == []
    assert Snapshot.of_article(article) == Snapshot.read(first(article).data)
    again = Article.objects.get(pk=article.pk)
    assert (again.headline, again.slug, again.body, again.section.name) == (
        "Before",
        "before",
        "<p>Old text.</p>",
        "Film",
    )
    assert list(again.tags.values_list("name", flat=True)) == ["Noir", "Debuts"]
    assert [one.text for one in again.corrections.all()] == ["It was Tuesday."]
    assert not again.text_pictures.exists()


def test_tags_come_back_in_their_order(article, editor):
    article.tags.set(Tag.objects.filter(name__in=["Debuts", "Noir"]).order_by("name"), clear=True)
    assert list(article.tags.values_list("name", flat=True)) == ["Debuts", "Noir"]
    article.refresh_from_db()
    article.restore(first(article), by=editor)
    assert list(article.tags.values_list("name", flat=True)) == ["Noir", "Debuts"]


def test_the_history_says_so_and_who_restored_it(article, editor):
    version = article.version
    made = article.restore(first(article), by=editor).revision
    assert (made.number, made.event, made.note, made.by) == (3, "restored", "from 1", editor)
    assert made.version == article.version > version
    assert made.data["content"] == first(article).data["content"]


def test_the_state_before_can_be_restored_in_turn(article, editor):
    before = Snapshot.of_article(article)
    article.restore(first(article), by=editor)
    article.restore(article.revisions.get(number=2), by=editor)
    assert Snapshot.of_article(article) == before
    assert list(article.revisions.values_list("event", "note"))[:2] == [("restored", "from 2"), ("restored", "from 1")]


def test_a_state_that_nothing_kept_is_kept_first(article, editor):
    article.headline = "Saved by a script"
    article.save()
    article.restore(first(article), by=editor)
    kept = article.revisions.get(number=3)
    assert (kept.event, kept.by, kept.data["content"]["headline"]) == ("saved", None, "Saved by a script")
    assert article.revisions.count() == 4


def test_bylines_and_corrections_that_stay_keep_their_rows(article, editor):
    stays = article.bylines.get(role="writer").pk
    correction = Correction.objects.create(article=article, text="Both times.")
    article.refresh_from_db()
    revision = article.record("saved")
    article.bylines.filter(pk=stays).update(position=7)
    article.bylines.filter(role="photographer").delete()
    article.headline = "Once more"
    article.save()
    article.restore(revision, by=editor)
    assert [(one.pk == stays, one.role, one.position) for one in article.bylines.all()] == [
        (True, "writer", 0), (False, "photographer", 1),
    ]  # fmt: skip
    assert correction in article.corrections.all()


def test_readers_see_nothing_of_it_until_it_is_published(article, editor):
    article.publish(by=editor)
    article.restore(first(article), by=editor)
    assert PublishedArticle.objects.live().get().headline == "After"
    article.publish(by=editor)
    assert PublishedArticle.objects.live().get().headline == "Before"


def test_restoring_what_is_there_already_changes_nothing(article, editor):
    version = article.version
    restored = article.restore(article.revisions.get(number=2), by=editor)
    assert (restored.revision, article.version, article.revisions.count()) == (None, version, 2)


def test_what_is_gone_is_left_out_and_told(article, editor, author):
    revision = first(article)
    gone = Image.objects.create(file=jpeg(colour="red"), title="Gone")
    revision.data["content"] |= {
        "section_id": 888,
        "lead_image_id": gone.pk,
        "body": f'<figure data-image="{gone.pk}"></figure>',
    }
    revision.data["bylines"].append({"author_id": 999, "role": "writer", "position": 4})
    revision.save()
    gone.delete()
    Tag.objects.filter(name="Debuts").delete()
    expected = what_is_missing(article, Snapshot.read(revision.data))
    restored = article.restore(revision, by=editor)
    assert restored.left_out == expected
    for sentence, words in zip(
        expected, ("section", "lead picture", "1 picture in the text is", "“Debuts”", "1 author is"), strict=True
    ):
        assert words in sentence
    assert (article.section.name, article.lead_image) == ("Stage", None)
    assert [one.author for one in article.bylines.all()] == [author]
    assert list(article.tags.values_list("name", flat=True)) == ["Noir"]


def test_an_address_that_another_article_has_by_now_stays_as_it_is(article, make_article, editor):
    make_article("Other", slug="before")
    restored = article.restore(first(article), by=editor)
    assert (article.headline, article.slug) == ("Before", "after")
    assert "belongs to another article" in restored.left_out[0]


def test_an_address_that_readers_know_another_article_by_stays_as_it_is(article, make_article, editor):
    other = make_article("Other", slug="before")
    other.publish()
    other.slug = "elsewhere"
    other.save()
    article.restore(first(article), by=editor)
    assert article.slug == "after"


def test_hostile_text_of_a_revision_goes_through_the_door(article, editor):
    revision = first(article)
    revision.data["content"] |= {
        "body": "<script>alert(1)</script><p onclick=x>Words</p>",
        "headline": "a\x01b\nc" + "x" * 300,
    }
    revision.save()
    article.restore(revision, by=editor)
    assert article.body == "<p>Words</p>"
    assert article.headline.startswith("ab cxx")
    assert len(article.headline) <= 200


@pytest.mark.parametrize("data", [{"schema": 2, "content": {"headline": "New"}}, {}, [], {"schema": 1, "content": 7}])
def test_what_can_not_be_read_is_refused_and_nothing_changes(article, editor, data):
    Revision.objects.filter(pk=first(article).pk).update(data=data)
    with pytest.raises(ValidationError) as refused:
        article.restore(first(article), by=editor)
    assert refused.value.code == "unreadable"
    assert (Article.objects.get(pk=article.pk).headline, article.revisions.count()) == ("After", 2)


def test_a_field_that_older_states_did_not_have_stays_as_it_is(article, editor):
    revision = first(article)
    article.kicker = "Review"
    article.save()
    del revision.data["content"]["kicker"]
    revision.data["content"]["gone_since"] = "x"
    revision.save()
    article.restore(revision, by=editor)
    assert (article.kicker, article.headline) == ("Review", "Before")


def test_the_revision_of_another_article_is_refused(article, make_article):
    with pytest.raises(ValueError):
        make_article("Other").restore(first(article))


def test_all_of_it_or_nothing(article, editor, monkeypatch):
    monkeypatch.setattr("articles.models.restoring._put_back_corrections", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        article.restore(first(article), by=editor)
    again = Article.objects.get(pk=article.pk)
    assert (again.headline, list(again.tags.values_list("name", flat=True))) == ("After", ["Comedy"])


# --- at the desk --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def url(article, number=1):
    return reverse("admin:articles_article_restore", args=[article.pk, number])


def told(response):
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def test_looking_at_the_question_changes_nothing_and_says_what_will(desk, article):
    response = desk.get(url(article))
    page = response.content.decode()
    assert "Readers see nothing of it until you publish" in page
    assert [field.label for field in response.context["comparison"].changed][:2] == ["Headline", "Slug"]
    assert Article.objects.get().headline == "After"


def test_the_button_restores_and_leads_to_the_form(desk, article):
    version = desk.get(url(article)).context["article"].version
    response = desk.post(url(article), {"version": version})
    assert response["Location"] == reverse("admin:articles_article_change", args=[article.pk])
    assert "Version 1 is the working copy again" in told(response)
    assert Article.objects.get().headline == "Before"


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 30, None])
def test_who_is_late_is_told_and_nothing_is_overwritten(desk, article, version):
    response = desk.post(url(article), {} if version is None else {"version": version}, follow=True)
    assert "Rosa changed this article after you had opened its history" in response.content.decode()
    assert Article.objects.get().headline == "After"


def test_who_comes_from_a_history_opened_before_somebody_saved_is_told_at_the_question(desk, article):
    assert "changed this article" in desk.get(f"{url(article)}?version=1").content.decode()
    assert "changed this article" not in desk.get(f"{url(article)}?version={article.version}").content.decode()


def test_what_is_left_out_is_told_before_and_after(desk, article, make_article):
    make_article("Other", slug="before")
    assert "belongs to another article" in desk.get(url(article)).content.decode()
    assert "belongs to another article" in told(desk.post(url(article), {"version": article.version}))


def test_a_restored_state_that_is_there_already_says_so(desk, article):
    assert "There is nothing to restore" in desk.get(url(article, 2)).content.decode()
    assert "is like version 2 already" in told(desk.post(url(article, 2), {"version": article.version}))


# --- numbers ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_saves_at_the_same_moment_get_a_number_each(make_article):
    """Real threads on PostgreSQL. SQLite's tests share one in-memory connection: one by one there."""
    article = make_article()
    failures = []

    def record():
        try:
            for _ in range(5):
                Article.objects.get(pk=article.pk).record("saved")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    if connection.vendor == "sqlite":
        for _ in range(40):
            article.record("saved")
    else:
        threads = [threading.Thread(target=record) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not failures
    assert sorted(article.revisions.values_list("number", flat=True)) == list(range(1, 41))

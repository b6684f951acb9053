"""The verbs that carry a working copy to the readers, and take it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Article, Byline, Correction, PublishedArticle, Revision, Section
from articles.models.status import Status
from newsroom import pagecache

pytestmark = pytest.mark.django_db


def live_headline(client, article):
    response = client.get(f"/film/{article.slug}/")
    return response.context["article"].headline if response.status_code == 200 else response.status_code


def test_readers_see_what_was_published_until_it_is_published_again(client, make_article, editor):
    article = make_article("The first headline")
    article.publish(by=editor)
    article.headline = "The second headline"
    article.save()
    assert live_headline(client, article) == "The first headline"
    article.publish(by=editor)
    assert live_headline(client, article) == "The second headline"


def test_what_is_not_saved_is_not_published(make_article):
    article = make_article("Saved")
    article.headline = "Only in memory"
    assert article.publish().headline == "Saved"


def test_a_version_is_live_from_its_first_instant_to_just_before_its_last(make_article):
    now = timezone.now()
    article = make_article()
    article.publish(at=now + timedelta(hours=1), until=now + timedelta(hours=2))
    live = lambda seconds: PublishedArticle.objects.live(now + timedelta(seconds=seconds)).exists()  # noqa: E731
    assert [live(3599), live(3600), live(7199), live(7200)] == [False, True, True, False]


def test_tags_bylines_and_corrections_go_out_together(make_article, author):
    article = make_article(tags=("Noir", "Debuts"))
    Byline.objects.create(article=article, author=author, role=Byline.Role.PHOTOGRAPHER, position=2)
    Correction.objects.create(article=article, text="It was Tuesday.")
    published = article.publish()
    article.tags.set(["Comedy"])
    article.bylines.all().delete()
    article.corrections.all().delete()
    assert [tag.name for tag in published.tags.all()] == ["Noir", "Debuts"]
    assert [byline.role for byline in published.bylines.all()] == ["writer", "photographer"]
    assert [one.text for one in published.corrections.all()] == ["It was Tuesday."]


def test_a_scheduled_update_replaces_the_live_version_at_its_moment(make_article):
    article = make_article("Old")
    article.publish(at=timezone.now() - timedelta(days=1))
    article.headline = "New"
    article.save()
    at = timezone.now() + timedelta(hours=1)
    article.publish(at=at)
    headline = lambda moment: PublishedArticle.objects.live(moment).get().headline  # noqa: E731
    assert headline(at - timedelta(seconds=1)) == "Old"
    assert headline(at) == "New"


def test_scheduling_again_replaces_the_earlier_plan(make_article):
    article = make_article()
    now = timezone.now()
    article.publish(at=now - timedelta(days=1))
    article.publish(at=now + timedelta(hours=1))
    article.publish(at=now + timedelta(hours=3))
    assert article.published_versions.filter(live_from__gt=now).count() == 1
    assert PublishedArticle.objects.live(now + timedelta(hours=2)).count() == 1


def test_publishing_now_keeps_the_scheduled_update(make_article):
    article = make_article("One")
    now = timezone.now()
    article.publish(at=now - timedelta(days=1))
    article.headline = "Planned"
    article.save()
    article.publish(at=now + timedelta(hours=1))
    article.headline, article.kicker = "One", "Fixed at once"
    article.save()
    article.publish()
    live, later = PublishedArticle.objects.live().get(), PublishedArticle.objects.live(now + timedelta(hours=2)).get()
    assert (live.headline, live.kicker) == ("One", "Fixed at once")
    assert (later.headline, later.kicker) == ("Planned", "Fixed at once")


def test_cancelling_a_schedule_keeps_the_live_version_live(make_article):
    article = make_article()
    now = timezone.now()
    article.publish(at=now - timedelta(days=1))
    article.publish(at=now + timedelta(hours=1), until=now + timedelta(days=9))
    assert article.unschedule()
    assert PublishedArticle.objects.live(now + timedelta(days=8)).count() == 1
    assert PublishedArticle.objects.live(now + timedelta(days=10)).count() == 0
    assert article.unschedule() is False


def test_withdrawing_takes_the_live_and_the_planned_version(make_article, client):
    article = make_article()
    article.publish(at=timezone.now() - timedelta(days=1))
    article.publish(at=timezone.now() + timedelta(hours=1))
    assert article.withdraw()
    assert not PublishedArticle.objects.live(timezone.now() + timedelta(days=1)).exists()
    assert client.get(f"/film/{article.slug}/").status_code == 410
    assert article.withdraw() is False


def test_a_withdrawn_article_comes_back_by_publishing_with_its_first_date(make_article):
    article = make_article()
    first = timezone.now() - timedelta(days=30)
    article.publish(at=first)
    article.withdraw()
    article.publish()
    live = PublishedArticle.objects.live().get()
    assert live.published_at == first
    assert live.updated_at is not None


def test_an_article_keeps_at_most_three_published_rows(make_article):
    article = make_article()
    for number in range(5):
        article.headline = f"Version {number}"
        article.save()
        article.publish()
    article.publish(at=timezone.now() + timedelta(hours=1))
    assert article.published_versions.count() == 3


def test_back_dating_shows_the_old_date(make_article):
    article = make_article()
    then = timezone.now() - timedelta(days=4000)
    published = article.publish(at=then)
    assert (published.published_at, published.live_from, published.updated_at) == (then, then, None)


def test_back_dating_before_what_is_live_leaves_one_live_version(make_article):
    article = make_article()
    article.publish(at=timezone.now() - timedelta(days=1))
    article.publish(at=timezone.now() - timedelta(days=9))
    assert PublishedArticle.objects.live().count() == 1
    assert PublishedArticle.objects.live(timezone.now() - timedelta(hours=30)).count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"headline": ""}, "headline"), ({"section": None}, "section")],
)
def test_the_gate_refuses_by_field_and_changes_nothing(make_article, fields, field):
    article = make_article(**{"headline": "x", **fields})
    with pytest.raises(ValidationError) as refusal:
        article.publish()
    assert field in refusal.value.message_dict
    assert not article.published_versions.exists()
    assert not article.revisions.exists()


def test_an_end_before_the_start_is_refused(make_article):
    now = timezone.now()
    with pytest.raises(ValidationError) as refusal:
        make_article().publish(at=now + timedelta(hours=2), until=now + timedelta(hours=1))
    assert "publish_until" in refusal.value.message_dict


def test_two_articles_are_never_live_under_one_slug(make_article):
    first = make_article("One", slug="the-story")
    first.publish()
    first.slug = "another"
    first.save()  # the desk lets go of the slug, the readers have it still
    second = make_article("Two", slug="the-story")
    with pytest.raises(ValidationError) as refusal:
        second.publish()
    assert "slug" in refusal.value.message_dict


def test_each_verb_leaves_a_revision_with_who_and_the_whole_article(make_article, editor):
    article = make_article(tags=("Noir",))
    article.publish(by=editor)
    article.withdraw(by=editor, note="Legal")
    events = list(article.revisions.values_list("number", "event", "by__username", "note"))
    assert events == [(2, "withdrawn", "rosa", "Legal"), (1, "published", "rosa", "")]
    data = Revision.objects.get(number=1).data
    assert data["content"]["headline"] == "A story"
    assert [tag["name"] for tag in data["tags"]] == ["Noir"]
    assert data["bylines"][0]["role"] == "writer"


def test_the_status_follows_from_what_happened(make_article):
    article = make_article()
    seen = [article.status]
    article.publish(at=timezone.now() + timedelta(hours=1))
    seen.append(article.status)
    article.publish(at=timezone.now() - timedelta(minutes=1))
    seen.append(article.status)
    article.headline = "Changed"
    article.save()
    seen.append(article.status)
    article.withdraw()
    seen.append(article.status)
    assert seen == [Status.DRAFT, Status.SCHEDULED, Status.PUBLISHED, Status.CHANGED, Status.WITHDRAWN]


@pytest.mark.parametrize("change", ["tags", "byline", "correction", "headline"])
def test_any_change_of_content_is_an_unpublished_change(make_article, author, change):
    article = make_article(tags=("Noir",))
    article.publish()
    if change == "tags":
        article.tags.add("Comedy")
    elif change == "byline":
        Byline.objects.create(article=article, author=author, role=Byline.Role.EDITOR)
    elif change == "correction":
        Correction.objects.create(article=article, text="No.")
    else:
        article.headline = "Other"
        article.save()
    article = Article.objects.get(pk=article.pk)
    assert article.status == Status.CHANGED


def test_saving_without_a_change_is_none(make_article):
    article = make_article()
    article.publish()
    article.save()
    assert Article.objects.get(pk=article.pk).status == Status.PUBLISHED


@pytest.mark.parametrize("status", list(Status))
def test_the_list_filters_by_the_same_status_as_it_shows(make_article, status):
    make_article("draft")
    make_article("idea", stage="idea")
    make_article("in_review").submit()
    make_article("approved").approve()
    make_article("scheduled").publish(at=timezone.now() + timedelta(hours=1))
    make_article("published").publish()
    changed = make_article("changed")
    changed.publish()
    changed.kicker = "New"
    changed.save()
    gone = make_article("withdrawn")
    gone.publish()
    gone.withdraw()
    down = make_article("taken_down")
    down.publish()
    down.take_down(reason="A court said so")
    assert [one.headline for one in Article.objects.having_status(status)] == [status.value]
    assert {one.headline: one.status.value for one in Article.objects.with_status()}[status.value] == status.value


def test_publishing_stamps_the_article_and_every_list_it_is_in(
    make_article, author, film, django_capture_on_commit_callbacks
):
    article = make_article(tags=("Noir",))
    tag = article.tags.get()
    keys = [article.key, "list-home", f"list-section:{film.pk}", f"list-tag:{tag.pk}", f"list-author:{author.pk}"]
    before = pagecache.stamps().read([*keys, "list-section:99999"])
    with django_capture_on_commit_callbacks(execute=True):
        article.publish()
    after = pagecache.stamps().read([*keys, "list-section:99999"])
    assert [a != b for a, b in zip(after, before, strict=True)] == [True] * 5 + [False]


def test_moving_to_another_section_stamps_the_lists_of_both(make_article, film, django_capture_on_commit_callbacks):
    article = make_article()
    article.publish()
    books = Section.objects.create(name="Books", slug="books")
    article.section = books
    article.save()
    before = pagecache.stamps().read([f"list-section:{film.pk}", f"list-section:{books.pk}"])
    with django_capture_on_commit_callbacks(execute=True):
        article.publish()
    after = pagecache.stamps().read([f"list-section:{film.pk}", f"list-section:{books.pk}"])
    assert before[0] != after[0]
    assert before[1] != after[1]


def test_an_article_that_readers_know_can_not_be_deleted(make_article):
    article = make_article()
    article.publish()
    with pytest.raises(Exception, match="protected"):
        article.delete()

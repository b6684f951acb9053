"""Corrections, what changed, and whether readers are told."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article, Correction, PublishedArticle, PublishedChange
from articles.models.changes import is_minor, public_changes
from articles.models.snapshots import Snapshot
from newsroom.models import AuditEntry, SiteIdentity
from tests.articles.test_stale_saves import opened

TEXT = "<p>" + "A sentence of some eight words stands here. " * 40 + "</p>"


@pytest.fixture
def live(make_article: Any) -> Article:
    article: Article = make_article("The sea rises", slug="sea", body=TEXT)
    article.publish(at=timezone.now() - timedelta(days=2))
    return article


def page_of(client: Client, address: str = "/film/sea/") -> str:
    return client.get(address).content.decode()


def json_ld(page: str) -> dict[str, Any]:
    """The article among the nodes of the page's graph."""
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])  # type: ignore[index]
    [article] = [node for node in data["@graph"] if "NewsArticle" in node["@type"]]
    return article


# --- corrections ------------------------------------------------------------------------------------------------


def test_a_correction_stands_where_it_is_put_on_the_list_in_the_feed_and_in_the_data(
    live: Article, client: Client
) -> None:
    Correction.objects.create(article=live, text="It was <i>Tuesday</i>.", place="top")
    Correction.objects.create(article=live, kind="update", text="The tide is out.")
    assert "Tuesday" not in page_of(client) + page_of(client, "/corrections/") + page_of(client, "/corrections/feed/")
    live.publish()
    page = page_of(client)
    assert page.index("It was &lt;i&gt;Tuesday") < page.index("A sentence of") < page.rindex("The tide is out.")
    assert "It was &lt;i&gt;Tuesday" in page_of(client, "/corrections/")
    feed = page_of(client, "/corrections/feed/")
    assert "Correction: The sea rises" in feed and "https://testserver" not in feed
    data = json_ld(page)
    assert [(one["@type"], one["text"]) for one in data["correction"]] == [
        ("CorrectionComment", "It was <i>Tuesday</i>."),
        ("CorrectionComment", "The tide is out."),
    ]


def test_it_is_bound_to_the_states_before_and_after_it(live: Article) -> None:
    correction = Correction.objects.create(article=live, text="It was Tuesday.")
    assert (correction.revision_before, correction.revision_after) == (1, None)
    live.record("saved")
    live.publish()
    live.publish()
    correction.refresh_from_db()
    assert (correction.revision_before, correction.revision_after) == (1, 3)


def test_one_that_is_deleted_leaves_a_record(live: Article, editor: User, client: Client) -> None:
    correction = Correction.objects.create(article=live, text="It was Tuesday.")
    live.publish()
    correction.delete()
    assert not live.corrections.exists()
    kept = Correction.with_removed.get(pk=correction.pk)
    assert kept.removed_at and kept.text == "It was Tuesday."
    assert AuditEntry.objects.get(act="correction removed").before["text"] == "It was Tuesday."
    assert "Tuesday" in page_of(client)  # until it is published again
    live.publish()
    assert "Tuesday" not in page_of(client) + page_of(client, "/corrections/")


def test_the_form_s_tick_says_who_removed_it(live: Article, editor: User, client: Client) -> None:
    correction = Correction.objects.create(article=live, text="It was Tuesday.")
    client.force_login(editor)
    form = f"/admin/articles/article/{live.pk}/change/"
    assert client.post(form, opened(client, form, _continue="1", **{"corrections-0-DELETE": "on"})).status_code == 302
    assert Correction.with_removed.get(pk=correction.pk).removed_by == editor
    assert AuditEntry.objects.get(act="correction removed").by_name == "rosa"


def test_an_article_with_corrections_can_still_be_deleted(make_article: Any) -> None:
    article = make_article()
    Correction.objects.create(article=article, text="It was Tuesday.").delete()
    article.delete()
    assert not Correction.with_removed.exists()


def test_nothing_in_the_data_ends_its_script(make_article: Any, client: Client) -> None:  # D03
    article = make_article("</script><script>alert(1)</script><!-- \u2028 ]]>", slug="sea")
    article.publish()
    page = page_of(client)
    assert "<script>alert" not in page and "\u2028" not in page.split("ld+json")[1].split("</script>")[0]
    assert json_ld(page)["headline"].startswith("</script><script>alert(1)</script>")


# --- minor or of substance ----------------------------------------------------------------------------------------


def changed(article: Article, **fields: str) -> Article:
    for name, value in fields.items():
        setattr(article, name, value)
    article.save()
    return article


def times(client: Client) -> tuple[Any, ...]:
    version = PublishedArticle.objects.live().get()
    return version.published_at, version.updated_at, json_ld(page_of(client))["dateModified"]


def test_a_minor_fix_moves_no_public_time_and_one_of_substance_moves_them_all(live: Article, client: Client) -> None:
    before = times(client)
    assert before[1] is None and before[2] == before[0].isoformat(timespec="seconds")
    changed(live, body=TEXT.replace("eight", "nine", 1)).publish(minor=True)
    assert times(client) == before and "nine" in page_of(client)
    changed(live, kicker="New").publish(change_note="The kicker")
    version = PublishedArticle.objects.live().get()
    assert version.updated_at == version.live_from
    assert times(client) == (before[0], version.live_from, version.live_from.isoformat(timespec="seconds"))
    changed(live, kicker="Newer").publish(minor=True)
    assert times(client)[1] == version.live_from
    assert [(one.at, one.note) for one in PublishedChange.objects.all()] == [(version.live_from, "The kicker")]


@pytest.mark.parametrize(
    ("fields", "minor"),
    [
        ({"body": TEXT.replace("eight", "nine", 1)}, True),
        ({"body": TEXT.replace("eight", "nine")}, False),
        ({"body": TEXT.replace("</p>", " Twenty more words come here now. " * 4 + "</p>")}, False),
        ({"headline": "The sea is rising"}, True),
        ({"headline": "The king is dead, long live the king"}, False),
        ({"standfirst": ""}, True),
    ],
)
def test_the_size_of_a_change_says_what_it_is(live: Article, fields: dict[str, str], minor: bool) -> None:
    before = Snapshot.of_article(live)
    assert is_minor(before, Snapshot.of_article(changed(live, **fields))) == minor
    changed(live).publish(minor=None)
    assert (PublishedArticle.objects.live().get().updated_at is None) == minor


def test_a_new_correction_is_never_minor(live: Article) -> None:
    before = Snapshot.of_article(live)
    Correction.objects.create(article=live, text="It was Tuesday.")
    assert not is_minor(before, Snapshot.of_article(live))


def test_the_form_asks_and_does_as_it_is_told(live: Article, editor: User, client: Client) -> None:
    client.force_login(editor)
    form = f"/admin/articles/article/{live.pk}/change/"
    assert "Are readers told of the change?" in client.get(form).content.decode()
    client.post(form, opened(client, form, kicker="One", weight="minor", _publish="1"))
    assert PublishedArticle.objects.live().get().updated_at is None
    client.post(form, opened(client, form, kicker="Two", weight="substantive", change_note="A kicker", _publish="1"))
    assert PublishedArticle.objects.live().get().updated_at
    assert PublishedChange.objects.get().note == "A kicker"
    assert "Are readers told" not in client.get("/admin/articles/article/add/").content.decode()


def test_the_public_list_is_shown_where_the_site_says_so_and_keeps_an_embargo(live: Article, client: Client) -> None:
    changed(live, kicker="Told").publish(change_note="We told of it")
    changed(live, kicker="Later").publish(at=timezone.now() + timedelta(days=1), change_note="A secret plan")
    assert "What changed" not in page_of(client)
    with CaptureQueriesContext(connection) as without:
        page_of(client)
    site = SiteIdentity.current()
    site.shows_changes = True
    site.save()
    page_of(client)
    with CaptureQueriesContext(connection) as with_list:
        page = page_of(client)
    assert "What changed" in page and "We told of it" in page and "secret" not in page
    assert len(without) <= 8 and len(with_list) == len(without) + 1
    live.unschedule()
    assert public_changes(live.pk).count() == PublishedChange.objects.count() == 1


def test_the_list_of_corrections_costs_the_same_for_many(make_article: Any, client: Client) -> None:
    def count(number: int) -> int:
        for one in range(number):
            article = make_article(f"Number {one} of {number}")
            Correction.objects.create(article=article, text="It was Tuesday.")
            article.publish()
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/corrections/").status_code == 200
        return len(queries)

    count(1)
    assert count(1) == count(12) <= 4


def test_an_empty_list_and_pages_that_are_none(db: None, client: Client) -> None:
    assert "had to be corrected" in page_of(client, "/corrections/")
    assert client.get("/corrections/feed/").status_code == 200
    assert client.get("/corrections/?page=99999999").status_code == 404


def test_the_feed_is_sent_once(live: Article, client: Client) -> None:
    Correction.objects.create(article=live, text="It was Tuesday.")
    live.publish()
    first = client.get("/corrections/feed/")
    assert client.get("/corrections/feed/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("fields", "minor", "said"),
    [
        ({}, True, "minor fix"),
        ({"body": TEXT.replace("eight", "nine", 1)}, True, "minor fix"),
        ({"headline": "All is well by the water"}, False, "the headline is another"),
        ({"body": TEXT + f"<p>{'More words. ' * 20}</p>"}, False, "40 words changed"),
        ({"corrections-TOTAL_FORMS": "1", "corrections-0-text": "It was Tuesday."}, False, "new correction"),
        (
            {"corrections-TOTAL_FORMS": "1", "corrections-0-text": "It was Tuesday.", "corrections-0-DELETE": "on"},
            True,
            "minor fix",
        ),
        ({"corrections-TOTAL_FORMS": "9" * 30}, True, "minor fix"),
    ],
)
def test_while_writing_it_is_proposed_whether_readers_are_told(
    live: Article, client: Client, editor: User, fields: dict[str, str], minor: bool, said: str
) -> None:
    client.force_login(editor)
    data = opened(client, f"/admin/articles/article/{live.pk}/change/", **fields)
    answer = client.post(f"/admin/articles/article/{live.pk}/weigh/", data)
    assert (answer.status_code, answer.json()["minor"]) == (200, minor) and said in answer.json()["said"]
    live.withdraw()
    assert "don’t see it" in client.post(f"/admin/articles/article/{live.pk}/weigh/", data).json()["said"]

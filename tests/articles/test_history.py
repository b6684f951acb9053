"""The article's past at the desk: who may see it, what it says, what it compares."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.desk.past.comparing import Comparison
from articles.models import Article, Byline, Correction, Revision, Tag
from articles.models.snapshots import Snapshot
from authors.models import Author
from images.models import Image
from tests.rights import rights

pytestmark = pytest.mark.django_db


def address(name, article, *more, **query):
    url = reverse(f"admin:articles_article_{name}", args=[article.pk, *more])
    return f"{url}?{urlencode(query)}" if query else url


def person(name, *codenames):
    user = User.objects.create_user(name, password="a long password", is_staff=True)
    user.user_permissions.set(rights(codenames))
    return user


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def article(make_article, editor):
    """Three kept states: begun, rewritten and published, then changed once more."""
    article = make_article("Begun", tags=("Noir",), body="<p>The film opens on Friday in all cinemas.</p>")
    article.record("saved", by=editor)
    article.headline, article.body = "Rewritten", "<p>The film opens on Sunday in all cinemas.</p>"
    article.save()
    article.publish(by=editor, note="Out it goes")
    article.standfirst = "Why read on"
    article.save()
    article.tags.set(["Debuts"])
    article.record("saved", by=editor)
    article.refresh_from_db()
    return article


def test_the_history_button_of_the_form_leads_here(desk, article):
    assert f'href="{address("history", article)}"' in desk.get(address("change", article)).content.decode()


def test_it_tells_who_when_what_and_what_changed_newest_first(desk, article, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    Revision.objects.filter(number=2).update(at=datetime(2026, 3, 1, 20, 30, tzinfo=UTC))
    response = desk.get(address("history", article))
    rows = response.context["history"].rows
    assert [row.revision.number for row in rows] == [3, 2, 1]
    assert [row.said for row in rows] == [
        ["standfirst", "tags: +Debuts, −Noir"], ["headline", "body (+1 −1 words)"], None,
    ]  # fmt: skip
    page = response.content.decode()
    assert all(
        part in page
        for part in ("rosa", "Published", "Out it goes", "headline, body (+1 −1 words)", "2 Mar 2026, 05:30 JST")
    )


def test_it_says_what_is_live_what_is_scheduled_and_what_the_working_copy_is(desk, article):
    article.publish(at=timezone.now() + timedelta(days=1))
    rows = desk.get(address("history", article)).context["history"].rows
    assert {row.revision.number: [kind for kind, _ in row.badges] for row in rows} == {
        4: ["planned", "current"], 3: ["current"], 2: ["live"], 1: [],
    }  # fmt: skip


def test_published_only_compares_with_the_one_published_before(desk, article):
    article.publish()
    rows = desk.get(address("history", article, only="published")).context["history"].rows
    assert [(row.revision.number, row.previous) for row in rows] == [(4, 2), (2, None)]
    assert rows[0].said == ["standfirst", "tags: +Debuts, −Noir"]


def test_an_article_without_a_past_says_so(desk, make_article):
    assert "No version is kept yet" in desk.get(address("history", make_article())).content.decode()


def test_a_long_history_is_paged_and_costs_the_same(desk, article, author, film):
    def queries(url):
        with CaptureQueriesContext(connection) as found:
            response = desk.get(url)
        assert response.status_code == 200
        return len(found), response.context["history"]

    few, _ = queries(address("history", article))
    for number in range(45):
        article.headline = f"Headline {number}"
        article.save()
        Byline.objects.create(article=article, author=Author.objects.create(name=f"Author {number}"))
        article.refresh_from_db()
        article.record("saved")
    many, page = queries(address("history", article))
    assert many == few
    assert [row.revision.number for row in page.rows] == list(range(48, 28, -1))
    _, page = queries(address("history", article, before=page.older))
    assert [row.revision.number for row in page.rows] == list(range(28, 8, -1))
    _, page = queries(address("history", article, before=page.older))
    assert ([row.revision.number for row in page.rows][-1], page.older) == (1, None)


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": "-1"}, {"before": "9" * 40}, {"before": "1 OR 1"}])
def test_nonsense_in_the_address_is_not_found(desk, article, query):
    assert desk.get(address("history", article, **query)).status_code == 404
    assert desk.get("/admin/articles/article/nonsense/history/").status_code == 404


def test_old_and_new_are_put_in_order_and_two_are_needed(desk, article):
    context = desk.get(address("compare", article, old="3", new="1")).context
    assert (context["before"].key, context["after"].key) == ("1", "3")
    for query in ({}, {"old": "2", "new": "2"}, {"old": "now", "new": "now"}):
        response = desk.get(address("compare", article, **query), follow=True)
        assert "Choose two different versions" in response.content.decode()


def compared(desk, article, **query):
    response = desk.get(address("compare", article, **query))
    assert response.status_code == 200
    return response, response.context["comparison"]


def test_fields_stand_side_by_side_and_only_those_that_changed(desk, article):
    response, comparison = compared(desk, article, old=1, new=3)
    assert [field.label for field in comparison.changed] == ["Headline", "Standfirst", "Tags"]
    tags = comparison.changed[-1]
    assert "<del>" in tags.before
    assert "Noir" in tags.before
    assert "<ins>" in tags.after
    assert "Debuts" in tags.after
    assert "Friday" in response.content.decode()


def test_with_the_working_copy_and_with_what_readers_see(desk, article):
    _, comparison = compared(desk, article, old=3, new="now")
    assert comparison.is_empty
    _, comparison = compared(desk, article, old="readers", new="now")
    assert [field.label for field in comparison.changed] == ["Standfirst", "Tags"]
    _, comparison = compared(desk, article, old=2, new="readers")
    assert comparison.is_empty


def test_what_readers_do_not_see_can_not_be_compared_with(desk, make_article):
    draft = make_article()
    draft.record("saved")
    assert desk.get(address("compare", draft, old="readers", new="1")).status_code == 404


def test_every_kind_of_field_is_shown_and_what_is_gone_is_told(desk, make_article, picture, author):
    article = make_article(
        tags=("Noir", "Debuts"), lead_image=picture, body=f'<figure data-image="{picture.pk}"></figure>'
    )
    Correction.objects.create(article=article, text="It was Tuesday.")
    article.recommended_videos = [{"url": "https://youtu.be/abcdefghijk", "title": "Trailer"}]
    article.save()
    kept = article.record("saved")
    kept.data["bylines"].append({"author_id": 999, "role": "writer", "position": 2})
    kept.data["content"]["section_id"] = 888
    kept.save()
    article.lead_image, article.has_affiliate_links, article.recommended_videos, article.body = None, True, [], ""
    article.save()
    article.corrections.all().delete()
    Tag.objects.filter(name="Debuts").delete()
    picture.delete()
    response, comparison = compared(desk, article, old=1, new="now")
    assert [field.label for field in comparison.changed] == [
        "Section", "Lead picture", "Recommended videos", "Affiliate links", "Tags", "Bylines", "Corrections",
    ]  # fmt: skip
    page = response.content.decode()
    assert page.count("no longer in the library") == 5
    assert all(part in page for part in ("Trailer", "https://youtu.be/abcdefghijk", "It was Tuesday.", "author 999"))


def test_another_order_of_tags_is_told_as_such(desk, make_article):
    article = make_article(tags=("Noir", "Debuts"))
    article.record("saved")
    article.tags.set(Tag.objects.filter(name__in=["Noir", "Debuts"]).order_by("name"), clear=True)
    _, comparison = compared(desk, article, old=1, new="now")
    assert [(field.label, field.note) for field in comparison.changed] == [("Tags", "The same in another order.")]


def test_comparing_costs_the_same_with_one_picture_and_with_thirty(desk, make_article):
    from tests.conftest import jpeg

    def queries(count):
        pictures = [
            Image.objects.create(file=jpeg(colour="teal"), title=f"P{count}-{number}") for number in range(count)
        ]
        article = make_article(body="".join(f'<figure data-image="{one.pk}"></figure>' for one in pictures))
        article.tags.set([f"T{number}" for number in range(count)])
        article.record("saved")
        with CaptureQueriesContext(connection) as found:
            compared(desk, article, old=1, new="now")
        return len(found)

    queries(1)  # what the first request of a process loads besides
    assert queries(1) == queries(30)


def test_a_version_can_be_looked_at_as_readers_would_have_seen_it(desk, article):
    response = desk.get(address("revision", article, 1))
    page = response.content.decode()
    assert all(part in page for part in ("Begun", "Friday", "Noir", "Inês Duarte", "Version 1"))
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "noindex" in response["X-Robots-Tag"]


def test_a_version_whose_things_are_gone_can_still_be_looked_at(desk, article):
    kept = Revision.objects.get(article=article, number=1)
    kept.data["content"] |= {"section_id": 888, "lead_image_id": 777, "body": "<script>alert(1)</script><p>Words</p>"}
    kept.data["bylines"].append({"author_id": 999, "role": "writer", "position": 2})
    kept.save()
    page = desk.get(address("revision", article, 1)).content.decode()
    assert "Words" in page
    assert "alert(1)" not in page


@pytest.mark.parametrize(
    "data", [{"schema": 2, "content": {}}, {}, [], "x", {"schema": 1}, {"schema": 1, "content": {"section_id": "x"}},
             {"schema": 1, "content": {}, "tags": [{"id": "x"}]}, {"schema": 1, "content": {}, "bylines": 7}]
)  # fmt: skip
def test_what_can_not_be_read_is_told_and_never_an_error(desk, article, data):
    Revision.objects.filter(article=article, number=2).update(data=data)
    page = desk.get(address("history", article)).content.decode()
    assert "can’t be read here" in page
    for url in (
        address("compare", article, old=2, new=3),
        address("revision", article, 2),
        address("restore", article, 2),
    ):
        response = desk.get(url, follow=True)
        assert response.status_code == 200
        assert "can&#x27;t be read" in response.content.decode()


def test_hostile_text_does_not_run_anywhere(desk, make_article):
    payload = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    article = make_article(headline=payload, kicker=payload[:50], tags=(payload,), body=f"<p>{payload}</p>")
    article.record("saved", note=payload)
    Article.objects.filter(pk=article.pk).update(body=payload, standfirst=payload)
    for url in (
        address("history", article), address("compare", article, old=1, new="now"), address("restore", article, 1),
        address("revision", article, 1),
    ):  # fmt: skip
        page = desk.get(url).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


# --- who may ------------------------------------------------------------------------------------------------


def pages(article):
    return [
        address("history", article), address("compare", article, old=1, new=2), address("revision", article, 1),
        address("restore", article, 1),
    ]  # fmt: skip


def test_strangers_are_sent_to_the_login(client, article):
    for url in pages(article):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")
    assert client.post(address("restore", article, 1), {"version": article.version}).status_code == 302


def test_who_may_not_view_articles_sees_nothing(client, article):
    client.force_login(person("kit", "view_section"))
    for url in pages(article):
        assert client.get(url).status_code == 403
    assert client.post(address("restore", article, 1), {"version": article.version}).status_code == 403


def test_who_may_only_view_sees_and_compares_but_does_not_restore(client, article):
    client.force_login(person("kit", "view_article"))
    *views, restore = pages(article)
    for url in views:
        response = client.get(url)
        assert response.status_code == 200
        assert "/restore/" not in response.content.decode()
    assert client.get(restore).status_code == 403
    assert client.post(restore, {"version": article.version}).status_code == 403
    assert Article.objects.get(pk=article.pk).headline == "Rewritten"


def test_a_version_of_another_article_is_not_found(desk, article, make_article):
    other = make_article("Other")
    for url in (
        address("revision", other, 1), address("restore", other, 1), address("compare", other, old=1, new="now"),
        address("compare", other, old="now", new="2"), address("revision", article, 99),
    ):  # fmt: skip
        assert desk.get(url).status_code == 404, url
    assert desk.post(address("restore", other, 1), {"version": other.version}).status_code == 404


def test_reading_pages_take_no_posts(desk, article):
    for url in pages(article)[:3]:
        assert desk.post(url).status_code == 405


def test_history_works_with_bylines_of_roles_that_are_gone(desk, article):
    kept = Revision.objects.get(article=article, number=3)
    kept.data["bylines"][0]["role"] = "astrologer"
    kept.save()
    assert "astrologer" in desk.get(address("history", article)).content.decode()


def test_what_is_chosen_from_a_list_is_shown_by_its_name(make_article):
    article = make_article("Tide", kind="opinion")
    before = Snapshot.of_article(article)
    article.kind, article.rating = "review", 9
    article.save()
    [kind, rating] = Comparison(before, Snapshot.of_article(article)).changed
    assert "Opinion" in kind.before and "Review" in kind.after
    assert "empty" in rating.before and "4½" in rating.after

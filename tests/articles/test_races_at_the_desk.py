"""Several people press buttons at the same instant, each in a process of its own. What counts is what is stored then."""

import os
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Autosave, Byline, PublishedArticle, Section, ShareLink, Tag
from authors.models import Author
from newsroom.models import AuditEntry, Redirect
from tests.articles.test_autosave import send
from tests.articles.test_desk import ADD, change
from tests.articles.test_stale_saves import opened

from .processes import at_once, real_database  # noqa: F401

pytestmark = pytest.mark.usefixtures("real_database")
PLAN = "/admin/articles/article/calendar/plan/"


@pytest.fixture
def desk(editor: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    return client


def post(client: Client, url: str, data: Any, statuses: tuple[int, ...] = (200, 302)) -> None:
    response = client.post(url, data)
    assert response.status_code in statuses, f"{url}: {response.status_code}"


def test_two_who_save_the_same_form_at_once_lose_nothing(make_article: Any, desk: Client, editor: User) -> None:  # K01
    """Different fields are both in; of one field the second is asked, and the first stands. Both are in the history."""
    for number in range(8):
        article: Article = make_article("Old", slug=f"story-{number}")
        url = change(article)
        forms = [opened(desk, url, kicker=text, _continue="1", **{field: text}) for field, text in
                 (("headline", "Mine"), ("standfirst", "Theirs"))]  # fmt: skip
        at_once(*[partial(post, desk, url, form) for form in forms])
        saved = Article.objects.get(pk=article.pk)
        assert saved.kicker in {"Mine", "Theirs"}
        kept = list(article.revisions.order_by("number"))
        assert len(kept) == 1  # the other one is looking at both words for the kicker
        assert kept[0].data["content"]["kicker"] == saved.kicker
        assert (saved.headline, saved.standfirst) == (("Mine", "") if saved.kicker == "Mine" else ("Old", "Theirs"))


def test_a_row_is_added_in_one_tab_while_another_keeps_and_a_third_publishes(  # K02
    make_article: Any, desk: Client, author: Author
) -> None:
    further = Author.objects.create(name="Ana Reis")
    for number in range(10):
        article: Article = make_article("Old", slug=f"story-{number}")
        url = change(article)
        row = {"author": further.pk, "role": "editor", "position": 1}
        rows = {"bylines-TOTAL_FORMS": 2, **{f"bylines-1-{name}": value for name, value in row.items()}}
        adding, publishing = (opened(desk, url, **rows, **{button: "1"}) for button in ("_continue", "_publish"))
        keep = partial(keeps, desk, article.pk)
        at_once(keep, keep, partial(post, desk, url, adding), partial(post, desk, url, publishing))
        assert list(article.bylines.order_by("author").values_list("author", "role")) == [
            (author.pk, "writer"), (further.pk, "editor")
        ]  # fmt: skip
        assert PublishedArticle.objects.live().filter(article=article).count() == 1
        assert Autosave.objects.filter(article=article).count() <= 2


def keeps(desk: Client, form: Any) -> None:
    """As the browser does by itself."""
    for turn in range(5):
        response = send(desk, form, {"headline": f"Typed in tab A, {turn}", "body": "<p>More</p>"})
        assert response.status_code == 200, response.content


@pytest.mark.parametrize("what", ["article", "idea"])
def test_a_double_click_makes_one(desk: Client, film: Section, what: str) -> None:  # K03
    for number in range(10):
        if what == "article":
            url, form = ADD, opened(desk, ADD, headline=f"No. {number}", section=film.pk, _publish="1")
            if number % 2:  # what was typed is kept under the form's name already
                keeps(desk, form["form_name"])
        else:
            name = desk.get(PLAN).context["form"]["form_name"].value()
            url, form = PLAN, {"headline": f"No. {number}", "priority": "2", "form_name": name}
        at_once(*[partial(post, desk, url, form, (302,))] * 3)
        made = Article.objects.get(headline=f"No. {number}")
        assert made.revisions.filter(event="saved").count() == 1
        assert PublishedArticle.objects.filter(article=made).count() == (what == "article")


def test_tags_and_sections_are_renamed_while_readers_browse(
    make_article: Any, desk: Client, film: Section
) -> None:  # K08
    article: Article = make_article("A story", slug="story", tags=("Noir",))
    article.corrections.create(text="It was Tuesday.")
    article.publish()
    tag = Tag.objects.get()

    def renames() -> None:
        for number in range(12):
            film.slug, tag.slug, article.slug = f"film-{number}", f"noir-{number}", f"story-{number}"
            film.save()
            tag.save()
            article.save()
            article.publish()

    def reads() -> None:
        reader = Client(raise_request_exception=False)
        for _ in range(10):
            for address in ("/", "/film/", "/tags/noir/", "/film/story/", "/corrections/", "/corrections/feed/"):
                found = reader.get(address)
                # Between the two addresses there is a moment at which a reader gets neither; never an error.
                assert found.status_code in {200, 301, 404}, f"{address}: {found.status_code}"

    at_once(renames, *[reads] * 4)
    for number in range(-1, 12):
        end = f"-{number}" if number >= 0 else ""
        for old, new in (
            ("/film{}/", "/film-11/"),
            ("/tags/noir{}/", "/tags/noir-11/"),
            ("/film{}/story{}/", "/film-11/story-11/"),
        ):
            answer = Client().get(old.format(end, end))
            assert (answer.status_code, answer.get("Location", old.format(end, end))) == (
                200 if number == 11 else 301,
                new,
            )
    assert PublishedArticle.objects.live().count() == 1


def test_two_who_give_away_one_address_at_once(desk: Client, film: Section) -> None:  # K08
    """One gets it, the other is told at its field or on a page that says that nothing was saved."""
    for number in range(6):
        articles = [Article.objects.create(headline=name, section=film) for name in ("One", "Two")]
        forms = [opened(desk, change(one), slug=f"wanted-{number}", _continue="1") for one in articles]
        at_once(
            *[
                partial(post, desk, change(one), form, (200, 302, 409))
                for one, form in zip(articles, forms, strict=True)
            ]
        )
        assert Article.objects.filter(slug=f"wanted-{number}").count() == 1


def test_what_two_delete_at_once_is_gone_once(desk: Client, film: Section) -> None:  # K09
    for _ in range(10):
        article = Article.objects.create(headline="Superfluous", section=film)
        number, url = str(article.pk), f"{change(article).removesuffix('change/')}delete/"
        at_once(*[partial(post, desk, url, {"post": "yes"}, (302,))] * 2)
        assert not Article.objects.exists()
        assert AuditEntry.objects.filter(act="deleted", thing_id=number).count() == 1


def test_what_is_published_while_it_is_deleted_is_one_or_the_other(desk: Client, film: Section) -> None:  # K09
    def publishes(pk: int) -> None:
        try:
            Article.objects.get(pk=pk).publish()
        except Article.DoesNotExist:
            return

    for number in range(15):
        article = Article.objects.create(headline="Wanted or not", slug=f"story-{number}", section=film)
        url = f"{change(article).removesuffix('change/')}delete/"
        at_once(partial(post, desk, url, {"post": "yes"}, (200, 302, 403)), partial(publishes, article.pk))
        is_there = Article.objects.filter(pk=article.pk).exists()
        assert PublishedArticle.objects.filter(article_id=article.pk).count() == is_there
        assert Client().get(f"/film/story-{number}/").status_code == (200 if is_there else 404)
        deleted = AuditEntry.objects.filter(act="deleted", thing="articles.article", thing_id=str(article.pk))
        assert deleted.exists() is not is_there


def test_an_author_is_deleted_while_somebody_puts_him_in_a_byline(make_article: Any, desk: Client) -> None:  # K09
    for number in range(10):
        article: Article = make_article("By two", slug=f"story-{number}")
        leaving = Author.objects.create(name=f"Leaving {number}")
        row = {
            "bylines-TOTAL_FORMS": 2,
            "bylines-1-author": leaving.pk,
            "bylines-1-role": "writer",
            "bylines-1-position": 1,
        }
        form = opened(desk, change(article), headline="New words", _continue="1", **row)
        at_once(
            partial(post, desk, f"/admin/authors/author/{leaving.pk}/delete/", {"post": "yes"}),
            partial(post, desk, change(article), form, (200, 302, 409)),
        )
        is_there = Author.objects.filter(pk=leaving.pk).exists()
        assert Byline.objects.filter(article=article).count() == 1 + is_there
        assert Article.objects.get(pk=article.pk).headline == ("New words" if is_there else "By two")
        assert article.revisions.count() == is_there


@pytest.mark.skipif(connection.vendor != "sqlite", reason="of SQLite only: there one writer waits for the other")
def test_ten_who_write_and_fifty_who_read_never_hear_that_the_database_is_locked(
    film: Section, editor: User
) -> None:  # K10
    first: Article = Article.objects.create(headline="The first", section=film)
    first.publish()

    def writes(number: int) -> None:
        for turn in range(5):
            article = Article.objects.create(headline=f"Of {number}", section=film, created_by=editor)
            article.record("saved", by=editor, note=str(turn))
            article.publish(by=editor)

    def reads() -> None:
        for _ in range(5):
            for address in ("/", "/film/", "/film/the-first/"):
                assert Client().get(address).status_code == 200

    at_once(*[partial(writes, number) for number in range(10)], *[reads] * 50)
    assert PublishedArticle.objects.live().count() == 51


def test_five_hundred_readings_of_a_shared_page_are_five_hundred(make_article: Any) -> None:  # K11
    article: Article = make_article("Shared")
    link = ShareLink.objects.create(article=article, expires_at=timezone.now() + timedelta(days=1))
    before = Article.objects.filter(pk=article.pk).values().get()

    def reads() -> None:
        for _ in range(25):
            assert Client().get(link.get_absolute_url()).status_code == 200

    at_once(*[reads] * 20)
    assert ShareLink.objects.get().uses == 500
    assert Article.objects.filter(pk=article.pk).values().get() == before


def test_of_two_acts_that_lock_each_other_out_both_are_done_or_one_wholly_refused(  # K13
    make_article: Any, tmp_path: Any, editor: User
) -> None:
    """Two publish the same two articles, each in an order of its own: PostgreSQL ends one of them."""
    pair = [make_article(name, slug=name.lower()) for name in ("One", "Two")]

    def publishes(articles: list[Article], note: str) -> None:
        try:
            with transaction.atomic():
                if connection.vendor == "postgresql":
                    with connection.cursor() as cursor:
                        cursor.execute("SET LOCAL deadlock_timeout = '100ms'")
                # Held, not published: publishers wait for each other at the counts of the month.
                Article.objects.select_for_update().get(pk=articles[0].pk)
                _wait_for_the_other(tmp_path, note)
                articles[0].publish(note=note, by=editor)
                articles[1].publish(note=note, by=editor)
        except OperationalError as error:
            (tmp_path / f"refused-{note}").write_text(str(error))

    at_once(lambda: publishes(pair, "first"), lambda: publishes(pair[::-1], "second"))
    refused = [one.name.removeprefix("refused-") for one in tmp_path.glob("refused-*")]
    assert len(refused) == (1 if connection.vendor == "postgresql" else 0)
    done = {"first", "second"} - set(refused)
    for article in pair:
        assert set(article.revisions.values_list("note", flat=True)) == done
        assert PublishedArticle.objects.live().filter(article=article).count() == 1
        assert AuditEntry.objects.filter(thing_id=str(article.pk), thing="articles.article").count() == len(done)
        assert Redirect.objects.filter(key=article.key).count() == 1


def _wait_for_the_other(folder: Any, note: str) -> None:
    """Until both hold their first article; on SQLite, where one has to wait for the whole of the other, not at all."""
    if connection.vendor != "postgresql":
        return
    (folder / f"holds-{note}").touch()
    until = timezone.now() + timedelta(seconds=20)
    while len(list(folder.glob("holds-*"))) < 2:
        assert timezone.now() < until
        os.sched_yield()

"""What is posted past the forms: to articles of others, with fields and rows that the form doesn't show, by the wrong role.
B02 to B05, B09, B11, J07.
"""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import ProtectedError
from django.test import Client

from articles.models import Article, PublishedArticle, Section, SectionLimit, Tag
from authors.models import Author
from images.models import Image
from newsroom.models import Redirect, SiteIdentity
from tests.articles.test_desk import change, filled_in

pytestmark = pytest.mark.django_db
People = dict[str, User]
LIST = "/admin/articles/article/"
NOT_SHOWN = {
    "stage": "approved", "approved_by": "1", "approved_version": "1", "created_by": "1", "version": "99", "pk": "77",
    "import_key": "x", "published_at": "2020-01-01", "live_from": "2020-01-01", "status": "published", "id": "77",
    "is_featured": "on", "author": "1", "site": "1", "is_staff": "on", "groups": "1", "created_at_0": "2020-01-01",
    "updated_at": "2020-01-01", "assignee": "1", "priority": "1", "brief": "x",
}  # fmt: skip


def as_stored(article: Article) -> dict[str, Any]:
    return Article.objects.filter(pk=article.pk).values().get()


@pytest.mark.parametrize("role", ["contributor", "writer"])
@pytest.mark.parametrize("button", ["_continue", "_save", "_publish", "_schedule", "_withdraw", "_preview"])
def test_the_form_of_somebody_else_s_article_is_refused(  # B02
    client: Client, people: People, editor: User, make_article: Any, role: str, button: str
) -> None:
    article = make_article("Theirs", tags=("Noir",))
    client.force_login(editor)
    typed = filled_in(client, change(article), headline="Mine", body="<p>Mine</p>", tags=[], **{button: "1"})
    before, rows = as_stored(article), article.snapshot()
    client.force_login(people[role])
    response = client.post(change(article), typed)
    assert response.status_code == 403 or response.headers.get("Location") == "/admin/"
    assert as_stored(article) == before and article.snapshot() == rows
    assert not article.revisions.exists() and not PublishedArticle.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "writer", "editor", "publisher"])
def test_what_the_form_does_not_show_is_ignored(  # B03, J07
    client: Client, people: People, make_article: Any, role: str
) -> None:
    article = make_article("Mine", created_by=people[role])
    before = as_stored(article)
    client.force_login(people[role])
    form = client.get(change(article)).context["adminform"].form
    forged = {name: value for name, value in NOT_SHOWN.items() if name not in form.fields}
    assert {"stage", "approved_by", "created_by", "version"} <= forged.keys()
    response = client.post(change(article), filled_in(client, change(article), kicker="New", _continue="1") | forged)
    assert response.status_code == 302
    after = as_stored(Article.objects.get())
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"kicker", "version", "updated_at"} and after["version"] == before["version"] + 1
    assert not PublishedArticle.objects.exists()


@pytest.mark.parametrize("role", ["contributor", "writer", "editor"])
@pytest.mark.parametrize("act", ["_publish", "_schedule", "_withdraw", "_unschedule"])
def test_a_button_that_is_not_there_is_refused(  # B03
    client: Client, people: People, make_article: Any, role: str, act: str
) -> None:
    client.force_login(people[role])
    mine = make_article("Mine", created_by=people[role])
    for url in (change(mine), f"{LIST}add/"):
        assert f'name="{act}"' not in client.get(url).content.decode()
        when = {"publish_at_0": "2099-01-01", "publish_at_1": "10:00"} if act == "_schedule" else {}
        assert client.post(url, filled_in(client, url, headline="New", **when, **{act: "1"})).status_code == 403
    assert Article.objects.get().headline == "Mine" and not PublishedArticle.objects.exists()


def test_a_new_article_belongs_to_who_makes_it(client: Client, people: People) -> None:  # B03, J07
    client.force_login(people["contributor"])
    typed = filled_in(client, f"{LIST}add/", headline="New", _continue="1")
    assert client.post(f"{LIST}add/", typed | NOT_SHOWN).status_code == 302
    article = Article.objects.get()
    assert (article.created_by, article.stage, article.version, article.import_key) == (
        people["contributor"], "draft", 1, None,
    )  # fmt: skip
    assert article.pk != 77 and article.approved_by is None and article.assignee is None


@pytest.mark.parametrize("role", ["contributor", "writer", "editor", "publisher", "administrator"])
def test_a_forged_list_makes_changes_and_deletes_nothing(  # B04
    client: Client, people: People, make_article: Any, role: str
) -> None:
    theirs, mine = make_article("Theirs"), make_article("Mine", created_by=people[role])
    before = list(Article.objects.order_by("pk").values())
    client.force_login(people[role])
    row = {"form-TOTAL_FORMS": 3, "form-INITIAL_FORMS": 2, "form-0-id": theirs.pk, "form-0-headline": "Forged",
           "form-1-id": mine.pk, "form-1-headline": "Forged", "form-2-headline": "New", "_save": "1"}  # fmt: skip
    assert client.post(LIST, row).status_code < 500
    for action in ("delete_selected", "publish_selected", "withdraw_selected", "no_such_action"):
        chosen = {"action": action, "_selected_action": [theirs.pk, mine.pk], "select_across": "1", "post": "yes"}
        assert client.post(LIST, chosen).status_code < 500
    assert list(Article.objects.order_by("pk").values()) == before
    assert not PublishedArticle.objects.exists()


def rows(prefix: str, *values: dict[str, Any], stored: int = 0) -> dict[str, Any]:
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": stored}
    return data | {f"{prefix}-{n}-{name}": value for n, row in enumerate(values) for name, value in row.items()}


@pytest.mark.parametrize(("role", "may_correct"), [("contributor", False), ("editor", False), ("publisher", True)])
def test_rows_beside_an_article_follow_its_rights(  # B05
    client: Client, people: People, make_article: Any, author: Author, role: str, may_correct: bool
) -> None:
    article = make_article("Mine", created_by=people[role])
    kept = article.corrections.create(text="As it was.")
    byline = article.bylines.get()
    second = Author.objects.create(name="Ola")
    noted = {"kind": "update", "noted_at_0": "2026-01-01", "noted_at_1": "10:00", "text": "Forged"}
    noted |= {f"initial-{name}": value for name, value in noted.items()}
    data = filled_in(client_of(people[role]), change(article), _continue="1")
    data |= rows("bylines", {"id": byline.pk, "article": article.pk, "author": author.pk, "role": "editor", "position": 0},
                 {"author": second.pk, "role": "writer", "position": 1}, stored=1)  # fmt: skip
    data |= rows("corrections", {**noted, "id": kept.pk, "article": article.pk}, {**noted, "text": "New"}, stored=1)
    client.force_login(people[role])
    assert client.post(change(article), data).status_code == 302
    assert set(article.bylines.values_list("author__name", "role")) == {("Inês Duarte", "editor"), ("Ola", "writer")}
    wanted = {"Forged", "New"} if may_correct else {"As it was."}
    assert set(article.corrections.values_list("text", flat=True)) == wanted
    deleting = rows("corrections", {**noted, "id": kept.pk, "article": article.pk, "DELETE": "on"}, stored=1)
    again = filled_in(client, change(article), _continue="1")
    again |= rows("bylines") | deleting
    client.post(change(article), again)
    assert article.corrections.filter(pk=kept.pk).exists() is not may_correct


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_rows_can_not_be_moved_to_or_taken_from_another_article(  # B05
    client: Client, people: People, make_article: Any, author: Author
) -> None:
    theirs, mine = make_article("Theirs"), make_article("Mine", created_by=people["contributor"])
    foreign = theirs.bylines.get()
    client.force_login(people["contributor"])
    for row in ({"id": foreign.pk, "article": mine.pk, "author": author.pk, "role": "editor", "position": 9},
                {"id": foreign.pk, "article": theirs.pk, "author": author.pk, "role": "editor", "DELETE": "on"}):  # fmt: skip
        client.post(change(mine), filled_in(client, change(mine), _continue="1") | rows("bylines", row, stored=1))
    new = {"author": author.pk, "role": "editor", "position": 0, "article": theirs.pk}
    client.post(change(mine), filled_in(client, change(mine), _continue="1") | rows("bylines", new))
    foreign.refresh_from_db()
    assert (foreign.article, foreign.role, foreign.position) == (theirs, "writer", 0)
    assert theirs.bylines.count() == 1


IDENTITY = {
    "name": "Changed",
    "tagline": "x",
    "description": "x",
    "social_links": "",
    "disclosure": "",
    "disclosure_url": "",
}
KEPT_BY = [
    ("/admin/articles/tag/add/", {"name": "New", "kind": "topic", "weight": "1"}, lambda: Tag.objects.filter(name="New"), "editor"),
    ("/admin/authors/author/add/", {"name": "New"}, lambda: Author.objects.filter(name="New"), "editor"),
    ("/admin/articles/section/add/", {"name": "New", "position": 0}, lambda: Section.objects.filter(name="New"), "publisher"),
    ("/admin/newsroom/redirect/add/", {"path": "/old/", "target": "/film/", "since_0": "2020-01-01", "since_1": "10:00"},
     lambda: Redirect.objects.filter(path="/old/"), "publisher"),
    ("/admin/newsroom/siteidentity/{site}/change/", IDENTITY, lambda: SiteIdentity.objects.filter(name="Changed"), "administrator"),
]  # fmt: skip
ORDER = ["contributor", "writer", "editor", "publisher", "administrator"]


@pytest.mark.parametrize("role", ORDER)
@pytest.mark.parametrize(("url", "typed", "made", "least"), KEPT_BY, ids=[row[0].split("/")[3] for row in KEPT_BY])
def test_what_articles_are_filed_under_is_kept_by_the_roles_written_down(  # B09, J07
    client: Client, people: People, role: str, url: str, typed: dict[str, Any], made: Any, least: str
) -> None:
    site = SiteIdentity.objects.create(name="The Paper")
    client.force_login(people[role])
    response = client.post(
        url.format(site=site.pk), typed | {"import_key": "forged", "folded_name": "forged", "key": "x"}
    )
    if ORDER.index(role) < ORDER.index(least):
        assert response.status_code == 403 and not made().exists()
    else:
        assert response.status_code == 302, response.context["errors"]
        assert all(getattr(row, "import_key", None) is None for row in made()) and made().count() == 1


def test_whose_author_page_it_is_says_who_keeps_the_people(client: Client, people: People, author: Author) -> None:
    """Else an editor would make the articles in a byline his own, whatever his limits are."""
    url = f"/admin/authors/author/{author.pk}/change/"
    client.force_login(people["editor"])
    typed = {"name": author.name, "slug": author.slug, "user": people["editor"].pk, "links": ""}
    assert client.post(url, typed).status_code == 302
    author.refresh_from_db()
    assert author.user is None
    client.force_login(people["administrator"])
    assert client.post(url, typed).status_code == 302
    author.refresh_from_db()
    assert author.user == people["editor"]


def test_who_may_only_look_at_an_author_sees_what_readers_see(client: Client, people: People, author: Author) -> None:
    Author.objects.update(email="private@example.org", user=people["publisher"])
    client.force_login(people["writer"])
    for url in (f"/admin/authors/author/{author.pk}/change/", "/admin/authors/author/"):
        page = client.get(url).content.decode()
        assert author.name in page and "private@example.org" not in page and "publisher" not in page


@pytest.mark.parametrize("role", ["contributor", "writer", "editor", "publisher", "administrator"])
def test_what_readers_know_is_not_deleted(client: Client, people: People, make_article: Any, role: str) -> None:  # B11
    article = make_article("Out", created_by=people[role])
    article.publish()
    client.force_login(people[role])
    for response in (
        client.get(f"{LIST}{article.pk}/delete/"),
        client.post(f"{LIST}{article.pk}/delete/", {"post": "yes"}),
    ):
        assert response.status_code in {200, 403}
    assert client.get("/film/out/").status_code == 200


def test_what_is_used_is_not_deleted_and_told_in_counts(  # B11
    client: Client, people: People, make_article: Any, author: Author, film: Section, picture: Image,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(12):
        make_article(f"Headline {number}", tags=("Noir",), lead_image=picture).publish()
    tag = Tag.objects.get()
    client.force_login(people["administrator"])
    urls = {
        "articles/tag": tag.pk,
        "articles/section": film.pk,
        "authors/author": author.pk,
        "images/image": picture.pk,
    }
    for model, pk in urls.items():
        with django_assert_max_num_queries(40):
            page = client.get(f"/admin/{model}/{pk}/delete/").content.decode()
        if model != "images/image":
            assert "12 " in page and "Headline" not in page, model
        response = client.post(f"/admin/{model}/{pk}/delete/", {"post": "yes"})
        assert response.status_code == 200
        chosen = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
        assert client.post(f"/admin/{model}/", chosen).status_code == 200
    assert (Tag.objects.count(), Section.objects.count(), Author.objects.count(), Image.objects.count()) == (1, 1, 1, 1)
    assert client.get("/film/headline-3/").status_code == 200


def test_an_unused_tag_is_deleted_after_a_look(client: Client, people: People, make_article: Any) -> None:  # B11
    make_article("A draft", tags=("Noir",))
    tag = Tag.objects.get()
    client.force_login(people["editor"])
    page = client.get(f"/admin/articles/tag/{tag.pk}/delete/").content.decode()
    assert "Noir" in page and "A draft" not in page and ": 1" in page
    assert client.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Tag.objects.exists()


def test_a_use_that_begins_in_between_is_told(client: Client, people: People, monkeypatch: Any) -> None:  # B11
    def too_late(*args: Any, **kwargs: Any) -> None:
        raise ProtectedError("used", set())

    tag = Tag.objects.named(["Noir"])[0]
    monkeypatch.setattr(Tag, "delete", too_late)
    client.force_login(people["editor"])
    page = client.post(f"/admin/articles/tag/{tag.pk}/delete/", {"post": "yes"}, follow=True)
    assert "somebody has just begun to use it" in page.content.decode()


@pytest.fixture
def limited(client: Client, people: People, film: Section) -> Client:
    """The desk of a publisher who works on Film only."""
    SectionLimit.objects.create(user=people["publisher"], section=film)
    client.force_login(people["publisher"])
    return client


def test_articles_of_others_are_filed_within_one_s_limits(limited: Client, make_article: Any, film: Section) -> None:
    music = Section.objects.create(name="Music", slug="music")
    article = make_article("Theirs")
    for elsewhere in (music.pk, ""):
        response = limited.post(change(article), filled_in(limited, change(article), section=elsewhere, _continue="1"))
        told = response.context["adminform"].form.errors["section"]
        assert told == ["Your login works on Film only. Articles of your own may stand anywhere."]
    assert Article.objects.get().section == film
    saved = limited.post(change(article), filled_in(limited, change(article), kicker="New", _continue="1"))
    assert saved.status_code == 302


def test_own_drafts_are_filed_anywhere_and_sent_out_within_the_limits(limited: Client, people: People) -> None:
    music = Section.objects.create(name="Music", slug="music")
    url = f"{LIST}add/"
    response = limited.post(url, filled_in(limited, url, headline="Mine", section=music.pk, _publish="1"))
    assert "somebody else to send it out" in str(response.context["adminform"].form.errors["section"])
    assert (
        limited.post(url, filled_in(limited, url, headline="Mine", section=music.pk, _continue="1")).status_code == 302
    )
    assert Article.objects.get().section == music and not PublishedArticle.objects.exists()


def test_restoring_writes_no_corrections_and_moves_to_no_section_that_one_may_not(
    client: Client, people: People, make_article: Any, film: Section
) -> None:
    music = Section.objects.create(name="Music", slug="music")
    article = make_article("Theirs", section=music)
    article.corrections.create(text="As it was.")
    article.record("saved")
    article.corrections.get().delete()
    Article.objects.filter(pk=article.pk).update(section=film, headline="Changed")
    SectionLimit.objects.create(user=people["editor"], section=film)
    client.force_login(people["editor"])
    url = f"{LIST}{article.pk}/history/1/restore/"
    assert "may not write corrections" in client.get(url).content.decode()
    version = Article.objects.get().version
    page = client.post(url, {"version": version}, follow=True).content.decode()
    assert "may not write corrections" in page and "may not file it" in page
    article.refresh_from_db()
    assert (article.headline, article.section, article.corrections.count()) == ("Theirs", film, 0)


def test_a_contributor_chooses_pictures_and_adds_none(client: Client, people: People, picture: Image) -> None:
    client.force_login(people["contributor"])
    page = client.get(f"{LIST}add/").content.decode()
    assert "picker/upload" not in page and "/admin/images/image/picker/" in page
    assert "/admin/articles/tag/add/" not in page and "/admin/images/image/add/" not in page
    assert [one["id"] for one in client.get("/admin/images/image/picker/").json()["results"]] == [picture.pk]
    assert client.post("/admin/images/image/picker/upload/", {"title": "x"}).status_code == 403
    client.force_login(people["writer"])
    assert "picker/upload" in client.get(f"{LIST}add/").content.decode()

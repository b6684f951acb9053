"""The desk: the list, the form and its buttons, as an editor's browser would send them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Byline, PublishedArticle, Tag
from articles.models.status import Status
from tests.conftest import MakeArticle
from tests.rights import rights

pytestmark = pytest.mark.django_db

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def filled_in(client, url, **values):
    """What the form on this page holds, as a browser would post it, with these changes."""
    return held_by(client.get(url), **values)


def held_by(page, **values):
    """The same, of a page that was fetched already."""
    form = page.context["adminform"].form
    data = {}
    for bound in form:
        value = bound.value()
        if isinstance(value, list) and bound.name == "tags":
            data[bound.name] = value
        elif bound.name in {"publish_at", "publish_until"}:
            local = timezone.localtime(value) if value else None
            data[f"{bound.name}_0"] = local.date().isoformat() if local else ""
            data[f"{bound.name}_1"] = local.strftime("%H:%M:%S") if local else ""
        elif value not in (None, False):
            data[bound.name] = value
    for prefix, rows in (("bylines", values.pop("bylines", [])), ("corrections", [])):
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | values


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def writer(db) -> User:
    """May write, may not publish."""
    user = User.objects.create_user("kit", password="a long password", is_staff=True)
    wanted = ["view_article", "add_article", "change_article", "view_section", "view_tag", "add_byline", "view_author"]
    user.user_permissions.set(rights(wanted))
    return user


def test_a_new_article_needs_only_a_headline(desk):
    response = desk.post(ADD, filled_in(desk, ADD, headline="A new one", _continue="1"))
    article = Article.objects.get()
    assert response["Location"] == change(article)
    assert (article.slug, article.status, article.created_by.username) == ("a-new-one", Status.DRAFT, "rosa")
    assert article.revisions.get().event == "saved"


def test_publish_saves_with_tags_and_bylines_and_shows_readers(desk, client, film, author):
    tag = Tag.objects.named(["Noir"])[0]
    data = filled_in(
        desk, ADD, headline="Out at once", section=film.pk, tags=[tag.pk], body="Words.", _publish="1",
        bylines=[{"author": author.pk, "role": "writer", "position": 0}],
    )  # fmt: skip
    response = desk.post(ADD, data, follow=True)
    assert "is live" in response.content.decode()
    page = client.get("/film/out-at-once/").content.decode()
    assert all(part in page for part in ("Out at once", "Words.", "Noir", "Inês Duarte"))


def test_saving_a_live_article_keeps_it_from_readers_until_published(desk, make_article):
    article = make_article("Before")
    article.publish()
    desk.post(change(article), filled_in(desk, change(article), headline="After", _continue="1"))
    assert PublishedArticle.objects.live().get().headline == "Before"
    assert Article.objects.get().status == Status.CHANGED
    desk.post(change(article), filled_in(desk, change(article), _publish="1"))
    assert PublishedArticle.objects.live().get().headline == "After"


def test_schedule_cancel_and_withdraw_do_what_they_say(desk, make_article):
    article = make_article()
    at = timezone.localtime() + timedelta(days=1)
    when = {"publish_at_0": at.date().isoformat(), "publish_at_1": "18:00:00"}
    response = desk.post(change(article), filled_in(desk, change(article), _schedule="1", **when), follow=True)
    assert "goes live on" in response.content.decode()
    assert Article.objects.get().status == Status.SCHEDULED
    assert timezone.localtime(PublishedArticle.objects.get().live_from).hour == 18
    desk.post(change(article), filled_in(desk, change(article), _unschedule="1"))
    assert Article.objects.get().status == Status.DRAFT
    desk.post(change(article), filled_in(desk, change(article), _publish="1", publish_at_0="", publish_at_1=""))
    desk.post(change(article), filled_in(desk, change(article), _withdraw="1"))
    assert Article.objects.get().status == Status.WITHDRAWN


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"headline": " ", "_continue": "1"}, "headline", "required"),
        ({"section": "", "_publish": "1"}, "section", "Choose a section"),
        ({"_schedule": "1"}, "publish_at", "When?"),
        ({"_schedule": "1", "publish_at_0": "2001-01-01", "publish_at_1": "10:00"}, "publish_at", "has passed"),
        ({"_publish": "1", "publish_until_0": "2001-01-01", "publish_until_1": "10:00"}, "publish_until", "not after"),
        (
            {"_schedule": "1", "publish_at_0": "2099-01-02", "publish_at_1": "10:00", "publish_until_0": "2099-01-01",
             "publish_until_1": "10:00"}, "publish_until", "not after",
        ),
        ({"slug": "taken", "_continue": "1"}, "slug", "Another article has this address"),
        ({"slug": "not a slug!", "_continue": "1"}, "slug", "valid"),
        ({"recommended_videos": "javascript:alert(1) Film", "_continue": "1"}, "recommended_videos", "no web address"),
        ({"canonical_url": "javascript:alert(1)", "_continue": "1"}, "canonical_url", "valid URL"),
        ({"headline": "x" * 201, "_continue": "1"}, "headline", "200"),
        ({"tags": ["999999"], "_continue": "1"}, "tags", "valid choice"),
        ({"publish_at_0": "31 of May", "publish_at_1": "x", "_schedule": "1"}, "publish_at", "valid"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_field_and_what_was_typed_stays(desk, make_article, values, field, words):
    make_article("Other", slug="taken")
    article = make_article("Mine")
    response = desk.post(change(article), filled_in(desk, change(article), body="Typed just now", **values))
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert words in " ".join(form.errors[field])
    assert form["body"].value() == "Typed just now"
    assert Article.objects.get(pk=article.pk).body == "<p>Some text.</p>"
    assert not PublishedArticle.objects.exists()


def test_the_second_to_save_is_told_and_nothing_is_lost(desk, make_article, editor):
    article = make_article("Opened by both")
    mine = filled_in(desk, change(article), headline="Mine", _continue="1")
    theirs = filled_in(desk, change(article), headline="Theirs", _continue="1")
    desk.post(change(article), theirs)
    response = desk.post(change(article), mine)
    (clash,) = response.context["clashes"]
    assert (clash.key, clash.mine, clash.theirs, clash.by) == ("headline", "Mine", "Theirs", "rosa")
    assert Article.objects.get().headline == "Theirs"
    form = response.context["adminform"].form
    assert form["headline"].value() == "Mine"
    chosen = {"choice:headline": "mine", "seen:headline": clash.seen}
    again = mine | chosen | {name: form[name].value() for name in ("opened_version", "base")}
    assert desk.post(change(article), again).status_code == 302
    assert Article.objects.get().headline == "Mine"
    assert [one.data["content"]["headline"] for one in article.revisions.all()] == ["Mine", "Theirs"]


@pytest.mark.parametrize("act", ["_publish", "_schedule", "_withdraw", "_unschedule"])
def test_who_may_only_write_can_not_send_out_nor_take_back(client, make_article, writer, act):
    article = make_article()
    client.force_login(writer)
    page = client.get(change(article)).content.decode()
    assert 'name="_continue"' in page
    assert f'name="{act}"' not in page
    response = client.post(change(article), filled_in(client, change(article), headline="Mine", **{act: "1"}))
    assert response.status_code == 403
    assert Article.objects.get().headline == "A story"
    assert not PublishedArticle.objects.exists()


def test_a_form_can_not_set_what_it_does_not_show(desk, make_article):
    article = make_article()
    more = {"version": "99", "import_key": "x", "created_by": "1", "live_from": "2020-01-01", "id": "77"}
    desk.post(change(article), filled_in(desk, change(article), _continue="1", **more))
    article = Article.objects.get()
    assert (article.import_key, article.created_by, article.version < 99) == (None, None, True)


@pytest.mark.parametrize("url", ["/admin/articles/article/", ADD, "/admin/articles/article/{pk}/preview/"])
def test_strangers_are_sent_to_the_login(client, make_article, url):
    article = make_article("zanzibarquartz")
    response = client.get(url.format(pk=article.pk))
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]


def test_staff_without_permission_sees_no_preview(client, make_article):
    client.force_login(User.objects.create_user("new", is_staff=True))
    assert client.get(f"/admin/articles/article/{make_article().pk}/preview/").status_code == 403


def test_the_preview_shows_the_working_copy_and_is_kept_by_nobody(desk, make_article):
    article = make_article("Live one", tags=("Noir",))
    article.publish()
    article.headline = "Not out yet"
    article.save()
    response = desk.get(f"/admin/articles/article/{article.pk}/preview/")
    page = response.content.decode()
    assert "Not out yet" in page
    assert "Noir" in page
    assert "Inês Duarte" in page
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]


def test_the_preview_works_before_there_is_a_section(desk):
    article = Article.objects.create(headline="Nearly nothing")
    assert desk.get(f"/admin/articles/article/{article.pk}/preview/").status_code == 200


def test_the_list_shows_where_each_article_stands(desk, make_article, picture):
    make_article("A draft", lead_image=picture)
    live = make_article("A changed one")
    live.publish()
    live.headline = "A changed one, now"
    live.save()
    page = desk.get("/admin/articles/article/").content.decode()
    assert "Draft" in page
    assert "Published, with unpublished changes" in page
    assert "Inês Duarte" in page
    assert 'class="thumbnail"' in page


def test_the_list_costs_as_many_queries_with_thirty_articles_as_with_one(
    desk, make_article: MakeArticle, picture, django_assert_max_num_queries
):
    make_article("One", tags=("Noir",), lead_image=picture).publish()
    with django_assert_max_num_queries(12) as few:
        desk.get("/admin/articles/article/")
    for number in range(30):
        make_article(f"Number {number}", tags=("Noir",), lead_image=picture).publish()
    with django_assert_max_num_queries(12) as many:
        desk.get("/admin/articles/article/")
    assert len(many) == len(few)


@pytest.mark.parametrize("model", ["articles/article", "articles/tag", "articles/section", "authors/author",
                                   "images/image", "newsroom/redirect"])  # fmt: skip
@pytest.mark.parametrize("query", ["q=x", "q=%22%27)(%00", "p=99999999999999999999", "o=9.9.9", "e=1", "status=odd",
                                   "created_at__year=99999", "id__in=1,x", "q=" + "a" * 5000])  # fmt: skip
def test_the_lists_answer_any_query(desk, make_article, model, query):
    make_article(tags=("Noir",))
    assert desk.get(f"/admin/{model}/?{query}").status_code in {200, 302, 400}


def test_no_select_lists_all_rows(desk, make_article):
    for number in range(5):
        make_article(f"Story {number}", tags=(f"Tag {number}",))
    page = desk.get(ADD).content.decode()
    assert "Tag 3" not in page
    assert page.count("admin-autocomplete") >= 4


def test_autocomplete_finds_tags_and_refuses_strangers(desk, client, make_article):
    make_article(tags=("The Glass Orchard",))
    url = "/admin/autocomplete/?app_label=articles&model_name=article&field_name=tags&term=glass"
    assert [one["text"] for one in desk.get(url).json()["results"]] == ["The Glass Orchard"]
    client.logout()
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("name", ["x" * 300, " "])
def test_a_bad_tag_is_refused_at_its_field(desk, name):
    response = desk.post("/admin/articles/tag/add/", {"name": name, "slug": "", "description": "Kept"})
    assert "name" in response.context["adminform"].form.errors
    assert response.context["adminform"].form["description"].value() == "Kept"


def test_a_tag_that_differs_only_in_case_is_refused_with_its_twin(desk):
    Tag.objects.named(["Noir"])
    response = desk.post("/admin/articles/tag/add/", {"name": "NOIR"})
    assert "There is a tag “Noir” already" in response.content.decode()


def test_an_article_that_readers_know_can_not_be_deleted_at_the_desk(desk, make_article):
    article = make_article()
    article.publish()
    desk.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"})
    assert Article.objects.exists()
    draft = make_article("A draft")
    desk.post(f"/admin/articles/article/{draft.pk}/delete/", {"post": "yes"})
    assert not Article.objects.filter(pk=draft.pk).exists()


def test_the_stock_tag_admin_is_gone(desk):
    assert desk.get("/admin/taggit/tag/").status_code == 404


def test_existing_bylines_are_edited_in_place(desk, make_article, author):
    article = make_article()
    byline = article.bylines.get()
    row = {"id": byline.pk, "article": article.pk, "author": author.pk, "role": "editor", "position": 3}
    data = filled_in(desk, change(article), bylines=[row], _continue="1") | {"bylines-INITIAL_FORMS": 1}
    desk.post(change(article), data)
    assert list(Byline.objects.values_list("role", "position")) == [("editor", 3)]

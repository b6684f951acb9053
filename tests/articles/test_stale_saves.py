"""Two people have one article's form open. What becomes of the save that comes second, by any button."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.models import Article, Autosave, Byline, Correction, PublishedArticle, Section, Tag
from authors.models import Author
from tests.articles.test_desk import ADD, change, held_by
from tests.rights import rights

pytestmark = pytest.mark.django_db


def opened(client, url, **values):
    """The form as a browser would post it, rows of the inlines included."""
    page = client.get(url)
    data = held_by(page)
    for shown in page.context["inline_admin_formsets"]:
        formset = shown.formset
        data |= {f"{formset.prefix}-TOTAL_FORMS": formset.total_form_count()}
        data |= {f"{formset.prefix}-INITIAL_FORMS": formset.initial_form_count()}
        for form in formset.forms:
            for bound in form:
                data |= posted(bound)
    return data | values


def posted(bound):
    value = bound.value()
    names = [bound.html_name] + [bound.html_initial_name] * bool(bound.field.show_hidden_initial)
    if hasattr(bound.field.widget, "decompress"):
        parts = bound.field.widget.decompress(value)
        return {f"{name}_{n}": str(part or "") for name in names for n, part in enumerate(parts)}
    return dict.fromkeys(names, "" if value is None else value)


@pytest.fixture
def rosa(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def kit(db):
    user = User.objects.create_superuser("kit", password="a long password", first_name="Kit", last_name="Arden")
    client = Client()
    client.force_login(user)
    return client


def clashes(response):
    assert response.status_code == 200
    return {one.key: one for one in response.context["clashes"]}


def decide(response, mine, **choices):
    """The same form again, with these choices, as the page that shows the conflict would post it."""
    form = response.context["adminform"].form
    about = {"base": form["base"].value(), "opened_version": form["opened_version"].value()}
    seen = {f"seen:{one.key}": one.seen for one in response.context["clashes"]}
    return mine | about | seen | {f"choice:{key}": value for key, value in choices.items()}


def test_changes_of_different_fields_both_go_in_and_the_person_is_told(rosa, kit, make_article):  # K01
    article = make_article("Both", kicker="Old", standfirst="Why")
    mine = opened(rosa, change(article), standfirst="Because", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="Kit's", kicker="New", _continue="1"))
    page = rosa.post(change(article), mine, follow=True).content.decode()
    article = Article.objects.get()
    assert (article.headline, article.kicker, article.standfirst) == ("Kit's", "New", "Because")
    assert "Kit Arden changed the headline and kicker meanwhile" in page
    assert "both changes are in now" in page
    assert [one.by.username for one in article.revisions.all()] == ["rosa", "kit"]


def test_a_save_that_changed_nothing_takes_nothing_back(rosa, kit, make_article):
    article = make_article("Old")
    mine = opened(rosa, change(article), _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="New", _continue="1"))
    assert rosa.post(change(article), mine).status_code == 302
    assert Article.objects.get().headline == "New"
    assert Article.objects.get().revisions.count() == 1


def test_the_same_change_by_both_is_no_conflict(rosa, kit, make_article):
    article = make_article("Old")
    mine = opened(rosa, change(article), headline="New ", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="New", _continue="1"))
    assert rosa.post(change(article), mine).status_code == 302


@pytest.mark.parametrize("button", ["_continue", "_save", "_addanother", "_preview", "_publish", "_schedule"])
def test_no_button_saves_over_a_conflict(rosa, kit, make_article, button):  # K01
    article = make_article("Old")
    at = timezone.localtime() + timedelta(days=1)
    when = {"publish_at_0": at.date().isoformat(), "publish_at_1": "18:00:00"}
    mine = opened(rosa, change(article), headline="Mine", **{button: "1"}, **when)
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    response = rosa.post(change(article), mine)
    (clash,) = clashes(response).values()
    assert (clash.mine, clash.theirs, clash.by) == ("Mine", "Theirs", "Kit Arden")
    assert Article.objects.get().headline == "Theirs"
    assert not PublishedArticle.objects.exists()
    assert response.context["adminform"].form["headline"].value() == "Mine"


def test_withdraw_and_cancel_go_through_the_same_door(rosa, kit, make_article):
    article = make_article("Old")
    article.publish()
    for button in ("_withdraw", "_unschedule"):
        mine = opened(rosa, change(article), headline=f"Mine {button}", **{button: "1"})
        kit.post(change(article), opened(kit, change(article), headline=f"Theirs {button}", _continue="1"))
        assert clashes(rosa.post(change(article), mine))
    assert PublishedArticle.objects.live().get().headline == "Old"


@pytest.mark.parametrize(("chosen", "stands"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_was_chosen_goes_through(rosa, kit, make_article, chosen, stands):
    article = make_article("Old", kicker="Old")
    mine = opened(rosa, change(article), headline="Mine", kicker="Mine too", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    response = rosa.post(change(article), mine)
    assert rosa.post(change(article), decide(response, mine, headline=chosen)).status_code == 302
    article = Article.objects.get()
    assert (article.headline, article.kicker) == (stands, "Mine too")
    headlines = [one.data["content"]["headline"] for one in article.revisions.all()]
    assert headlines[0] == stands
    assert "Theirs" in headlines


def test_pressing_again_without_choosing_saves_nothing(rosa, kit, make_article):
    article = make_article("Old")
    mine = opened(rosa, change(article), headline="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    response = rosa.post(change(article), mine)
    assert clashes(rosa.post(change(article), decide(response, mine)))
    assert Article.objects.get().headline == "Theirs"


def test_a_third_save_in_between_is_asked_about_again(rosa, kit, make_article):  # K01
    article = make_article("Old")
    mine = opened(rosa, change(article), headline="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    response = rosa.post(change(article), mine)
    kit.post(change(article), opened(kit, change(article), headline="Theirs again", _continue="1"))
    response = rosa.post(change(article), decide(response, mine, headline="mine"))
    assert clashes(response)["headline"].theirs == "Theirs again"
    assert rosa.post(change(article), decide(response, mine, headline="mine")).status_code == 302
    assert Article.objects.get().headline == "Mine"


def test_a_merged_text_typed_into_the_field_is_what_keep_mine_keeps(rosa, kit, make_article):
    article = make_article("Old", body="<p>One.</p>")
    mine = opened(rosa, change(article), body="<p>One.</p><p>Mine.</p>", _continue="1")
    kit.post(change(article), opened(kit, change(article), body="<p>One.</p><p>Theirs.</p>", _continue="1"))
    response = rosa.post(change(article), mine)
    assert '<p class="differs">Theirs.</p>' in clashes(response)["body"].theirs
    assert '<p class="differs">One.' not in clashes(response)["body"].theirs
    both = decide(response, mine, body="mine") | {"body": "<p>One.</p><p>Mine.</p><p>Theirs.</p>"}
    assert rosa.post(change(article), both).status_code == 302
    assert "Mine.</p>\n<p>Theirs" in Article.objects.get().body


def test_what_only_they_changed_stands_in_the_form_of_a_conflict_too(rosa, kit, make_article):
    article = make_article("Old", kicker="Old")
    mine = opened(rosa, change(article), headline="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), headline="Theirs", kicker="New", _continue="1"))
    response = rosa.post(change(article), mine)
    assert response.context["adminform"].form["kicker"].value() == "New"
    assert "what they changed stands in the form below" in response.content.decode()


def test_how_the_editor_writes_html_is_no_change(rosa, kit, make_article):
    article = make_article("Old", body="<p>One.</p>\n<p>Two.</p>")
    mine = opened(rosa, change(article), body="<p>One.</p><p>Two.</p><p></p>", kicker="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), body="<p>Theirs.</p>", _continue="1"))
    assert rosa.post(change(article), mine).status_code == 302
    assert Article.objects.get().body == "<p>Theirs.</p>"


def test_tags_of_both_are_in_and_what_either_took_out_is_out(rosa, kit, make_article):
    article = make_article("Old", tags=("Kept", "Mine out", "Theirs out"))
    kept, mine_out, theirs_out = Tag.objects.named(["Kept", "Mine out", "Theirs out"])
    mine_in, theirs_in = Tag.objects.named(["Mine in", "Theirs in"])
    mine = opened(rosa, change(article), tags=[kept.pk, theirs_out.pk, mine_in.pk], _continue="1")
    theirs = opened(kit, change(article), tags=[kept.pk, mine_out.pk, theirs_in.pk], _continue="1")
    kit.post(change(article), theirs)
    page = rosa.post(change(article), mine, follow=True).content.decode()
    assert {tag.name for tag in Article.objects.get().tags.all()} == {"Kept", "Mine in", "Theirs in"}
    assert "changed the tags meanwhile" in page


def test_fields_that_are_no_text_merge_too(rosa, kit, make_article, picture):
    stage = Section.objects.create(name="Stage", slug="stage")
    article = make_article("Old", recommended_videos=[{"url": "https://example.org/a", "title": "A"}])
    mine = opened(rosa, change(article), kicker="Mine", _continue="1")
    theirs = opened(kit, change(article), section=stage.pk, lead_image=picture.pk, has_affiliate_links="on",
                    recommended_videos="https://example.org/b B", _continue="1")  # fmt: skip
    kit.post(change(article), theirs)
    assert rosa.post(change(article), mine).status_code == 302
    article = Article.objects.get()
    assert (article.kicker, article.section, article.lead_image) == ("Mine", stage, picture)
    assert article.has_affiliate_links
    assert article.recommended_videos == [{"url": "https://example.org/b", "title": "B"}]
    mine = opened(rosa, change(article), section="", _continue="1")
    kit.post(change(article), opened(kit, change(article), section=Section.objects.get(slug="film").pk, _continue="1"))
    clash = clashes(rosa.post(change(article), mine))["section_id"]
    assert (clash.mine, clash.theirs) == ("(empty)", "Film")


def test_an_unticked_box_is_a_change_like_any_other(rosa, kit, make_article):
    article = make_article("Old", has_affiliate_links=True)
    mine = opened(rosa, change(article), kicker="Mine", has_affiliate_links="on", _continue="1")
    theirs = opened(kit, change(article), _continue="1")
    theirs.pop("has_affiliate_links")
    kit.post(change(article), theirs)
    assert rosa.post(change(article), mine).status_code == 302
    assert not Article.objects.get().has_affiliate_links


# --- bylines and corrections --------------------------------------------------------------------------------------


@pytest.fixture
def others(db):
    return [Author.objects.create(name=name) for name in ("Ola", "Pim")]


def row(prefix, number, **values):
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()}


def bylines(article):
    return {(one.author.name, one.role, one.position) for one in article.bylines.all()}


def test_bylines_added_by_both_are_all_in(rosa, kit, make_article, others):
    article = make_article("Old")
    ola, pim = others
    mine = opened(rosa, change(article), _continue="1", **row("bylines", 1, author=ola.pk, position=1))
    kit.post(
        change(article), opened(kit, change(article), _continue="1", **row("bylines", 1, author=pim.pk, position=2))
    )
    page = rosa.post(change(article), mine, follow=True).content.decode()
    assert bylines(article) == {("Inês Duarte", "writer", 0), ("Ola", "writer", 1), ("Pim", "writer", 2)}
    assert "changed the bylines meanwhile" in page


def test_the_same_byline_added_by_both_is_there_once(rosa, kit, make_article, others):
    article = make_article("Old")
    more = row("bylines", 1, author=others[0].pk, position=1)
    mine = opened(rosa, change(article), _continue="1", **more)
    kit.post(change(article), opened(kit, change(article), _continue="1", **more))
    assert rosa.post(change(article), mine).status_code == 302
    assert bylines(article) == {("Inês Duarte", "writer", 0), ("Ola", "writer", 1)}


def test_one_changes_a_byline_while_the_other_takes_another_out(rosa, kit, make_article, others):
    article = make_article("Old")
    Byline.objects.create(article=article, author=others[0], position=1)
    mine = opened(rosa, change(article), _continue="1", **row("bylines", 0, role="editor"))
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 1, DELETE="on")))
    assert rosa.post(change(article), mine).status_code == 302
    assert bylines(article) == {("Inês Duarte", "editor", 0)}


@pytest.mark.parametrize(("chosen", "role"), [("mine", "editor"), ("theirs", "photographer")])
def test_the_same_byline_changed_by_both_is_asked_about(rosa, kit, make_article, chosen, role):
    article = make_article("Old")
    key = f"bylines-{article.bylines.get().pk}"
    mine = opened(rosa, change(article), _continue="1", **row("bylines", 0, role="editor"))
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 0, role="photographer")))
    response = rosa.post(change(article), mine)
    assert "Photographs" in clashes(response)[key].theirs
    assert article.bylines.get().role == "photographer"
    assert rosa.post(change(article), decide(response, mine, **{key: chosen})).status_code == 302
    assert article.bylines.get().role == role


@pytest.mark.parametrize(("chosen", "left"), [("mine", 0), ("theirs", 1)])
def test_taking_out_a_byline_that_they_changed_is_asked_about(rosa, kit, make_article, chosen, left):
    article = make_article("Old")
    key = f"bylines-{article.bylines.get().pk}"
    mine = opened(rosa, change(article), _continue="1", **row("bylines", 0, DELETE="on"))
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 0, role="editor")))
    response = rosa.post(change(article), mine)
    assert clashes(response)[key].mine == "(deleted)"
    assert rosa.post(change(article), decide(response, mine, **{key: chosen})).status_code == 302
    assert article.bylines.count() == left


def test_changing_a_byline_that_they_took_out_is_told_and_mine_stands_as_a_new_row(rosa, kit, make_article):
    article = make_article("Old")
    mine = opened(rosa, change(article), _continue="1", **row("bylines", 0, role="editor"))
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 0, DELETE="on")))
    response = rosa.post(change(article), mine)
    (clash,) = clashes(response).values()
    assert clash.is_lost
    assert "Removed it" in response.content.decode()
    again = next(one for one in response.context["inline_admin_formsets"] if one.formset.prefix == "bylines").formset
    data = decide(response, mine) | {"bylines-TOTAL_FORMS": again.total_form_count(), "bylines-INITIAL_FORMS": 0}
    data["bylines-0-id"] = ""
    assert rosa.post(change(article), data).status_code == 302
    assert bylines(article) == {("Inês Duarte", "editor", 0)}


def test_a_row_that_they_took_out_and_i_left_alone_is_out(rosa, kit, make_article):
    article = make_article("Old")
    mine = opened(rosa, change(article), kicker="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 0, DELETE="on")))
    assert rosa.post(change(article), mine).status_code == 302
    assert not article.bylines.exists()


def test_corrections_merge_with_their_times(rosa, kit, make_article):
    article = make_article("Old")
    first = Correction.objects.create(article=article, text="First.")
    second = Correction.objects.create(article=article, text="Second.")
    mine = opened(rosa, change(article), _continue="1", **row("corrections", 0, text="First, better."))
    kit.post(
        change(article), opened(kit, change(article), _continue="1", **row("corrections", 1, text="Second, better."))
    )
    assert rosa.post(change(article), mine).status_code == 302
    assert [one.text for one in article.corrections.all()] == ["First, better.", "Second, better."]
    assert [one.noted_at.replace(microsecond=0) for one in article.corrections.all()] == [
        one.noted_at.replace(microsecond=0) for one in (first, second)
    ]


# --- who may not, what is gone, what is odd -------------------------------------------------------------------------


@pytest.fixture
def writer(db):
    """May write articles and add bylines, may not change or see bylines."""
    user = User.objects.create_user("wim", is_staff=True)
    wanted = ["view_article", "add_article", "change_article", "view_section", "view_tag", "add_byline", "view_author"]
    user.user_permissions.set(rights(wanted))
    client = Client()
    client.force_login(user)
    return client


def test_rows_that_a_person_may_not_change_are_neither_lost_nor_asked_about(writer, kit, make_article):
    article = make_article("Old")
    mine = opened(writer, change(article), kicker="Mine", _continue="1")
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("bylines", 0, role="editor")))
    assert writer.post(change(article), mine).status_code == 302
    assert bylines(article) == {("Inês Duarte", "editor", 0)}
    assert Article.objects.get().kicker == "Mine"


def test_rows_that_a_person_may_only_look_at_are_not_asked_about(kit, make_article):
    user = User.objects.create_user("vim", is_staff=True)
    wanted = ["view_article", "change_article"]
    user.user_permissions.set(rights(wanted))
    looker = Client()
    looker.force_login(user)
    article = make_article("Old")
    pk = article.corrections.create(text="It was Tuesday.").pk
    mine = opened(looker, change(article), kicker="Mine", _continue="1")
    mine = {name: value for name, value in mine.items() if not name.startswith("corrections-0-")}  # shown, not asked
    mine |= {"corrections-0-id": pk, "corrections-0-article": article.pk}
    kit.post(change(article), opened(kit, change(article), _continue="1", **row("corrections", 0, text="Wednesday.")))
    assert looker.post(change(article), mine).status_code == 302
    assert article.corrections.get().text == "Wednesday."
    assert Article.objects.get().kicker == "Mine"


def test_who_may_not_change_is_refused_before_anything_is_compared(client, kit, make_article):
    article = make_article("Old")
    stale = opened(kit, change(article), headline="Mine", _continue="1") | {"opened_version": "0"}
    client.force_login(User.objects.create_user("new", is_staff=True))
    response = client.post(change(article), stale)
    assert response.status_code == 403
    assert "Old" not in response.content.decode()


def test_an_article_deleted_meanwhile_leaves_the_text_in_the_form_of_a_new_one(rosa, make_article, author):
    article = make_article("Old", tags=("Noir",))
    mine = opened(rosa, change(article), headline="Much work", body="<p>All of it.</p>", _continue="1")
    Article.objects.all().delete()
    response = rosa.post(change(article), mine)
    page = response.content.decode()
    assert "was deleted while you were writing" in page
    assert "All of it." in page
    assert f'action="{ADD}"' in page
    form = response.context["adminform"].form
    again = {"base": form["base"].value() or "", "opened_version": form["opened_version"].value() or ""}
    rows = {"bylines-INITIAL_FORMS": 0, "bylines-0-id": "", "bylines-0-article": ""}
    assert rosa.post(ADD, mine | again | rows).status_code == 302
    made = Article.objects.get()
    assert (made.headline, made.body) == ("Much work", "<p>All of it.</p>")
    assert [byline.author for byline in made.bylines.all()] == [author]
    assert [tag.name for tag in made.tags.all()] == ["Noir"]


def test_who_may_not_make_a_new_one_still_gets_the_text(make_article):
    user = User.objects.create_user("wim", is_staff=True)
    user.user_permissions.set(rights(["view_article", "change_article"]))
    client = Client()
    client.force_login(user)
    article = make_article("Old")
    mine = opened(client, change(article), body="<p>All of it.</p>", _continue="1")
    Article.objects.all().delete()
    assert "All of it." in client.post(change(article), mine).content.decode()


@pytest.mark.parametrize(
    "base", ["", "{", "[]", '{"fields": 1}', '{"fields": {}, "tags": ["x"], "rows": []}', "[" * 100_000]
)
def test_a_form_that_does_not_know_its_beginning_asks_about_every_difference(rosa, kit, make_article, base):
    article = make_article("Old")
    mine = opened(rosa, change(article), headline="Mine", _continue="1") | {"base": base}
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    assert set(clashes(rosa.post(change(article), mine))) == {"headline"}
    assert Article.objects.get().headline == "Theirs"


@pytest.mark.parametrize("version", ["x", "-1", "9" * 40])
def test_an_odd_version_is_an_old_one(rosa, kit, make_article, version):
    article = make_article("Old")
    mine = opened(rosa, change(article), headline="Mine", _continue="1") | {"opened_version": version}
    kit.post(change(article), opened(kit, change(article), headline="Theirs", _continue="1"))
    assert clashes(rosa.post(change(article), mine))


def test_what_stands_side_by_side_can_run_no_script(rosa, kit, make_article):
    article = make_article("Old")
    evil = "<script>alert(1)</script><p onclick=x>x<img src=x onerror=alert(1)></p>"
    mine = opened(rosa, change(article), body=evil, headline=evil, _continue="1")
    kit.post(change(article), opened(kit, change(article), body="<p>Theirs.</p>", headline="Theirs", _continue="1"))
    section = rosa.post(change(article), mine).content.decode().split('id="desk-clashes"')[1].split("</section>")[0]
    assert "<script" not in section
    assert "<img" not in section
    assert "<p onclick" not in section
    assert "&lt;script&gt;" in section


def test_other_mistakes_are_told_with_what_was_merged(rosa, kit, make_article):
    article = make_article("Old", kicker="Old")
    mine = opened(rosa, change(article), headline="", _continue="1")
    kit.post(change(article), opened(kit, change(article), kicker="New", _continue="1"))
    response = rosa.post(change(article), mine)
    form = response.context["adminform"].form
    assert "headline" in form.errors
    assert form["kicker"].value() == "New"
    again = mine | {"base": form["base"].value(), "opened_version": form["opened_version"].value()}
    assert rosa.post(change(article), again | {"headline": "Mine", "kicker": "New"}).status_code == 302
    assert Article.objects.get().kicker == "New"


def test_opening_a_form_costs_no_query_for_its_beginning(rosa, make_article, django_assert_max_num_queries):
    article = make_article("Old", tags=("Noir",))
    with django_assert_max_num_queries(40) as queries:
        response = rosa.get(change(article))
        few = len(queries)
    base = json.loads(response.context["adminform"].form["base"].value())
    assert set(base) == {"fields", "tags", "rows"}
    for number in range(10):
        Byline.objects.create(article=article, author=Author.objects.create(name=f"Author {number}"))
        Correction.objects.create(article=article, text=f"Wrong {number}")
    with django_assert_max_num_queries(few + 25):  # a select's chosen author is asked for, for each row
        rosa.get(change(article))


def test_saving_ends_the_autosave(rosa, editor, make_article):
    article = make_article("Old")
    Autosave.objects.create(by=editor, article=article, form=str(article.pk), data={"fields": {}, "labels": {}})
    rosa.post(change(article), opened(rosa, change(article), headline="New", _continue="1"))
    assert not Autosave.objects.exists()

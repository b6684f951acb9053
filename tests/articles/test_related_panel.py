"""The panel “Related articles” of the form: the list for what is typed, what is chosen saved with the form, two forms."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.desk.related.typed import version_saved, version_typed
from articles.models import Article, Autosave, RelatedChoice, RelatedSettings, Section, SectionLimit, Tag
from articles.models.related import Choices, question_about
from articles.models.related.choosing import choose, mute_everywhere
from articles.models.related.remembering import KEPT
from newsroom.models import AuditEntry
from tests.articles.test_desk import ADD, change, filled_in
from tests.articles.test_stale_saves import opened
from tests.rights import rights

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/add/related/"


def at(article: Article) -> str:
    return reverse("admin:articles_article_related", args=[article.pk])


def everywhere(article: Article) -> str:
    return reverse("admin:articles_article_mute_everywhere", args=[article.pk])


@pytest.fixture
def rosa(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def kit(people: dict[str, User]) -> Client:
    client = Client()
    client.force_login(people["editor"])
    return client


@pytest.fixture
def out(make_article: Any) -> Any:
    """Published so many days ago."""

    def publish(headline: str, *tags: str, days: int = 0, **fields: Any) -> Article:
        article: Article = make_article(headline, tags=tags, **fields)
        article.publish(at=timezone.now() - timedelta(days=days, seconds=5))
        return article

    return publish


def lists(html: str) -> dict[str, list[str]]:
    """Headlines under their headings, and all that is said of each line, by headline."""
    found: dict[str, list[str]] = {}
    for part in re.split(r"<h3>|<summary>", html)[1:]:
        title = re.split(r"[<\n]", part)[0].strip()
        found[title] = re.findall(r'data-headline="([^"]*)"', part)
    return found


def line(html: str, headline: str) -> str:
    return re.sub(r"\s+", " ", re.search(rf'data-headline="{headline}".*?</li>', html, re.S)[0])  # type: ignore[index]


def ask(client: Client, url: str, **data: Any) -> str:
    response = client.post(url, data)
    assert response.status_code == 200, response.content
    return str(response.json()["html"])


def typed(*tags: str, **more: Any) -> dict[str, Any]:
    return {"tags": [tag.pk for tag in Tag.objects.named(tags)], "headline": "This", "body": "<p>Text</p>"} | more


def test_the_preview_shows_what_is_chosen_and_not_saved_as_readers_would_get_it(rosa, make_article, out, editor):
    one, two, three = (out(f"{name} news", "A", days=days) for days, name in enumerate(("Red", "Green", "Blue")))
    article = make_article("This", tags=("A",))
    choose(article, [two.pk], [], by=editor)
    preview = reverse("admin:articles_article_preview", args=[article.pk])
    cards = lambda response: [card.card.headline for card in response.context["related"]]  # noqa: E731
    form = opened(rosa, change(article))
    assert cards(rosa.post(preview, form)) == ["Green news", "Red news", "Blue news"]
    form |= {"related_pins": str(three.pk), "related_mutes": str(one.pk)}
    assert cards(rosa.post(preview, form)) == ["Blue news", "Green news"]
    assert cards(rosa.get(preview)) == ["Green news", "Red news", "Blue news"]


# --- the list --------------------------------------------------------------------------------------------------------


def test_it_asks_by_as_many_words_as_publishing_will_keep(make_article: Any) -> None:
    """Retired tags and those that saving will make count as the others do."""
    body = f"<p>{' '.join(f'{first}arel' for first in 'bcdfghjklmnpqrstvwxz')}</p>"
    make_article("Knows the words", body=body).publish()
    article = make_article("This", body=body, tags=("Old 0", "Old 1", "Mars", "Venus"))
    old = Tag.objects.filter(name__startswith="Old")
    old.update(retired_at=timezone.now())
    data = QueryDict(mutable=True)
    data.setlist("tags", [*(str(tag.pk) for tag in old), "new:Mercury", "new:mercury", "new:Saturn"])
    data["headline"], data["body"] = "This", body
    for version, tags in (version_typed(data, None), version_saved(article)):
        assert len(tags) == 4
        assert len(question_about(version, tags)[1]) == 12
    assert article.publish().term_items.count() == 12


def test_the_list_is_for_what_is_typed_not_for_what_is_saved(rosa, make_article, out):
    out("About Mars", "Mars", days=2)
    out("About Venus", "Venus", days=12)
    article = make_article("This", tags=("Mars",))
    assert lists(ask(rosa, at(article), **typed("Mars")))["Readers are shown"][0] == "About Mars"
    html = ask(rosa, at(article), **typed("Venus"))
    assert lists(html)["Readers are shown"][0] == "About Venus"
    assert "Venus · 12 days apart" in line(html, "About Venus")
    assert article.tags.get().name == "Mars"


def test_each_line_says_why_and_leads_to_its_form_and_its_page(rosa, make_article, out, picture):
    first = out("About Mars", "Mars", "Planets", days=1, lead_image=picture)
    out("Artemis and Orion", days=3, body="<p>Artemis and Orion, artemis orion</p>")
    out("Anything", days=4, body="<p>Quite another matter</p>")
    RelatedSettings(cards=5).save()
    html = ask(rosa, NEW, **typed("Mars", "Planets", body="<p>Artemis, Orion.</p>", section=first.section_id))
    mars = line(html, "About Mars")
    assert "Mars, Planets · 1 day apart" in mars or "Planets, Mars · 1 day apart" in mars
    assert re.search(r"score \d\.\d\d\b", mars) and "· Film" in mars
    assert f'href="{change(first)}" target="_blank"' in mars
    assert f'href="{first.public_url()}"' in mars
    assert 'class="related-picture"' in mars
    assert re.search("similar words: (artemis, orion|orion, artemis) · 3 days apart", line(html, "Artemis and Orion"))
    assert "newest of Film" in line(html, "Anything")
    choose(make_article("That"), [], [], by=None)
    assert "newest of all" in line(ask(rosa, NEW, headline="Unlike"), "Anything")


def test_as_many_are_shown_as_the_site_says_and_some_are_next_in_line(rosa, out):
    for number in range(15):
        out(f"Other {number}", "A", days=number)
    for cards in (1, 3, 12):
        RelatedSettings(cards=cards).save()
        found = lists(ask(rosa, NEW, **typed("A")))
        assert len(found["Readers are shown"]) == cards
        assert len(found.get("Next in line", [])) == min(KEPT - cards, 6)


def test_pins_and_mutes_that_are_not_saved_yet(rosa, make_article, out):
    one, _two, three = (out(f"Other {number}", "A", days=number) for number in range(3))
    article = make_article("This", tags=("A",))
    html = ask(rosa, at(article), **typed("A", related_base="|", related_pins=f"{three.pk}", related_mutes=f"{one.pk}"))
    assert lists(html)["Readers are shown"] == ["Other 2", "Other 1"]
    assert lists(html)["Not shown here"] == ["Other 0"]
    assert "picked by you · A · 2 days apart" in line(html, "Other 2")
    assert not RelatedChoice.objects.exists()


def test_who_picked_it_is_named(rosa, make_article, out, people):
    other = out("Other", "A")
    article = make_article("This")
    User.objects.filter(username="editor").update(first_name="Kit", last_name="Arden")
    choose(article, [other.pk], [], by=people["editor"])
    html = ask(rosa, at(article), **typed("A", related_base=f"{other.pk}|", related_pins=str(other.pk)))
    assert "picked by Kit Arden" in line(html, "Other")


def test_a_form_that_says_nothing_of_choices_shows_the_saved_ones(rosa, make_article, out, editor):
    one, two = out("One", "A"), out("Two", "A", days=3)
    article = make_article("This")
    choose(article, [two.pk], [one.pk], by=editor)
    found = lists(ask(rosa, at(article), **typed("A")))
    assert (found["Readers are shown"], found["Not shown here"]) == (["Two"], ["One"])


def test_a_pin_that_readers_do_not_see_says_so_in_its_place(rosa, make_article, out, editor):
    live, draft, muted = out("Live", "A"), make_article("A draft"), out("Muted", "A")
    mute_everywhere(muted, by=editor)
    pins = f"{draft.pk}, {live.pk}, {muted.pk}"
    html = ask(rosa, NEW, **typed("A", related_base="|", related_pins=pins))
    assert lists(html)["Readers are shown"] == ["A draft", "Live", "Muted"]
    assert "it is not published" in line(html, "A draft")
    assert "it is muted everywhere" in line(html, "Muted")
    assert '<span class="related-place">1</span>' in line(html, "Live")
    assert '<span class="related-place"></span>' in line(html, "A draft")


def test_what_is_muted_everywhere_is_told_with_its_undo_also_when_it_shares_only_words(rosa, out, editor):
    tagged, by_words = out("Tagged", "A"), out("Worded", body="<p>Artemis</p>")
    mute_everywhere(tagged, by=editor)
    mute_everywhere(by_words, by=editor)
    assert lists(ask(rosa, NEW, **typed("A")))["Muted everywhere"] == ["Tagged"]
    html = ask(rosa, NEW, **typed("A", related_muted_now=str(by_words.pk)))
    assert set(lists(html)["Muted everywhere"]) == {"Tagged", "Worded"}
    assert 'data-act="again"' in line(html, "Worded")


def test_what_only_shares_a_tag_that_says_nothing_is_not_told_as_muted(rosa, out, editor):
    mute_everywhere(out("Tagged", "A"), by=editor)
    Tag.objects.filter(name="A").update(weight=0)
    assert lists(ask(rosa, NEW, **typed("A"))).get("Muted everywhere", []) == []


def test_a_merged_tag_that_the_form_still_holds_counts_as_its_target(rosa, out):
    out("About Mars", "Mars", days=9)
    out("Newer", days=1, body="<p>Quite another matter</p>")
    old, target = Tag.objects.create(name="Red planet"), Tag.objects.get(name="Mars")
    Tag.objects.filter(pk=old.pk).update(merged_into=target)
    assert lists(ask(rosa, NEW, headline="x", tags=[old.pk]))["Readers are shown"][0] == "About Mars"


@pytest.mark.parametrize(
    "bad",
    [
        {"tags": ["x", "-1", "99999999999999999999", "0"]},
        {"section": "film"},
        {"section": "99999999999999999999"},
        {"headline": "x" * 5000, "body": "<p>" + "wort " * 20000},
        {"headline": "\0", "body": "\0<script>"},
        {"related_base": "{", "related_pins": "a,b;'", "related_mutes": "99999999999999999999"},
        {"related_base": "|", "related_pins": "7777, 7778", "related_mutes": "7777"},
        {"related_base": "|", "related_pins": ",".join(map(str, range(5000)))},
        {"related_muted_now": "x,,99999999999999999999"},
        {},
    ],
)
def test_whatever_stands_in_the_form_is_answered(rosa, out, make_article, bad):
    out("Other", "A")
    assert "Other" in ask(rosa, NEW, **bad)
    assert "Other" in ask(rosa, at(make_article("This")), **bad)


def test_it_is_asked_by_post(rosa, make_article):
    assert rosa.get(NEW).status_code == 405
    assert rosa.get(at(make_article())).status_code == 405
    assert rosa.post("/admin/articles/article/99999/related/").status_code == 404


def test_markup_in_a_headline_is_text(rosa, out):
    out("<img src=x onerror=alert(1)>", "<b>A</b>")
    html = ask(rosa, NEW, **typed("<b>A</b>"))
    assert "<img src=x" not in html and "<b>A" not in html


def test_the_answer_is_for_nobody_else(rosa):
    assert {"private", "no-store"} <= set(rosa.post(NEW, typed("A"))["Cache-Control"].split(", "))


@pytest.mark.parametrize("role", ["contributor", "writer"])
def test_a_draft_that_one_may_not_see_is_not_told(client, make_article, people, role):  # B01
    secret = make_article("Embargoed", standfirst="zanzibar")
    article = make_article("This", created_by=people[role])
    client.force_login(people[role])
    data = typed("A", related_base="|", related_pins=str(secret.pk), related_mutes="")
    html = ask(client, at(article), **data)
    told = role == "writer" and "Embargoed" in html
    assert told or ("Embargoed" not in html and f"Article {secret.pk}" in html)
    if role == "contributor":
        assert "Embargoed" not in client.get(change(article)).content.decode()
        choose(article, [secret.pk], [], by=None)
        forged = opened(client, change(article), related_base="|", related_pins="", related_mutes=str(secret.pk))
        response = client.post(change(article), forged | {"_continue": "1"})
        assert "chose otherwise" in response.content.decode()
        assert "Embargoed" not in response.content.decode()


def test_mute_everywhere_is_offered_to_who_may(client, make_article, out, people, film):
    books = Section.objects.create(name="Books", slug="books")
    out("A film", "A", created_by=people["editor"]), out("A book", "A", section=books)
    client.force_login(people["writer"])
    mine = make_article("Mine", created_by=people["writer"])
    assert 'data-act="everywhere"' not in ask(client, at(mine), **typed("A"))
    SectionLimit.objects.create(user=people["editor"], section=books)
    client.force_login(people["editor"])
    html = ask(client, NEW, **typed("A"))
    assert 'data-act="everywhere"' in line(html, "A book")
    assert 'data-act="everywhere"' not in line(html, "A film")


def test_it_costs_the_same_for_one_and_for_forty_tags_and_however_much_is_chosen(rosa, out, editor):
    names = [f"Tag {number}" for number in range(40)]
    for number in range(14):
        out(f"Other {number}", names[0], *names[number + 1 : number + 20], days=number)
    pks = list(Article.objects.values_list("pk", flat=True))
    article = out("This", days=1)
    counts = []
    for tags, pins, mutes in ((names[:1], pks[:1], pks[-1:]), (names, pks[:10], pks[10:])):
        choose(article, pins, mutes, by=editor)
        choice = {"related_pins": ",".join(map(str, pins)), "related_mutes": ",".join(map(str, mutes))}
        data = typed(*tags, related_base="|", **choice)
        with CaptureQueriesContext(connection) as queries:
            ask(rosa, at(article), **data)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 20


# --- saving --------------------------------------------------------------------------------------------------------


def saved(client: Client, article: Article, **values: Any) -> Any:
    return client.post(change(article), opened(client, change(article), _continue="1", **values), follow=True)


def stands(article: Article) -> tuple[list[int], set[int]]:
    found = Choices.beside(article.pk)
    return list(found.pins), set(found.mutes)


def test_pins_and_mutes_are_saved_with_the_form_and_are_no_change_of_the_article(rosa, make_article):
    one, two, three = (make_article(f"Other {number}").pk for number in range(3))
    article = make_article("This")
    assert saved(rosa, article, related_pins=f"{two}, {one}", related_mutes=str(three)).status_code == 200
    assert stands(article) == ([two, one], {three})
    after = Article.objects.get(pk=article.pk)
    assert (after.version, after.revisions.count()) == (article.version, 0)
    assert AuditEntry.objects.filter(act="related chosen").count() == 1
    saved(rosa, article, headline="Another")
    assert stands(article) == ([two, one], {three})
    saved(rosa, article, related_pins="", related_mutes="")
    assert stands(article) == ([], set())


def test_they_are_saved_with_a_new_article_and_by_publishing(rosa, make_article, film, author):
    other = make_article("Other")
    byline = [{"author": author.pk, "role": "writer", "position": 0}]
    data = filled_in(rosa, ADD, headline="New", section=film.pk, body="<p>x</p>", bylines=byline, _publish="1")
    rosa.post(ADD, data | {"related_base": "", "related_pins": str(other.pk), "related_mutes": ""})
    new = Article.objects.get(headline="New")
    assert stands(new) == ([other.pk], set())
    assert new.public_url()


def test_who_posts_without_the_fields_changes_nothing(rosa, make_article, editor):
    other, article = make_article("Other"), make_article("This")
    choose(article, [other.pk], [], by=editor)
    data = {name: value for name, value in opened(rosa, change(article)).items() if not name.startswith("related_")}
    assert rosa.post(change(article), data | {"headline": "New", "_continue": "1"}).status_code == 302
    assert stands(article) == ([other.pk], set())


@pytest.mark.parametrize(
    ("pins", "mutes", "sentence"),
    [
        ("abc", "", "“abc” is no number of an article"),
        ("", "12, x", "“x” is no number"),
        ("999999", "", "no article number 999999"),
        ("own", "", "not related to itself"),
        ("one", "one", "pinned and muted"),
        (",".join(map(str, range(10**6, 10**6 + 13))), "", "12 pinned articles at most"),
    ],
)
def test_what_is_wrong_is_told_at_the_panel_and_nothing_is_lost(rosa, make_article, pins, mutes, sentence):
    article, other = make_article("This"), make_article("Other")
    named = {"own": str(article.pk), "one": str(other.pk)}
    response = saved(
        rosa, article, headline="New", related_pins=named.get(pins, pins), related_mutes=named.get(mutes, mutes)
    )
    page = response.content.decode()
    assert sentence in page
    assert Article.objects.get(pk=article.pk).headline == "This"
    form = response.context["adminform"].form
    assert form["related_pins"].value() == named.get(pins, pins)
    assert form["headline"].value() == "New"


def test_two_forms_lose_nothing_and_the_second_is_told(rosa, kit, make_article):  # K01
    one, two, three = (make_article(f"Other {number}") for number in range(3))
    article = make_article("This")
    User.objects.filter(username="editor").update(first_name="Kit", last_name="Arden")
    mine = opened(rosa, change(article), related_pins=str(one.pk), _continue="1")
    saved(kit, article, related_pins=str(two.pk), related_mutes=str(three.pk))
    page = rosa.post(change(article), mine, follow=True).content.decode()
    assert stands(article) == ([one.pk, two.pk], {three.pk})
    assert "Kit Arden (" in page and "changed the related articles meanwhile; both changes are in now" in page


def test_a_stale_form_that_chose_nothing_takes_nothing_back(rosa, kit, make_article):  # K01
    one, article = make_article("Other"), make_article("This")
    mine = opened(rosa, change(article), headline="New", _continue="1")
    saved(kit, article, related_pins=str(one.pk))
    rosa.post(change(article), mine)
    assert stands(article) == ([one.pk], set())
    assert Article.objects.get(pk=article.pk).headline == "New"


def test_one_pins_what_the_other_mutes_the_second_is_asked_and_then_decides(rosa, kit, out, make_article):  # K01
    one, two, article = out("Other"), out("Another"), make_article("This")
    mine = opened(rosa, change(article), related_pins=str(one.pk), headline="New", _continue="1")
    saved(kit, article, related_mutes=str(one.pk), related_pins=str(two.pk))
    response = rosa.post(change(article), mine)
    assert response.status_code == 200
    assert "chose otherwise than you of “Other”" in response.content.decode()
    assert stands(article) == ([two.pk], {one.pk})
    assert Article.objects.get(pk=article.pk).headline == "This"
    form = response.context["adminform"].form
    again = {name: form[name].value() for name in ("related_base", "related_pins", "related_mutes")}
    assert (again["related_pins"], again["related_mutes"]) == (f"{one.pk}, {two.pk}", "")
    assert rosa.post(change(article), mine | again).status_code == 302
    assert stands(article) == ([one.pk, two.pk], set())


def test_a_form_refused_for_something_else_shows_what_the_other_chose(rosa, kit, make_article):
    one, two, article = make_article("Other"), make_article("Another"), make_article("This")
    mine = opened(rosa, change(article), related_pins=str(one.pk), headline="", _continue="1")
    saved(kit, article, related_pins=str(two.pk))
    response = rosa.post(change(article), mine)
    assert response.context["adminform"].form["related_pins"].value() == f"{one.pk}, {two.pk}"
    assert "changed the related articles meanwhile; what they chose stands in the list" in response.content.decode()


def test_one_that_was_deleted_meanwhile_is_told_and_nothing_else_is_lost(rosa, make_article):
    one, article = make_article("Other"), make_article("This")
    mine = opened(rosa, change(article), related_pins=str(one.pk), headline="New", _continue="1")
    pk = one.pk
    one.bylines.all().delete()
    one.delete()
    page = rosa.post(change(article), mine).content.decode()
    assert f"There is no article number {pk} any more. Take it out." in page


def test_a_contributor_saves_his_choice_and_submits_in_one_press(client, make_article, people):
    other = make_article("Other", created_by=people["contributor"])
    article = make_article("This", created_by=people["contributor"], standfirst="Why")
    client.force_login(people["contributor"])
    data = opened(client, change(article), related_pins=str(other.pk), _submit="1")
    client.post(change(article), data)
    assert stands(article) == ([other.pk], set())
    assert Article.objects.get(pk=article.pk).stage == "in_review"


def test_who_may_add_but_not_change_is_shown_the_list_and_asked_nothing(client, out, film):
    user = User.objects.create_user("kit", password="a long password", is_staff=True)
    user.user_permissions.set(rights(["view_article", "add_article", "view_section", "view_tag"]))
    other = out("Other")
    client.force_login(user)
    page = client.get(ADD).content.decode()
    assert "Other" in page and "data-related=" not in page and 'name="related_pins"' not in page
    data = filled_in(client, ADD, headline="New", _continue="1")
    response = client.post(ADD, data | {"related_base": "", "related_pins": str(other.pk)}, follow=True)
    assert "The related articles stay as they were." in response.content.decode()
    assert not RelatedChoice.objects.exists()
    assert Article.objects.filter(headline="New").exists()


def test_who_may_only_look_is_shown_the_saved_list(client, make_article, out, people, editor):
    one, two = out("One", "A"), out("Two", "A", days=2)
    article = make_article("This", tags=("A",))
    choose(article, [two.pk], [one.pk], by=editor)
    client.force_login(people["writer"])
    page = client.get(change(article)).content.decode()
    assert lists(page)["Readers are shown"] == ["Two"]
    assert lists(page)["Not shown here"] == ["One"]
    assert "data-act=" not in page and 'name="related_pins"' not in page


def test_without_a_script_the_list_is_as_saved_and_the_numbers_can_be_typed(rosa, make_article, out, editor):
    one = out("One", "A")
    article = make_article("This", tags=("A",))
    choose(article, [one.pk], [], by=editor)
    page = rosa.get(change(article)).content.decode()
    assert "picked by you · A · less than a day apart" in line(page, "One")
    assert re.search(rf'<input type="text" name="related_pins" value="{one.pk}"', page)
    assert f'name="related_base" value="{one.pk}|"' in page
    assert "holds for readers at once" in page


# --- what is kept while one types -----------------------------------------------------------------------------------


def test_pins_that_were_not_saved_are_offered_again(rosa, make_article, editor, out):
    one, article = out("Other"), make_article("This")
    form = opened(rosa, change(article), related_pins=str(one.pk))
    fields = {name: [str(value)] for name, value in form.items() if value is not None and name != "tags"}
    url = reverse("admin:articles_article_autosave", args=[str(article.pk)])
    rosa.post(url, json.dumps({"fields": fields, "labels": {}}), content_type="application/json")
    assert Autosave.objects.get().data["fields"]["related_pins"] == [str(one.pk)]
    (offer,) = rosa.get(url).json()["offers"]
    row = {"label": "Related articles", "saved": "", "unsaved": "pinned: “Other”"}
    assert offer["differences"] == [row]
    choose(article, [one.pk], [], by=editor)
    assert rosa.get(url).json()["offers"][0]["differences"] == []


# --- muting everywhere ----------------------------------------------------------------------------------------------


def test_muting_everywhere_asks_first_and_can_be_taken_back(rosa, out):
    article = out("Sensitive")
    page = rosa.get(everywhere(article)).content.decode()
    assert "will be suggested beside no article" in page
    response = rosa.post(everywhere(article), {"act": "mute"}, follow=True)
    assert "“Sensitive” is suggested nowhere now." in response.content.decode()
    assert "muted this article everywhere" in response.content.decode()
    assert RelatedChoice.objects.get(source=None).by.username == "rosa"
    assert "Suggest it again" in rosa.get(everywhere(article)).content.decode()
    said = rosa.post(everywhere(article), {"act": "again"}, headers={"Accept": "application/json"}).json()
    assert said == {"said": "“Sensitive” may be suggested again."}
    assert not RelatedChoice.objects.exists()


def test_muting_everywhere_needs_to_be_told_what(rosa, make_article):
    response = rosa.post(everywhere(make_article()), {"act": "perhaps"})
    assert response.status_code == 400
    assert not RelatedChoice.objects.exists()


# --- the site's settings --------------------------------------------------------------------------------------------


def test_the_settings_hold_at_once_and_are_in_the_log(client, people, out):
    for number in range(5):
        out(f"Other {number}", "A", days=number)
    article = out("This", "A", days=2)
    page = article.public_url()
    assert len(client.get(page).context["related"]) == 3
    client.force_login(people["administrator"])
    url = client.get("/admin/articles/relatedsettings/")["Location"]
    form = {"cards": "5", "days_apart_at_most": "", "same_section": "on"}
    assert client.post(url, form).status_code == 302
    assert RelatedSettings.current().cards == 5
    entry = AuditEntry.objects.filter(thing="articles.relatedsettings", act="changed").get()
    assert (entry.by_name, entry.before["cards"], entry.after["cards"]) == ("administrator", 3, 5)
    assert len(client.get(page).context["related"]) == 5
    assert client.post(url, form | {"cards": "0"}).status_code == 200
    assert RelatedSettings.current().cards == 5


def test_a_publisher_looks_at_the_settings_and_an_editor_does_not(client, people):
    RelatedSettings().save()
    for role, status in (("publisher", 200), ("editor", 403)):
        client.force_login(people[role])
        assert client.get("/admin/articles/relatedsettings/1/change/").status_code == status
    client.force_login(people["publisher"])
    assert client.post("/admin/articles/relatedsettings/1/change/", {"cards": 5}).status_code == 403

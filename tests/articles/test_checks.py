"""Checks: what the saved article lacks, in the same words wherever they are said; and the form that is only to look at."""

import json
import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Tag, gate
from articles.models.check_facts import COMMON_FROM, tag_uses
from articles.models.checks import LONGEST_HEADLINE, LONGEST_STANDFIRST, RULES, checks
from articles.models.tags.order.retiring import retire
from articles.richtext.inspecting import Finding, inspect, pictures
from images.models import Image
from tests.conftest import jpeg
from tests.rights import rights

TAG_USES = "/admin/articles/article/tag-uses/"


def form_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def found(article):
    return [check.id for check in checks(Article.objects.get(pk=article.pk))]


@pytest.fixture
def whole(db, make_article, picture):
    return make_article(standfirst="Why read on.", lead_image=picture, tags=("Noir",))


# --- the text -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("", []),
        ("<p>Words.</p>\n<h2>A</h2>\n<h3>B</h3>", []),
        ("<p>Words.</p>\n<h3>B</h3>\n<h3>C</h3>\n<h2>A</h2>", [Finding("heading-order", 1)]),
        ('<p>Words.</p>\n<ul><li><a href="https://x.org/"> </a></li></ul>', [Finding("link-empty", 1)]),
        ('<p><a href="https://x.org/">Click  here!</a></p>', [Finding("link-vague", 0, "Click here!")]),
        ('<p><a href="https://x.org/">here at the sea</a></p>', []),
        (f"<p>{'word ' * 150}</p>", []),
        (f"<p>{'word ' * 151}</p>", [Finding("paragraph-long", 0, "151")]),
        (f"<pre>{'word ' * 151}</pre>", []),
    ],
)
def test_a_text_is_inspected(html, wanted):
    assert inspect(html) == wanted


def test_pictures_are_found_where_they_stand_galleries_included():
    html = (
        '<p>Words.</p>\n<figure data-image="3"></figure>\n<section data-gallery="grid">'
        '<figure data-image="4" data-alt=""></figure><figure data-image="5" data-alt="A boat"></figure></section>'
    )
    assert [(one.image, one.alt, one.block) for one in pictures(html)] == [(3, None, 1), (4, "", 2), (5, "A boat", 2)]


# --- the article ----------------------------------------------------------------------------------------------


def test_a_whole_article_has_nothing_to_be_told(whole):
    assert found(whole) == []
    assert gate.advice_in(checks(whole)) == []


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"section": None}, ["section-missing"]),
        ({"standfirst": ""}, ["standfirst-missing"]),
        ({"standfirst": "x" * LONGEST_STANDFIRST}, []),
        ({"standfirst": "x" * (LONGEST_STANDFIRST + 1)}, ["standfirst-long"]),
        ({"headline": "x" * LONGEST_HEADLINE}, []),
        ({"headline": "x" * (LONGEST_HEADLINE + 1)}, ["headline-long"]),
        ({"body": ""}, ["text-missing"]),
        ({"lead_image": None}, ["lead-missing"]),
        ({"body": '<figure data-image="99999"></figure>'}, ["picture-gone"]),
    ],
)
def test_what_is_missing_or_too_long_is_found(whole, changes, wanted):
    for name, value in changes.items():
        setattr(whole, name, value)
    whole.save()
    assert found(whole) == wanted


def test_a_picture_needs_words_unless_it_is_decoration(whole):
    silent = Image.objects.create(file=jpeg(colour="red"), title="Silent", alt="", credit="Sam")
    whole.lead_image = silent
    whole.body = f'<p>Words.</p><figure data-image="{silent.pk}"></figure>'
    whole.save()
    assert found(whole) == ["lead-alt-missing", "picture-alt-missing"]
    assert [check.block for check in checks(whole)] == [None, 1]
    whole.lead_image_alt = "A boat"
    whole.body = f'<figure data-image="{silent.pk}" data-alt=""></figure>'
    whole.save()
    assert found(whole) == []
    whole.lead_image_alt, whole.body = "", f'<figure data-image="{silent.pk}"></figure>'
    whole.save()
    Image.objects.filter(pk=silent.pk).update(decorative=True)
    assert found(whole) == []


def test_rights_that_have_ended_are_told_for_the_lead_and_in_the_text(whole, picture):
    Image.objects.filter(pk=picture.pk).update(rights_expire_on=timezone.localdate() - timedelta(days=1))
    whole.body = f'<figure data-image="{picture.pk}"></figure>'
    whole.save()
    assert found(whole) == ["lead-rights", "picture-rights"]
    assert "its rights ended on" in checks(Article.objects.get(pk=whole.pk))[0].text


def test_byline_and_tags_are_missed(whole):
    whole.bylines.all().delete()
    whole.tags.clear()
    assert found(whole) == ["byline-missing", "tags-missing"]


def test_a_retired_tag_is_as_good_as_none(client, editor, whole, make_article):
    make_article("Other", tags=("Sea",))
    retire(Tag.objects.get(name="Noir"))
    assert found(whole) == ["tags-missing"]
    client.force_login(editor)
    lacking = client.get("/admin/articles/article/", {"lacks": "tags"}).context["cl"].result_list
    assert [one.pk for one in lacking] == [whole.pk]
    url = reverse("admin:articles_article_tag_suggestions", args=[whole.pk])
    answer = client.post(url, {"tags": [Tag.objects.get(name="Noir").pk]}).json()
    assert answer["warnings"] == ["No tags yet."]


def test_tags_are_common_when_many_articles_bear_all_of_them(whole, make_article):
    for number in range(COMMON_FROM):
        make_article(f"Also {number}", tags=("Noir",))
    assert found(whole) == ["tags-common"]
    whole.tags.add("Rare")
    assert found(whole) == []


def test_an_address_that_readers_know_for_another_is_told(whole, make_article):
    other = make_article("Other", slug="taken")
    other.publish()
    Article.objects.filter(pk=other.pk).update(slug="let-go")
    Article.objects.filter(pk=whole.pk).update(slug="taken")
    assert found(whole) == ["address-taken"]


# --- one source -----------------------------------------------------------------------------------------------


def test_the_gate_refuses_and_advises_in_the_words_of_the_checks(db):
    article = Article.objects.create(headline="Bare", body="<p>Words.</p>")
    told = {check.level: [] for check in checks(article)}
    for check in checks(article):
        told[check.level].append(check.text)
    assert gate.advice_in(checks(article)) == told["should"]
    with pytest.raises(ValidationError) as refused:
        article.publish()
    assert refused.value.messages == told["must"]


def test_the_same_advice_is_given_once(whole):
    silent = Image.objects.create(file=jpeg(colour="red"), title="Silent", alt="", credit="Sam")
    whole.body = f'<figure data-image="{silent.pk}"></figure>' * 3
    whole.save()
    assert found(whole) == ["picture-alt-missing"] * 3
    assert gate.advice_in(checks(whole)) == [RULES["picture-alt-missing"].text]


def test_what_the_list_says_is_what_publish_says(client, editor, make_article):
    article = make_article("Bare")
    client.force_login(editor)
    page = client.get(form_of(article)).content.decode()
    for sentence in gate.advice_in(checks(article)):
        assert sentence.replace("'", "&#x27;") in page


def test_the_queries_do_not_grow_with_the_text(whole, picture):
    def count(number):
        whole.body = "".join(f'<p>W {n}</p><figure data-image="{picture.pk}"></figure>' for n in range(number))
        whole.save()
        article = Article.objects.select_related("lead_image").get(pk=whole.pk)
        with CaptureQueriesContext(connection) as queries:
            checks(article)
        return len(queries)

    count(1)  # the house rules and the site's identity are remembered
    assert count(1) == count(40) <= 6


# --- the form -------------------------------------------------------------------------------------------------


def config_of(page):
    return json.loads(re.search(r'<script id="checks-config" type="application/json">(.*?)</script>', page)[1])


def test_the_page_carries_the_rules_and_whom_to_ask(client, editor, whole):
    client.force_login(editor)
    config = config_of(client.get(form_of(whole)).content.decode())
    assert config["rules"].keys() == RULES.keys() - {"four-eyes"}  # which is off
    assert config["tagUses"] == TAG_USES
    assert config["pictures"] == reverse("admin:images_image_picker_info")
    assert config["takenSlug"] == ""


def test_a_refused_save_shows_the_checks_of_what_was_typed(client, editor, whole):
    client.force_login(editor)
    empty = {f"{prefix}-{name}_FORMS": 0 for prefix in ("bylines", "corrections") for name in ("TOTAL", "INITIAL")}
    typed = {"headline": "", "body": '<figure data-image="nonsense"></figure><h3>Deep</h3>', "_continue": "1", **empty}
    answer = client.post(form_of(whole), typed)
    assert answer.status_code == 200
    assert "heading-order" in {check.id for check in answer.context["checks"]}


def test_uses_of_tags_are_counted(client, editor, make_article):
    make_article("One", tags=("Noir", "Sea"))
    make_article("Two", tags=("Noir",))
    noir, sea = Tag.objects.named(["Noir", "Sea"])
    retire(sea)
    client.force_login(editor)
    answer = client.get(TAG_USES, {"ids": f"{noir.pk},{sea.pk},{noir.pk}"}).json()
    assert answer == {
        "results": [
            {"id": noir.pk, "uses": 2, "is_common": False, "is_retired": False},
            {"id": sea.pk, "uses": 1, "is_common": False, "is_retired": True},
        ]
    }
    assert client.get(TAG_USES).json() == {"results": []}
    with CaptureQueriesContext(connection) as queries:
        tag_uses([noir.pk, sea.pk])
    assert len(queries) == 2


@pytest.mark.parametrize("ids", ["x", "1,-2", "1;2", "٣", "9" * 19, ",".join(["1"] * 201)])
def test_uses_of_no_numbers_are_refused_in_a_sentence(client, editor, ids):
    client.force_login(editor)
    answer = client.get(TAG_USES, {"ids": ids})
    assert answer.status_code == 400
    assert "numbers" in answer.json()["errors"]["ids"][0]


def test_uses_of_tags_are_for_who_may_see_articles(client, db):
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert client.get(TAG_USES, {"ids": "1"}).status_code == 403
    client.logout()
    assert client.get(TAG_USES, {"ids": "1"}).status_code == 302


# --- only to look at ------------------------------------------------------------------------------------------


@pytest.fixture
def looker(db):
    user = User.objects.create_user("vera", password="a long password", is_staff=True)
    wanted = ["view_article", "view_byline", "view_tag", "view_section", "view_image"]
    user.user_permissions.set(rights(wanted))
    return user


def test_who_may_only_look_sees_the_text_as_readers_do(client, looker, whole, picture, make_article):
    linked = make_article("Linked", slug="linked")
    linked.publish()
    whole.body = (
        f'<p>Some <strong>strong</strong> words and <a data-article="{linked.pk}" href="/old/">a link</a>.</p>'
        f'<figure data-image="{picture.pk}" data-alt="A boat"></figure>'
        '<aside data-module="affiliate-disclosure"></aside>'
    )
    whole.save()
    client.force_login(looker)
    page = client.get(form_of(whole)).content.decode()
    assert "<p>Some <strong>strong</strong> words" in page
    assert 'href="/film/linked/"' in page
    assert 'alt="A boat"' in page
    assert "data-image" not in page and "&lt;p&gt;" not in page
    assert "Noir" in page and "Why read on." in page
    assert reverse("admin:articles_article_preview", args=[whole.pk]) in page


def test_who_may_only_look_is_given_no_button_and_no_checks(client, looker, whole):
    looker.user_permissions.add(Permission.objects.get(codename="add_article"))
    client.force_login(looker)
    page = client.get(form_of(whole)).content.decode()
    assert 'type="submit" value=' not in page
    assert "checks-config" not in page
    assert not re.search(r'src="[^"]*desk/writing', page)
    assert client.post(form_of(whole), {"_continue": "1", "headline": "Taken over"}).status_code == 403
    assert Article.objects.get(pk=whole.pk).headline == whole.headline
    add = client.get("/admin/articles/article/add/").content.decode()
    assert 'value="Save"' in add and "checks-config" in add


def test_looking_costs_the_same_for_a_long_text(client, looker, whole, picture):
    def count(number):
        whole.body = "".join(f'<p>W {n}</p><figure data-image="{picture.pk}"></figure>' for n in range(number))
        whole.save()
        client.force_login(looker)
        client.get(form_of(whole))
        with CaptureQueriesContext(connection) as queries:
            client.get(form_of(whole))
        return len(queries)

    assert count(1) == count(20)

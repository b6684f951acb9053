"""The house rules: what else is found; overridden with a reason by who may; said at the form. Each rule on each way out: test_gate_matrix.py."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, HouseRules, PublishedArticle, gate
from articles.models.checks import checks
from articles.models.rules import RULES
from images.models import Image
from newsroom.models import AuditEntry
from tests.articles.breaking_rules import set_rules
from tests.articles.test_stale_saves import opened
from tests.conftest import jpeg

People = dict[str, User]


@pytest.fixture
def bare(make_article: Any, people: People) -> Article:
    """Without standfirst, picture and tags."""
    article: Article = make_article("Bare", created_by=people["writer"])
    article.record("saved", by=people["writer"])
    return article


WAYS = {
    "now": {},
    "later": {"at": timezone.now() + timedelta(days=400)},
    "back-dated": {"at": timezone.now() - timedelta(days=4)},
}


@pytest.mark.parametrize("way", WAYS)
def test_a_rule_weighs_what_the_house_says_on_every_way_out(bare: Article, people: People, way: str) -> None:
    publisher = people["publisher"]
    set_rules(standfirst_missing="must")
    with pytest.raises(gate.Blocked, match="no standfirst") as refused:
        bare.publish(by=publisher, **WAYS[way])
    assert [one.id for one in refused.value.checks] == ["standfirst-missing"]
    assert not PublishedArticle.objects.exists()
    for level, is_advised in (("should", True), ("nice", False), ("off", False)):
        set_rules(standfirst_missing=level)
        assert (RULES["standfirst-missing"].text in gate.advice_in(checks(bare))) == is_advised
        assert ("standfirst-missing" in [one.id for one in checks(bare)]) == (level != "off")
    bare.publish(by=publisher, **WAYS[way])


def test_an_import_is_not_asked_but_for_what_readers_have_no_page_without(bare: Article) -> None:
    set_rules(standfirst_missing="must")
    bare.publish()
    bare.section = None
    bare.save()
    with pytest.raises(ValidationError, match="Choose a section"):
        bare.publish()


@pytest.mark.parametrize("rule", ["headline-missing", "section-missing", "address-taken"])
def test_what_readers_have_no_page_without_can_be_neither_switched_off_nor_overridden(
    rule: str, bare: Article, people: People
) -> None:
    set_rules(**{rule.replace("-", "_"): "off"})
    assert HouseRules.current().level(rule) == "must"
    Article.objects.filter(pk=bare.pk).update(section=None)
    with pytest.raises(ValidationError, match="Choose a section"):
        bare.publish(by=people["publisher"], override="It must")


def test_who_may_overrides_with_a_reason_that_is_kept(bare: Article, people: People) -> None:
    set_rules(standfirst_missing="must", lead_missing="must")
    with pytest.raises(gate.Blocked):
        bare.publish(by=people["publisher"], override="   ")
    bare.publish(by=people["publisher"], override="The king is dead")
    assert "The king is dead" in bare.revisions.first().note
    entry = AuditEntry.objects.get(act="overridden")
    assert (entry.by_name, entry.reason) == ("publisher", "The king is dead")
    assert entry.after == {"rules": ["standfirst-missing", "lead-missing"]}


def test_who_may_publish_but_not_override_can_not(bare: Article, people: People) -> None:
    from django.contrib.auth.models import Permission

    publisher = people["editor"]
    publisher.user_permissions.add(Permission.objects.get(codename="publish_article"))
    publisher = User.objects.get(pk=publisher.pk)
    set_rules(standfirst_missing="must")
    with pytest.raises(PermissionDenied):
        bare.publish(by=publisher, override="Because")
    assert not PublishedArticle.objects.exists()


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"body": '<p><a rel="sponsored" href="https://shop.example/x">A lamp</a></p>'}, "affiliate-undisclosed"),
        ({"body": '<p><a href="https://amzn.to/3xyz">A lamp</a></p>'}, "affiliate-undisclosed"),
        ({"body": '<p><a href="https://www.amazon.de/dp/1?tag=us-21">A lamp</a></p>'}, "affiliate-undisclosed"),
        ({"has_affiliate_links": True}, "disclosure-missing"),
        ({"body": '<p><a data-article="999999" href="/film/gone/">Gone</a></p>'}, "link-unpublished"),
        ({"tags": tuple("ABCDEFGHIJKLM")}, "tags-many"),
    ],
)
def test_what_else_is_found(make_article: Any, fields: dict[str, Any], rule: str) -> None:
    article = make_article("Found", **fields)
    assert rule in [one.id for one in checks(article)]
    assert rule not in [one.id for one in checks(make_article("Not found", slug="other"))]


def test_a_plain_shop_is_no_affiliate_link(make_article: Any) -> None:
    article = make_article(
        body='<p><a href="https://www.amazon.de/dp/1">A lamp</a> <a href="https://notamzn.to/">B</a></p>'
    )
    assert "affiliate-undisclosed" not in [one.id for one in checks(article)]


def test_too_few_tags_are_counted_as_the_house_wants_them(make_article: Any) -> None:
    HouseRules(tags_at_least=3).save()
    assert "It has too few tags: 2 of 3." in [one.text for one in checks(make_article(tags=("A", "B")))]


def test_rights_are_asked_for_the_time_at_which_readers_would_see_the_picture(make_article: Any) -> None:
    today = timezone.localdate()
    image = Image.objects.create(
        file=jpeg(), title="Lent", alt="A", credit="B", rights_expire_on=today + timedelta(days=60)
    )
    article = make_article(lead_image=image)

    def told(days: int, until: int | None = None) -> bool:
        start = timezone.now() + timedelta(days=days)
        end = timezone.now() + timedelta(days=until) if until else None
        return "lead-rights" in [one.id for one in checks(article, start=start, until=end)]

    assert (told(1), told(59), told(61)) == (False, False, True)
    assert (told(1, until=30), told(1, until=90)) == (False, True)


# --- the form -------------------------------------------------------------------------------------------------------


def test_a_warning_is_given_for_what_was_true_before_it_went_out(people: People, make_article: Any) -> None:
    set_rules(four_eyes="should")
    article = make_article()
    article.record("saved", by=people["publisher"])
    client = Client()
    client.force_login(people["publisher"])
    page = client.post(form_of(article), opened(client, form_of(article), _publish="1"), follow=True).content.decode()
    assert "is live" in page and "second pair of eyes" in page


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def test_the_form_keeps_what_was_typed_says_why_and_takes_a_reason(bare: Article, people: People) -> None:
    set_rules(standfirst_missing="must")
    client = Client()
    client.force_login(people["publisher"])
    answer = client.post(form_of(bare), opened(client, form_of(bare), kicker="Typed", _publish="1"), follow=True)
    page = answer.content.decode()
    assert "the house rules say no" in page and "is live" not in page
    assert Article.objects.get(pk=bare.pk).kicker == "Typed"
    assert 'name="override_reason"' in page and '<details class="overriding" open>' in page
    data = opened(client, form_of(bare), _publish="1", override_reason="It is urgent")
    assert "is live" in client.post(form_of(bare), data, follow=True).content.decode()
    assert "It is urgent" in bare.revisions.first().note


def test_who_can_not_override_is_told_who_can(bare: Article, people: People) -> None:
    from django.contrib.auth.models import Permission

    people["editor"].user_permissions.add(Permission.objects.get(codename="publish_article"))
    set_rules(standfirst_missing="must")
    client = Client()
    client.force_login(people["editor"])
    answer = client.post(form_of(bare), opened(client, form_of(bare), _publish="1"), follow=True)
    page = answer.content.decode()
    assert "ask administrator and publisher" in page.replace(
        "publisher and administrator", "administrator and publisher"
    )
    assert 'name="override_reason"' not in page


def test_the_house_rules_are_set_at_the_desk_by_administrators(people: People) -> None:
    url = reverse("admin:articles_houserules_changelist")
    client = Client()
    client.force_login(people["administrator"])
    page = client.get(url, follow=True)
    form = page.context["rows"][3]["field"].form
    data = {name: form[name].value() for name in form.fields} | {
        "level_standfirst-missing": "must",
        "tags_at_least": "2",
    }
    assert client.post(page.redirect_chain[-1][0], data).status_code == 302
    house = HouseRules.objects.get()
    assert (house.levels, house.tags_at_least, house.changed_by) == (
        {"standfirst-missing": "must"}, 2, people["administrator"]
    )  # fmt: skip
    entry = AuditEntry.objects.get(thing="articles.houserules", act="changed")
    assert entry.by_name == "administrator" and "standfirst-missing" in str(entry.after["levels"])
    refused = client.post(page.redirect_chain[-1][0], data | {"level_four-eyes": "sometimes", "tags_at_most": "1"})
    assert refused.status_code == 200 and HouseRules.objects.get().level("four-eyes") == "off"
    writer = Client()
    writer.force_login(people["writer"])
    assert writer.get(page.redirect_chain[-1][0]).status_code == 200
    assert writer.post(page.redirect_chain[-1][0], data).status_code == 403


def test_what_only_a_browser_can_tell_is_never_more_than_a_hint(bare: Article, people: People) -> None:
    set_rules(search_title_cut="must")
    assert HouseRules.current().level("search-title-cut") == "nice"
    set_rules(search_title_cut="off")
    assert HouseRules.current().level("search-title-cut") == "off"
    client = Client()
    client.force_login(people["administrator"])
    page = client.get(reverse("admin:articles_houserules_changelist"), follow=True)
    [field] = [row["field"] for row in page.context["rows"] if row["field"] and row["field"].name.endswith("title-cut")]
    assert [value for value, _ in field.field.choices] == ["off", "nice"]

"""manage.py related: what it tells of a ranking, for whatever names the article, and what it answers to nonsense."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, PublishedArticle, RelatedSettings
from articles.models.related.choosing import choose, mute_everywhere

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> str:
    out = StringIO()
    call_command("related", *map(str, arguments), stdout=out)
    return out.getvalue()


def told(*arguments: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(*arguments, "--json"))
    return found


@pytest.fixture
def out(make_article: Any) -> Any:
    def publish(headline: str, *tags: str, days: int = 0, **fields: Any) -> Article:
        article: Article = make_article(headline, tags=tags, **fields)
        article.publish(at=timezone.now() - timedelta(days=days, seconds=5))
        return article

    return publish


def test_by_number_slug_and_address_it_is_the_same_article(out, settings):
    out("Other", "A")
    article = out("This", "A")
    for name in (article.pk, article.slug, article.public_url(), settings.SITE_URL + article.public_url()):
        assert told(name)["article"] == article.pk


def test_a_slug_of_digits_is_found_where_no_article_has_the_number(out):
    article = out("2024", slug="2024")
    assert told("2024")["article"] == article.pk


@pytest.mark.parametrize(
    "name", ["99999", "no-such-slug", "/film/nothing/", "https://example.org/film/x/", "²", "9" * 40, ""]
)
def test_what_is_no_article_is_told_and_ends_with_an_error(name):
    with pytest.raises(CommandError, match="There is no article") as error:
        run(name)
    assert error.value.returncode == 1


@pytest.mark.parametrize("limit", [0, -1, 101])
def test_a_limit_that_is_none_is_told(out, limit):
    with pytest.raises(CommandError, match="from 1 to 100"):
        run(out("This").pk, f"--limit={limit}")


def test_the_list_is_the_readers_own_with_all_that_made_it(out):
    out("Rare and near", "A", "Rare", days=1)
    out("Common", "A", days=3)
    out("Artemis launch", body="<p>Artemis, Orion.</p>", days=4)
    article = out("Artemis and Orion", "A", "Rare", body="<p>Artemis, Orion.</p>")
    found = told(article.pk)
    readers = PublishedArticle.objects.live().get(article=article).related(12)
    assert [one["article"] for one in found["suggestions"]] == [one.article_id for one in readers]
    rows = {one["headline"]: one for one in found["suggestions"]}
    rare = rows["Rare and near"]
    assert set(rare["tags"]) == {"A", "Rare"} and rare["tags"]["Rare"] > rare["tags"]["A"] > 0
    assert (rare["by_tags"], rare["days_apart"], rare["why"]) == (1.0, 1, "tags")
    assert rare["score"] == pytest.approx((rare["by_tags"] + 8 * rare["by_words"]) * (1 + 1 / 7) ** -0.25, rel=1e-3)
    assert rows["Artemis launch"]["why"] == "words" and "artemis" in rows["Artemis launch"]["words"]
    assert rows["Artemis launch"]["reason"].startswith("similar words: ")
    text = run(article.pk)
    assert "Rare and near" in text and "Rare, A · 1 day apart [Rare " in text
    assert f"Tags by weight: A {found['tags']['A']:.2f}, Rare {found['tags']['Rare']:.2f}" in text


def test_pins_and_mutes_are_told_with_who_and_what_readers_do_not_see(out, make_article, editor):
    pin, draft, nowhere, mute = out("Pin", "A"), make_article("Draft"), out("Nowhere", "A"), out("Mute", "A")
    article = out("This", "A")
    choose(article, [draft.pk, pin.pk, nowhere.pk], [mute.pk], by=editor)
    mute_everywhere(nowhere, by=editor)
    text = run(article.pk)
    assert "  1 " in text and "Pin (" in text and "picked" in text
    assert f"Draft ({draft.pk}), by rosa, not live, so not shown" in text
    assert f"Nowhere ({nowhere.pk}), by rosa, muted everywhere" in text
    assert f"Muted here:\n  Mute ({mute.pk}), by rosa" in text
    found = told(article.pk)
    assert (found["pinned"], found["muted"]) == ([draft.pk, pin.pk, nowhere.pk], [mute.pk])
    assert [one["headline"] for one in found["suggestions"]] == ["Pin"]
    assert told(nowhere.pk)["is_muted_everywhere"] and "suggested beside no other" in run(nowhere.pk)


def test_what_was_passed_over_for_a_headline_that_is_nearly_the_same(out):
    first = out("Premier League table after round twelve", "A", "B", days=1)
    copy = out("Premier League table after round eleven", "A", "B", days=2)
    for number, headline in enumerate(["Goalkeeper retires", "New stadium opens", "Tickets dearer"]):
        out(headline, "A", days=20 + number, body=f"<p>{headline}</p>")
    article = out("This", "A", "B", body="<p>Quite another</p>")
    found = told(article.pk, "--limit=3")
    assert copy.pk not in [one["article"] for one in found["suggestions"]]
    assert [(one["article"], one["like"]) for one in found["passed_over"]] == [(copy.pk, first.pk)]
    assert f"nearly the headline of {first.pk}" in run(article.pk, "--limit=3")
    assert told(article.pk, "--limit=12")["passed_over"] == []  # there was room for all


def test_a_draft_is_explained_from_its_text(out, make_article):
    out("About Mars", "Mars")
    draft = make_article("This", tags=("Mars",))
    assert told(draft.pk)["is_live"] is False
    text = run(draft.slug)
    assert "as if the desk’s text were published now" in text and "About Mars" in text
    assert "as if" not in run(out("Live", "Mars").pk)


def test_the_settings_are_told_and_a_site_with_nothing_else_says_so(out):
    RelatedSettings(cards=5, days_apart_at_most=30, same_section=True).save()
    text = run(out("This").pk)
    assert "Readers are shown 5. At most 30 days apart. Only of its section." in text
    assert "Nothing is suggested" in text


def test_it_changes_nothing_and_costs_the_same_whatever_there_is(out, django_assert_max_num_queries):
    for number in range(30):
        out(f"Other {number}", *(f"Tag {tag}" for tag in range(number)), days=number)
    article = out("This", *(f"Tag {tag}" for tag in range(30)))
    with django_assert_max_num_queries(24) as queries:
        run(article.pk, "--limit=30")
    assert not [one["sql"] for one in queries.captured_queries if not one["sql"].startswith("SELECT")]

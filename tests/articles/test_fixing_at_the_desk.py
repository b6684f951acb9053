"""The form of an article whose update is planned, being fixed, or held: what it says, and what its buttons do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from articles.desk.countdown import until
from articles.desk.listing import standing_of
from articles.models import Article, PublishedArticle

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(client: Client, people: dict[str, User]) -> Client:
    client.force_login(people["publisher"])
    return client


@pytest.fixture
def article(make_article: Any, people: dict[str, User]) -> Article:
    article: Article = make_article("Old", created_by=people["writer"])
    article.publish(at=timezone.now() - timedelta(days=1))
    article.headline = "New"
    article.save()
    article.publish(at=timezone.now() + 3 * HOUR, by=people["publisher"])
    return article


def address(article: Article, part: str = "change") -> str:
    return f"/admin/articles/article/{article.pk}/{part}/"


def page(desk: Client, article: Article) -> str:
    return desk.get(address(article)).content.decode()


def post(desk: Client, article: Article, button: str, **changed: str) -> str:
    """The form as it is shown, with these changes and this button; the text of the page that follows."""
    form = desk.get(address(article)).context["adminform"].form
    bylines = list(article.bylines.all())
    data: dict[str, Any] = {name: form.initial.get(name) or "" for name in form.fields if name != "tags"}
    data |= {
        "section": article.section_id, "tags": form.initial["tags"], "base": "", "recommended_videos": "",
        "publish_at_0": "", "publish_at_1": "", "publish_until_0": "", "publish_until_1": "",
        "bylines-TOTAL_FORMS": len(bylines), "bylines-INITIAL_FORMS": len(bylines),
        "corrections-TOTAL_FORMS": 0, "corrections-INITIAL_FORMS": 0,
    }  # fmt: skip
    for name in ("publish_at", "publish_until", "has_affiliate_links", "lead_image"):
        data.pop(name, None)
    for place, byline in enumerate(bylines):
        row = {"id": byline.pk, "author": byline.author_id, "role": byline.role, "position": byline.position}
        data |= {f"bylines-{place}-{name}": value for name, value in row.items()}
    answer = desk.post(address(article), {**data, **changed, button: "1"}, follow=True)
    article.refresh_from_db()
    return answer.content.decode()


def test_the_form_says_that_one_edits_the_update_and_when_it_goes_live(desk: Client, article: Article) -> None:
    text = page(desk, article)
    assert "You are editing the update that is planned for" in text and "UTC)" in text
    assert "Fix what readers see now" in text
    assert 'role="timer"' in text and "in 2 hours 59 minutes" in text
    assert "once you press Schedule again" in text


def test_a_fix_from_the_first_button_to_the_last(desk: Client, article: Article) -> None:
    text = post(desk, article, "_fix")
    assert "You are fixing what readers see now" in text and article.headline == "Old"
    text = post(desk, article, "_publish", kicker="Put right")
    assert "stays planned, with what you published now in it" in text
    assert "You are editing the update" in text
    assert (article.headline, article.kicker, article.fixing_since) == ("New", "Put right", None)
    live = PublishedArticle.objects.live().get(article=article)
    assert (live.headline, live.kicker) == ("Old", "Put right")


def test_what_was_typed_before_the_button_is_kept(desk: Client, article: Article) -> None:
    post(desk, article, "_fix", standfirst="Typed and not saved")
    assert article.standfirst == ""
    post(desk, article, "_end_fix")
    assert (article.headline, article.standfirst) == ("New", "Typed and not saved")


def test_the_first_button_of_the_form_is_save(desk: Client, article: Article) -> None:
    """Enter in a field presses the first: it must not begin a fix."""
    text = page(desk, article)
    form = text[text.index('id="article_form"') :]
    assert form.index('name="_continue"') < form.index('name="_fix"')


def test_a_clash_is_told_held_compared_and_taken_up_again(desk: Client, article: Article) -> None:
    post(desk, article, "_fix")
    text = post(desk, article, "_publish", headline="Old, but right")
    assert "is held: it and what you published now both changed the headline" in text
    assert "An update is held" in text and "Compare it with what readers see" in text
    compared = desk.get(f"{address(article, 'history/compare')}?old=readers&new={article.held.number}")
    assert compared.status_code == 200 and "New" in compared.content.decode()
    assert "update held" in desk.get("/admin/articles/article/?planned=held").content.decode()
    text = post(desk, article, "_take_up_held")
    assert "The held version is the working copy now. It was planned for" in text
    assert article.headline == "New" and article.held is None


def test_a_fix_that_the_update_overtook_is_refused_and_explained(
    desk: Client, article: Article, monkeypatch: Any
) -> None:
    post(desk, article, "_fix")
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + 4 * HOUR)
    text = page(desk, article)
    assert "The update went live while you were fixing" in text and "Put the fix into the update" in text
    text = post(desk, article, "_publish", kicker="Fix")
    assert "would take the update back" in text
    assert PublishedArticle.objects.live().get(article=article).headline == "New"
    text = post(desk, article, "_carry_fix", kicker="Fix")
    assert "The fix is in the update now" in text and (article.headline, article.kicker) == ("New", "Fix")


def test_a_fix_can_not_be_scheduled_from_the_form(desk: Client, article: Article) -> None:
    post(desk, article, "_fix")
    text = post(desk, article, "_schedule", publish_at_0="2099-01-01", publish_at_1="10:00")
    assert "publish the fix, or go back to the update" in text


def test_discarding_asks_first_and_only_who_may_publish(
    desk: Client, article: Article, people: dict[str, User]
) -> None:
    post(desk, article, "_fix")
    post(desk, article, "_publish", headline="Other")
    discard = address(article, "held/discard")
    other = Client()
    other.force_login(people["editor"])
    assert other.get(discard).status_code == other.post(discard).status_code == 403
    assert "Discard it" not in other.get(address(article)).content.decode()
    assert "will not go out" in desk.get(discard).content.decode()
    article.refresh_from_db()
    assert article.held is not None
    desk.post(discard)
    article.refresh_from_db()
    assert article.held is None
    assert desk.get(discard, follow=True).status_code == 200
    assert desk.get("/admin/articles/article/999999/held/discard/").status_code == 404


def test_who_may_only_look_sees_what_is_planned_and_no_button(
    article: Article, people: dict[str, User], client: Client
) -> None:
    client.force_login(people["contributor"])
    article.created_by = people["contributor"]
    article.save()
    text = page(client, article)
    assert "the update that is planned for" in text and "_fix" not in text


def test_the_lists_words_for_what_is_planned(article: Article) -> None:
    assert standing_of(article) == "Published · update scheduled"
    article.kicker = "Later"
    article.save()
    article = Article.objects.with_status().get(pk=article.pk)
    assert standing_of(article) == "Published, with unpublished changes · update scheduled"
    article.begin_fix()
    assert "being fixed" in standing_of(article)


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (("1969-07-20", "20:17"), ("", ""), "This time has passed"),
        (("9999-12-31", "23:59"), ("", ""), "9999 is probably a slip"),
        (("2099-01-01", "10:00"), ("2099-01-01", "10:00"), "end is not after the start"),
        (("2099-01-01", "10:00"), ("1969-01-01", "10:00"), "end is not after the start"),
        (("2099-01-01", "10:00"), ("9999-01-01", "10:00"), "9999 is probably a slip"),
    ],
)
def test_windows_that_make_no_sense_are_refused_in_a_sentence(  # M06
    desk: Client, article: Article, start: tuple[str, str], end: tuple[str, str], sentence: str
) -> None:
    text = post(
        desk, article, "_schedule",
        publish_at_0=start[0], publish_at_1=start[1], publish_until_0=end[0], publish_until_1=end[1],
    )  # fmt: skip
    assert sentence in text


def test_the_form_refuses_the_hour_that_is_skipped_and_asks_about_the_one_that_comes_twice(  # M01
    desk: Client, article: Article, settings: Any
) -> None:
    settings.TIME_ZONE = "Europe/Berlin"
    text = post(desk, article, "_schedule", publish_at_0="2099-03-29", publish_at_1="02:30", headline="Typed")
    assert "02:30 does not exist in Europe/Berlin" in text and "Typed" in text
    text = post(desk, article, "_schedule", publish_at_0="2099-10-25", publish_at_1="02:30")
    assert "comes twice" in text and text.count('name="publish_at_2"') == 2
    post(desk, article, "_schedule", publish_at_0="2099-10-25", publish_at_1="02:30", publish_at_2="+01:00")
    planned = PublishedArticle.objects.get(article=article, live_from__gt=timezone.now())
    assert planned.live_from == datetime(2099, 10, 25, 1, 30, tzinfo=UTC)
    assert 'value="+01:00" checked' in page(desk, article)


def test_nine_o_clock_in_summer_is_nine_everywhere(desk: Client, article: Article, settings: Any) -> None:  # M03
    settings.TIME_ZONE = "Europe/Berlin"
    post(desk, article, "_schedule", publish_at_0="2099-07-01", publish_at_1="09:00")
    planned = PublishedArticle.objects.get(article=article, live_from__gt=timezone.now())
    assert planned.live_from == datetime(2099, 7, 1, 7, tzinfo=UTC)
    said = "1 Jul 2099, 09:00 (Europe/Berlin, UTC+2)"
    for where in (address(article), "/admin/articles/article/", "/admin/"):
        assert said in desk.get(where).content.decode(), where
    assert 'value="09:00:00"' in page(desk, article)


def test_everybody_sees_the_sites_zone_whatever_their_own(desk: Client, article: Article, settings: Any) -> None:  # M04
    settings.TIME_ZONE = "America/New_York"
    text = desk.get(
        address(article), headers={"Accept-Language": "de"}, HTTP_TIME_ZONE="Europe/Berlin"
    ).content.decode()
    assert "America/New_York, UTC" in text and "Europe/Berlin" not in text


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-5, "now"), (0, "now"), (1, "in 1 second"), (61, "in 1 minute 1 second"), (299, "in 4 minutes 59 seconds"),
     (300, "in 5 minutes"), (3600, "in 1 hour"), (3661, "in 1 hour 1 minute"), (90061, "in 1 day 1 hour"),
     (864005, "in 10 days")],
)  # fmt: skip
def test_the_countdown_in_words(seconds: int, words: str) -> None:
    assert until(seconds) == words

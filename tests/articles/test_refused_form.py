"""A form that the house rules sent back: each finding at its field, a list that leads there, what was typed kept."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format

from articles.models import Article, HouseRules
from articles.models.rules import RULES
from tests.articles.breaking_rules import BREAKS, image, only, sentence_of, set_rules
from tests.articles.test_stale_saves import opened

pytestmark = pytest.mark.django_db

People = dict[str, User]
DAY = timedelta(days=1)


def form_of(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def refused_page(client: Client, article: Article, **pressed: str) -> str:
    answer = client.post(form_of(article), opened(client, form_of(article), **pressed), follow=True)
    assert "refused=" in answer.redirect_chain[-1][0]
    return answer.content.decode()


def tag_with(page: str, attribute: str) -> str:
    found = re.search(rf"<[^>]*{re.escape(attribute)}[^>]*>", page)
    assert found, attribute
    return found[0]


def errors_of(page: str, field: str) -> str:
    found = re.search(rf'<ul class="errorlist[^"]*" id="id_{field}_error">(.*?)</ul>', page, re.DOTALL)
    return html.unescape(found[1]) if found else ""


FIRST_OF_FIELD = {RULES[name].field: name for name in reversed(BREAKS)}


@pytest.mark.parametrize("field", FIRST_OF_FIELD)
def test_what_blocks_stands_at_its_field(field: str, make_article: Any, people: People) -> None:
    rule = FIRST_OF_FIELD[field]
    article = BREAKS[rule](make_article, people["publisher"])
    only(rule, "must")
    client = logged_in(people["publisher"])
    assert not errors_of(client.get(form_of(article)).content.decode(), field)  # a draft is not scolded
    page = refused_page(client, article, _publish="1")
    assert sentence_of(rule) in errors_of(page, field)
    control = tag_with(page, f'id="id_{field}"')
    assert f"id_{field}_error" in control and 'aria-describedby="' in control
    link = tag_with(page, f'data-go-to="{field}"')
    assert f'href="#id_{field}"' in link
    assert page.count(f'id="id_{field}_error"') == 1


def test_what_only_advises_does_not(make_article: Any, people: People) -> None:
    article = make_article()
    only("standfirst-missing", "must")
    set_rules(lead_missing="should", tags_missing="nice")
    page = refused_page(logged_in(people["publisher"]), article, _publish="1")
    assert errors_of(page, "standfirst") and not errors_of(page, "lead_image") and not errors_of(page, "tags")


def test_two_at_one_field_stand_there_together_and_each_once(make_article: Any, people: People) -> None:
    silent = image(alt="")
    article = make_article(body=f'<p><a href="https://x.org/"> </a></p><figure data-image="{silent.pk}"></figure>' * 2)
    only("picture-alt-missing", "must")
    set_rules(link_empty="must")
    page = refused_page(logged_in(people["publisher"]), article, _publish="1")
    told = errors_of(page, "body")
    assert told.count("no alternative text") == 1 and told.count("has no words") == 1
    assert re.findall(r'data-go-to="body" data-block="(\d)"', page) == ["1", "3", "0", "2"]


def test_who_may_not_override_sees_where_it_fails_too(make_article: Any, people: People) -> None:
    people["editor"].user_permissions.add(Permission.objects.get(codename="publish_article"))
    article = make_article()
    only("standfirst-missing", "must")
    page = refused_page(logged_in(people["editor"]), article, _publish="1")
    assert errors_of(page, "standfirst") and "To put right before it goes out" in page
    assert "override_reason" not in page


def test_a_refused_schedule_keeps_its_time_and_is_judged_for_it(make_article: Any, people: People) -> None:
    lent = image(rights_expire_on=timezone.localdate() + 60 * DAY)
    article = make_article(lead_image=lent)
    only("lead-rights", "must")
    at = timezone.localtime() + 70 * DAY
    when = {"publish_at_0": at.date().isoformat(), "publish_at_1": "18:00:00"}
    client = logged_in(people["publisher"])
    page = refused_page(client, article, _schedule="1", **when)
    assert "before the article comes out" in errors_of(page, "lead_image")
    day = tag_with(page, 'name="publish_at_0"')
    assert at.strftime(get_format("DATE_INPUT_FORMATS")[0]) in day
    assert 'value="18:00' in tag_with(page, 'name="publish_at_1"')
    client.get(form_of(article))
    assert not errors_of(client.get(form_of(article)).content.decode(), "lead_image")


@pytest.mark.parametrize(
    "told",
    [
        "refused=publish&from=yesterday",
        "refused=schedule&from=9999-99-99&until=0",
        "refused=<b>",
        "refused=publish&from=2026-11-30",
    ],
)
def test_an_address_that_says_nonsense_is_a_form_like_any_other(told: str, make_article: Any, people: People) -> None:
    article = make_article()
    only("standfirst-missing", "must")
    answer = logged_in(people["publisher"]).get(f"{form_of(article)}?{told}")
    assert answer.status_code == 200 and "<b>" not in answer.content.decode().split('class="moving"')[-1][:3000]


def test_once_put_right_nothing_stands_there_any_more(make_article: Any, people: People) -> None:
    article = make_article()
    only("standfirst-missing", "must")
    client = logged_in(people["publisher"])
    refused_page(client, article, _publish="1")
    Article.objects.filter(pk=article.pk).update(standfirst="Why read on.")
    page = client.get(f"{form_of(article)}?refused=publish").content.decode()
    assert not errors_of(page, "standfirst") and "To put right" not in page
    assert HouseRules.current().level("standfirst-missing") == "must"

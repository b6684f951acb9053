"""The house rules with the keyboard alone: where it fails, how to get there, and a reason why it goes out all the same."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import PublishedArticle
from newsroom.models import AuditEntry
from tests.articles.breaking_rules import only, set_rules
from tests.browser.desk import log_in, open_form

pytestmark = pytest.mark.django_db(transaction=True)


def tab_to(page, target, most=150):
    """As somebody without a mouse gets there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"The keyboard does not get to {target}.")


def refuse(page, live_server, article, button="Publish"):
    """The form, sent back by the house rules."""
    open_form(page, live_server, article)
    page.locator("#id_headline").focus()
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")
    page.locator(".messagelist .error").wait_for()
    page.locator(".prose-editor .ProseMirror").wait_for()


@pytest.mark.parametrize("page", [(1280, 900), (360, 740)], indirect=True)
def test_a_block_is_overridden_with_the_keyboard_and_the_reason_is_in_the_log(
    page, live_server, people, make_article, axe
):
    article = make_article("The king is dead")
    only("standfirst-missing", "must")
    log_in(page, live_server, people["publisher"])
    refuse(page, live_server, article)
    stopped = page.get_by_role("region", name="To put right before it goes out")
    expect(stopped.get_by_role("link", name="It has no standfirst.")).to_be_visible()
    assert axe(page) == []
    page.keyboard.press("Tab")
    tab_to(page, stopped.get_by_role("link", name="Or say why"))
    page.keyboard.press("Enter")
    expect(page.locator("#id_override_reason")).to_be_focused()
    page.keyboard.type("The palace has confirmed it")
    tab_to(page, page.get_by_role("button", name="Publish anyway"))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is live")
    assert PublishedArticle.objects.live().get().headline == "The king is dead"
    entry = AuditEntry.objects.get(act="overridden")
    assert (entry.by_name, entry.reason) == ("publisher", "The palace has confirmed it")
    assert entry.after == {"rules": ["standfirst-missing"]}
    log_in(page, live_server, people["administrator"])
    page.goto(f"{live_server.url}/admin/newsroom/auditentry/?act=overridden")
    expect(page.get_by_text("The palace has confirmed it").first).to_be_visible()


def test_each_sentence_leads_to_its_field_and_is_read_out_there(page, live_server, people, make_article, axe):
    article = make_article("Bare", body="<p>One.</p><p>Two <a href='https://x.org/'>Click here</a></p>")
    article.bylines.all().delete()
    only("standfirst-missing", "must")
    set_rules(lead_missing="must", tags_missing="must", byline_missing="must", link_vague="must")
    log_in(page, live_server, people["publisher"])
    refuse(page, live_server, article)
    assert axe(page) == []
    stopped = page.get_by_role("region", name="To put right before it goes out")
    for sentence, field in {
        "no standfirst": page.get_by_label("Standfirst"),
        "no tags": page.get_by_role("combobox", name="Tags"),
        "no lead picture": page.locator(".field-lead_image .select2-selection"),
        "say where the link leads": page.locator(".prose-editor .ProseMirror"),
    }.items():
        stopped.get_by_role("link", name=sentence).press("Enter")
        expect(field).to_be_focused()
        told = field.evaluate(
            "element => element.getAttribute('aria-describedby').split(' ')"
            ".map(id => document.getElementById(id)?.textContent).join(' ')"
        )
        assert sentence in told, sentence
    stopped.get_by_role("link", name="no byline").press("Enter")
    assert page.evaluate("document.activeElement.closest('#id_bylines') !== null")
    assert "no byline" in page.locator("#id_bylines_error").inner_text()
    page.get_by_label("Standfirst").fill("Why read on.")
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.locator(".messagelist .error").wait_for()
    expect(page.locator("#id_standfirst_error")).to_have_count(0)
    expect(page.locator("#id_tags_error")).to_be_visible()


def test_a_refused_schedule_comes_back_with_its_time(page, live_server, people, make_article):
    article = make_article("Later")
    only("standfirst-missing", "must")
    log_in(page, live_server, people["publisher"])
    open_form(page, live_server, article)
    day = timezone.localdate() + timedelta(days=3)
    page.locator("#id_publish_at_0").fill(day.isoformat())
    page.locator("#id_publish_at_1").fill("18:30")
    page.get_by_role("button", name="Schedule", exact=True).click()
    page.locator(".messagelist .error").wait_for()
    expect(page.locator("#id_publish_at_1")).to_have_value("18:30:00")
    page.locator("#id_override_reason").fill("It is agreed")
    page.get_by_role("button", name="Schedule anyway").click()
    expect(page.locator(".messagelist .success")).to_contain_text("goes live on")
    planned = timezone.localtime(PublishedArticle.objects.get().live_from)
    assert (planned.date(), planned.hour, planned.minute) == (day, 18, 30)

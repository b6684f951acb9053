"""Announcing at the desk: a quiet line, a box when somebody should look, a list where it can be tried again."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from articles.announcing.running import run
from articles.models import Announcement
from newsroom.models import Heartbeat
from tests.browser.desk import log_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("page", [(1280, 800), (360, 740)], indirect=True)
def test_what_was_given_up_is_seen_on_the_first_page_and_told_again(
    live_server: Any, page: Page, axe: Any, editor: Any, make_article: Any
) -> None:
    make_article("The harbour").publish(by=editor)
    run(every=15)
    log_in(page, live_server, editor)
    page.goto(f"{live_server.url}/admin/")
    expect(page.get_by_text("Announcing:")).to_be_visible()
    assert axe(page) == []
    Announcement.objects.update(done_at=None, gave_up_at=timezone.now(), tries=10, last_error="hub: answered 503")
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=3))
    page.reload()
    box = page.get_by_role("region", name="Announcing")
    expect(box).to_contain_text("last heard of 3 hours ago")
    expect(box).to_contain_text("1 announcement is given up")
    assert axe(page) == []
    box.get_by_role("link", name="Show the announcements").click()
    expect(page.locator("#result_list")).to_contain_text("Given up after 10 tries: hub: answered 503")
    assert axe(page) == []
    page.get_by_role("checkbox").nth(1).check()
    page.locator("select[name=action]").select_option("try_again")
    page.get_by_role("button", name="Go").click()
    expect(page.locator(".messagelist")).to_contain_text("1 will be told with the next turn")
    assert run()["told"] == 1

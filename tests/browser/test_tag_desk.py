"""The tag desk in a browser: seen, and followed to a merge."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests.browser.desk import log_in, look

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_near_duplicate_is_found_and_merged(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any
) -> None:
    for number in range(4):
        at = timezone.now() - timedelta(days=45 * number + 1)
        make_article(f"A {number}", tags=("Venice Film Festival",)).publish(at=at)
    make_article("B", tags=("Venice Film Festval",)).publish()
    log_in(page, live_server, people["editor"])
    page.goto(f"{live_server.url}/admin/articles/tag/")
    page.get_by_role("link", name="Tag desk").click()
    page.get_by_role("img", name="4 in the last twelve months").first.wait_for()
    assert axe(page) == []
    look(page, "tag-desk")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    look(page, "tag-desk-phone")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("link", name="Merge Venice Film Festval into Venice Film Festival").click()
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_role("button", name="Merge", exact=False).first.wait_for()

"""Roles in a browser: the Administrator gives them, a Contributor works with what he has."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.models.people import role_of
from articles.roles import Role
from images.models import Image
from tests.browser.desk import log_in, open_form
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("page", [(1280, 900), (360, 740)], indirect=True)
def test_a_person_is_added_and_limited_to_a_section(page, live_server, people, film, axe):
    log_in(page, live_server, people["administrator"])
    page.goto(f"{live_server.url}/admin/auth/user/add/")
    assert axe(page) == []
    page.get_by_label("Username").fill("kit")
    page.get_by_label("Editor works on all articles").check()
    page.get_by_label("Password:", exact=True).fill("quite a long one")
    page.get_by_label("Password confirmation").fill("quite a long one")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_label("Editor works on all articles")).to_be_checked()
    page.get_by_label("Film").check()
    assert axe(page) == []
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    kit = User.objects.get(username="kit")
    assert role_of(kit) is Role.EDITOR and [limit.section for limit in kit.section_limits.all()] == [film]


def test_a_contributor_chooses_a_picture_and_is_offered_no_upload(page, live_server, people, axe):
    Image.objects.create(file=jpeg(90, 60), title="A red wall", alt="A wall", credit="Sam")
    log_in(page, live_server, people["contributor"])
    open_form(page, live_server).click()
    page.get_by_role("button", name="Picture (Ctrl+Alt+I)").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".ne-tile")).to_have_count(1)
    expect(dialog.get_by_role("tab", name="Upload")).to_have_count(0)
    assert axe(page) == []
    dialog.locator(".ne-tile input").check()
    dialog.get_by_role("button", name="Insert").click()
    expect(page.locator(".ProseMirror figure img")).to_have_count(1)
    assert page.get_by_role("link", name="Add another tag").count() == 0
    assert page.get_by_role("button", name="Publish").count() == 0


def test_files_that_a_contributor_drops_are_refused_in_words(page, live_server, people):
    Image.objects.create(file=jpeg(90, 60), title="A red wall", alt="A wall", credit="Sam")
    log_in(page, live_server, people["contributor"])
    open_form(page, live_server).click()
    page.get_by_role("button", name="Picture (Ctrl+Alt+I)").click()
    dialog = page.get_by_role("dialog")
    dialog.locator(".ne-tile").wait_for()
    dialog.evaluate(
        """dialog => {
          const data = new DataTransfer()
          data.items.add(new File(["x"], "shot.png", { type: "image/png" }))
          dialog.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }))
        }"""
    )
    expect(dialog.get_by_text("Your login may not add pictures")).to_be_visible()
    assert Image.objects.count() == 1

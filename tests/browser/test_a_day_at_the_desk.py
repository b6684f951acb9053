"""One story from an empty form to a restored revision, as an editor lives it: with the keyboard where there is one.

Each step has tests of its own; here they meet.
"""

import re

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import expect

from articles.models import Article, Autosave
from images.models import Image
from tests.browser.conftest import VIEWPORT, watch
from tests.browser.desk import body_field, log_in, open_form, save, settle
from tests.browser.test_editor_blocks import paste
from tests.browser.test_editor_pictures import as_file

pytestmark = pytest.mark.django_db(transaction=True)

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def kit(page, live_server):
    """A second editor at another machine."""
    user = User.objects.create_superuser("kit", first_name="Kit", last_name="Arden")
    context = page.context.browser.new_context(viewport={"width": VIEWPORT[0], "height": VIEWPORT[1]})
    problems = watch(context)
    tab = context.new_page()
    log_in(tab, live_server, user)
    yield tab
    context.close()
    assert problems == []


def at_the_end(page):
    page.keyboard.press("Control+End")
    settle(page)


@pytest.mark.long
def test_from_an_empty_form_to_a_restored_revision(page, kit, live_server, editor, film, author, picture, make_article):
    other = make_article("The Tide Clerk", tags=("Noir",))
    other.publish()
    log_in(page, live_server, editor)
    press, type_ = page.keyboard.press, page.keyboard.type

    # Writing.
    text = open_form(page, live_server)
    page.get_by_label("Headline").fill("A lighthouse in Hull")
    text.focus()
    type_("It has no sea. Compare the tide there")
    for _ in range(2):
        press("Shift+Control+ArrowLeft")
    settle(page)
    press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").press_sequentially("tide clerk")
    page.locator(".ne-listbox").get_by_role("option", name="The Tide Clerk").wait_for()
    press("ArrowDown")
    press("Enter")
    press("Enter")
    page.get_by_role("dialog").wait_for(state="detached")

    # A video by its address.
    at_the_end(page)
    press("Enter")
    settle(page)
    paste(page, text=VIDEO)
    text.locator("figure", has_text="YouTube").wait_for()

    # A picture from the library, chosen with the keyboard, and its caption.
    at_the_end(page)
    press("Control+Alt+i")
    dialog = page.get_by_role("dialog")
    dialog.locator(".ne-tile input").first.focus()
    press("Space")
    dialog.get_by_label("Caption in this article").fill("Seats, waiting.")
    dialog.get_by_role("button", name="Insert", exact=True).press("Enter")
    expect(text.locator("figcaption", has_text="Seats, waiting.")).to_be_visible()

    # A picture that the library has not: uploaded in place.
    at_the_end(page)
    press("Control+Alt+i")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files([as_file()])
    dialog.get_by_label("Alternative text", exact=True).fill("An orange square")
    dialog.get_by_role("button", name="Upload & insert").click()
    expect(text.locator("figure", has_text="An orange square")).to_be_visible()

    # A table.
    at_the_end(page)
    press("Alt+F10")
    page.get_by_role("button", name="Table", exact=True).focus()
    press("Enter")
    text.locator("table").wait_for()
    type_("Year")
    press("Tab")
    type_("Keeper")

    # Saved, reopened, nothing lost.
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()
    article = Article.objects.exclude(pk=other.pk).get()
    uploaded = Image.objects.exclude(pk=picture.pk).get()
    stored = article.body
    assert f'<a data-article="{other.pk}" href="/film/the-tide-clerk/">tide there</a>' in stored
    assert f'<figure data-embed="youtube" data-url="{VIDEO}">' in stored
    assert f'<figure data-image="{picture.pk}"><figcaption>Seats, waiting.</figcaption></figure>' in stored
    assert f'<figure data-image="{uploaded.pk}">' in stored
    assert re.search(r"<tr><th>Year</th>\n?<th>Keeper</th>", stored)
    open_form(page, live_server, article)
    save(page)
    assert Article.objects.get(pk=article.pk).body == stored

    # The preview, before the next save.
    page.get_by_label("Standfirst").fill("Nobody knows who lights it.")
    page.get_by_role("button", name="Preview", exact=True).click()
    readers_page = page.frame_locator(".preview-stage iframe:not(.preview-coming)")
    readers_page.get_by_text("Nobody knows who lights it.").wait_for()
    assert readers_page.locator("picture img").count() >= 2
    save(page)

    # Two people change the headline: both texts stand side by side, one is chosen.
    open_form(page, live_server, article)
    open_form(kit, live_server, article)
    kit.get_by_label("Headline").fill("Kit's lighthouse")
    save(kit)
    page.get_by_label("Headline").fill("Rosa's lighthouse")
    page.get_by_role("button", name="Save", exact=True).click()
    clash = page.locator("#desk-clashes")
    clash.wait_for()
    assert "Kit's lighthouse" in clash.inner_text() and "Rosa's lighthouse" in clash.inner_text()
    assert Article.objects.get(pk=article.pk).headline == "Kit's lighthouse"
    clash.get_by_label("Keep mine").first.check()
    save(page)
    assert Article.objects.get(pk=article.pk).headline == "Rosa's lighthouse"
    assert {one.data["content"]["headline"] for one in article.revisions.all()} >= {
        "Kit's lighthouse",
        "Rosa's lighthouse",
    }

    # A crash, and what was typed comes back.
    text = open_form(page, live_server, article)
    page.locator("form[data-autosave=ready]").wait_for()
    text.locator("p").first.click()
    press("End")
    settle(page)
    type_(" Typed before the crash.")
    with page.expect_response(re.compile("/autosave/")):
        pass
    expect(page.locator("#ne-save-state")).to_contain_text("Saved")
    assert Autosave.objects.filter(article=article, by=editor).exists()
    problems, context = page.problems, page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    text = open_form(page, live_server, article)
    page.get_by_role("button", name="Restore").click()
    expect(text).to_contain_text("Typed before the crash.")
    assert "Typed before the crash." in body_field(page)
    save(page)

    # The history: compared, and the first state restored.
    page.get_by_role("link", name="History").click()
    page.get_by_label("Compare from version 1").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".past-body ins").first).to_contain_text("Typed before the crash.")
    page.get_by_role("link", name="Restore version 1").click()
    page.get_by_role("button", name="Restore version 1").click()
    page.get_by_text("Version 1 is the working copy again").wait_for()
    article.refresh_from_db()
    assert (article.headline, article.body) == ("A lighthouse in Hull", stored)
    assert problems == []

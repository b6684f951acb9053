"""One story, from the idea to its takedown, by five people of five roles, each in a browser of their own."""

from typing import Any

import pytest
from playwright.sync_api import Page

from articles.models import Article, HouseRules, PublishedArticle
from articles.models.status import Status
from tests.browser.conftest import watch
from tests.browser.desk import log_in, open_form

pytestmark = pytest.mark.django_db(transaction=True)


class Newsroom:
    """A page for each person, and one for a reader. Consoles are watched like the fixture's own page."""

    def __init__(self, browser: Any, live_server: Any, people: dict[str, Any]) -> None:
        self.live_server, self.pages, self.complaints = live_server, {}, []
        for name in [*people, "reader"]:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            self.complaints.append(watch(context))
            page = context.new_page()
            page.set_default_timeout(15_000)
            if name in people:
                log_in(page, live_server, people[name])
            self.pages[name] = page

    def at_form(self, name: str, article: Article) -> Page:
        page: Page = self.pages[name]
        page.goto(f"{self.live_server.url}/admin/articles/article/{article.pk}/change/")
        return page

    def presses(self, page: Page, button: str, told: str) -> None:
        page.get_by_role("button", name=button, exact=True).click()
        page.locator(".messagelist li").get_by_text(told).first.wait_for()

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()

    def reads(self, path: str) -> tuple[int, str]:
        page: Page = self.pages["reader"]
        response = page.goto(f"{self.live_server.url}{path}")
        assert response is not None
        return response.status, page.locator("body").inner_text()


@pytest.fixture
def newsroom(browser: Any, live_server: Any, people: dict[str, Any]) -> Any:
    made = Newsroom(browser, live_server, people)
    yield made
    made.close()
    # A page that is gone is told as 410, which browsers write into their consoles.
    assert [line for lines in made.complaints for line in lines if "410" not in line] == []


@pytest.mark.long
def test_a_story_from_the_idea_to_the_takedown(newsroom: Newsroom, film: Any, people: dict[str, Any], axe: Any) -> None:
    # The administrator asks for a standfirst.
    admin = newsroom.pages["administrator"]
    admin.goto(f"{newsroom.live_server.url}/admin/articles/houserules/")
    admin.get_by_role("group", name="Standfirst", exact=True).get_by_label("Block").check()
    assert axe(admin) == []
    admin.get_by_role("button", name="Save", exact=True).click()
    admin.locator(".messagelist .success").wait_for()
    assert HouseRules.objects.get().level("standfirst-missing") == "must"

    # An editor plans an idea in the calendar, and gives it to the writer.
    editor = newsroom.pages["editor"]
    editor.goto(f"{newsroom.live_server.url}/admin/articles/article/calendar/plan/")
    editor.locator("#content").get_by_label("Idea").fill("The ferry that never sails")
    assert axe(editor) == []
    editor.get_by_role("button", name="Plan it").click()
    editor.wait_for_url("**/calendar/**")
    story = Article.objects.get()
    assert story.status == Status.IDEA
    newsroom.at_form("editor", story)
    editor.get_by_label("Assignee").select_option(label="writer")
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.locator(".messagelist .success").wait_for()

    # The writer is told, takes it up, writes and submits. A contributor sees none of it.
    writer = newsroom.pages["writer"]
    writer.goto(f"{newsroom.live_server.url}/admin/")
    writer.get_by_role("link", name="Notifications 1 unread").click()
    writer.get_by_role("link", name="The ferry that never sails").click()
    newsroom.presses(writer, "Take up", "is a draft now")
    text = open_form(writer, newsroom.live_server, story)
    text.click()
    writer.keyboard.type("The ferry has been ready since Monday and has no crew.")
    newsroom.presses(writer, "Submit for review", "lies with the desk")
    contributor = newsroom.pages["contributor"]
    contributor.goto(f"{newsroom.live_server.url}/admin/articles/article/")
    assert "ferry" not in contributor.locator("#content").inner_text()

    # The editor finds it waiting, asks in a note, sends it back; the writer puts it right.
    editor.goto(f"{newsroom.live_server.url}/admin/")
    editor.locator(".home-review").get_by_role("link", name="The ferry that never sails").click()
    editor.locator("#notes summary").click()
    editor.get_by_label("Write a note").fill("@writer which Monday?")
    editor.get_by_role("button", name="Add the note").click()
    editor.locator(".note-text").get_by_text("which Monday?").wait_for()
    editor.get_by_text("Send back, or add a note").click()
    editor.get_by_label("What should be changed?").fill("Name the day")
    newsroom.presses(editor, "Send back", "is back with who wrote it")
    newsroom.at_form("writer", story)
    assert "which Monday?" in writer.locator("#notes").inner_text()
    writer.locator("#id_section").evaluate("(field, pk) => { field.add(new Option('Film', pk, true, true)) }", film.pk)
    newsroom.presses(writer, "Submit for review", "lies with the desk")
    newsroom.at_form("editor", story)
    newsroom.presses(editor, "Approve", "is approved as it is now")

    # The publisher is stopped by the house rules, and gives a reason.
    publisher = newsroom.at_form("publisher", story)
    newsroom.presses(publisher, "Publish", "the house rules say no")
    assert newsroom.reads("/film/")[1].count("ferry") == 0
    publisher.get_by_label("It has to go out all the same, because").fill("The ferry sails at noon")
    assert axe(publisher) == []
    newsroom.presses(publisher, "Publish anyway", "is live")
    address = PublishedArticle.objects.get().get_absolute_url()
    assert newsroom.reads(address)[0] == 200

    # A standfirst and a correction are written and published: readers are told, everywhere.
    publisher.locator("#id_standfirst").fill("A ship without a crew.")
    publisher.get_by_role("button", name="Add another Correction").click()
    publisher.locator("#id_corrections-0-text").fill("The ferry has been ready since Tuesday.")
    publisher.get_by_text("By its size they are told: there is a new correction.").wait_for()
    newsroom.presses(publisher, "Publish changes", "is live")
    status, page = newsroom.reads(address)
    assert "ready since Tuesday" in page and "Updated" in page
    assert axe(newsroom.pages["reader"]) == []
    assert "ready since Tuesday" in newsroom.reads("/corrections/")[1]
    assert axe(newsroom.pages["reader"]) == []

    # It is taken down in one act, and found nowhere; then it comes back.
    newsroom.at_form("publisher", story).get_by_role("link", name="Take down…").click()
    publisher.get_by_label("Why?").fill("The ferry company's lawyer wrote")
    publisher.get_by_label("What should readers be told").fill("We have removed this article for now.")
    assert axe(publisher) == []
    newsroom.presses(publisher, "Take it down", "is taken down")
    status, page = newsroom.reads(address)
    assert status == 410 and "removed this article for now" in page and "ferry" not in page.lower().replace("/", " ")
    for path in ("/", "/film/", "/corrections/"):
        assert "ferry" not in newsroom.reads(path)[1]
    publisher.get_by_role("link", name="Bring back…").click()
    newsroom.presses(publisher, "Bring it back", "as it was")
    assert newsroom.reads(address)[0] == 200

    # The log tells all of it to the administrator.
    admin.goto(f"{newsroom.live_server.url}/admin/newsroom/auditentry/?thing_id={story.pk}")
    told = admin.locator("#content").inner_text()
    for word in ("publisher", "editor", "writer"):
        assert word in told
    events = list(story.revisions.order_by("number").values_list("event", flat=True))
    for event in (
        "assigned",
        "taken_up",
        "submitted",
        "sent_back",
        "approved",
        "published",
        "taken_down",
        "brought_back",
    ):
        assert event in events

"""Many articles at once, and the log of who did what, in a browser."""

import csv
import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from articles.desk.bulk import acts
from articles.models import Article, BulkAct, PublishedArticle, Tag
from newsroom.models import AuditEntry
from tests.browser.desk import log_in

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/articles/article/"


def begin(page: Any, live_server: Any, act: str, *headlines: str) -> None:
    page.goto(f"{live_server.url}{LIST}")
    for headline in headlines:
        page.locator("#result_list tr", has_text=headline).locator(".action-select").check()
    page.locator("select[name=action]").select_option(label=f"{act}…")
    page.get_by_role("button", name="Go").click()


def sum_of(page: Any) -> str:
    return " ".join(page.locator(".bulk-sum").inner_text().split())


def test_articles_are_tagged_scheduled_and_withdrawn_together(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any
) -> None:
    Tag.objects.create(name="Harvest")
    for name in ("Apples", "Pears"):
        make_article(name, tags=("Noir",))
    make_article("Nowhere yet", section=None)
    log_in(page, live_server, people["publisher"])

    begin(page, live_server, "Add or remove tags", "Apples", "Pears")
    page.get_by_role("combobox", name="Add").focus()
    page.keyboard.type("Harv")
    page.locator(".tag-found [aria-selected=true]", has_text="Harvest").wait_for()
    page.keyboard.press("Enter")
    assert axe(page) == []
    page.get_by_role("button", name="Show what will happen").click()
    page.get_by_text("2 articles will get other tags.").wait_for()
    assert page.get_by_text("+Harvest").count() == 2
    assert axe(page) == []
    page.get_by_label("Note").fill("For the harvest special")
    page.get_by_role("button", name="Add or remove tags: 2 articles").click()
    page.get_by_text("2 articles have other tags.").wait_for()
    assert all(
        {tag.name for tag in one.tags.all()} == {"Noir", "Harvest"}
        for one in Article.objects.filter(section__isnull=False)
    )

    begin(page, live_server, "Schedule", "Apples", "Pears", "Nowhere yet")
    day = timezone.localdate() + timedelta(days=2)
    page.locator("#id_at_0").fill(day.isoformat())
    page.locator("#id_at_1").fill("08:00:00")
    page.get_by_label("Minutes between one and the next").fill("30")
    assert axe(page) == []
    page.get_by_role("button", name="Show what will happen").click()
    page.locator(".bulk-sum").wait_for()
    assert sum_of(page) == (
        "2 articles will be scheduled. 2 of them are worth a second look: what the house rules warn of stands below "
        "each. 1 is refused and stays as it is."
    )
    assert axe(page) == []
    assert page.get_by_role("region", name="Refused").get_by_role("link", name="Nowhere yet").count() == 1
    page.get_by_role("button", name="Schedule: 2 articles").click()
    page.get_by_text("2 articles scheduled.").wait_for()
    planned = list(PublishedArticle.objects.order_by("live_from").values_list("live_from", flat=True))
    assert planned[1] - planned[0] == timedelta(minutes=30)

    begin(page, live_server, "Withdraw", "Apples", "Pears")
    page.get_by_text("Readers who open one of them are told that it is gone.").wait_for()
    assert axe(page) == []
    assert PublishedArticle.objects.count() == 2  # asked, not done
    page.get_by_role("button", name="Withdraw: 2 articles").click()
    page.get_by_text("2 articles withdrawn.").wait_for()
    assert not PublishedArticle.objects.exists()
    assert axe(page) == []


def test_a_long_act_goes_on_by_itself_and_says_how_far_it_is(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(acts, "SECONDS", 0.0)  # one article a request
    for number in range(6):
        make_article(f"Story {number}")
    log_in(page, live_server, people["publisher"])
    page.goto(f"{live_server.url}{LIST}")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label="Publish…")
    page.get_by_role("button", name="Go").click()
    page.get_by_text("6 articles will be published.").wait_for()
    page.get_by_role("button", name="Publish: 6 articles").click()
    page.get_by_text("6 articles published.").wait_for()
    assert PublishedArticle.objects.count() == 6


def test_an_act_whose_site_does_not_answer_says_so_and_can_be_continued(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any
) -> None:
    act = BulkAct.begin(BulkAct.Kind.PUBLISH, [make_article().pk], by=people["publisher"])
    log_in(page, live_server, people["publisher"])
    page.expected_problems += ["ERR_FAILED", "ERR_INTERNET_DISCONNECTED"]
    address = f"{live_server.url}{LIST}bulk/{act.pk}/"
    page.route(address, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.goto(address)
    page.get_by_role("alert").wait_for()
    assert "Press Continue" in page.get_by_role("alert").inner_text()
    assert axe(page) == []
    page.unroute(address)
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("1 article will be published.").wait_for()


def test_without_a_script_a_long_act_is_continued_by_its_button(
    browser: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(acts, "SECONDS", 0.0)
    numbers = [make_article(f"Story {number}").pk for number in range(3)]
    act = BulkAct.begin(BulkAct.Kind.PUBLISH, numbers, by=people["publisher"])
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, live_server, people["publisher"])
    page.goto(f"{live_server.url}{LIST}bulk/{act.pk}/")
    for said in ("Checked: 0 of 3", "Checked: 1 of 3", "Checked: 2 of 3"):
        assert said in page.locator(".bulk-said").inner_text()
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Publish: 3 articles").click()
    for said in ("Done: 1 of 3", "Done: 2 of 3"):
        assert said in page.locator(".bulk-said").inner_text()
        page.get_by_role("button", name="Continue").click()
    assert "3 articles published." in page.locator(".bulk-sum").inner_text()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_log_and_a_bulk_act_fit_and_axe_finds_nothing(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any, width: int
) -> None:
    publisher = people["publisher"]
    article = make_article("Before " + "Donaudampfschiffahrtselektrizitätenhauptbetriebswerk" * 2)
    article.record("saved", by=publisher)
    article.headline, article.body, article.standfirst = "After", "<p>More words now.</p>", "Why " * 60
    article.kicker, article.seo_title = "x" * 60, "For engines"
    article.save()
    article.record("saved", by=publisher, note="A reason " * 20)
    act = BulkAct.begin(BulkAct.Kind.WITHDRAW, [article.pk, make_article("Out").pk], by=publisher)
    act.articles and Article.objects.get(headline="Out").publish()
    act.go_on(seconds=9)
    page.set_viewport_size({"width": width, "height": 800})
    log_in(page, live_server, publisher)
    assign = BulkAct.begin(BulkAct.Kind.ASSIGN, [article.pk], by=publisher)
    for address in ("/admin/newsroom/auditentry/", "/admin/newsroom/auditentry/?since=never", f"{LIST}bulk/{act.pk}/",
                    f"{LIST}bulk/{assign.pk}/", LIST):  # fmt: skip
        if "never" in address:
            page.expected_problems.append("400")
        page.goto(f"{live_server.url}{address}")
        for details in page.locator("details.log-more, .log-line details").all():
            details.evaluate("one => { one.open = true }")
        assert axe(page) == [], address
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels wider than the screen"


def test_the_log_is_filtered_read_and_taken_as_a_file(
    page: Any, live_server: Any, people: dict[str, User], make_article: Any, axe: Any, tmp_path: Path
) -> None:
    article = make_article("=HYPERLINK(1)")
    article.record("saved", by=people["writer"])
    article.headline = "=HYPERLINK(2)"
    article.save()
    article.record("saved", by=people["writer"])
    article.publish(by=people["publisher"])
    log_in(page, live_server, people["publisher"])
    page.goto(f"{live_server.url}/admin/")
    page.get_by_role("link", name="Log of who did what").first.click()
    page.get_by_label("Who").select_option(label="writer")
    page.get_by_label("Did what").select_option(label="Saved")
    page.get_by_role("button", name="Show", exact=True).click()
    assert page.locator(".log-line").count() == 2
    newest = page.locator(".log-line").first
    cells = newest.locator(".log-changes tbody tr", has_text="headline").locator("td").all_inner_texts()
    assert cells == ["=HYPERLINK(1)", "=HYPERLINK(2)"]
    with page.expect_download() as download:
        page.get_by_role("button", name="Export these as CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["Its name"] for row in rows] == ["'=HYPERLINK(2)", "'=HYPERLINK(1)"]
    assert AuditEntry.objects.filter(act="exported", by_name="publisher").count() == 1
    newest.get_by_role("link").first.click()
    page.wait_for_url(f"**/admin/articles/article/{article.pk}/change/")
    page.goto(f"{live_server.url}/admin/articles/article/{article.pk}/history/")
    page.get_by_role("link", name="In the log").click()
    assert page.locator(".log-line").count() == 3

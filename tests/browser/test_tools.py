"""What the browser's tests rely on sees what it should: axe in both colour schemes, timers that are let come due."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.timers import come_due, watch_timers

PAGE = """<!doctype html><html lang="en"><title>A page</title>
<style>
    :root { color-scheme: light dark }
    body { background: white; color: #111; transition: color 9s }
    @media (prefers-color-scheme: dark) { body { background: black; color: %s } }
</style>
<main><h1>Words</h1></main>"""


def show(page: Page, live_server: Any, html: str) -> None:
    page.route("**/made-up/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{live_server.url}/made-up/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("within", [(), ("main",)])
def test_axe_sees_what_can_not_be_read_in_the_dark_only(
    page: Page, live_server: Any, axe: Any, within: tuple[str, ...]
) -> None:
    show(page, live_server, PAGE % "#333")
    found = axe(page, *within)
    assert [one.split(":")[0] for one in found] == ["color-contrast (serious, dark)"]
    assert page.evaluate("matchMedia('(prefers-color-scheme: light)').matches")


@pytest.mark.django_db(transaction=True)
def test_axe_measures_colours_where_they_arrive(page: Page, live_server: Any, axe: Any) -> None:
    show(page, live_server, PAGE % "white")
    assert axe(page) == []


@pytest.mark.django_db(transaction=True)
def test_a_timer_comes_due_once_an_interval_each_time_and_a_cleared_one_never(page: Page, live_server: Any) -> None:
    watch_timers(page.context)
    show(page, live_server, PAGE % "white")
    page.evaluate(
        """() => {
            window.told = []
            setTimeout((word) => told.push(word), 50_000, "timeout")
            clearTimeout(setTimeout(() => told.push("cleared"), 50_000))
            setInterval(() => told.push("interval"), 60_000)
        }"""
    )
    assert [come_due(page, 50_000), come_due(page, 50_000)] == [1, 0]
    assert [come_due(page, 60_000), come_due(page, 60_000)] == [1, 1]
    assert page.evaluate("told") == ["timeout", "interval", "interval"]

"""The article's form as a person at the desk has it before them: logged in, the body's editor ready."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Locator, Page

from articles.models import Article


def log_in(page: Page, live_server: Any, user: User) -> None:
    """By the session's cookie: the login page has a test of its own. No form of who was logged in before stays open: it
    would keep what stands in it, and be told that somebody else is here now.
    """
    page.goto("about:blank")
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def open_form(page: Page, live_server: Any, article: Article | None = None) -> Locator:
    """The article's form, or the empty one; the text to write in."""
    where = f"{article.pk}/change" if article else "add"
    page.goto(f"{live_server.url}/admin/articles/article/{where}/")
    text = page.locator(".prose-editor .ProseMirror")
    text.wait_for()
    page.locator(".prose-menubar [aria-label='Kind of block']").wait_for(state="attached")
    return text


def choose_tag(page: Page, name: str) -> None:
    """By the keyboard: type, wait for the tag in the list, Enter."""
    line = page.get_by_role("combobox", name="Tags")
    line.focus()
    page.keyboard.type(name)
    page.locator(".tag-found [aria-selected=true]", has_text=name).wait_for()
    page.keyboard.press("Enter")
    page.locator(".tag-chip", has_text=name).wait_for()


def tags_shown(page: Page) -> list[str]:
    """The chips, in their order; a new one with " (new)"."""
    return [
        f"{chip.locator('.tag-name').first.evaluate('one => one.firstChild.textContent')}"
        f"{' (new)' if 'is-new' in (chip.get_attribute('class') or '') else ''}"
        for chip in page.locator(".tag-chip").all()
    ]


def save(page: Page) -> None:
    """Save and wait for the answer."""
    page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".messagelist .success").wait_for()


def settle(page: Page) -> None:
    """The editor hears of a moved cursor a moment after the key: let it, before the next key. Counted in the browser, which
    may be slow.
    """
    page.evaluate(
        "() => new Promise(heard => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(heard, 100))))"
    )


def body_field(page: Page) -> str:
    """What the form would send."""
    return page.locator("#id_body").input_value()


def look(page: Page, name: str) -> None:
    """Kept for whoever wants to see it, light and dark: SCREENSHOTS=folder."""
    if folder := os.environ.get("SCREENSHOTS"):
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=Path(folder) / f"{name}-{scheme}.png", full_page=True)

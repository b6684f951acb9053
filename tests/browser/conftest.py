"""A browser for the tests: the system's Chromium, driven by Playwright, cut off from the rest of the world.

    @pytest.mark.viewport(390, 844)
    def test_front_page(live_server, page, axe):
        page.goto(live_server.url)
        assert axe(page) == []

A test fails, too, when the browser has something to complain about: an error in a script or on the console,
a request that failed, a request to another machine. `page.problems` lists them; a test that provokes one says
so by adding some words of it to `page.expected_problems`.
"""

import os
from collections.abc import Callable, Generator, Iterator
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from tests.run import LeftOut, find_chromium

VIEWPORT = (1280, 800)
PATIENCE = 10_000  # milliseconds; Playwright's 30 seconds make a failing run slow
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name is looked up: what a page asks of another machine fails alike with and without a network.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE ::1",
]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "viewport(width, height): the size of the browser's window")
    config.addinivalue_line("markers", "long: takes so long that it begins first")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long first: as the last one it would run while the other workers have nothing left to do."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


# --- the browser --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    try:
        chromium = find_chromium()
    except LeftOut as reason:
        pytest.skip(str(reason))
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.geteuid() == 0 else ARGUMENTS
    # Playwright's event loop runs in this thread as long as the browser does, and so Django takes every query
    # for one in a coroutine.
    with pytest.MonkeyPatch.context() as environment, sync_playwright() as playwright:
        environment.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def static_files_without_collecting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Here they are collected: hashed, compressed and served by WhiteNoise under the strict policy, as in production.

    Takes the place of the fixture of the same name that all other tests have.
    """
    with (
        override_settings(STATIC_ROOT=tmp_path_factory.mktemp("static")),
        pytest.MonkeyPatch.context() as patch,
    ):
        assert "Manifest" in django_settings.STORAGES["staticfiles"]["BACKEND"]
        call_command("collectstatic", interactive=False, verbosity=0)
        # The live server would look for static files in the sources, where nothing has a hash in its name.
        patch.setattr(StaticFilesHandler, "_should_handle", lambda self, path: False)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On SQLite, test on a file: there each thread of the live server has a connection, as in production.

    In memory all of them share one: simultaneous requests get into each other's transactions and fail with
    "database table is locked". The file is as fast.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        folder: Path = tmp_path_factory.mktemp("database")
        connection.settings_dict["TEST"]["NAME"] = str(folder / "newsroom.sqlite3")


# --- a page and what is wrong with it -----------------------------------------------------------------------


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh context. Its size: the marker `viewport`, or a parameter (width, height)."""
    marker = request.node.get_closest_marker("viewport")
    width, height = getattr(request, "param", None) or (marker.args if marker else VIEWPORT)
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    problems = watch(context)
    page: Any = context.new_page()
    page.problems = problems
    page.expected_problems = []
    yield page
    context.close()


def watch(context: BrowserContext) -> list[str]:
    """A list that grows by every problem of every page and window in this context."""
    problems: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            where = message.location
            problems.append(f"console: {message.text} ({where['url']}, line {where['lineNumber'] + 1})")

    def request(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https", "ws", "wss"} and address.hostname not in THIS_MACHINE:
            problems.append(f"request to another machine: {request.url}")

    def failed(request: Request) -> None:
        # A request that the browser gave up because the person went elsewhere is no failure.
        if request.failure != "net::ERR_ABORTED":
            problems.append(f"failed request: {request.url} ({request.failure})")

    context.on("console", console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on("request", request)
    context.on("requestfailed", failed)
    return problems


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, Any, Any]:
    """Fail a test for unexpected problems; tell of them when it failed by itself.

    A hook and not the fixture's last act, because what a fixture raises counts as a second, erroneous test.
    """
    page: Any = item.funcargs.get("page")
    try:
        result = yield
    except BaseException:
        if page and page.problems:
            item.add_report_section("call", "complaints of the browser", "\n".join(page.problems))
        raise
    if page:
        page.context.cookies()  # any question will do: what the browser reported before comes with the answer
        unexpected = [p for p in page.problems if not any(words in p for words in page.expected_problems)]
        if unexpected:
            pytest.fail("the browser complains: " + "\n".join(unexpected), pytrace=False)
    return result


# --- accessibility ------------------------------------------------------------------------------------------

Axe = Callable[..., list[str]]

SCHEMES = ("dark", "light")  # the last is the one that pages begin with, and so are left in

# Colours that glide from one scheme to the other are measured at their end.
ARRIVE = "document.getAnimations().forEach((one) => one instanceof CSSTransition && one.finish())"

RUN = """within => axe.run(
    within.length ? {include: within.map((one) => [one])} : document,
    {resultTypes: ['violations']},
)"""


@pytest.fixture(scope="session")
def axe() -> Axe:
    """axe(page, *within): what axe-core finds wrong with the page as it stands, a readable line for each element.

    Looked at in dark and in light colours: opening a page a second time for that costs more than all of axe does.
    `within` are selectors of the parts to look at; without one it is the whole page with its frames.
    """
    source = resources.files("axe_core_python").joinpath("axe.min.js").read_text(encoding="utf-8")

    def inspect(page: Page, *within: str) -> list[str]:
        for frame in page.frames:
            frame.evaluate(source)  # not a script tag: the site's Content-Security-Policy forbids that
        faults = []
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            for frame in page.frames:
                frame.evaluate(ARRIVE)
            found = page.evaluate(RUN, list(within))
            faults += [
                f"{rule['id']} ({rule['impact']}, {scheme}): {rule['help']}: {node['html']} {node['failureSummary']}"
                for rule in found["violations"]
                for node in rule["nodes"]
            ]
        return faults

    return inspect

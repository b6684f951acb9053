"""python -m docs.screenshots: takes every kind of page of the demo into docs/pictures/: on a desk, and on a phone both light and
dark; and some pages of the writers' desk.

It serves the demo itself, as `make judge` does; `--at ADDRESS --password WORD` takes a demo that is served already. About two
minutes.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext

from judge.links import crawl
from judge.looking import browser
from judge.pages import Page, find
from judge.serving import demo

PICTURES = Path(__file__).parent / "pictures"
# A name, the window, how many pixels one of the page's has, and light or dark.
LOOKS = (
    ("phone-light", (390, 844), 1, "light"),
    ("phone-dark", (390, 844), 1, "dark"),
    ("desktop-light", (1280, 900), 0.6, "light"),
)
# A page of the desk, and which link to follow from there.
DESK = {
    "desk": ("/admin/", ""),
    "desk-article": ("/admin/articles/article/?q=ferrous", "#result_list tbody th a, #result_list tbody td a"),
    "desk-calendar": ("/admin/articles/article/calendar/", ""),
    "desk-front": ("/admin/articles/front/", "a[href*='lay-out/']"),
}
TALLEST = 1800  # pixels of the page; what comes further down is more of the same
QUALITY = 45
# Those further down are not asked for before somebody scrolls there, so nobody must wait for them.
DECODE = """Promise.all([...document.images]
  .filter((one) => one.getBoundingClientRect().top < innerHeight)
  .map((one) => one.decode().catch(() => {})))"""


def take(context: BrowserContext, address: str, name: str, *, whole: bool = True, press: str = "") -> None:
    """`whole`: as far down as TALLEST, not the window alone. `press`: follow the first link that this selects."""
    tab = context.new_page()
    tab.goto(address, wait_until="networkidle")
    if press:
        tab.locator(press).first.click()
        tab.wait_for_load_state("networkidle")
    if whole:
        assert tab.viewport_size
        height = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
        tab.set_viewport_size({"width": tab.viewport_size["width"], "height": height})
        tab.wait_for_load_state("networkidle")
    tab.evaluate(DECODE)
    taken = Image.open(io.BytesIO(tab.screenshot()))
    taken.convert("RGB").save(PICTURES / f"{name}.webp", "WEBP", quality=QUALITY, method=6)
    tab.close()


def take_pages(opened: Browser, address: str, pages: list[Page]) -> None:
    for look, (width, height), scale, scheme in LOOKS:
        context = opened.new_context(
            viewport={"width": width, "height": height},
            device_scale_factor=scale,
            color_scheme=scheme,
            reduced_motion="reduce",
        )
        for page in pages:
            take(context, address + page.path, f"{file_name(page)}-{look}")
        context.close()


def take_desk(opened: Browser, address: str, password: str) -> None:
    context = opened.new_context(viewport={"width": 1440, "height": 960}, reduced_motion="reduce")
    tab = context.new_page()
    tab.goto(f"{address}/admin/")
    tab.get_by_label("Username").fill("editor")
    tab.get_by_label("Password").fill(password)
    tab.get_by_role("button", name="Log in").click()
    tab.get_by_role("heading", name="The desk").wait_for()
    tab.close()
    for name, (path, link) in DESK.items():
        take(context, address + path, name, whole=False, press=link)
    context.close()


def file_name(page: Page) -> str:
    return re.sub(r"[^a-z0-9]+", "-", page.name.lower()).strip("-")


def write_index(pages: list[Page]) -> None:
    """What a person sees who opens the folder."""
    lines = ["# What it looks like", "", "Taken by `python -m docs.screenshots` from the demo.", ""]
    lines += ["| page | " + " | ".join(look for look, *_ in LOOKS) + " |", "|---" * (len(LOOKS) + 1) + "|"]
    for page in pages:
        shown = [f"![{page.name}, {look}]({file_name(page)}-{look}.webp)" for look, *_ in LOOKS]
        lines.append(f"| {page.name} | " + " | ".join(shown) + " |")
    lines += ["", *(f"![{name}]({name}.webp)" for name in DESK if (PICTURES / f"{name}.webp").exists())]
    (PICTURES / "README.md").write_text("\n".join(lines) + "\n")


@contextmanager
def served(at: str, password: str) -> Iterator[tuple[str, str]]:
    """The address of a demo and the password of its editor."""
    if at:
        yield at, password
    else:
        with demo() as (address, site):
            yield address, (site.folder / "first-login").read_text().strip()


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots")
    parser.add_argument("--at", metavar="ADDRESS", default="", help="a demo that is served already")
    parser.add_argument("--password", metavar="WORD", default="", help="its editor's; without it the desk is left out")
    options = parser.parse_args(arguments)
    PICTURES.mkdir(exist_ok=True)
    with served(options.at, options.password) as (address, password), browser() as opened:
        pages, missing = find(crawl(address))
        for old in PICTURES.glob("*.webp"):
            old.unlink()
        take_pages(opened, address, pages)
        if password:
            take_desk(opened, address, password)
        write_index(pages)
    files = list(PICTURES.glob("*.webp"))
    print(f"{len(files)} pictures, {sum(one.stat().st_size for one in files) / 1e6:.1f} MB, in {PICTURES}")
    for kind in missing:
        print(f"not built: {kind.name}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""python -m docs.screenshots: takes every kind of page of the demo, on a phone and on a desk, light and dark, into docs/pictures/.

It serves the demo itself, as `make judge` does; `--at ADDRESS` takes a demo that is served already. About two minutes.
"""

import argparse
import io
import re
import sys
from contextlib import nullcontext
from pathlib import Path

from PIL import Image
from playwright.sync_api import BrowserContext

from judge.links import crawl
from judge.looking import browser
from judge.pages import Page, find
from judge.serving import demo

PICTURES = Path(__file__).parent / "pictures"
# What is taken: a name, the window, and how many pixels one of the page's has.
SIZES = {"phone": (390, 844, 1.5), "desktop": (1280, 900, 0.75)}
SCHEMES = ("light", "dark")
TALLEST = 2200  # pixels of the page; what comes further down is more of the same
QUALITY = 62
# Those further down are not asked for before somebody scrolls there, so nobody must wait for them.
DECODE = """Promise.all([...document.images]
  .filter((one) => one.getBoundingClientRect().top < innerHeight)
  .map((one) => one.decode().catch(() => {})))"""


def take(context: BrowserContext, address: str, page: Page, name: str, width: int) -> None:
    tab = context.new_page()
    tab.goto(address + page.path, wait_until="networkidle")
    height = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": width, "height": height})  # so that what waits for scrolling is loaded
    tab.wait_for_load_state("networkidle")
    tab.evaluate(DECODE)
    taken = Image.open(io.BytesIO(tab.screenshot()))
    taken.convert("RGB").save(PICTURES / f"{name}.webp", "WEBP", quality=QUALITY, method=6)
    tab.close()


def file_name(page: Page) -> str:
    return re.sub(r"[^a-z0-9]+", "-", page.name.lower()).strip("-")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots")
    parser.add_argument("--at", metavar="ADDRESS", help="a demo that is served already")
    options = parser.parse_args(arguments)
    PICTURES.mkdir(exist_ok=True)
    with nullcontext((options.at, None)) if options.at else demo() as (address, _), browser() as opened:
        pages, missing = find(crawl(address))
        for old in PICTURES.glob("*.webp"):
            old.unlink()
        for size, (width, height, scale) in SIZES.items():
            for scheme in SCHEMES:
                context = opened.new_context(
                    viewport={"width": width, "height": height},
                    device_scale_factor=scale,
                    color_scheme=scheme,
                    reduced_motion="reduce",
                )
                for page in pages:
                    take(context, address, page, f"{file_name(page)}-{size}-{scheme}", width)
                context.close()
    files = list(PICTURES.glob("*.webp"))
    print(f"{len(files)} pictures, {sum(one.stat().st_size for one in files) / 1e6:.1f} MB, in {PICTURES}")
    for kind in missing:
        print(f"not built: {kind.name}")
    return int(bool(missing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

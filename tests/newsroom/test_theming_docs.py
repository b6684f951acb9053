"""docs/theming.md names every partial, and none that is not there; every class that it names is in the stylesheet."""

import re
from pathlib import Path

from newsroom import stylesheet

ROOT = Path(__file__).parent.parent.parent
DOCS = (ROOT / "docs/theming.md").read_text()


def test_every_partial_is_documented_with_what_it_takes():
    rows = "".join(
        line for line in DOCS.splitlines(keepends=True) if re.match(r"\| `(?:partials|blocks|articles|images)/", line)
    )
    named = set(re.findall(r"`((?:partials|blocks)/\w+\.html)`", rows))
    there = {
        str(path.relative_to(ROOT / "templates"))
        for room in ("partials", "blocks")
        for path in (ROOT / "templates" / room).glob("*.html")
    }
    assert named == there, "docs/theming.md lists templates that differ from those that are there."


def test_what_is_documented_is_there():
    for name in re.findall(r"`((?:partials|blocks|articles|images)/[\w/]+\.html)`", DOCS):
        assert (ROOT / "templates" / name).exists(), name


def test_every_class_that_is_documented_has_its_rules():
    css = stylesheet.joined()
    tables = [
        line.split("|")[1]
        for line in DOCS.partition("## Fronts")[2].partition("## Templates, one")[0].splitlines()
        if line.startswith("| `")
    ]
    classes = {name for cell in tables for name in re.findall(r"`([a-z]+(?:-[a-z]+)*)`", cell)} - {"mark"}
    bare = {
        "a",
        "ol",
        "ul",
        "span",
        "opening-lead",
        "hero",
        "first",
        "row",
        "compact",
        "slot-medium",
        "pages-here",
        "pages-newer",
        "page-list",
    }
    missing = {name for name in classes - bare if not re.search(rf"\.{name}\b", css)}
    assert not missing

"""Every known attack that we have, through the sanitiser and on to the page: nothing that runs may be left."""

import json

import lxml.html
import pytest

from articles.richtext import Body, sanitise
from tests.conftest import SHARED

FOLDER = SHARED / "data" / "dev" / "xss"
FILES = sorted(FOLDER.iterdir()) if FOLDER.is_dir() else []

# What our own templates put into a body, and nothing else.
ELEMENTS = {
    "a", "strong", "em", "s", "sub", "sup", "code", "br", "span", "p", "hr", "h2", "h3", "pre", "ul", "ol", "li",
    "blockquote", "figure", "figcaption", "section", "aside", "table", "thead", "tbody", "tr", "th", "td", "div",
    "picture", "source", "img", "article", "time", "button",
}  # fmt: skip
ATTRIBUTES = {
    "href", "rel", "start", "colspan", "rowspan", "scope", "class", "id", "role", "aria-label", "aria-hidden", "tabindex",
    "hidden", "type", "src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding", "datetime", "data-gallery",
    "data-frame", "data-shape", "data-title", "title", "lang",
}  # fmt: skip
SCHEMES = ("http://", "https://", "mailto:", "tel:")


def payloads(path):
    """Each text of a file: of a list of lines, or of whatever a JSON file holds."""
    text = path.read_text("utf-8", "replace")
    if path.suffix == ".json":
        return [value for case in json.loads(text) for value in _texts(case)]
    return [line for line in text.splitlines() if line.strip()]


def _texts(case):
    if isinstance(case, str):
        return [case]
    return [case[name] for name in ("input", "html", "payload") if isinstance(case.get(name), str)]


def harmful(html):
    """What in this HTML, as a parser reads it, could run or fetch."""
    found = []
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter():
        if not isinstance(element.tag, str):
            found.append(f"a comment or an instruction: {element.text}")
            continue
        if element.tag not in ELEMENTS:
            found.append(f"<{element.tag}>")
        found += [f"{element.tag} {name}" for name in element.attrib if name not in ATTRIBUTES]
        for name in ("href", "src", "data-frame"):
            address = element.get(name, "")
            scheme = "".join(address.split()).lower().partition("/")[0]
            if ":" in scheme and not address.lower().startswith(SCHEMES):
                found.append(f"{name}={address}")
    return found


@pytest.mark.skipif(not FILES, reason="the shared folder with hostile strings is not here")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_that_could_run_is_left(path):
    texts = payloads(path)
    assert len(texts) > 10
    for text in texts:
        for html in (
            text,
            f"<p>{text}</p>",
            f'<figure data-image="1" data-alt="{text}"><figcaption>{text}</figcaption></figure>',
        ):
            clean = sanitise(html)
            assert sanitise(clean) == clean, html
            page = str(Body(clean).render(images={}, articles={}))
            assert harmful(page) == [], html


@pytest.mark.skipif(not FILES, reason="the shared folder with hostile strings is not here")
def test_they_are_harmless_in_every_place_of_a_block(picture, db):
    for path in FILES:
        for text in payloads(path):
            quoted = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
            html = (
                f'<figure data-image="{picture.pk}" data-alt="{quoted}"><figcaption>{text}</figcaption></figure>'
                f'<figure data-embed="youtube" data-url="https://youtu.be/abcdefghijk?t={quoted}">{text}</figure>'
                f'<p>A<span data-footnote="">{text}</span><a href="{quoted}" data-article="1">b</a></p>'
                f'<section data-update="2026-11-25T18:05:00Z">{text}</section><section data-update="{quoted}">b</section>'
            )
            page = str(Body(sanitise(html)).render(images={picture.pk: picture}, articles={}))
            assert harmful(page) == [], text


def test_the_judge_sees_what_is_harmful():
    for html in (
        "<script>1</script>", "<p onclick=x>", "<a href='java\nscript:x'>", "<svg></svg>", "<img src=data:x>", "<!--x-->",
        "<p style='x'>", "<iframe></iframe>", "<a href='JaVaScRiPt:x'>",
    ):  # fmt: skip
        assert harmful(html), html
    assert harmful('<p><a href="/film/a:b/">x</a> <a href="mailto:a@b.c">x</a></p>') == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>a<button><p>b</p></button>c</p>", "<p><form><button>bare</p>", "<p><select></p>", "<BR>", "<p><p></p>text",
        "<p><button><p><button><p>deep</p></button></p></button></p>", "<table><p>x<td>y</table>", "<li><p>x<ul><table>",
    ],
)  # fmt: skip
def test_what_a_parser_would_read_differently_again_is_settled_at_once(html):
    clean = sanitise(html)
    assert sanitise(clean) == clean
    assert not clean or clean.startswith("<")

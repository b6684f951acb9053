"""The body's editor in a real browser: writing, pictures, galleries, tables, and that nothing is lost."""

import io
import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image as Pillow
from playwright.sync_api import expect

from articles.models import Article
from articles.richtext import sanitise
from images.models import Image
from seeds.placeholders import with_moments
from tests.browser.desk import body_field, log_in, open_form, save, settle
from tests.conftest import jpeg
from tests.rights import rights

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pictures(db):
    """Three pictures with a text each, the newest last."""
    return [
        Image.objects.create(
            file=jpeg(90 + number, 60, colour), title=f"A {colour} wall", alt=f"A wall, painted {colour}",
            caption=f"The {colour} wall.", credit="Sam Oyelaran",
        )
        for number, colour in enumerate(("red", "green", "blue"))
    ]  # fmt: skip


@pytest.fixture
def desk(page, live_server, editor):
    log_in(page, live_server, editor)
    return page


def png(colour="orange", size=(64, 48)):
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def as_file(name="shot.png", colour="orange"):
    return {"name": name, "mimeType": "image/png", "buffer": png(colour)}


def stored(article):
    return Article.objects.get(pk=article.pk).body


def choose_in_library(page, *titles):
    for title in titles:
        page.get_by_role("dialog").locator(".ne-tile", has_text=title).locator("input").check()


def tool(page, figure, name):
    figure.hover()
    figure.get_by_role("button", name=name).click()


# --- writing ------------------------------------------------------------------------------------------------


def test_an_article_is_written_with_the_keyboard_alone(desk, live_server, make_article):
    article = make_article("By keyboard", body="")
    text = open_form(desk, live_server, article)
    text.focus()
    press = desk.keyboard.press
    desk.keyboard.type("Tides")
    press("Alt+F10")
    expect(desk.get_by_label("Kind of block")).to_be_focused()
    press("ArrowDown")
    press("Escape")
    settle(desk)
    press("Enter")
    desk.keyboard.type("A ")
    press("Control+b")
    desk.keyboard.type("bold")
    press("Control+b")
    desk.keyboard.type(" word.")
    press("Enter")
    desk.keyboard.type("- one")
    press("Enter")
    desk.keyboard.type("two")
    press("Enter")
    press("Enter")
    settle(desk)
    press("Alt+F10")
    while desk.evaluate("document.activeElement.getAttribute('aria-label')") != "Table":
        press("ArrowRight")
    press("Enter")
    settle(desk)
    for word in ("Name", "Price", "Weight", "Wick", "£2"):
        desk.keyboard.type(word)
        press("Tab")
    desk.keyboard.type("3 kg")
    settle(desk)
    save(desk)
    head = "<thead><tr><th>Name</th><th>Price</th><th>Weight</th></tr>\n</thead>"
    rows = "<tr><td>Wick</td><td>£2</td><td>3 kg</td></tr>\n<tr><td></td><td></td><td></td></tr>"
    assert stored(article) == (
        "<h2>Tides</h2>\n<p>A <strong>bold</strong> word.</p>\n<ul><li>one</li>\n<li>two</li>\n</ul>\n"
        f"<table>{head}\n<tbody>{rows}\n</tbody>\n</table>"
    )


def test_undo_and_redo_by_button_and_key(desk, live_server, make_article):
    open_form(desk, live_server, make_article(body="<p>Old</p>")).click()
    desk.keyboard.press("Control+End")
    settle(desk)
    desk.keyboard.type(" and new")
    desk.get_by_role("button", name="Undo").click()
    assert body_field(desk) == "<p>Old</p>"
    desk.keyboard.press("Control+Shift+z")
    assert body_field(desk) == "<p>Old and new</p>"


def test_table_header_cells_are_toggled_by_row_and_by_column(desk, live_server, make_article):
    body = "<table><tbody><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>"
    text = open_form(desk, live_server, make_article(body=body))
    text.locator("td").first.click()
    desk.get_by_role("button", name="Header row").click()
    desk.get_by_role("button", name="Header column").click()
    expect(desk.get_by_role("button", name="Header column")).to_have_attribute("aria-pressed", "true")
    assert body_field(desk) == (
        "<table><thead><tr><th>A</th><th>B</th></tr></thead>"
        '<tbody><tr><th scope="row">C</th><td>D</td></tr></tbody></table>'
    )


# --- nothing is lost ----------------------------------------------------------------------------------------

KEPT = [
    "<p>Text with <strong>bold</strong>, <em><strong>both</strong></em>, <s>no</s>, x<sup>2</sup>, H<sub>2</sub>O.</p>",
    "<h2>Head</h2><h3>Sub</h3><p>One<br>two <code>a &lt; b</code></p><hr><pre>  line one\n\n  line two</pre>",
    "<ul><li>one</li><li>two<ul><li>below</li></ul></li></ul><ol start=4><li>four</li></ol>",
    "<ul><li><p>one</p><p>still one</p></li></ul>",
    "<blockquote><p>Said.</p><p>And more.</p></blockquote>",
    "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
    '<table><tbody><tr><th scope="row">A</th><td colspan="2">1</td></tr></tbody></table>',
    '<figure data-image="1"></figure><p>Text.</p><figure data-image="1" data-alt="Own" data-align="wide">'
    "<figcaption>With <em>stress</em></figcaption></figure>",
    '<figure data-image="1" data-alt="" data-align="left"></figure><p>Text.</p>',
    '<section data-gallery="grid"><figure data-image="1"></figure><figure data-image="1" data-alt="Own">'
    "<figcaption>Two</figcaption></figure></section>",
]

# The rest of docs/body.md.
ALSO_KEPT = [
    '<blockquote class="pull-quote"><p>Quoted large.</p></blockquote><p>Text.</p>',
    '<p><a href="https://example.org/" rel="sponsored">Out</a>, <a href="/film/x/" data-article="7">in</a>, '
    '<a href="mailto:a@example.org"><code>mail</code></a>.</p>',
    '<figure data-embed="youtube" data-url="https://www.youtube.com/watch?v=dQw4w9WgXcQ"></figure>'
    '<figure data-embed="vimeo" data-url="https://vimeo.com/123456"><figcaption>Told</figcaption></figure><p>Text.</p>',
    '<aside data-article-card="7"></aside><p>Text.</p><aside data-module="affiliate-disclosure"></aside>'
    '<aside data-module="recommended-videos"></aside><p>End.</p>',
    '<p>Noted<span data-footnote="">see <em>there</em></span>, and on.</p>',
    '<section data-update="2026-11-25T18:05:00Z"><h2>New</h2><p>Text.</p><figure data-image="1"></figure></section>'
    '<section data-update="2026-11-25T19:05:00+01:00"><p>Older.</p></section><p>Text.</p>',
]


@pytest.mark.parametrize("body", ['<figure data-image="1"></figure>', '<aside data-article-card="7"></aside>'])
def test_what_stands_alone_in_a_text_is_no_empty_text(desk, live_server, make_article, pictures, body):
    body = body.replace('data-image="1"', f'data-image="{pictures[0].pk}"')
    article = make_article(body=body)
    version = article.version
    text = open_form(desk, live_server, article)
    text.locator("> p").last.click()
    desk.keyboard.type("x")
    desk.keyboard.press("Backspace")
    save(desk)
    article.refresh_from_db()
    assert (article.body, article.version) == (body, version)


@pytest.mark.parametrize("body", [*KEPT, *ALSO_KEPT])
def test_opening_and_saving_changes_nothing(desk, live_server, make_article, pictures, body):
    body = body.replace('data-image="1"', f'data-image="{pictures[0].pk}"')
    article = make_article(body=body)
    before, version = article.body, article.version
    text = open_form(desk, live_server, article)
    assert not desk.locator(".ne-guard").count()
    save(desk)
    article.refresh_from_db()
    assert (article.body, article.version) == (before, version)

    # And a change elsewhere leaves every line of it as it was.
    text = open_form(desk, live_server, article)
    text.locator("> p").last.click()
    desk.keyboard.press("End")
    settle(desk)
    desk.keyboard.press("Enter")
    desk.keyboard.type("Added.")
    save(desk)
    after = stored(article)
    assert "Added." in after
    assert set(before.splitlines()) - set(after.splitlines()) <= {before.splitlines()[-1]}


def test_a_text_in_other_hands_writing_stays_to_the_letter_while_nobody_touches_it(desk, live_server, make_article):
    """Which the editor would write otherwise: lines within a list, a link in bold words, a bare quotation."""
    body = (
        "<ul>\n<li>one</li>\n</ul>\n<p><strong>All <a href='https://example.org/'>of it</a></strong></p>"
        "<blockquote>Said.</blockquote>"
    )
    article = make_article(body=body)
    before, version = article.body, article.version
    text = open_form(desk, live_server, article)
    text.locator("p").first.click()
    desk.keyboard.type("x")
    assert body_field(desk) != before
    desk.keyboard.press("Backspace")
    assert body_field(desk) == before
    save(desk)
    article.refresh_from_db()
    assert (article.body, article.version) == (before, version)


SEEDS = [tomllib.loads(path.read_text())["body"] for path in sorted(Path("seeds/articles").glob("*.toml"))]
# There pictures and articles have names; a stored body has their numbers.
NAMED = re.compile(r'data-(image|article|article-card)="[^"]*"')


def test_every_article_of_the_demo_is_understood(desk, live_server, make_article):
    """By the editor's own modules, in one page: read as it is opened, written as it is saved."""
    bodies = [sanitise(NAMED.sub(r'data-\1="7"', with_moments(body))) for body in SEEDS]
    assert len(bodies) > 30
    open_form(desk, live_server, make_article(body=""))
    losses = desk.evaluate(READ_ALL, bodies)
    assert losses == [None] * len(bodies)


READ_ALL = """async (bodies) => {
  const { serialise } = await import("newsroom-editor/serialise")
  const { firstLoss } = await import("newsroom-editor/meaning")
  const { editor } = document.querySelector(".prose-editor > .ProseMirror")
  return bodies.map((body) => {
    editor.commands.setContent(body)
    return firstLoss(body, serialise(editor.state.doc, editor.schema))
  })
}"""


def test_what_the_editor_does_not_know_is_kept_until_somebody_insists(desk, live_server, make_article):
    article = make_article(body="<p>Before.</p>")
    strange = '<p>Before.</p>\n<p>With <span data-unheard-of="1">a thing</span> in it.</p>'
    Article.objects.filter(pk=article.pk).update(body=strange)
    text = open_form(desk, live_server, article)
    guard = desk.locator(".ne-guard")
    expect(guard).to_contain_text("With a thing in it")
    assert text.get_attribute("contenteditable") == "false"
    assert body_field(desk) == strange
    guard.get_by_role("button", name="Edit anyway").click()
    assert body_field(desk) == strange
    desk.keyboard.press("Control+Home")
    settle(desk)
    desk.keyboard.type("Now ")
    assert body_field(desk) == "<p>Now Before.</p><p>With a thing in it.</p>"


# --- pictures -----------------------------------------------------------------------------------------------


def test_a_picture_from_the_library_with_its_words(desk, live_server, make_article, pictures):
    article = make_article(body="<p>Before.</p><p>After.</p>")
    text = open_form(desk, live_server, article)
    text.locator("p").first.click()
    desk.keyboard.press("Control+Alt+i")
    dialog = desk.get_by_role("dialog", name="Insert a picture")
    dialog.get_by_label("Search the picture library").fill("green")
    expect(dialog.locator(".ne-tile")).to_have_count(1)
    choose_in_library(desk, "A green wall")
    assert dialog.get_by_label("Caption in this article").input_value() == "The green wall."
    dialog.get_by_role("button", name="Insert").click()
    figure = text.locator("figure")
    expect(figure).to_contain_text("Alt (the library's): A wall, painted green")
    expect(figure).to_contain_text("Sam Oyelaran")
    number = pictures[1].pk
    assert body_field(desk) == (
        f'<p>Before.</p><figure data-image="{number}"><figcaption>The green wall.</figcaption></figure><p>After.</p>'
    )
    # Words of its own for this use, and another size.
    tool(desk, figure, "Alternative text and size")
    desk.get_by_role("dialog").get_by_label("Alternative text", exact=True).fill("Only here: a wall")
    desk.get_by_role("dialog").get_by_label("Size").select_option("wide")
    desk.get_by_role("button", name="Apply").click()
    expect(figure).to_contain_text("Alt: Only here: a wall")
    # Decorative is said, not left out.
    tool(desk, figure, "Alternative text and size")
    desk.get_by_role("dialog").get_by_label("Decorative").check()
    desk.get_by_role("button", name="Apply").click()
    expect(figure).to_contain_text("Decorative")
    save(desk)
    assert f'<figure data-image="{number}" data-alt="" data-align="wide">' in stored(article)
    # Back to the library's: the attribute goes.
    text = open_form(desk, live_server, article)
    tool(desk, text.locator("figure"), "Alternative text and size")
    desk.get_by_role("dialog").get_by_label("Decorative").uncheck()
    desk.get_by_role("button", name="Apply").click()
    expect(text.locator("figure")).to_contain_text("Alt (the library's)")
    assert f'<figure data-image="{number}" data-align="wide">' in body_field(desk)


def test_a_picture_that_nobody_described_must_be_described_or_is_red(desk, live_server, make_article, pictures):
    Image.objects.filter(pk=pictures[2].pk).update(alt="")
    text = open_form(desk, live_server, make_article(body=f'<figure data-image="{pictures[2].pk}"></figure><p>T</p>'))
    expect(text.locator(".ne-missing")).to_have_text("Alternative text is missing")
    tool(desk, text.locator("figure"), "Alternative text and size")
    desk.get_by_role("button", name="Apply").click()
    expect(desk.get_by_role("dialog")).to_contain_text("Say what the picture shows")
    desk.get_by_role("dialog").get_by_label("Alternative text", exact=True).fill("A blue wall")
    desk.get_by_role("button", name="Apply").click()
    expect(text.locator(".ne-missing")).to_have_count(0)
    assert 'data-alt="A blue wall"' in body_field(desk)


def test_pictures_are_uploaded_in_the_dialog(desk, live_server, make_article):
    article = make_article(body="<p>Before.</p>")
    text = open_form(desk, live_server, article)
    text.click()
    desk.get_by_role("button", name="Picture (Ctrl+Alt+I)").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("The library is empty.")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files([as_file("one.png"), as_file("two.png", "navy")][:1])
    send = dialog.get_by_role("button", name="Upload & insert")
    send.click()
    expect(dialog).to_contain_text("Say what the picture shows")  # nothing is sent without
    assert Image.objects.count() == 0
    dialog.get_by_label("Alternative text", exact=True).fill("An orange square")
    dialog.get_by_label("Credit").fill("Kit Sandoval")
    send.click()
    expect(text.locator("figure")).to_contain_text("An orange square")
    image = Image.objects.get()
    assert (image.alt, image.credit, image.decorative) == ("An orange square", "Kit Sandoval", False)
    # The same file again: the one that is there is offered.
    text.locator("p").last.click()
    desk.keyboard.press("Control+Alt+i")
    dialog.get_by_role("tab", name="Upload").click()
    desk.expected_problems.append("409")
    dialog.locator("input[type=file]").set_input_files([as_file("again.png")])
    dialog.get_by_label("Decorative").check()
    send.click()
    dialog.get_by_role("button", name="Use the one in the library").click()
    dialog.get_by_role("button", name="Insert", exact=True).click()
    expect(text.locator("figure")).to_have_count(2)
    assert Image.objects.count() == 1
    save(desk)
    assert stored(article).count(f'<figure data-image="{image.pk}"') == 2


def test_of_several_files_one_refused_keeps_the_others(desk, live_server, make_article):
    text = open_form(desk, live_server, make_article(body="<p>Before.</p>"))
    text.click()
    desk.keyboard.press("Control+Alt+i")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    broken = {"name": "broken.png", "mimeType": "image/png", "buffer": b"no picture at all"}
    dialog.locator("input[type=file]").set_input_files([as_file("one.png"), broken, as_file("two.png", "navy")])
    for row in dialog.get_by_role("group").all():
        row.get_by_label("Decorative").check()
    desk.expected_problems.append("400")
    dialog.get_by_role("button", name="Upload & insert").click()
    expect(dialog).to_contain_text("2 pictures are in the library now.")
    dialog.get_by_role("button", name="Leave this one out").click()
    dialog.get_by_role("button", name="Upload & insert").click()
    expect(text.locator("figure")).to_have_count(2)
    assert numbers(desk) == list(Image.objects.order_by("pk").values_list("pk", flat=True))


def test_a_file_that_is_no_picture_is_refused_in_words(desk, live_server, make_article):
    open_form(desk, live_server, make_article()).click()
    desk.keyboard.press("Control+Alt+i")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(
        [{"name": "x.png", "mimeType": "image/png", "buffer": b"no picture at all"}]
    )
    dialog.get_by_label("Alternative text", exact=True).fill("Something")
    desk.expected_problems.append("400")
    dialog.get_by_role("button", name="Upload & insert").click()
    expect(dialog.locator("[role=alert]", has_text=re.compile(r"\w+ \w+"))).to_be_visible()
    assert Image.objects.count() == 0


GIVE = """(element, {kind, name, bytes}) => {
  const data = new DataTransfer()
  data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/png"}))
  const {left, bottom} = element.getBoundingClientRect()
  const event = kind === "paste"
    ? new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})
    : new DragEvent("drop", {dataTransfer: data, bubbles: true, cancelable: true, clientX: left + 20, clientY: bottom - 5})
  element.dispatchEvent(event)
}"""


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_pasted_or_dropped_picture_opens_the_upload(desk, live_server, make_article, kind):
    article = make_article(body="<p>First.</p><p>Last.</p>")
    text = open_form(desk, live_server, article)
    first = text.locator("p").first
    first.click()
    first.evaluate(GIVE, {"kind": kind, "name": "image.png", "bytes": list(png())})
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Decorative").check()
    dialog.get_by_role("button", name="Upload & insert").click()
    expect(text.locator("figure")).to_contain_text("Decorative")
    save(desk)
    number = Image.objects.get(decorative=True).pk
    assert stored(article) == f'<p>First.</p>\n<figure data-image="{number}"></figure>\n<p>Last.</p>'


def test_a_caption_is_written_in_place_and_enter_leaves_it(desk, live_server, make_article, pictures):
    text = open_form(desk, live_server, make_article(body=f'<figure data-image="{pictures[0].pk}"></figure><p>T</p>'))
    text.locator("figcaption").click()
    desk.keyboard.type("A ")
    desk.keyboard.press("Control+i")
    desk.keyboard.type("red")
    desk.keyboard.press("Control+i")
    desk.keyboard.type(" wall")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Between.")
    assert body_field(desk) == (
        f'<figure data-image="{pictures[0].pk}"><figcaption>A <em>red</em> wall</figcaption></figure>'
        "<p>Between.</p><p>T</p>"
    )


def test_pictures_move_are_replaced_and_removed_and_undo_brings_them_back(desk, live_server, make_article, pictures):
    red, green, _ = pictures
    body = f'<p>One.</p><figure data-image="{red.pk}" data-alt="Own"></figure><p>Two.</p>'
    text = open_form(desk, live_server, make_article(body=body))
    figure = text.locator("figure")
    tool(desk, figure, "Move up")
    assert body_field(desk).index("figure") < body_field(desk).index("One.")
    expect(figure.get_by_role("button", name="Move up")).to_be_focused()
    tool(desk, figure, "Replace the picture")
    choose_in_library(desk, "A green wall")
    desk.get_by_role("dialog").get_by_role("button", name="Replace").click()
    assert f'data-image="{green.pk}"' in body_field(desk)
    tool(desk, figure, "Remove the picture")
    assert "figure" not in body_field(desk)
    for _ in range(3):
        desk.keyboard.press("Control+z")
    assert body_field(desk).replace("\n", "") == body


def test_the_library_that_fails_says_so_and_is_asked_again(desk, live_server, make_article, pictures):
    open_form(desk, live_server, make_article()).click()
    desk.expected_problems += ["500", "ERR_FAILED"]
    desk.route("**/picker/?*", lambda route: route.fulfill(status=500, body="no"))
    desk.keyboard.press("Control+Alt+i")
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("The library could not be loaded.")
    desk.unroute("**/picker/?*")
    dialog.get_by_role("button", name="Try again").click()
    expect(dialog.locator(".ne-tile")).to_have_count(3)
    desk.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


# --- galleries ----------------------------------------------------------------------------------------------


def numbers(page):
    return [int(one) for one in re.findall(r'data-image="(\d+)"', body_field(page))]


def test_a_gallery_is_filled_ordered_and_emptied(desk, live_server, make_article, pictures):
    red, green, blue = (one.pk for one in pictures)
    article = make_article(body="<p>Before.</p>")
    text = open_form(desk, live_server, article)
    text.click()
    desk.get_by_role("button", name="Gallery", exact=True).click()
    choose_in_library(desk, "A red wall", "A green wall")
    expect(desk.get_by_role("dialog")).to_contain_text("2 pictures chosen")
    desk.get_by_role("dialog").get_by_role("button", name="Insert").click()
    gallery = text.locator("section")
    expect(gallery).to_contain_text("Gallery of 2 pictures")
    gallery.get_by_role("button", name="Add pictures").click()
    choose_in_library(desk, "A blue wall")
    desk.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(gallery).to_contain_text("Gallery of 3 pictures")
    assert numbers(desk) == [red, green, blue]
    tool(desk, gallery.locator("figure").last, "Move earlier")
    desk.keyboard.press("Enter")  # the button keeps the focus
    assert numbers(desk) == [blue, red, green]
    gallery.locator("figcaption").first.click()
    desk.keyboard.press("End")
    settle(desk)
    desk.keyboard.type(" Here.")
    tool(desk, gallery.locator("figure").nth(1), "Take it out")
    assert re.sub(r"<figcaption>[^<]*</figcaption>", "", body_field(desk)) == (
        f'<p>Before.</p><section data-gallery="grid"><figure data-image="{blue}"></figure>'
        f'<figure data-image="{green}"></figure></section><figure data-image="{red}"></figure>'
    )
    save(desk)
    assert "<figcaption>The blue wall. Here.</figcaption>" in stored(article)

    text = open_form(desk, live_server, article)
    before = body_field(desk)
    gallery = text.locator("section")
    for _ in range(2):
        tool(desk, gallery.locator("figure").first, "Remove the picture")
    expect(gallery).to_have_count(0)
    assert "data-gallery" not in body_field(desk)
    desk.keyboard.press("Control+z")
    desk.keyboard.press("Control+z")
    assert body_field(desk) == before


def test_pictures_of_a_gallery_are_dragged_into_order(desk, live_server, make_article, pictures):
    red, green, blue = (one.pk for one in pictures)
    body = "".join(f'<figure data-image="{number}"></figure>' for number in (red, green, blue))
    text = open_form(desk, live_server, make_article(body=f'<section data-gallery="grid">{body}</section><p>T</p>'))
    figures = text.locator("section figure")
    expect(figures.last.locator("img")).to_be_visible()
    figures.last.locator("img").hover()
    target = figures.first.bounding_box()
    desk.mouse.down()
    desk.mouse.move(target["x"] + 40, target["y"] + 30, steps=8)
    desk.mouse.move(target["x"] + 6, target["y"] + 20, steps=4)
    desk.mouse.up()
    assert sorted(numbers(desk)) == sorted([red, green, blue])
    assert numbers(desk)[0] == blue


# --- the frame ----------------------------------------------------------------------------------------------


def test_full_screen_and_dialogs_each_have_their_escape(desk, live_server, make_article, pictures):
    text = open_form(desk, live_server, make_article())
    text.click()
    desk.keyboard.press("F11")
    frame = desk.locator(".prose-editor.fullscreen")
    expect(frame).to_be_visible()
    desk.keyboard.press("Alt+0")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(frame).to_be_visible()
    assert desk.locator("#header").evaluate("header => Boolean(header.closest('[inert]'))")
    desk.keyboard.press("Escape")
    expect(frame).to_have_count(0)
    assert not desk.locator("[inert]").count()


def test_no_font_and_nothing_of_the_packages_styles_is_fetched(desk, live_server, make_article):
    asked = []
    desk.on("request", lambda request: asked.append(request))
    open_form(desk, live_server, make_article())
    assert not [one.url for one in asked if one.resource_type == "font"]
    assert not [one.url for one in asked if re.search(r"django_prose_editor/.*\.css", one.url)]


def test_the_toolbar_is_one_stop_for_tab_and_arrows_go_through_it(desk, live_server, make_article):
    open_form(desk, live_server, make_article()).click()
    toolbar = desk.get_by_role("toolbar", name="Formatting (Alt+F10)")
    assert toolbar.locator("[tabindex='0']").count() == 1
    desk.keyboard.press("Alt+F10")
    desk.keyboard.press("End")
    expect(desk.get_by_role("button", name="Keyboard shortcuts (Alt+0)")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_label("Kind of block")).to_be_focused()
    desk.keyboard.press("ArrowRight")
    bold = desk.get_by_role("button", name="Bold (Ctrl+B)")
    expect(bold).to_be_focused()
    desk.keyboard.press("Enter")
    expect(bold).to_have_attribute("aria-pressed", "true")


def test_who_may_only_look_gets_no_editor(page, live_server, make_article, django_user_model):

    reader = django_user_model.objects.create_user("viv", is_staff=True)
    reader.user_permissions.set(rights(["view_article"]))
    log_in(page, live_server, reader)
    page.goto(f"{live_server.url}/admin/articles/article/{make_article().pk}/change/")
    page.get_by_text("A story").first.wait_for()
    assert not page.locator(".prose-editor, textarea:not(#id_note), .ne-picture-field").count()


# --- the lead picture ---------------------------------------------------------------------------------------


def test_the_lead_picture_is_chosen_by_the_button_on_the_add_form_too(desk, live_server, film, author, pictures):
    open_form(desk, live_server)
    desk.get_by_label("Headline").fill("With a picture")
    desk.get_by_role("button", name="Choose from the library or upload…").click()
    choose_in_library(desk, "A green wall")
    desk.get_by_role("dialog").get_by_role("button", name="Choose").click()
    expect(desk.locator(".ne-picture-field img")).to_be_visible()
    expect(desk.locator("#id_lead_image + .select2")).to_contain_text("A green wall")
    assert "A wall, painted green" in desk.locator("#id_lead_image_alt").get_attribute("placeholder")
    save(desk)
    article = Article.objects.get()
    assert article.lead_image == pictures[1]
    open_form(desk, live_server, article)
    expect(desk.locator(".ne-picture-field img")).to_be_visible()
    desk.locator(".ne-picture-field").get_by_role("button", name="Remove").click()
    save(desk)
    article.refresh_from_db()
    assert article.lead_image is None


# --- for everybody ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_it_fits(desk, live_server, make_article, pictures, axe, width):
    figures = f'<figure data-image="{pictures[0].pk}" data-alt="Own"><figcaption>Words</figcaption></figure>'
    body = f'<p>Text.</p>{figures}<section data-gallery="grid">{figures}</section>{KEPT[5]}<pre>x</pre>{KEPT[4]}'
    article = make_article(body=body, lead_image=pictures[1], tags=("Noir",))
    desk.set_viewport_size({"width": width, "height": 800})
    text = open_form(desk, live_server, article)
    expect(text.locator("figure").first).to_contain_text("Alt: Own")
    desk.wait_for_timeout(200)
    assert axe(desk) == []
    dialog = desk.get_by_role("dialog")

    def check():
        expect(dialog).to_be_visible()
        assert axe(desk) == []
        box = dialog.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width

    text.locator("p").first.click()
    desk.keyboard.press("Alt+0")
    check()
    desk.keyboard.press("Escape")
    desk.keyboard.press("Control+Alt+i")
    choose_in_library(desk, "A blue wall")
    check()
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files([as_file("one.png")])
    check()
    desk.keyboard.press("Escape")
    tool(desk, text.locator("figure").first, "Alternative text and size")
    check()
    desk.keyboard.press("Escape")
    desk.locator("#id_section + .select2 .select2-selection").click()
    desk.locator(".select2-results__option--highlighted").wait_for()
    assert axe(desk) == []

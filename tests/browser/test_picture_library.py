"""The picture library in a real browser: many files at once, words that save themselves, the focal point, deleting."""

import base64
import io
import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from playwright.sync_api import expect

from images.models import Image
from tests.browser.desk import log_in

pytestmark = pytest.mark.django_db(transaction=True)


def jpeg(colour, size=(600, 400)):
    out = io.BytesIO()
    Pillow.new("RGB", size, colour).save(out, "JPEG")
    return out.getvalue()


def chosen(name, data):
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


@pytest.fixture
def desk(page, live_server, editor):
    """Goes to an address of the library, logged in."""
    log_in(page, live_server, editor)

    def go(path=""):
        page.goto(f"{live_server.url}/admin/images/image/{path}")

    return go


def test_many_pictures_are_uploaded_and_completed_and_one_that_fails_stops_none(page, desk, picture):
    page.expected_problems.append("the server responded with a status of 4")  # the answers for two of the files
    with picture.file.open("rb") as file:
        known = file.read()
    desk("upload/")
    page.get_by_label("Choose pictures").set_input_files(
        [
            chosen("red.jpg", jpeg("red")),
            chosen("page.jpg", b"<html>no picture</html>"),
            chosen("known.jpg", known),
            chosen("blue.jpg", jpeg("blue")),
        ]
    )
    page.get_by_text("4 of 4 done, 1 already in the library, 1 failed.").wait_for()
    assert page.get_by_text("This is not a picture that we can read.").is_visible()
    duplicate = page.locator(".picture-row-duplicate")
    assert duplicate.get_by_role("link", name="Seats").is_visible()
    assert Image.objects.count() == 3

    red = page.locator(".picture-row").filter(has=page.get_by_role("link", name="red", exact=True))
    expect(red.get_by_text("needs alternative text")).to_be_visible()
    red.get_by_label("Alternative text").fill("All red")
    expect(red.get_by_text("Saved.")).to_be_visible()
    expect(red.get_by_text("needs alternative text")).to_be_hidden()
    assert Image.objects.get(title="red").alt == "All red"

    blue = page.locator(".picture-row").filter(has=page.get_by_role("link", name="blue", exact=True))
    blue.get_by_label("Decorative").check()
    expect(blue.get_by_text("Saved.")).to_be_visible()
    assert blue.get_by_label("Alternative text").is_disabled()
    assert Image.objects.get(title="blue").decorative

    duplicate.get_by_role("button", name="Store it all the same").click()
    page.get_by_text("4 of 4 done, 1 failed.").wait_for()
    assert Image.objects.count() == 4

    page.reload()  # nothing is lost by it: the address names the pictures
    assert page.locator(".picture-words").count() == 3


def test_a_picture_dropped_onto_the_list_is_added(page, desk, picture):
    desk()
    data = base64.b64encode(jpeg("green")).decode()
    transfer = page.evaluate_handle(
        """data => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
            transfer.items.add(new File([bytes], "green.jpg", {type: "image/jpeg"}));
            return transfer;
        }""",
        data,
    )
    table = page.locator("#result_list")
    table.dispatch_event("dragenter", {"dataTransfer": transfer})
    expect(page.locator("body")).to_have_class(re.compile("picture-dropping"))
    table.dispatch_event("drop", {"dataTransfer": transfer})
    page.get_by_text("1 of 1 done.").wait_for()
    assert Image.objects.filter(title="green").exists()
    page.locator(".picture-row").get_by_label("Alternative text").fill("All green")
    page.get_by_text("Saved.").wait_for()
    assert Image.objects.get(title="green").alt == "All green"


def test_a_server_that_can_not_be_reached_is_told_and_asked_again(page, desk):
    page.expected_problems += ["failed request", "ERR_FAILED"]
    desk("upload/")
    page.route("**/upload/one/", lambda route: route.abort("failed"))
    page.get_by_label("Choose pictures").set_input_files([chosen("red.jpg", jpeg("red"))])
    page.get_by_text("The connection broke off.").wait_for()
    page.unroute("**/upload/one/")
    page.get_by_role("button", name="Try again").click()
    page.get_by_text("1 of 1 done.").wait_for()
    assert Image.objects.get().title == "red"


def stripes():
    wide = Pillow.new("RGB", (900, 300))
    for number, colour in enumerate(("red", "lime", "blue")):
        wide.paste(colour, (number * 300, 0, number * 300 + 300, 300))
    out = io.BytesIO()
    wide.save(out, "PNG")
    return ContentFile(out.getvalue(), name="stripes.png")


def focal(image):
    image.refresh_from_db()
    return image.focal_x, image.focal_y


def test_the_focal_point_is_set_by_a_click_and_by_keys(page, desk):
    image = Image.objects.create(file=stripes(), title="Stripes", alt="Stripes")
    desk(f"{image.pk}/change/")
    shown = page.locator(".focal-point img")
    box = shown.bounding_box()
    shown.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    x, y = (float(page.locator(f"#id_focal_{axis}").input_value()) for axis in "xy")
    assert (x, y) == pytest.approx((0.25, 0.75), abs=0.004)  # a pixel of the screen
    preview = page.locator(".focal-crop-card img")
    shown_at = preview.evaluate("one => one.style.objectPosition").replace("%", "").split()
    assert [float(part) for part in shown_at] == pytest.approx([x * 100, y * 100])

    mark = page.get_by_role("button", name="Focal point")
    expect(mark).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    x, y = round(x + 0.01, 3), round(y - 0.1, 3)
    name = f"Focal point, {int(x * 100 + 0.5)} % from the left, {int(y * 100 + 0.5)} % from the top"
    expect(mark).to_have_accessible_name(name)
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("was changed successfully").wait_for()
    assert focal(image) == (x, y)

    mark.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Escape")
    assert page.locator("#id_focal_x").input_value() == f"{x:.3f}"
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    assert page.locator("#id_focal_x").input_value() == "0.000"  # not beyond the edge


def test_the_preview_is_cut_as_the_site_cuts(page, desk):
    """What the desk shows and what readers get are the same pixels, as far as a screen tells."""
    image = Image.objects.create(file=stripes(), title="Stripes", alt="x", focal_x=0.3)
    desk(f"{image.pk}/change/")
    preview = page.locator(".focal-crop-square img")
    preview.evaluate("one => one.decode()")
    seen = Pillow.open(io.BytesIO(preview.screenshot())).convert("RGB").resize((8, 8))
    rendition = image.ladder.of("square", "jpg")[-1]
    with default_storage.open(rendition.name) as file:
        cut = Pillow.open(file).convert("RGB").resize((8, 8))
    difference = sum(abs(a - b) for a, b in zip(seen.tobytes(), cut.tobytes(), strict=True)) / 192
    assert difference < 12


def test_a_used_picture_tells_where_and_is_not_deleted(page, desk, picture, make_article):
    make_article("The tide clerk", lead_image=picture)
    desk(f"{picture.pk}/change/")
    uses = page.get_by_role("region", name="Where it is used")
    assert uses.get_by_role("link", name="The tide clerk").is_visible()
    page.get_by_role("link", name="Delete").click()
    page.get_by_text("can't be deleted while it is used").wait_for()
    assert page.get_by_role("button", name="Yes").count() == 0
    page.get_by_role("link", name="The tide clerk").click()
    assert page.get_by_label("Headline").input_value() == "The tide clerk"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_library_fits_and_axe_finds_nothing(page, desk, picture, make_article, axe, width):
    page.expected_problems.append("the server responded with a status of 4")
    make_article("The tide clerk", lead_image=picture)
    Image.objects.create(title="W" * 120, credit="Sam " * 40, rights_expire_on="2020-01-01")
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("", "upload/", f"{picture.pk}/change/", "add/", f"{picture.pk}/delete/", "?needs=alt&rights=expired"):
        desk(path)
        if path == "upload/":
            with picture.file.open("rb") as file:
                known = chosen("known.jpg", file.read())
            files = [chosen("red.jpg", jpeg("red")), chosen("x.jpg", b"no"), known]
            page.get_by_label("Choose pictures").set_input_files(files)
            page.get_by_text("3 of 3 done").wait_for()
        assert axe(page) == [], path
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{path} is {wider} pixels wider than the screen"
        Image.objects.filter(title="red").delete()

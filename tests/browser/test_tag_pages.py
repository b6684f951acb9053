"""The pages of tags in a real browser: walking from one to the other, on every width, for every reader."""

import pytest

from articles.models import RelatedSettings, Tag
from images.models import Image
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def venice(make_article, picture):
    for number in range(8):
        tags = ("Venice", "Festivals", *(["Opera", "Noir"] if number < 3 else []), *(["Italy"] if number == 5 else []))
        make_article(f"Number {number}", tags=tags, lead_image=picture).publish()
    make_article("An island", tags=("Murano", "Venice")).publish()
    venice = Tag.objects.get(name="Venice")
    venice.kind, venice.description = "place", "The city on the water, and who lives in it."
    venice.picture = Image.objects.create(file=jpeg(900, 500), title="Canal", alt="A canal", credit="Noor Aziz")
    venice.parent = Tag.objects.get(name="Italy")
    venice.save()
    Tag.objects.filter(name="Murano").update(parent=venice)
    RelatedSettings(tells_readers_why=True).save()


def test_from_an_article_to_its_tag_to_two_at_once_and_back(page, live_server, venice):
    page.goto(f"{live_server.url}/film/number-0/")
    assert page.get_by_text("About ", exact=False).first.is_visible()
    page.get_by_role("navigation", name="Tags").get_by_role("link", name="Venice").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Venice"
    page.get_by_role("link", name="Italy").click()
    page.get_by_role("navigation", name="Parts of Italy").get_by_role("link", name="Venice").click()
    page.get_by_role("link", name="Venice and Opera, both").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Opera and Venice"
    assert page.locator(".river .card").count() == 3
    page.get_by_role("link", name="Without Venice").click()
    assert page.url == f"{live_server.url}/tags/opera/"


@pytest.mark.parametrize("width", [360, 1280])
def test_they_fit_and_axe_finds_nothing(page, live_server, venice, axe, width):
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("/tags/venice/", "/tags/opera+venice/", "/tags/noir+opera+venice/", "/film/number-0/"):
        page.goto(f"{live_server.url}{address}")
        assert axe(page) == [], address
        wider = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert wider <= 0, f"{address} is {wider} pixels wider than the screen"
        small = page.locator("main nav a, .tag-head a").evaluate_all(
            "links => links.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"
        )
        assert small == [], address

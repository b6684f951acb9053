"""Share pictures that are drawn: of what readers see and that shows none of its own, kept once, under an address of its words."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image as Pillow

from articles.models import Article, StandingPage
from articles.pages.share import views
from articles.pages.share.cards import Card, card_of
from articles.pages.share.drawing import draw
from newsroom import uploads
from newsroom.models import SiteIdentity
from tests.streamed import closed

pytestmark = pytest.mark.django_db


def address_on(client: Client, path: str) -> str:
    found = re.search(r'property="og:image" content="https?://[^/]+([^"]+)"', client.get(path).content.decode())
    assert found is not None
    return found[1]


def fetched(client: Client, address: str) -> int:
    """The status, once all of it is here."""
    return int(closed(client.get(address)).status_code)


def picture_of(answer: Any) -> Pillow.Image:
    return Pillow.open(io.BytesIO(b"".join(answer.streaming_content)))


@pytest.fixture
def story(make_article: Any, editor: Any) -> Article:
    story: Article = make_article("Tide")
    story.publish(by=editor)
    return story


def test_it_is_drawn_when_it_is_asked_for_and_kept(client: Client, story: Article) -> None:
    address = address_on(client, story.get_absolute_url())
    answer = client.get(address)
    assert "immutable" in answer["Cache-Control"]
    picture = picture_of(answer)
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert default_storage.listdir(f"share/article-{story.pk}")[1] == [address.rpartition("-")[2]]


def test_other_words_have_another_address_and_the_old_one_leads_there(client: Client, story: Article) -> None:
    old = address_on(client, story.get_absolute_url())
    assert fetched(client, old) == 200
    story.headline = "Ebb"
    story.save()
    story.publish()
    new = address_on(client, story.get_absolute_url())
    moved = client.get(old)
    assert (moved.status_code, moved["Location"], moved["Cache-Control"]) == (302, new, "no-cache")
    assert fetched(client, new) == 200
    assert default_storage.listdir(f"share/article-{story.pk}")[1] == [new.rpartition("-")[2]]  # the old file is gone


def test_what_readers_do_not_see_has_none(client: Client, make_article: Any, story: Article, picture: Any) -> None:
    address = address_on(client, story.get_absolute_url())
    draft, planned, pictured = make_article("Draft"), make_article("Planned"), make_article("Own", lead_image=picture)
    planned.publish(at=timezone.now() + timedelta(days=1))
    pictured.publish()
    page = StandingPage(title="Not yet")
    page.save()
    for one in (draft, planned, pictured):
        assert client.get(address.replace(f"article-{story.pk}-", f"article-{one.pk}-")).status_code == 404
    for key in (f"standingpage-{page.pk}", "article-999999999999999999", "nothing-1", "site-1"):
        assert client.get(address.replace(f"article-{story.pk}", key)).status_code == 404, key
    story.withdraw()
    assert client.get(address).status_code == 404


def test_it_waits_a_little_for_its_turn_and_then_says_so(
    client: Client, story: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = address_on(client, story.get_absolute_url())
    monkeypatch.setattr(views, "PATIENCE", 0.01)
    with uploads.one_at_a_time:
        busy = client.get(address)
    assert (busy.status_code, busy["Retry-After"]) == (503, "5")
    assert fetched(client, address) == 200


@pytest.mark.parametrize(
    "title",
    [
        "",
        "x",
        "W" * 1000,
        "words " * 200,
        "</script>\u2028\x00",
        "\u202eabc",
        "שלום עולם",
        "مرحبا بالعالم",
        "新聞編集",
        "🚀" * 30,
    ],
)
def test_any_title_can_be_drawn(title: str) -> None:
    png = draw(card_of("article:1", title, "Film"))
    assert Pillow.open(io.BytesIO(png)).size == (1200, 630)


@pytest.mark.parametrize(("accent", "ink"), [("#102030", (255, 255, 255)), ("#ffe680", (22, 19, 15))])
def test_the_words_stand_out_from_the_colour(accent: str, ink: tuple[int, int, int]) -> None:
    SiteIdentity(name="The Tide", accent=accent).save()
    card: Card = card_of("article:1", "Tide")
    colours = Pillow.open(io.BytesIO(draw(card))).convert("RGB").crop((72, 72, 1128, 508)).getcolors(1 << 20)
    assert colours is not None
    assert ink in [colour for _number, colour in colours]

"""The desk of fronts without a script: forms that lay out, publish, undo; what is refused; who sees what."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Article, Front, FrontVersion, Section, SectionLimit
from articles.models.fronts.laying_out import publish, save_draft
from articles.models.fronts.layout import Container, Layout, Slot

pytestmark = pytest.mark.django_db
HOME = "/admin/articles/front/lay-out/0/"


@pytest.fixture
def desk(client: Client, editor: Any) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def paper(make_article: Any) -> dict[str, int]:
    now = timezone.now()
    found = {}
    for number in range(8):
        article = make_article(f"A{number}")
        article.publish(at=now - timedelta(hours=number + 1))
        found[f"A{number}"] = article.pk
    return found


def fields(page: Any) -> dict[str, str]:
    """What the board's form holds."""
    board = page.context["board"]
    return {"number": str(board.number), "layout": board.written}


def press(desk: Client, act: str, **more: str) -> Any:
    """As a person without script: look at the board, press a button of it."""
    return desk.post(f"{HOME}act/", {**fields(desk.get(HOME)), "act": act, **more})


def draft() -> Layout:
    return Layout.read(FrontVersion.objects.get(state="draft").layout)


def picked(name: str) -> list[int]:
    return [slot.article for slot in draft().container(name).slots]


def test_a_front_is_laid_out_published_and_taken_back_without_a_script(desk: Client, paper: dict[str, int]) -> None:
    assert "Nobody has laid out this front" in desk.get(HOME).content.decode()
    assert not Front.objects.exists()  # looking makes no row
    press(desk, "pick|opening", article=str(paper["A7"]))
    press(desk, "", **{"article-opening": "/film/a6/"})  # Enter, with an address
    press(desk, f"pick-this|opening|{paper['A5']}")
    assert picked("opening") == [paper[one] for one in ("A7", "A6", "A5")]
    press(desk, "up|opening|2")
    press(desk, "out|opening|0")
    assert picked("opening") == [paper["A5"], paper["A6"]]
    assert "A5" not in desk.get("/").context["front"].blocks[0].lead.article.headline
    asked = desk.get(f"{HOME}publish/")
    assert "“A5” comes in: “opening”, place 1." in asked.content.decode()
    number = asked.context["versions"].draft.number
    assert desk.post(f"{HOME}publish/", {"number": number, "note": "Morning"}).status_code == 302
    assert desk.get("/").context["front"].blocks[0].lead.article.headline == "A5"
    live = FrontVersion.objects.get(state="live")
    assert live.note == "Morning"
    desk.post(f"{HOME}undo/", {"number": live.number})
    assert desk.get("/").context["front"].blocks[0].lead.article.headline == "A0"
    history = desk.get(f"{HOME}versions/").content.decode()
    assert "Morning" in history
    desk.post(f"{HOME}versions/{live.pk}/restore/")
    assert picked("opening") == [paper["A5"], paper["A6"]]
    desk.post(f"{HOME}discard/", {"number": FrontVersion.objects.get(state="draft").number})
    assert not FrontVersion.objects.filter(state="draft").exists()


def test_cards_go_from_container_to_container_and_containers_up_and_down(desk: Client, paper: dict[str, int]) -> None:
    press(desk, "container-new|row")
    names = [one.name for one in draft().containers]
    first, last = names[0], names[-1]
    press(desk, f"container-up|{last}")
    assert [one.name for one in draft().containers][-2] == last
    before = draft().containers[-3].name
    press(desk, f"pick|{last}", article=str(paper["A3"]))
    press(desk, f"up|{last}|0")
    assert picked(before) == [paper["A3"]] and picked(last) == []
    press(desk, f"down|{before}|0")
    assert picked(last) == [paper["A3"]]
    press(desk, f"move|{last}|0|{first}|0")
    assert picked(first) == [paper["A3"]]
    press(desk, f"container-out|{first}")
    assert first not in [one.name for one in draft().containers]


def test_what_a_card_says_and_what_fills_a_container_are_forms(
    desk: Client, paper: dict[str, int], picture: Any
) -> None:
    press(desk, "pick|opening", article=str(paper["A7"]))
    board = fields(desk.get(HOME))
    said = {
        "of": "opening|0", "f-headline": "Said here", "f-kicker": "Now", "f-picture": str(picture.pk), "f-size": "large",
        "f-until_0": "2030-01-01", "f-until_1": "12:00", "f-again": "on",
    }  # fmt: skip
    assert desk.post(f"{HOME}edit/", {**board, **said}).status_code == 302
    [slot] = draft().container("opening").slots
    assert (slot.headline, slot.kicker, slot.picture, slot.size, slot.again) == (
        "Said here",
        "Now",
        picture.pk,
        "large",
        True,
    )
    assert slot.until is not None and slot.until.year == 2030
    board = fields(desk.get(HOME))
    wrong = desk.post(
        f"{HOME}edit/", {**board, **said, "f-picture": "999999", "f-start_0": "2031-01-01", "f-start_1": "10:00"}
    )
    assert wrong.status_code == 400
    assert (
        "no picture of this number" in wrong.content.decode() and "must end after it begins" in wrong.content.decode()
    )
    container = {
        "of": "opening", "f-label": "Lead <b>", "f-shape": "feature", "f-tone": "slab", "f-how_many": "3",
        "f-fills": "on", "f-tags": "No such tag",
    }  # fmt: skip
    assert "no tag “No such tag”" in desk.post(f"{HOME}edit/", {**board, **container}).content.decode()
    assert desk.post(f"{HOME}edit/", {**board, **container, "f-tags": ""}).status_code == 302
    made = draft().container("opening")
    assert (made.label, made.shape.slug, made.tone, made.how_many) == ("Lead <b>", "feature", "slab", 3)
    assert "Lead &lt;b&gt;" in desk.get(f"{HOME}preview/").content.decode()


def test_the_second_of_two_chooses_and_nothing_is_lost(desk: Client, paper: dict[str, int], people: Any) -> None:
    board = fields(desk.get(HOME))
    other = Client()
    other.force_login(people["publisher"])
    press(other, "pick|opening", article=str(paper["A1"]))
    for act, expected in (("take", "A1"), ("keep", "A2")):
        clash = desk.post(f"{HOME}act/", {**board, "act": f"pick-this|opening|{paper['A2']}"})
        assert clash.status_code == 409 and "publisher changed it" in clash.content.decode()
        assert picked("opening") == [paper["A1"]]  # nothing is written before the choice
        mine = {"number": clash.context["their_number"], "layout": clash.context["mine"]}
        assert desk.post(f"{HOME}act/", {**mine, "act": act}).status_code == 302
        assert picked("opening") == [paper[expected]]
        given_up = FrontVersion.objects.filter(state="past").order_by("-changed_at")[0]
        assert paper["A2" if act == "take" else "A1"] in [slot.article for slot in Layout.read(given_up.layout).slots]


def test_a_preview_is_the_page_and_for_nobody_else(desk: Client, paper: dict[str, int]) -> None:
    press(desk, f"pick-this|opening|{paper['A7']}")
    page = desk.get(f"{HOME}preview/")
    assert "no-store" in page["Cache-Control"] and page["X-Robots-Tag"] == "noindex"
    assert page.context["front"].blocks[0].lead.article.headline == "A7"
    live = desk.get(f"{HOME}preview/?of=live")
    assert live.context["front"].blocks[0].lead.article.headline == "A0"


@pytest.mark.parametrize(
    "layout",
    [
        "",
        "x",
        "[",
        "null",
        "[]",
        "[" * 50_000,
        '{"containers": 3}',
        "\x00",
        "{}" * 50_000,
        '{"containers":[{"name":"../"}]}',
    ],
)
def test_what_is_no_layout_is_refused(desk: Client, layout: str) -> None:
    answer = desk.post(f"{HOME}act/", {"layout": layout, "number": "0", "act": "container-new|row"})
    assert answer.status_code == 400 and not FrontVersion.objects.exists()


@pytest.mark.parametrize("act", ["", "x", "up", "up|", "up|opening", "up|opening|99", "up|opening|-1", "up|nowhere|0", "container-new|x", "container-up|opening", "move|a|b", "move|opening|0|opening|" + "9" * 50, "pick|opening", "pick|nowhere", "pick-this|opening|x", "\x00|\u2028"])  # fmt: skip
def test_what_is_no_button_is_refused(desk: Client, paper: dict[str, int], act: str) -> None:
    assert press(desk, act).status_code == 400
    assert not FrontVersion.objects.exists()


@pytest.mark.parametrize(
    "article", ["0", "-1", "9" * 30, "x", "/nowhere/at-all/", "https://elsewhere.example/a/", "\x00"]
)
def test_an_article_that_cannot_be_found_is_not_picked(desk: Client, paper: dict[str, int], article: str) -> None:
    assert press(desk, "pick|opening", article=article).status_code == 400


@pytest.mark.parametrize(
    "query", ["?of=9&at=x", "?of=" + "9" * 40, "?of=\x00", "?at=" + "9" * 99, "?at=9999-12-31T23:59"]
)
def test_any_preview_is_answered(desk: Client, paper: dict[str, int], query: str) -> None:
    assert desk.get(f"{HOME}preview/{query}").status_code in {200, 404}
    assert desk.get("/admin/articles/front/lay-out/99999999999999999999/").status_code == 404


def test_a_draft_s_headline_is_told_to_none_who_may_not_see_it(
    client: Client, people: Any, make_article: Any, film: Section, editor: Any
) -> None:
    secret = make_article("Zanzibarquartz", created_by=editor)
    secret.publish(at=timezone.now() + timedelta(days=1))
    front = Front.objects.of(None)
    layout = Layout((Container("a", slots=(Slot(secret.pk),)),))
    save_draft(front, layout, by=editor, number=0)
    client.force_login(people["contributor"])
    for address in (HOME, "/admin/articles/front/", f"{HOME}preview/", f"{HOME}versions/"):
        page = client.get(address)
        assert page.status_code == 200 and b"Zanzibarquartz" not in page.content and b"planned" not in page.content
    later = f"{HOME}preview/?at={timezone.now() + timedelta(days=2):%Y-%m-%dT%H:%M}"
    assert client.get(later).status_code == 403
    client.force_login(people["editor"])
    page = client.get(HOME).content
    assert b"Zanzibarquartz" in page and b"It is planned for" in page
    assert b"Zanzibarquartz" in client.get(later).content
    SectionLimit.objects.create(user=people["editor"], section=Section.objects.create(name="Elsewhere"))
    client.force_login(people["editor"])
    assert client.get(later).status_code == 403 and b'name="at"' not in client.get(HOME).content


def test_a_preview_of_a_moment_that_is_over_shows_nothing_that_was_taken_down(
    desk: Client, paper: dict[str, int], editor: Any
) -> None:
    Article.objects.get(pk=paper["A0"]).take_down(reason="A judge says so")
    before = f"{HOME}preview/?of=live&at={timezone.now() - timedelta(minutes=30):%Y-%m-%dT%H:%M}"
    assert "A0" not in [one.headline for one in desk.get(before).context["page"].items]


def test_a_board_costs_as_many_queries_with_thirty_containers_as_with_one(
    desk: Client, paper: dict[str, int], editor: Any, django_assert_max_num_queries: Any
) -> None:
    front = Front.objects.of(None)
    boxes = [Container(f"c{number}", slots=(Slot(paper[f"A{number % 8}"], again=True),)) for number in range(30)]
    number = 0
    for some in (boxes[:1], boxes):
        number = publish(
            front, by=editor, number=save_draft(front, Layout(tuple(some)), by=editor, number=number).number
        ).number
        desk.get(HOME)
        with django_assert_max_num_queries(18):
            assert len(desk.get(HOME).context["board"].boxes) == len(some)
        with django_assert_max_num_queries(14):
            desk.get("/admin/articles/front/")
    assert json.loads(fields(desk.get(HOME))["layout"])["containers"]

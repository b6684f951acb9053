"""Search, as readers meet it: the same on both databases."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.models import Article, SearchEntry, Section, Tag
from articles.models.related.terms import Term
from articles.models.searching import keeping, waiting
from articles.models.searching.finding import search
from articles.models.searching.question import Question
from authors.models import Author
from newsroom.models import SiteIdentity
from tests.conftest import SHARED, MakeArticle

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def found(text: str, **filters: Any) -> list[str]:
    """Headlines, the best first."""
    answer = Client().get("/search/", {"q": text, **filters})
    assert answer.status_code == 200, answer.status_code
    return [card.headline for card in answer.context["cards"]]


def page(text: str, **filters: Any) -> str:
    return Client().get("/search/", {"q": text, **filters}).content.decode()


@pytest.fixture
def lagoon(make_article: MakeArticle) -> None:
    make_article("Gondolas at dawn", body="<p>The lagoon lies still.</p>").publish()
    make_article(
        "A festival", standfirst="Lions of gold", body="<p>On the lagoon, films.</p>", tags=("Venice",)
    ).publish()
    make_article("Cars", body="<p>A road over dry land.</p>").publish()


def test_words_are_found_wherever_they_stand(lagoon: None) -> None:
    assert found("gondolas") == ["Gondolas at dawn"]
    assert found("LIONS") == ["A festival"]
    assert found("venice") == ["A festival"]
    assert sorted(found("duarte")) == ["A festival", "Cars", "Gondolas at dawn"]
    assert sorted(found("lagoon")) == ["A festival", "Gondolas at dawn"]
    assert found("submarine") == []


def test_the_question_language(lagoon: None) -> None:
    assert found("lagoon films") == ["A festival"]  # both words
    assert found("lagoon -films") == ["Gondolas at dawn"]
    assert found('"lies still"') == ["Gondolas at dawn"]
    assert found('"still lies"') == []
    assert sorted(found("gondolas OR road")) == ["Cars", "Gondolas at dawn"]
    assert sorted(found("gondolas or road")) == ["Cars", "Gondolas at dawn"]
    assert found('lagoon -"lagoon films"') == ["Gondolas at dawn"]
    assert found('lagoon -"films lagoon"') != []  # both words are there, but not as this phrase
    assert found('"lies still') == ["Gondolas at dawn"]  # a quote that nothing closes
    assert found("-lagoon") == []


def test_a_headline_counts_more_than_a_standfirst_than_a_tag_than_the_body(make_article: MakeArticle) -> None:
    at = timezone.now() - DAY
    make_article("In the text", body="<p>There it is said: amber.</p>").publish(at=at)
    make_article("In a tag", tags=("Amber",), body="<p>There it is said: nothing.</p>").publish(at=at)
    make_article("In a standfirst", standfirst="Of amber", body="<p>There it is said: nothing.</p>").publish(at=at)
    make_article("On amber", body="<p>There it is said: nothing.</p>").publish(at=at)
    assert found("amber") == ["On amber", "In a standfirst", "In a tag", "In the text"]


def test_fresh_stands_above_stale_where_they_are_equal_but_not_above_what_answers_better(
    make_article: MakeArticle,
) -> None:
    make_article("Stale", body="<p>One word: amber.</p>").publish(at=timezone.now() - 3000 * DAY)
    make_article("Fresh", body="<p>One word: amber.</p>").publish(at=timezone.now() - DAY)
    make_article("Amber, years ago", body="<p>One word: none.</p>").publish(at=timezone.now() - 3000 * DAY)
    assert found("amber") == ["Amber, years ago", "Fresh", "Stale"]


def test_accents_and_case_do_not_matter_and_scripts_without_spaces_are_found(make_article: MakeArticle) -> None:
    make_article("Le café d’Inês", body="<p>Große Straße</p>").publish()
    make_article("威尼斯电影节开幕").publish()
    assert found("cafe ines") == ["Le café d’Inês"]
    assert found("CAFÉ") == ["Le café d’Inês"]
    assert found("电影节") == ["威尼斯电影节开幕"]
    assert found("节电") == []
    assert "<mark>" in page("电影") and "\u200b" not in page("电影")


# --- only what readers have -------------------------------------------------------------------------------------------


def test_only_what_is_live_and_as_it_is(make_article: MakeArticle) -> None:
    article = make_article("Beryl")
    assert found("beryl") == []
    article.publish()
    article.headline = "Topaz"
    article.save()
    assert found("beryl") == ["Beryl"] and found("topaz") == []
    article.publish()
    assert found("beryl") == [] and found("topaz") == ["Topaz"]
    article.withdraw()
    assert found("topaz") == [] and not SearchEntry.objects.exists()


def test_it_is_found_from_its_second_on_and_until_its_end(make_article: MakeArticle, monkeypatch: Any) -> None:
    now = timezone.now()
    make_article("Beryl").publish(at=now + DAY, until=now + 2 * DAY)
    assert found("beryl") == []
    for later, headlines in ((DAY * 1.5, ["Beryl"]), (DAY * 2.5, [])):
        monkeypatch.setattr(timezone, "now", lambda later=later: now + later)
        assert found("beryl") == headlines


def test_a_planned_update_is_found_in_its_turn_also_after_a_fix_went_into_it(
    make_article: MakeArticle, monkeypatch: Any
) -> None:
    now = timezone.now()
    article = make_article("Beryl", standfirst="Old")
    article.publish(at=now - DAY)
    article.headline = "Topaz"
    article.save()
    article.publish(at=now + DAY)
    article.begin_fix()
    article = Article.objects.get(pk=article.pk)
    article.standfirst = "Jasper"
    article.save()
    article.publish()
    assert found("jasper") == ["Beryl"] and found("topaz") == []
    monkeypatch.setattr(timezone, "now", lambda: now + 2 * DAY)
    assert found("topaz jasper") == ["Topaz"] and found("beryl") == []


def test_taken_down_and_brought_back(make_article: MakeArticle) -> None:
    article = make_article("Beryl")
    article.publish()
    article.take_down(reason="A court")
    assert found("beryl") == []
    article.bring_back()
    assert found("beryl") == ["Beryl"]


def test_a_text_of_any_length_is_published_and_found(make_article: MakeArticle) -> None:
    words = " ".join(f"слово{number}ж{number * 7919 % 10007}" for number in range(60_000))
    make_article("Beryl", body=f"<p>amber {'w' * 5000} {words}</p>").publish()
    assert found("amber") == found("beryl слово7ж5398") == ["Beryl"]


# --- names that change ------------------------------------------------------------------------------------------------


def test_renamed_tags_and_authors_are_found_by_their_new_names(
    make_article: MakeArticle, author: Author, django_capture_on_commit_callbacks: Any
) -> None:
    make_article("One", body="<p>Amber.</p>", tags=("Movies",)).publish()
    tag = Tag.objects.get(name="Movies")
    with django_capture_on_commit_callbacks(execute=True):
        tag.name = "Pictures"
        tag.save()
        author.name = "Ana Lima"
        author.save()
    assert found("pictures lima amber") == ["One"]
    assert found("movies") == found("duarte") == []
    with django_capture_on_commit_callbacks(execute=True):
        tag.is_hidden = True
        tag.save()
    assert found("pictures") == []


def test_a_merge_and_its_undoing_move_what_is_found(make_article: MakeArticle) -> None:
    from articles.models.tags.order.merging import begin_merge
    from articles.models.tags.order.working import go_on, undo

    make_article("One", tags=("Movies",)).publish()
    film = Tag.objects.named(["Cinema"])[0]
    [act] = begin_merge([Tag.objects.get(name="Movies")], into=film)
    go_on(act)
    assert found("cinema") == ["One"] == found("one", tag="cinema") and found("movies") == []
    undo(act)
    assert found("movies") == ["One"] and found("cinema") == []


def test_many_articles_of_a_tag_follow_in_slices(
    make_article: MakeArticle, django_capture_on_commit_callbacks: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(waiting, "SLICE", 2)
    for number in range(5):
        make_article(f"Article {number}", tags=("Movies",)).publish()
    with django_capture_on_commit_callbacks(execute=True):
        tag = Tag.objects.get(name="Movies")
        tag.name = "Pictures"
        tag.save()
    assert len(found("pictures")) == 2
    call_command("announce")
    assert len(found("pictures")) == 5
    tomorrow = timezone.now() + DAY
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    waiting.go_on()
    assert waiting.go_on() == 0 and not keeping.SearchEntry.objects.filter(names__contains="Movies").exists()


def test_renaming_costs_no_more_queries_with_more_articles(
    make_article: MakeArticle, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make_article(f"Article {number}", tags=("Movies",)).publish()
    Tag.objects.filter(name="Movies").update(name="Pictures")
    with django_assert_max_num_queries(8):
        assert keeping.rename(list(SearchEntry.objects.values_list("pk", flat=True))) == 12


# --- narrowed down ----------------------------------------------------------------------------------------------------


def test_filters_and_all_of_them_together(make_article: MakeArticle, author: Author) -> None:
    stage = Section.objects.create(name="Stage", slug="stage")
    make_article("Here amber", tags=("Venice",)).publish(at=timezone.now() - 10 * DAY)
    make_article("There amber", section=stage).publish(at=timezone.now() - 3 * DAY)
    assert found("amber", section="stage") == ["There amber"]
    assert found("amber", tag="venice") == found("amber", tag="VENICE") == ["Here amber"]
    assert len(found("amber", author="ines-duarte")) == len(found("amber", author="inês Duarte")) == 2
    day = (timezone.localdate() - 5 * DAY).isoformat()
    assert found("amber", **{"from": day}) == ["There amber"]
    assert found("amber", until=day) == ["Here amber"]
    both = {"section": "film", "tag": "venice", "author": "ines-duarte", "until": day}
    assert found("amber", **both) == ["Here amber"]
    assert found("amber", **(both | {"section": "stage"})) == []
    assert found("amber", section="nowhere") == found("amber", tag="nothing") == found("amber", author="nobody") == []
    assert "2026-03-31" in page("amber", **{"from": "yesterday"})


def test_the_days_are_whole_and_of_the_sites_zone(make_article: MakeArticle, settings: Any) -> None:
    from datetime import UTC, datetime

    settings.TIME_ZONE = "Europe/Berlin"
    make_article("Half past midnight").publish(at=datetime(2026, 9, 30, 22, 30, tzinfo=UTC))
    assert found("midnight", **{"from": "2026-10-01", "until": "2026-10-01"}) == ["Half past midnight"]
    assert found("midnight", until="2026-09-30") == []


# --- the page ---------------------------------------------------------------------------------------------------------


def test_snippets_mark_what_was_asked_and_escape_all_else(make_article: MakeArticle) -> None:
    make_article(
        "Amber & <b>jet</b>", body="<p>So &lt;script&gt;alert(1)&lt;/script&gt; and amber, they say.</p>"
    ).publish()
    told = page("amber")
    assert "<mark>Amber</mark> &amp; &lt;b&gt;jet&lt;/b&gt;" in told or "<mark>Amber</mark> &amp; " in told
    assert "<mark>amber</mark>" in told and "<script>alert" not in told and "<b>jet" not in told


def test_marks_in_a_text_are_not_marks_of_ours(make_article: MakeArticle) -> None:
    make_article("Amber \ue000forged\ue001", body="<p>\ue001Amber\ue000\ue000</p>").publish()
    told = page("amber")
    assert "<mark>forged" not in told and "\ue000" not in told and told.count("<mark>") == told.count("</mark>")


def test_pages_of_results(make_article: MakeArticle, settings: Any) -> None:
    settings.PAGE_SIZE = 2
    for number in range(5):
        make_article(f"Amber {number}").publish(at=timezone.now() - number * DAY)
    seen = [headline for number in (1, 2, 3) for headline in found("amber", page=number)]
    assert seen == [f"Amber {number}" for number in range(5)]
    told = page("amber", section="film", page=2)
    assert "5 articles" in told and "q=amber&amp;section=film&amp;page=3" in told
    assert Client().get("/search/", {"q": "amber", "page": 4}).status_code == 404


def test_more_than_are_looked_at_still_finds_the_old_one_that_is_about_it(
    make_article: MakeArticle, monkeypatch: Any
) -> None:
    from articles.models.searching import finding

    monkeypatch.setattr(finding, "MOST", 3)
    make_article("All about amber").publish(at=timezone.now() - 2000 * DAY)
    for number in range(4):
        make_article(f"Newer {number}", body="<p>It mentions amber.</p>").publish(at=timezone.now() - number * DAY)
    assert found("amber") == ["All about amber", "Newer 0", "Newer 1", "Newer 2"]
    assert search(Question.read("amber")).has_more


@pytest.mark.parametrize("count", [1, 30])
def test_eight_queries_at_most(make_article: MakeArticle, count: int, django_assert_max_num_queries: Any) -> None:
    for number in range(count):
        make_article(f"Amber {number}", tags=("Venice",)).publish()
    asked = {"q": "amber", "section": "film", "tag": "venice", "author": "ines-duarte"}
    Client().get("/search/", asked)
    with django_assert_max_num_queries(8):
        Client().get("/search/", asked)
    with django_assert_max_num_queries(8):
        Client().get("/search/", asked | {"q": "ambre"})


def test_did_you_mean_what_readers_can_find(make_article: MakeArticle) -> None:
    make_article("Obsidian and amethyst", body="<p>Words on stones.</p>").publish()
    make_article("Chrysoberyl").publish(at=timezone.now() + DAY)
    assert Term.objects.filter(word="chrysoberyl").exists()
    told = page("obsidan amethist", section="film")
    assert "Did you mean" in told and "q=obsidian+amethyst&amp;section=film" in told
    assert "No article holds all of these words." in told
    assert "chrysoberyl" not in page("chrysoberil").lower()


def test_an_empty_search_is_the_form_and_only_that_may_be_indexed(make_article: MakeArticle) -> None:
    empty, asked = Client().get("/search/"), Client().get("/search/", {"q": "amber"})
    assert "noindex" not in empty.content.decode() and "X-Robots-Tag" not in empty
    assert "noindex" in asked.content.decode() and asked["X-Robots-Tag"] == "noindex"
    assert '/search/">' in asked.content.decode().split('rel="canonical"')[1][:80]
    assert "public" in asked["Cache-Control"] and "Cookie" not in asked["Vary"]


def test_in_the_sites_language(make_article: MakeArticle) -> None:
    SiteIdentity(search_language="english").save()
    make_article("The running of bulls", body="<p>They ran through streets.</p>").publish()
    assert found("run bull street") == ["The running of bulls"]
    assert found("the running of the bulls") == ["The running of bulls"]
    assert "say" in page("the of and")
    assert "<mark>running</mark>" in page("run")


def test_another_language_is_taken_up_by_itself(
    make_article: MakeArticle, django_capture_on_commit_callbacks: Any
) -> None:
    make_article("The running of bulls").publish()
    assert found("run") == []
    with django_capture_on_commit_callbacks(execute=True):
        SiteIdentity(search_language="english").save()
    assert found("run") == found("bull running") == ["The running of bulls"]
    with django_capture_on_commit_callbacks(execute=True):
        SiteIdentity(search_language="klingon").save()  # which no server knows
    assert found("run") == [] and found("running") == ["The running of bulls"]


# --- bad input --------------------------------------------------------------------------------------------------------

BAD = [
    '"', '""', '"""', "-", "--", '-"', "OR", "OR OR", "a OR", "OR a", "AND", "NOT a", "NEAR(a b)", "a*", "^a", "a:b", "{a}:b",
    "headline : a", "'", "';--", "\\", "%", "_", "(", "((", ")", "a & | ! b", "a <-> b", "!a", ":*", "f:s1", "'f:s1'", "\u2028",
    "\u202etxet", "</script>", "🚀", "é\u0301", "\ud7ff", "\ue000", "\u200b", "x" * 190, "a " * 99, '"a b" ' * 30,
]  # fmt: skip


@pytest.mark.parametrize("text", BAD)
def test_bad_questions_are_answered(make_article: MakeArticle, text: str) -> None:
    make_article("A story").publish()
    assert Client().get("/search/", {"q": text}).status_code in {200, 400}
    for field in ("section", "tag", "author", "from", "until"):
        assert Client().get("/search/", {"q": "story", field: text}).status_code == 200


def test_what_nobody_types_is_refused_quickly() -> None:
    import time

    begun = time.monotonic()
    for query in (
        f"q={'a' * 100_000}",
        f"q={'a+' * 200_000}",
        "q=" + "%22a+b%22+" * 20_000,
        f"tag={'%C3%A9' * 50_000}&q=a",
    ):
        assert Client().get(f"/search/?{query}").status_code in {200, 400}
    assert Client().get("/search/?q=a%00b").status_code == 400
    for number in ("0", "-1", "1e9", "1000000000", "²", "9" * 5000, ""):
        assert Client().get("/search/", {"q": "a", "page": number}).status_code == 404
    assert time.monotonic() - begun < 5


def test_the_list_of_naughty_strings(make_article: MakeArticle) -> None:
    path = SHARED / "data/dev/strings/blns.txt"
    if not path.exists():
        pytest.skip("the list of naughty strings is not here")
    make_article("A story").publish()
    for line in path.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            assert Client().get("/search/", {"q": line, "tag": line}).status_code in {200, 400}, line


def test_the_form_is_listed_and_results_are_not(client: Client) -> None:
    empty, asked = client.get("/search/").content.decode(), client.get("/search/", {"q": "tea"}).content.decode()
    assert '<meta name="robots" content="max-image-preview:large">' in empty
    assert '<meta name="robots" content="noindex">' in asked and "<title>Search: tea" in asked
    for page in (empty, asked):
        assert '<link rel="canonical" href="http' in page and '/search/">' in page
        assert "SearchResultsPage" in page and 'property="og:title"' in page

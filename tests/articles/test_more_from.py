"""Under an article: more from its section and its first author, why a card is there, and what machines read of its tags."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import Article, Byline, RelatedSettings, Section, Tag
from authors.models import Author
from newsroom import pagecache

pytestmark = pytest.mark.django_db


@pytest.fixture
def books(db):
    return Section.objects.create(name="Books", slug="books")


@pytest.fixture
def newsroom(make_article, film, books, author):
    """Ten of the section by others, ten of the author elsewhere; three that are related."""
    other = Author.objects.create(name="Teo Brandt")
    for number in range(10):
        theirs = make_article(f"Section {number}", section=film)
        theirs.bylines.update(author=other)
        theirs.publish(at=timezone.now() - timedelta(days=number + 1))
        mine = make_article(f"Author {number}", section=books)
        Byline.objects.create(article=mine, author=author, role=Byline.Role.PHOTOGRAPHER, position=1)
        mine.publish(at=timezone.now() - timedelta(days=number + 1))
    for number in range(3):
        make_article(f"Related {number}", section=film, tags=("Noir",)).publish(at=timezone.now() - timedelta(hours=1))
    article = make_article("This", slug="this", tags=("Noir",))
    article.publish()
    return article


def lines(client, address="/film/this/"):
    more = client.get(address).context["more"]
    return {str(line.source): [one.headline for one in line.articles] for line in more}


def test_the_newest_of_both_besides_what_is_shown_already(client, newsroom):
    cards = [one.card.headline for one in client.get("/film/this/").context["related"]]
    assert sorted(cards) == ["Related 0", "Related 1", "Related 2"]
    assert lines(client) == {
        "Film": [f"Section {number}" for number in range(4)],
        "Inês Duarte": [f"Author {number}" for number in range(4)],
    }
    page = client.get("/film/this/").content.decode()
    assert 'More from <a href="/film/">Film</a>' in page and '<a href="/books/author-0/">Author 0</a>' in page


def test_only_what_is_live(client, newsroom, make_article):
    make_article("Draft")
    make_article("Later").publish(at=timezone.now() + timedelta(hours=1))
    gone = make_article("Gone")
    gone.publish()
    gone.withdraw()
    assert lines(client)["Film"][0] == "Section 0"


def test_what_has_nothing_more_has_no_line(client, make_article, books):
    make_article("Alone", slug="alone").publish()
    assert lines(client, "/film/alone/") == {}
    make_article("Elsewhere", section=books).publish()
    make_article("Third", section=books).publish()
    RelatedSettings(cards=1).save()
    assert list(lines(client, "/film/alone/")) == ["Inês Duarte"]
    assert "More from" in client.get("/film/alone/").content.decode()


def test_no_article_stands_twice_under_a_page(client, make_article):
    for number in range(12):
        make_article(f"Number {number}").publish()
    answer = client.get("/film/number-0/")
    shown = [one.card.headline for one in answer.context["related"]]
    shown += [one.headline for line in answer.context["more"] for one in line.articles]
    assert len(shown) == 11 and len(set(shown)) == 11 and "Number 0" not in shown


class Stamped(set):
    def __init__(self, monkeypatch):
        monkeypatch.setattr(pagecache.Stamps, "write", lambda one, keys: self.update(keys))


def test_the_page_hangs_on_the_links_and_neither_on_the_articles_nor_on_the_lists(client, newsroom, author, film):
    answer = client.get("/film/this/")
    keys = set(answer["Surrogate-Key"].split())
    articles = [one.article_id for line in answer.context["more"] for one in line.articles]
    assert len(articles) == 8 and {f"link:{pk}" for pk in articles} <= keys
    assert not {film.list_key, f"list-author:{author.pk}", *(f"article:{pk}" for pk in articles)} & keys


@pytest.mark.parametrize(
    ("what", "is_stale"),
    [("nothing", False), ("body", False), ("headline", True), ("slug", True), ("section", True), ("later", False),
     ("over", True), ("withdraw", True), ("take down", True), ("withdraw a plan", False)],
)  # fmt: skip
def test_a_line_is_out_of_date_when_what_it_says_is(
    newsroom, books, monkeypatch, django_capture_on_commit_callbacks, what, is_stale
):
    article = Article.objects.get(headline="Section 0")
    article.body, stamped = "<p>Other words.</p>", Stamped(monkeypatch)
    if what == "section":
        article.section = books
    elif what in {"headline", "slug"}:
        setattr(article, what, "another")
    article.save()
    if what == "withdraw a plan":
        article.withdraw()
        article.publish(at=timezone.now() + timedelta(hours=1))
    stamped.clear()
    with django_capture_on_commit_callbacks(execute=True):
        if what.startswith("withdraw"):
            article.withdraw()
        elif what == "take down":
            article.take_down(reason="A court.")
        elif what == "over":
            article.publish(at=timezone.now() - timedelta(days=1), until=timezone.now() - timedelta(hours=1))
        elif what == "later":
            article.headline = "To come"
            article.save()
            article.publish(at=timezone.now() + timedelta(hours=1))
        elif what != "nothing":
            article.publish()
    assert (f"link:{article.pk}" in stamped) == is_stale


def test_two_queries_whatever_there_is(newsroom, film, author, django_assert_num_queries):
    from articles.pages.more import lines_beside

    with django_assert_num_queries(2):
        for line in lines_beside(film, author, {newsroom.pk}):
            assert [one.get_absolute_url() for one in line.articles]


def test_readers_are_told_why_where_the_site_does(client, newsroom):
    assert "card-shared" not in client.get("/film/this/").content.decode()
    RelatedSettings(tells_readers_why=True).save()
    assert '<p class="card-shared">About Noir</p>' in client.get("/film/this/").content.decode()
    Tag.objects.filter(name="Noir").update(is_hidden=True)
    assert "Noir" not in client.get("/film/this/").content.decode()


def test_machines_read_the_tags_that_readers_see(client, make_article):
    make_article("Tagged", slug="tagged", tags=("Noir", "Desk order", "Old", "</script><b>")).publish()
    Tag.objects.filter(name="Desk order").update(is_hidden=True)
    Tag.objects.filter(name="Old").update(retired_at=timezone.now())
    page = client.get("/film/tagged/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    [data] = [node for node in data["@graph"] if "keywords" in node]
    assert data["keywords"] == ["Noir", "</script><b>"]
    assert re.findall(r'property="article:tag" content="([^"]*)"', page) == ["Noir", "&lt;/script&gt;&lt;b&gt;"]
    assert "Desk order" not in page and "Old" not in page

"""What the editor asks the desk, what the desk makes of links to its own site, and what it tells after a save."""

import json
import re
import shutil
import subprocess
import time

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from articles.desk.writing.block_options import embed_providers
from articles.desk.writing.own_addresses import article_ids, host_is_ours, with_numbered_links
from articles.models import Article
from articles.richtext import Body, sanitise
from articles.richtext.embeds import PROVIDERS, provider_of
from articles.richtext.javascript import javascript_source
from articles.richtext.own_links import number_links, own_paths, path_on_this_site
from articles.richtext.references import card_articles, embeds, linked_articles
from newsroom.models import Redirect
from tests.articles.test_desk import ADD, change, filled_in
from tests.rights import rights

LINKS, VIDEOS = "/admin/articles/article/links/", "/admin/articles/article/videos/"
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def found(client, **params):
    response = client.get(LINKS, params)
    assert response.status_code == 200
    return response.json()["results"]


# --- who may ask --------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("url", [LINKS, VIDEOS])
def test_strangers_staff_without_permission_and_viewers(client, make_article, url):
    make_article("Secret draft")
    assert client.get(url).status_code == 302
    user = User.objects.create_user("new", is_staff=True)
    client.force_login(user)
    assert client.get(url).status_code == 403
    user.user_permissions.set(rights(["view_article"]))
    client.force_login(User.objects.get(pk=user.pk))
    assert client.get(url).status_code == 200
    assert client.post(url).status_code == 405
    client.force_login(User.objects.create_user("reader"))
    assert client.get(url).status_code == 302


# --- finding articles ---------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_articles_are_found_by_words_of_headline_slug_and_standfirst_newest_first(desk, make_article):
    make_article("Old tide", standfirst="A clerk").publish()
    make_article("The Tide Clerk")
    make_article("Other", slug="tide-clerk-again", standfirst="Ничего Нового")
    assert [one["headline"] for one in found(desk, q="clerk TIDE")] == ["Other", "The Tide Clerk", "Old tide"]
    assert [one["headline"] for one in found(desk, q="новОГО".lower())] == ["Other"]
    assert found(desk, q="nothing like it") == []
    assert len(found(desk, q="")) == 3
    newest = found(desk, q="tide clerk")[-1]
    assert (newest["status"], newest["status_label"], newest["live"]) == ("published", "Published", True)
    assert newest["url"] == "/film/old-tide/"


@pytest.mark.django_db
def test_at_most_twelve_are_told_and_the_queries_are_constant(desk, make_article, picture, django_assert_num_queries):
    make_article("Number 0", lead_image=picture).publish()
    with django_assert_num_queries(4):  # two for the session and its person
        found(desk, q="number")
    for number in range(1, 20):
        make_article(f"Number {number}", lead_image=picture).publish()
    with django_assert_num_queries(4):
        assert len(found(desk, q="number")) == 12
    ids = ",".join(map(str, Article.objects.values_list("pk", flat=True)))
    with django_assert_num_queries(3):
        assert len(found(desk, ids=ids)) == 20


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    ["ids=x,,-1,9999999999999999999999,²", "ids=", "url=http://[", "url=%2F%2Fevil%2Ffilm%2Fx", "q=" + "zz+" * 2000, "q=%25_%5C'\""],
)  # fmt: skip
def test_nonsense_is_answered_with_nothing(desk, make_article, query):
    make_article()
    response = desk.get(f"{LINKS}?{query}")
    assert (response.status_code, response.json()) == (200, {"results": []})


@pytest.mark.django_db
def test_ten_thousand_articles_are_searched_in_time(desk, make_article, film):
    make_article("Warm the connection")
    Article.objects.bulk_create(
        Article(headline=f"Story number {number}", slug=f"story-{number}", section=film, body="<p>Text.</p>" * 100)
        for number in range(10_000)
    )
    found(desk, q="story")
    begun = time.perf_counter()
    assert len(found(desk, q="story number")) == 12
    assert found(desk, q="number 9999")[0]["headline"] == "Story number 9999"
    assert (time.perf_counter() - begun) / 2 < 0.4  # about 0.05 s on an idle machine; tests share theirs


# --- our own addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("https://news.example/film/x/?utm_source=y#top", "/film/x/?utm_source=y"), ("//news.example/film/x", "/film/x"),
        ("http://NEWS.example:8000/film/x/", "/film/x/"), (" /film/x/ ", "/film/x/"), ("film/x/", None), ("/\\evil/x", None),
        ("//evil.test/film/x/", None), ("javascript:/film/x/", None), ("mailto:a@news.example", None), ("http://[", None),
        ("https://news.example.evil.test/film/x/", None), ("https://news.example@evil.test/film/x/", None), ("", None),
    ],
)  # fmt: skip
def test_what_is_an_address_of_this_site(address, path):
    assert path_on_this_site(address, {"news.example"}.__contains__) == path


def test_numbering_links_is_pure_and_changes_nothing_else():
    html = sanitise(
        '<p><a href="/film/a/">A</a> <a href="https://news.example/b?x=1&amp;y=2" rel="sponsored">B</a> '
        '<a data-article="9" href="/film/a/">C</a> <a href="https://other.example/film/a/">D</a> <a>E</a></p>'
        '<pre>&lt;a href="/film/a/"&gt;</pre>'
    )
    ours = {"news.example"}.__contains__
    assert own_paths(html, ours) == {"/film/a/", "/b?x=1&y=2"}
    numbered = number_links(html, {"/film/a/": 1, "/b?x=1&y=2": 2}, ours)
    assert numbered == html.replace('<a href="/film/a/">A', '<a data-article="1" href="/film/a/">A').replace(
        '<a href="https://news', '<a data-article="2" href="https://news'
    )
    assert number_links(numbered, {"/film/a/": 7}, ours) == numbered
    assert sanitise(numbered) == numbered


def test_hosts_are_ours_by_name_and_a_star_makes_nobody_ours(settings):
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://news.example", ["*", ".desk.example", "[::1]"]
    names = ["news.example", "a.desk.example", "desk.example", "::1", "evil.test", "news.example.evil.test"]
    assert [host_is_ours(name) for name in names] == [True, True, True, True, False, False]


@pytest.mark.django_db
def test_an_address_leads_to_what_readers_see_there_then_to_drafts_then_by_redirects(make_article, settings):
    live, draft = make_article("Live", slug="live"), make_article("Draft", slug="draft")
    live.publish()
    Redirect.remember(["/2019/old/", "/?p=12"], live.key)
    Redirect.objects.create(path="/written/", target="/film/draft/")
    Redirect.objects.create(path="/gone/")
    paths = ["/film/live/", "/any-section/live", "/film/draft/", "/2019/old?utm=1", "/?p=12", "/?p=13", "/written/", "/gone/",
             "/film/none/", "/admin/live/", "/authors/live/", "/film/%6Cive/"]  # fmt: skip
    assert article_ids(paths) == {
        "/film/live/": live.pk, "/any-section/live": live.pk, "/film/draft/": draft.pk, "/2019/old?utm=1": live.pk,
        "/?p=12": live.pk, "/written/": draft.pk, "/film/%6Cive/": live.pk,
    }  # fmt: skip


@pytest.mark.django_db
def test_a_link_keeps_the_place_on_the_page_that_it_named(make_article):
    article = make_article("Live", slug="live")
    article.publish()
    body = Body(f'<p><a data-article="{article.pk}" href="/old/#note-2">x</a></p>')
    live = {article.pk: article.published_versions.get()}
    assert body.render(images={}, articles=live) == '<p><a href="/film/live/#note-2">x</a></p>'


@pytest.mark.django_db
def test_all_links_of_a_body_are_numbered_in_six_queries_and_none_without_one(
    make_article, django_assert_max_num_queries
):
    for number in range(30):
        make_article(f"Number {number}", slug=f"number-{number}").publish()
    Redirect.objects.create(path="/written/", target="/film/number-3/")
    body = "<p>" + "".join(f'<a href="/film/number-{n}/">x</a>' for n in range(40)) + '<a href="/written/">x</a></p>'
    with django_assert_max_num_queries(6):
        assert with_numbered_links(body).count("data-article") == 31
    with django_assert_max_num_queries(0):
        assert with_numbered_links('<p><a href="https://example.org/film/x/">x</a></p>').count("data-article") == 0


@pytest.mark.django_db
def test_the_form_numbers_links_and_the_address_is_asked_by_url(desk, make_article, settings):
    article = make_article("The Tide Clerk", slug="tide")
    address = f"{settings.SITE_URL}/film/tide/?utm_source=x"
    assert [one["id"] for one in found(desk, url=address)] == [article.pk]
    assert found(desk, url="https://elsewhere.example/film/tide/") == []
    desk.post(ADD, filled_in(desk, ADD, headline="New", body=f'<p><a href="{address}">x</a></p>', _continue="1"))
    assert f'data-article="{article.pk}"' in Article.objects.get(headline="New").body


# --- videos used before -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_videos_used_before_come_once_from_lists_and_from_texts(desk, make_article, django_assert_num_queries):
    video = {"url": "https://vimeo.com/76979871", "title": "The trailer"}
    make_article("First", recommended_videos=[video])
    make_article("Second", recommended_videos=[video], body=(
        f'<figure data-embed="youtube" data-url="{YOUTUBE}"><figcaption>An <em>interview</em></figcaption></figure>'
        '<figure data-embed="x" data-url="https://x.com/a/status/123456"></figure>'
    ))  # fmt: skip
    with django_assert_num_queries(4):
        results = desk.get(VIDEOS).json()["results"]
    assert results == [
        {**video, "headline": "Second"},
        {"url": YOUTUBE, "title": "An interview", "headline": "Second"},
    ]
    assert [one["url"] for one in desk.get(VIDEOS, {"q": "INTERview second"}).json()["results"]] == [YOUTUBE]
    assert desk.get(VIDEOS, {"q": "nothing"}).json() == {"results": []}


# --- what a save tells --------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_what_leads_nowhere_is_told_after_saving(desk, make_article):
    article = make_article()
    body = (
        '<p><a data-article="999" href="/x/">A gone one</a></p><aside data-article-card="998"></aside>'
        '<figure data-image="997"></figure><figure data-embed="youtube" data-url="https://evil.test/v"></figure>'
    )
    response = desk.post(change(article), filled_in(desk, change(article), body=body, _continue="1"), follow=True)
    told = " ".join(str(message) for message in response.context["messages"])
    for words in (
        "“A gone one”",
        "related card shows an article that doesn't",
        "A picture in the text is",
        "“https://evil.test/v”",
    ):
        assert words in told
    response = desk.post(change(article), filled_in(desk, change(article), _continue="1"), follow=True)
    assert "1 embed without an address" in " ".join(str(message) for message in response.context["messages"])


@pytest.mark.django_db
def test_a_sound_body_is_saved_without_a_warning(desk, make_article, picture):
    other = make_article("Other")
    article = make_article()
    body = (
        f'<p><a data-article="{other.pk}" href="/x/">x</a></p><aside data-article-card="{other.pk}"></aside>'
        f'<figure data-image="{picture.pk}"></figure><figure data-embed="youtube" data-url="{YOUTUBE}"></figure>'
    )
    response = desk.post(change(article), filled_in(desk, change(article), body=body, _continue="1"), follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success"]


def test_references_are_read_whatever_the_order_of_attributes():
    html = sanitise(
        f'<p><a rel="me" href="/x>y/" data-article="3">a <em>b</em></a></p><aside data-article-card="4"></aside>'
        f'<figure data-url="{YOUTUBE}" data-embed="youtube"><figcaption>c</figcaption></figure><figure data-image="5"></figure>'
    )
    assert (linked_articles(html), card_articles(html)) == ({3: "a b"}, {4})
    assert [(one.provider, one.url, one.caption) for one in embeds(html)] == [("youtube", YOUTUBE, "c")]


# --- one rule for embeds, in two languages ------------------------------------------------------------------------

ADDRESSES = [
    YOUTUBE, "https://youtu.be/dQw4w9WgXcQ?si=x", "https://m.youtube.com/watch?app=m&v=dQw4w9WgXcQ", "https://youtube.com/shorts/dQw4w9WgXcQ",
    "https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?h=1", "https://x.com/a/status/1234567890", "https://twitter.com/a/status/12345",
    "https://www.instagram.com/reel/CxYzAbCdEfG/", "https://www.tiktok.com/@a.b/video/7234567890123456789", "https://bsky.app/profile/did:plc:abc/post/3kabcdefghi",
    "https://open.spotify.com/intl-de/track/4uLU6hMCjMI75M1A2tKUQC", "https://soundcloud.com/a/sets/b", "https://soundcloud.com/a?x=1#t=1",
    # none of ours
    "http://youtu.be/dQw4w9WgXcQ", "https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ", "https://youtube.com@evil.test/watch?v=dQw4w9WgXcQ",
    f"{YOUTUBE}\n", f" {YOUTUBE}", f'{YOUTUBE}&"x', f"{YOUTUBE}&<x", "https://vimeo.com/٧٦٩٧٩٨٧١", "https://vimeo.com/12", "", "https://x.com/é/status/1234567890",
    # where the two languages differ by themselves: other spaces, characters of two halves
    f"{YOUTUBE}&x=\u00a0", f"{YOUTUBE}&x=\u2028", f"{YOUTUBE}&x=\ufeff", f"{YOUTUBE}&x=\t", f"{YOUTUBE}&x=\x0b", f"{YOUTUBE}&x={'😀' * 300}",
    f"{YOUTUBE}&x={'😀' * 298}", f"{YOUTUBE}&x={'a' * 301}",
]  # fmt: skip

JUDGE = """
const { providers, addresses } = JSON.parse(require("fs").readFileSync(0, "utf8"))
const table = Object.entries(providers).map(([name, { pattern }]) => [name, new RegExp(pattern, "u")])
console.log(JSON.stringify(addresses.map((one) => (table.find(([, pattern]) => pattern.test(one)) || [null])[0])))
"""


@pytest.mark.skipif(
    not shutil.which("node"), reason="node is not installed; the browser tests paste each service's address"
)
def test_the_browser_knows_exactly_the_addresses_that_the_sanitiser_lets_through():
    asked = json.dumps({"providers": embed_providers(), "addresses": ADDRESSES})
    done = subprocess.run(["node", "-e", JUDGE], input=asked, capture_output=True, text=True, check=True)
    here = [one.name if (one := provider_of(address)) else None for address in ADDRESSES]
    assert json.loads(done.stdout) == here
    assert set(here) == {None, *PROVIDERS}


@pytest.mark.parametrize("pattern", [r"\Ax", r"x\Z", r"(?i:x)", r"x++", r"a\sb", r"(?P<a>x)(?P=a)"])
def test_what_only_python_reads_is_refused(pattern):
    with pytest.raises(ValueError, match="JavaScript"):
        javascript_source(re.compile(pattern, re.ASCII))


def test_a_pattern_without_ascii_or_with_other_flags_is_refused():
    for flags in (0, re.ASCII | re.IGNORECASE):
        with pytest.raises(ValueError, match="flag"):
            javascript_source(re.compile("x", flags))
    assert javascript_source(re.compile(r"(?P<id>[^\s\"'/])", re.ASCII)) == "^(?:(?<id>[^ \\t\\n\\r\\f\\v\"'/]))$"


@pytest.mark.django_db
def test_the_form_tells_the_editor_where_to_ask(desk):
    page = desk.get(ADD).content.decode()
    assert reverse("admin:articles_article_links") in page
    assert reverse("admin:articles_article_videos") in page

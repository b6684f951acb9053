"""The blocks of a body as readers get them: embeds, galleries, updates, tables, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from articles.richtext import Body, sanitise
from articles.richtext.frames import frame_of
from images.models import Image
from tests.conftest import jpeg


def rendered(html, images=None, articles=None):
    return str(Body(sanitise(html)).render(images=images or {}, articles=articles or {}))


def embed(url, name="youtube", caption=""):
    caption = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-embed="{name}" data-url="{url}">{caption}</figure>'


# --- embeds ---------------------------------------------------------------------------------------------------

YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk?autoplay=1"


@pytest.mark.parametrize(
    ("url", "src", "shape"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", YOUTUBE, "video"),
        ("https://www.youtube.com/watch?list=x&v=abcdefghijk&t=90", f"{YOUTUBE}&start=90", "video"),
        ("https://youtu.be/abcdefghijk?t=1m30s", f"{YOUTUBE}&start=90", "video"),
        ("https://youtu.be/abcdefghijk?start=1h0m2s&x=1", f"{YOUTUBE}&start=3602", "video"),
        ("https://youtu.be/abcdefghijk?t=soon", YOUTUBE, "video"),
        ("https://www.youtube.com/shorts/abcdefghijk", YOUTUBE, "upright"),
        ("https://www.youtube.com/live/abcdefghijk?si=zz", YOUTUBE, "video"),
        ("https://vimeo.com/123456", "https://player.vimeo.com/video/123456?dnt=1&autoplay=1", "video"),
        ("https://vimeo.com/123456/0a1b2c3d4e", "https://player.vimeo.com/video/123456?h=0a1b2c3d4e&dnt=1&autoplay=1", "video"),
        ("https://player.vimeo.com/video/123456?h=0a1b2c3d4e", "https://player.vimeo.com/video/123456?h=0a1b2c3d4e&dnt=1&autoplay=1", "video"),
        ("https://x.com/someone/status/1234567890?s=20", "https://platform.twitter.com/embed/Tweet.html?id=1234567890&dnt=true", "post"),
        ("https://www.instagram.com/reel/Cabcdefghij/?igsh=1", "https://www.instagram.com/p/Cabcdefghij/embed/", "post"),
        ("https://www.tiktok.com/@some.one/video/7123456789", "https://www.tiktok.com/embed/v2/7123456789", "upright"),
        ("https://bsky.app/profile/did:plc:abc234/post/3kabcdefg", "https://embed.bsky.app/embed/did:plc:abc234/app.bsky.feed.post/3kabcdefg", "post"),
        ("https://open.spotify.com/track/0abcdefgh12?si=1", "https://open.spotify.com/embed/track/0abcdefgh12", "audio"),
        ("https://open.spotify.com/intl-de/album/0abcdefgh12", "https://open.spotify.com/embed/album/0abcdefgh12", "list"),
        ("https://soundcloud.com/artist/sets/album?in=x", "https://w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fartist%2Fsets%2Falbum", "audio"),
    ],
)  # fmt: skip
def test_a_frame_is_made_of_the_ids_in_an_address(url, src, shape):
    frame = frame_of(url)
    assert (frame.src, frame.shape) == (src, shape)


@pytest.mark.parametrize(
    "url",
    [
        "https://bsky.app/profile/a.bsky.social/post/3kabcdefg", "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://evil.test/?v=abcdefghijk", "https://www.youtube.com.evil.test/watch?v=abcdefghijk", "",
    ],
)  # fmt: skip
def test_where_there_is_no_frame_there_is_only_a_link(url):
    assert frame_of(url) is None


def test_an_embed_is_a_link_and_a_button_that_waits_for_a_script():
    body = Body(sanitise(embed("https://youtu.be/abcdefghijk?t=90", caption="The <em>trailer</em>")))
    assert body.frame_hosts == {"https://www.youtube-nocookie.com"}
    html = str(body.render(images={}, articles={}))
    assert '<a class="embed-link" href="https://youtu.be/abcdefghijk?t=90">' in html
    assert re.search(r'<p class="embed-here" hidden(="")?>', html)
    assert f'data-frame="{YOUTUBE}&amp;start=90"' in html
    assert "<figcaption>The <em>trailer</em></figcaption>" in html
    assert "iframe" not in html


def test_a_link_only_embed_has_no_button_and_asks_for_no_host():
    body = Body(sanitise(embed("https://bsky.app/profile/a.bsky.social/post/3kabcdefg", "bluesky")))
    assert body.frame_hosts == set()
    assert "button" not in body.render(images={}, articles={})


@pytest.mark.django_db
def test_the_policy_allows_exactly_the_frames_of_this_page(client, make_article):
    make_article(slug="plain").publish()
    spotify = embed("https://open.spotify.com/track/0abcdefgh12", "spotify")
    make_article("With", slug="with", body=embed("https://youtu.be/abcdefghijk") * 2 + spotify).publish()
    plain = client.get("/film/plain/")
    assert "frame-src" not in plain["Content-Security-Policy"]
    assert "embeds.js" not in plain.content.decode()
    response = client.get("/film/with/")
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["frame-src"] == "'self' https://open.spotify.com https://www.youtube-nocookie.com"
    assert policy["script-src" if "script-src" in policy else "default-src"] == "'self'"
    assert response.content.decode().count("embeds.js") == 1


@pytest.mark.django_db
def test_a_304_keeps_the_frames_allowed(client, make_article):
    """A browser replaces the headers it has kept by those of a 304: the policy must be among them."""
    make_article("With", slug="with", body=embed("https://youtu.be/abcdefghijk")).publish()
    first = client.get("/film/with/")
    again = client.get("/film/with/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert "youtube-nocookie" in again["Content-Security-Policy"]


# --- pictures and galleries -----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_gallery_shows_its_pictures_with_captions_and_credits(picture):
    other = Image.objects.create(file=jpeg(40, 60, "navy"), title="Stage", alt="A stage", credit="Ada")
    html = rendered(
        f'<section data-gallery="grid"><figure data-image="{picture.pk}"><figcaption>One</figcaption></figure>'
        f'<figure data-image="{other.pk}" data-alt="Own words" data-align="full"></figure></section>',
        {picture.pk: picture, other.pk: other},
    )
    assert html.count("<figure") == 2
    assert all(part in html for part in ("One", "Sam Oyelaran", "Ada", 'alt="Own words"', 'alt="Rows of red seats"'))
    assert "picture-full" not in html  # in a grid, the grid says how wide
    assert html.count('sizes="(min-width: 66rem) 20rem') == 6  # of each a source and the img


@pytest.mark.django_db
def test_a_gallery_whose_pictures_are_gone_is_gone(picture):
    html = rendered(
        '<p>A</p><section data-gallery="grid"><figure data-image="999"></figure></section><p>B</p>',
        {picture.pk: picture},
    )
    assert "section" not in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("attribute", "alt"),
    [("", "Rows of red seats"), ('data-alt="My &lt;own&gt; words"', "My &lt;own&gt; words"), ('data-alt=""', "")],
)
def test_a_picture_says_the_library_s_words_its_own_or_none(picture, attribute, alt):
    html = rendered(f'<figure data-image="{picture.pk}" {attribute}></figure>', {picture.pk: picture})
    found = re.search(r'<img[^>]* alt(?:="([^"]*)")?', html)
    assert (found[1] or "").replace("<", "&lt;").replace(">", "&gt;") == alt


# --- updates --------------------------------------------------------------------------------------------------


def test_an_update_is_headed_by_its_time_in_the_site_s_zone():
    html = '<section data-update="2026-11-25T18:05:00Z"><p>First words.</p></section><p>After</p>'
    with override_settings(TIME_ZONE="Europe/Berlin"), timezone.override("Europe/Berlin"):
        page = rendered(html)
    assert '<section class="update" id="update-20261125T180500Z"><h2 class="update-time">' in page
    assert '<time datetime="2026-11-25T19:05:00+01:00">25 November 2026, 19:05 CET</time>' in page
    assert page.index("19:05 CET") < page.index("First words.")
    assert "data-update" not in page


def test_two_updates_of_one_moment_have_one_anchor():
    page = rendered('<section data-update="2026-11-25T18:05:00Z"><p>A</p></section>' * 2)
    assert page.count('id="update-') == 1
    assert page.count("<time ") == 2


def test_an_update_with_bare_text_keeps_it_under_its_time():
    page = rendered('<section data-update="2026-11-25T18:05:00Z">Bare <strong>words</strong></section>')
    assert re.search(r"</h2>\s*Bare <strong>words", page)


@pytest.mark.django_db
def test_what_stands_in_an_update_is_rendered_too(picture):
    page = rendered(
        f'<section data-update="2026-11-25T18:05:00Z"><figure data-image="{picture.pk}"></figure>'
        f"{embed('https://youtu.be/abcdefghijk')}</section>",
        {picture.pk: picture},
    )
    assert "<picture" in page
    assert "embed-link" in page


# --- tables ---------------------------------------------------------------------------------------------------


def test_a_first_row_of_headings_becomes_the_table_s_head():
    page = rendered(
        "<table><tbody><tr><th></th><th>Price</th></tr><tr><th>Tin</th><td>4</td></tr><tr><td>x</td><td>5</td></tr></tbody></table>"
    )
    flat = re.sub(r"\s*\n\s*", "", page)
    assert '<thead><tr><td></td><th scope="col">Price</th></tr></thead><tbody><tr><th scope="row">Tin</th>' in flat
    assert "<td>x</td>" in flat


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>A</th><td>B</td></tr><tr><td>C</td><td>D</td></tr>",
        "<tr><th>only</th><th>row</th></tr>",
        '<tr><th rowspan="2">A</th><th>B</th></tr><tr><td>C</td></tr>',
    ],
)
def test_other_first_rows_stay_in_the_body(rows):
    assert "<thead" not in rendered(f"<table><tbody>{rows}</tbody></table>")


def test_a_head_that_is_there_gets_its_scopes():
    page = rendered(
        '<table><thead><tr><th>A</th><th scope="row">B</th></tr></thead><tbody><tr><td>C</td><td>D</td></tr></tbody></table>'
    )
    assert '<th scope="col">A</th>' in page
    assert '<th scope="row">B</th>' in page


def test_tables_have_names_of_their_own():
    table = "<table><tbody><tr><td>A</td></tr></tbody></table>"
    page = rendered(table + "<p>and</p>" + table)
    assert 'aria-label="Table"' in page
    assert 'aria-label="Table 2"' in page


# --- what is not live, and what it costs ----------------------------------------------------------------------


@pytest.mark.django_db
def test_cards_and_links_of_what_is_not_live_tell_nothing(client, make_article):
    secret = make_article("Embargoed zanzibar", slug="zanzibar")
    secret.publish(at=timezone.now() + timedelta(days=1))
    body = (
        f'<p>See <a data-article="{secret.pk}" href="/film/zanzibar/">this</a>.</p>'
        f'<aside data-article-card="{secret.pk}"></aside>'
    )
    make_article("Open", slug="open", body=body).publish()
    page = client.get("/film/open/").content.decode()
    assert "See this." in page
    assert "zanzibar" not in page


@pytest.mark.django_db
def test_every_block_at_once_costs_the_page_no_query_more(client, make_article, picture, django_assert_num_queries):
    linked = [make_article(f"Linked {n}", slug=f"linked-{n}", tags=("Noir",)) for n in range(4)]
    for one in linked:
        one.publish()
    pictures = [Image.objects.create(file=jpeg(60 + n, 40), title="P", alt="A") for n in range(4)]
    blocks = "".join(f'<figure data-image="{one.pk}"></figure>' for one in pictures)
    body = (
        f'<section data-gallery="grid">{blocks}</section>{embed("https://youtu.be/abcdefghijk") * 3}'
        + "".join(f'<aside data-article-card="{one.pk}"></aside><p><a data-article="{one.pk}">x</a></p>' for one in linked)
        + f'<section data-update="2026-11-25T18:05:00Z">{blocks}</section>'
        + "<table><tbody><tr><th>A</th></tr><tr><td>B</td></tr></tbody></table>"
    )  # fmt: skip
    make_article("Whole", slug="whole", tags=("Noir",), lead_image=picture, body=body).publish()
    client.get("/film/whole/")
    with django_assert_num_queries(9):
        page = client.get("/film/whole/").content.decode()
    assert page.count("card-in-text") == 4

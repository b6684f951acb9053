"""Whose an address is: exact hosts, one canonical form, and everything else a link at most."""

import pytest

from articles.richtext.embeds import PROVIDERS
from articles.wordpress.body import Context, convert
from articles.wordpress.content.embeds import match

YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
OURS = [
    ("youtube", "http://youtube.com/watch?feature=x&v=dQw4w9WgXcQ#t=1", YOUTUBE),
    ("youtube", "//www.youtube.com/embed/dQw4w9WgXcQ?rel=0", YOUTUBE),
    ("youtube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE),
    ("youtube", "https://youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
    ("youtube", "http://www.youtube.com/v/dQw4w9WgXcQ&hl=en", YOUTUBE),
    ("youtube", "https://youtu.be/dQw4w9WgXcQ?si=x", YOUTUBE),
    ("vimeo", "https://player.vimeo.com/video/76979871?h=1", "https://vimeo.com/76979871"),
    ("vimeo", "https://vimeo.com/channels/staff/76979871", "https://vimeo.com/76979871"),
    ("vimeo", "https://vimeo.com/76979871/0a1b2c3d4e", "https://vimeo.com/76979871/0a1b2c3d4e"),
    ("x", "https://mobile.twitter.com/town/status/319508408669708289?s=20", "https://x.com/town/status/319508408669708289"),
    ("instagram", "https://www.instagram.com/town/reel/BpmueLLgEn_/?igshid=1", "https://www.instagram.com/reel/BpmueLLgEn_/"),
    ("tiktok", "https://www.tiktok.com/@town.news/video/7106594312292453675", "https://www.tiktok.com/@town.news/video/7106594312292453675"),
    ("bluesky", "https://bsky.app/profile/did:plc:abc/post/3kabcdefg", "https://bsky.app/profile/did:plc:abc/post/3kabcdefg"),
    ("spotify", "https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk?si=1", "https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk"),
    ("soundcloud", "https://soundcloud.com/town/sets/bells", "https://soundcloud.com/town/sets/bells"),
    ("soundcloud", "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/town/bells", "https://soundcloud.com/town/bells"),
]  # fmt: skip


@pytest.mark.parametrize(("provider", "address", "canonical"), OURS)
def test_address_of_a_provider_has_one_form_which_the_sanitiser_knows(provider, address, canonical):
    assert match(address) == (provider, canonical)
    assert match(canonical) == (provider, canonical)
    assert PROVIDERS[provider].address.fullmatch(canonical)


@pytest.mark.parametrize(
    "address",
    [
        "https://youtube.com.evil.test/watch?v=dQw4w9WgXcQ",
        "https://youtube.com@evil.test/watch?v=dQw4w9WgXcQ",
        "https://evil@youtube.com/watch?v=dQw4w9WgXcQ",
        "https://youtube.com:8080/watch?v=dQw4w9WgXcQ",
        "https://evilyoutube.com/watch?v=dQw4w9WgXcQ",
        "https://evil.test/https://youtu.be/dQw4w9WgXcQ",
        "javascript:https://youtu.be/dQw4w9WgXcQ",
        "ftp://youtu.be/dQw4w9WgXcQ",
        "/watch?v=dQw4w9WgXcQ",
        "https://youtube.com/watch?v=../../../x",
        "https://youtube.com/@town",
        "https://www.youtube.com/playlist?list=PL1",
        "https://x.com/town",
        "https://w.soundcloud.com/player/?url=https%3A//w.soundcloud.com/player/%3Furl%3Dx",
        "https://[youtube.com/watch?v=dQw4w9WgXcQ",
        "",
    ],
)
def test_look_alikes_and_other_pages_are_nobodys(address):
    assert match(address) is None


def made(content: str):
    return convert(content, context=Context(image=lambda ref: 1))


def figure(provider: str, url: str, caption: str = "") -> str:
    return f'<figure data-embed="{provider}" data-url="{url}"><figcaption>{caption}</figcaption></figure>'


@pytest.mark.parametrize(
    "content",
    [
        f"a\n{YOUTUBE}\nb",
        f"<p>a</p><p>{YOUTUBE}</p><p>b</p>",
        "<p>a</p><iframe width=9 src='//www.youtube.com/embed/dQw4w9WgXcQ'></iframe>b",
        "a<object><param name='movie' value='http://www.youtube.com/v/dQw4w9WgXcQ'><embed src='x'></object><p>b",
        "<p>a</p><embed src='http://www.youtube.com/v/dQw4w9WgXcQ'><p>b",
    ],
)
def test_player_in_classic_content_is_embedded(content):
    assert made(content).html == f"<p>a</p>\n{figure('youtube', YOUTUBE)}\n<p>b</p>"
    assert made(content).notes == []


@pytest.mark.parametrize("name", ["embed", "core-embed/youtube"])
def test_embed_block_keeps_its_caption(name):
    content = (
        f'<!-- wp:{name} {{"url":"{YOUTUBE}"}} -->\n<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\n'
        f"{YOUTUBE}\n</div><figcaption>A <em>song</em></figcaption></figure>\n<!-- /wp:{name} -->"
    )
    assert made(content).html == figure("youtube", YOUTUBE, "A <em>song</em>")


def test_embed_block_without_html_is_read_from_its_attributes():
    assert made(f'<!-- wp:embed {{"url":"{YOUTUBE}"}} /-->').html == figure("youtube", YOUTUBE)


def test_embed_of_a_stranger_is_a_link():
    content = '<figure class="wp-block-embed"><div>\nhttps://tv.example/1\n</div><figcaption>C</figcaption></figure>'
    assert made(f"<!-- wp:embed -->{content}<!-- /wp:embed -->").html == (
        '<p><a href="https://tv.example/1">https://tv.example/1</a></p>\n<p>C</p>'
    )


def test_address_within_a_sentence_is_text():
    assert made(f"See {YOUTUBE} now").html == f"<p>See {YOUTUBE} now</p>"


def test_link_alone_on_a_line_stays_a_link():
    link = f'<p><a href="{YOUTUBE}">{YOUTUBE}</a></p>'
    assert made(link).html == link


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (
            '<blockquote class="twitter-tweet"><p>Hi <a href="https://t.co/x">x</a></p>— Town '
            '<a href="https://twitter.com/town/status/319508408669708289?ref=x">May 1</a></blockquote>'
            '<script async src="https://platform.twitter.com/widgets.js"></script>',
            figure("x", "https://x.com/town/status/319508408669708289"),
        ),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/BpmueLLgEn_/?x=1">'
            "<a>View</a></blockquote>",
            figure("instagram", "https://www.instagram.com/p/BpmueLLgEn_/"),
        ),
        (
            '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@town/video/7106594312292453675">x</blockquote>',
            figure("tiktok", "https://www.tiktok.com/@town/video/7106594312292453675"),
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kabcdefg">x</blockquote>',
            figure("bluesky", "https://bsky.app/profile/did:plc:abc/post/3kabcdefg"),
        ),
        ('<blockquote class="twitter-tweet"><p>Hi</p></blockquote>', "<blockquote><p>Hi</p>\n</blockquote>"),
    ],
)  # fmt: skip
def test_post_copied_from_a_social_network_is_embedded(content, expected):
    assert made(content).html == expected
    assert made(content).notes == []

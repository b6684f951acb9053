"""Public pages go out compressed where the reader's program takes that; the desk's never do."""

import gzip

import pytest

pytestmark = pytest.mark.django_db
TAKES_IT = {"Accept-Encoding": "br, gzip;q=0.8"}


@pytest.fixture
def story(make_article, editor):
    story = make_article("Tide", body="<p>Words.</p>" * 200)
    story.publish(by=editor)
    return story.get_absolute_url()


def test_a_page_is_the_same_compressed_and_not(client, story):
    plain, packed = client.get(story), client.get(story, headers=TAKES_IT)
    assert "Content-Encoding" not in plain and packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
    assert packed["Vary"] == plain["Vary"] == "Accept-Encoding"
    assert packed["ETag"] == f"W/{plain['ETag']}"


def test_asked_again_with_either_tag_it_answers_304(client, story):
    for tag in (client.get(story)["ETag"], client.get(story, headers=TAKES_IT)["ETag"]):
        answer = client.get(story, headers={**TAKES_IT, "If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")
        assert "Content-Encoding" not in answer


@pytest.mark.parametrize("takes", ["", "identity", "br", "gzip;q=0", "x-gzipped-not"])
def test_who_does_not_take_it_gets_it_plain(client, story, takes):
    assert "Content-Encoding" not in client.get(story, headers={"Accept-Encoding": takes})


def test_feeds_and_sitemaps_are_compressed_small_files_are_not(client, story):
    assert client.get("/feed/", headers=TAKES_IT)["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/robots.txt", headers=TAKES_IT)


def test_pages_of_the_desk_are_not(client, editor):
    client.force_login(editor)
    assert "Content-Encoding" not in client.get("/admin/", headers=TAKES_IT)

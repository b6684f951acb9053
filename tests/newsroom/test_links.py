"""Short lists of web addresses with a label each."""

import time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from authors.models import Author
from newsroom.links import MOST_LINKS, parse_links, validate_links


def test_one_line_is_one_link():
    assert parse_links("https://example.org/a The first\n\n  https://example.org/b\tThe  second \r\n") == [
        {"url": "https://example.org/a", "title": "The first"},
        {"url": "https://example.org/b", "title": "The second"},
    ]


def test_a_link_without_a_label_shows_its_address():
    assert parse_links("https://example.org/a//b/")[0]["title"] == "example.org/a//b"


def test_nothing_is_no_link():
    assert parse_links(" \n\n\t") == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://example.org/",
        "//example.org/",
        "/local/",
        "example.org",
        "https://",
        "https://exa<mple.org/",
        "mailto:a@example.org",
        "&#106;avascript:alert(1)",
        "https://example.org/" + "a" * 3000,
    ],
)
def test_only_web_addresses_are_links_and_the_line_is_named(url):
    with pytest.raises(ValidationError, match="Line 2"):
        parse_links(f"https://example.org/ fine\n{url} bad")
    with pytest.raises(ValidationError, match="Link 1"):
        validate_links([{"url": url, "title": "bad"}])


def test_too_many_are_refused_at_once_however_many():
    begun = time.perf_counter()
    with pytest.raises(ValidationError, match="300000 links are too many"):
        parse_links("https://example.org/ x\n" * 300_000)
    assert time.perf_counter() - begun < 5
    with pytest.raises(ValidationError, match="too many"):
        validate_links([{"url": "https://example.org/", "title": "x"}] * (MOST_LINKS + 1))


@pytest.mark.parametrize(
    "value",
    [
        {},
        "https://example.org",
        None,
        [1],
        ["https://example.org"],
        [{"url": "https://example.org"}],
        [{"url": "https://example.org", "title": ""}],
        [{"url": "https://example.org", "title": " \x00"}],
        [{"url": "https://example.org", "title": 1}],
        [{"url": "https://example.org", "title": "x", "onclick": "y"}],
        [{"url": ["https://example.org"], "title": "x"}],
    ],
)
def test_what_is_stored_must_be_links(value):
    with pytest.raises(ValidationError):
        validate_links(value)


@pytest.fixture
def form():
    return forms.modelform_factory(Author, fields=["name", "links"])


@pytest.mark.django_db
def test_a_form_shows_lines_and_stores_links(form):
    bound = form({"name": "Inês", "links": "https://example.org/ Her page\r\nhttps://example.net"})
    author = bound.save()
    author.refresh_from_db()
    assert author.links[0] == {"url": "https://example.org/", "title": "Her page"}
    assert "https://example.org/ Her page\nhttps://example.net example.net</textarea>" in str(
        form(instance=author)["links"]
    )


@pytest.mark.django_db
def test_a_bad_line_is_told_at_the_field_and_what_was_typed_is_kept(form):
    bound = form({"name": "Inês", "links": "javascript:x My page"})
    assert not bound.is_valid()
    assert "Line 1" in bound.errors["links"][0]
    assert "javascript:x My page</textarea>" in str(bound["links"])


@pytest.mark.django_db
def test_a_form_knows_whether_links_changed(form):
    author = Author.objects.create(name="Inês", links=[{"url": "https://example.org/", "title": "Her page"}])
    same = form({"name": "Inês", "links": "https://example.org/   Her page\n"}, instance=author)
    assert same.changed_data == []
    for other in ("", "https://example.org/ Other", "nonsense"):
        assert form({"name": "Inês", "links": other}, instance=author).changed_data == ["links"]


@pytest.mark.django_db
def test_no_links_are_an_empty_list():
    author = Author.objects.create(name="Inês")
    author.full_clean()
    author.refresh_from_db()
    assert author.links == []

"""Authors: who readers see, what of them they see, and where."""

import re

import lxml.html
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from articles.models import Byline
from authors.models import Author
from newsroom import pagecache

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines(author, make_article):
    """An author of whom everything is known, with an article that readers can see."""
    author.email = "canary@desk.example"
    author.links = [{"url": "https://example.org/ines?a=1&b=2", "title": "Her <page>"}]
    author.biography = "Reads in trains.\r\n \r\nWrites\nin buses.\r\n\r\n\r\n<b>Sleeps</b>."
    author.save()
    make_article("A first story", body="<p>Text.</p>").publish()
    return author


def test_the_address_is_made_from_the_name(author):
    assert author.get_absolute_url() == "/authors/ines-duarte/"


@pytest.mark.parametrize(
    ("name", "slug"), [("李小龍", "李小龍"), ("!!!", "author"), ("🚀", "author"), ("Ana  Costa\n", "ana-costa")]
)
def test_every_name_has_an_address(client, make_article, name, slug):
    author = Author.objects.create(name=name)
    assert author.slug == slug
    article = make_article()
    article.bylines.update(author=author)
    article.publish()
    assert client.get(author.get_absolute_url()).status_code == 200


def test_a_slug_that_somebody_chose_stays():
    author = Author.objects.create(name="Ana", slug="the-critic")
    author.name = "Berta"
    author.save()
    assert author.slug == "the-critic"


def test_the_page_shows_the_person(client, ines):
    page = lxml.html.fromstring(client.get(ines.get_absolute_url()).content)
    text = " ".join(page.text_content().split())
    for shown in ("Inês Duarte", "she/her", "Critic", "Reads in trains.", "<b>Sleeps</b>.", "A first story"):
        assert shown in text
    [link] = page.xpath("//a[contains(@href, 'example.org')]")
    assert (link.get("href"), link.text_content()) == ("https://example.org/ines?a=1&b=2", "Her <page>")


def test_empty_lines_make_paragraphs(ines):
    assert ines.paragraphs == ["Reads in trains.", "Writes\nin buses.", "<b>Sleeps</b>."]
    assert Author(biography="\n \n").paragraphs == []


def test_the_e_mail_is_on_no_public_page(client, ines, editor):
    """Every address that a reader can come to from the home page, and what machines ask for."""
    ines.user = editor
    ines.save()
    seen, coming = set(), ["/", "/feed/", "/sitemap.xml", "/robots.txt", "/?page=1", ines.get_absolute_url()]
    while coming:
        address = coming.pop()
        seen.add(address)
        response = client.get(address)
        body = response.getvalue().decode(errors="replace")
        assert "canary@" not in body, address
        assert "desk.example" not in body, address
        assert editor.username not in body, address
        links = re.findall(r'(?:href|src)="(/[^"#]*)"', body) if "html" in response["Content-Type"] else []
        coming += [link for link in {*links} if link not in seen and not link.startswith(("/static/", "/admin/"))]
        coming = list(dict.fromkeys(coming))
    assert {"/film/a-first-story/", "/authors/ines-duarte/", "/film/"} <= seen


def test_an_author_without_a_live_article_is_not_found(client, author, make_article):
    article = make_article()
    missing = client.get("/authors/nobody-of-this-name/").content
    assert client.get(author.get_absolute_url()).content == missing
    article.publish()
    assert client.get(author.get_absolute_url()).status_code == 200
    article.withdraw()
    pagecache.Remembered.forget()
    assert client.get(author.get_absolute_url()).status_code == 404


def test_who_has_two_roles_is_listed_once(client, ines, make_article):
    article = make_article("Both")
    Byline.objects.create(article=article, author=ines, role=Byline.Role.PHOTOGRAPHER)
    article.publish()
    page = lxml.html.fromstring(client.get(ines.get_absolute_url()).content)
    assert len(page.xpath("//h2[contains(., 'Both')] | //h3[contains(., 'Both')]")) == 1


def test_a_changed_author_puts_the_pages_that_name_them_out_of_date(client, ines, django_capture_on_commit_callbacks):
    keys = client.get("/film/a-first-story/")["Surrogate-Key"].split()
    assert f"author:{ines.pk}" in keys
    assert f"author:{ines.pk}" in client.get("/")["Surrogate-Key"].split()
    before = pagecache.stamps().read([f"author:{ines.pk}"])
    with django_capture_on_commit_callbacks(execute=True):
        ines.role = "Editor"
        ines.save()
    assert pagecache.stamps().read([f"author:{ines.pk}"]) != before


def test_an_author_whom_readers_know_can_not_be_deleted(ines):
    with pytest.raises(Exception, match="protected"):
        ines.delete()


def test_deleting_a_login_or_a_portrait_keeps_the_author(author, editor, picture):
    author.user, author.portrait = editor, picture
    author.save()
    editor.delete()
    picture.delete()
    author.refresh_from_db()
    assert (author.user, author.portrait) == (None, None)


@pytest.mark.parametrize(
    "links",
    [
        [{"url": "javascript:alert(1)", "title": "x"}],
        [{"url": "https://example.org/", "title": ""}],
        ["https://example.org/"],
        {"url": "https://example.org/"},
    ],
)
def test_links_are_checked_whatever_path_they_come_by(author, links):
    author.links = links
    with pytest.raises(ValidationError) as refusal:
        author.full_clean()
    assert list(refusal.value.message_dict) == ["links"]


class TestTheDesk:
    def save(self, admin_client, **fields):
        empty = ("slug", "pronouns", "role", "portrait", "biography", "links", "email", "user")
        return admin_client.post(reverse("admin:authors_author_add"), {**dict.fromkeys(empty, ""), **fields})

    def errors(self, response):
        assert response.status_code == 200
        return list(response.context["adminform"].form.errors)

    def test_a_name_is_enough(self, admin_client):
        assert self.save(admin_client, name="Ana Costa").status_code == 302
        assert Author.objects.get().slug == "ana-costa"

    def test_what_somebody_typed_in_another_script_is_an_address(self, admin_client):
        assert self.save(admin_client, name="Ана", slug="ана-коста").status_code == 302

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "  "),
            ("name", "x" * 121),
            ("slug", "a/b"),
            ("slug", "a b"),
            ("slug", "../x"),
            ("slug", "x" * 121),
            ("links", "javascript:alert(1) x"),
            ("email", "no address"),
            ("portrait", "99"),
            ("biography", "x" * 2001),
        ],
    )
    def test_a_bad_value_is_told_at_its_field(self, admin_client, field, value):
        assert self.errors(self.save(admin_client, **{"name": "Ana", field: value})) == [field]
        assert not Author.objects.exists()

    def test_an_address_that_somebody_has_is_told_at_its_field(self, admin_client, author):
        assert self.errors(self.save(admin_client, name="Ana", slug=author.slug)) == ["slug"]

    @pytest.mark.parametrize("name", ["\x00", "Ana\x00Costa"])
    def test_nul_is_refused_at_its_field(self, admin_client, name):
        assert self.errors(self.save(admin_client, name=name)) == ["name"]

    def test_words_are_shown_as_text(self, admin_client):
        evil = "<script>alert(1)</script>"
        author = Author.objects.create(name=evil, role=evil, pronouns=evil[:40], biography=evil)
        for address in (
            reverse("admin:authors_author_changelist"),
            reverse("admin:authors_author_change", args=[author.pk]),
            reverse("admin:authors_author_delete", args=[author.pk]),
            reverse("admin:authors_author_history", args=[author.pk]),
        ):
            assert b"<script>alert(" not in admin_client.get(address).content

    def test_the_list_asks_the_same_whatever_its_length(self, admin_client, django_assert_max_num_queries):
        for number in range(30):
            Author.objects.create(name=f"Author {number}")
        with django_assert_max_num_queries(6):
            assert admin_client.get(reverse("admin:authors_author_changelist")).status_code == 200


@pytest.mark.parametrize("field", ["name", "pronouns", "role", "biography"])
def test_an_author_s_words_are_text_on_every_public_page(client, ines, field):
    setattr(ines, field, "\"'><script>alert(1)</script>"[:40])
    ines.save()
    for address in ("/", "/film/", "/film/a-first-story/", ines.get_absolute_url()):
        assert b"<script>alert(" not in client.get(address).content

"""From an export to the newsroom's rows: what becomes of each thing, twice, interrupted, hostile."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, PublishedArticle, Section, Tag
from articles.models.status import Status
from articles.wordpress import importer
from authors.models import Author
from images.models import Image
from newsroom.models import Redirect
from tests.conftest import SHARED, jpeg

from .building import attachment, category, meta, post, tag, write

pytestmark = pytest.mark.django_db

SHARED_EXPORTS = SHARED / "data" / "dev" / "wxr"


def run(path, *args, **options):
    out = StringIO()
    call_command("import_wordpress", str(path), *args, stdout=out, **options)
    return out.getvalue()


def test_a_published_post_becomes_a_live_article(client, tmp_path):
    more = category("film", "Film") + tag("Tide Clerk") + meta("_yoast_wpseo_title", "For engines")
    path = write(tmp_path, post(7, "The Tide & the Clerk", excerpt="Short.", name="tide-clerk", more=more))
    run(path)
    article = Article.objects.get()
    assert (article.headline, article.slug, article.standfirst) == ("The Tide & the Clerk", "tide-clerk", "Short.")
    assert (article.section.name, article.seo_title) == ("Film", "For engines")
    assert [byline.author.name for byline in article.bylines.all()] == ["Ana Reyes"]
    live = PublishedArticle.objects.live().get()
    assert live.published_at == datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)
    page = client.get("/film/tide-clerk/").content.decode()
    assert "Tide Clerk" in page
    assert "Ana Reyes" in page
    assert "ana@old.example" not in page


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"status": "draft"}, Status.DRAFT), ({"status": "pending"}, Status.DRAFT), ({"status": "private"}, Status.DRAFT),
        ({"status": "future", "date": "2199-01-01 00:00:00"}, Status.SCHEDULED),
        ({"status": "future", "date": "2001-01-01 00:00:00"}, Status.DRAFT),
        ({"status": "publish", "password": "secret"}, Status.DRAFT), ({"status": "odd"}, Status.DRAFT),
        ({"status": ""}, Status.DRAFT), ({"status": "publish"}, Status.PUBLISHED),
        ({"status": "publish", "date": "2199-01-01 00:00:00"}, Status.SCHEDULED),
    ],
)  # fmt: skip
def test_nothing_becomes_public_that_was_not(client, tmp_path, values, status):
    run(write(tmp_path, post(1, "zanzibarquartz", **values)))
    assert Article.objects.get().status == status
    seen = "zanzibarquartz" in client.get("/").content.decode()
    assert seen == (status == Status.PUBLISHED)


@pytest.mark.parametrize("status", ["trash", "inherit", "auto-draft"])
def test_what_was_thrown_away_stays_away(tmp_path, status):
    assert "1 left out" in run(write(tmp_path, post(1, status=status)))
    assert not Article.objects.exists()


def test_pages_menus_and_attachments_become_no_articles_and_the_report_says_so(tmp_path):
    items = [
        post(1, type="page"),
        post(2, type="nav_menu_item"),
        attachment(3, "https://old.example/uploads/a.jpg"),
        post(4),
    ]
    report = run(write(tmp_path, *items))
    assert Article.objects.count() == 1
    assert "1 of kind page left out" in report
    assert "1 of kind nav_menu_item left out" in report


def test_old_addresses_lead_to_the_article(client, tmp_path):
    more = category("film", "Film") + meta("_wp_old_slug", "first-name")
    run(write(tmp_path, post(7, more=more)))
    for old in ("/2019/05/post-7/", "/2019/05/first-name/", "/?p=7", "/2019/05/post-7/?utm_source=x"):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, "/film/post-7/"), old


def test_old_addresses_of_drafts_are_not_known(client, tmp_path):
    run(write(tmp_path, post(7, status="draft")))
    assert not Redirect.objects.exists()
    assert client.get("/?p=7").status_code == 404


def test_links_within_the_old_site_keep_working_here(client, tmp_path):
    body = '<p><a href="https://www.old.example/2019/05/post-2/">there</a> <a href="https://other.example/">out</a></p>'
    run(write(tmp_path, post(1, content=body), post(2)))
    stored = Article.objects.get(slug="post-1").body
    assert 'href="/2019/05/post-2/"' in stored
    assert 'href="https://other.example/"' in stored


def test_the_topmost_category_is_the_section_and_the_others_are_tags(tmp_path):
    more = category("noir", "Noir") + category("music", "Music") + tag("Jazz")
    run(write(tmp_path, post(1, more=more), post(2, more=category("uncategorized", "Uncategorized"))))
    first, second = Article.objects.order_by("import_key")
    assert first.section.slug == "film"
    assert sorted(one.name for one in first.tags.all()) == ["Jazz", "Music", "Noir"]
    assert second.section.name == "News"


def test_a_category_that_is_called_like_an_address_of_the_site_gets_another(client, tmp_path):
    run(write(tmp_path, post(1, more=category("admin", "Admin")), post(2, more=category("tags", "Tags"))))
    assert not Section.objects.filter(slug__in=["admin", "tags"]).exists()
    for live in PublishedArticle.objects.live():
        assert client.get(live.get_absolute_url()).status_code == 200


def test_again_doubles_nothing_and_keeps_what_an_editor_changed(tmp_path):
    path = write(tmp_path, post(1, more=tag("Jazz")), post(2, status="draft"))
    run(path)
    article = Article.objects.get(slug="post-1")
    article.headline = "By an editor"
    article.save()
    counts = lambda: [model.objects.count() for model in (Article, PublishedArticle, Author, Tag, Section, Redirect)]  # noqa: E731
    before = counts()
    assert "2 already there" in run(path)
    assert counts() == before
    article.refresh_from_db()
    assert article.headline == "By an editor"


def test_an_interrupted_import_leaves_whole_articles_and_goes_on_where_it_was(tmp_path, monkeypatch):
    path = write(tmp_path, *(post(number, more=tag("Jazz")) for number in range(1, 6)))
    real, calls = importer._Import._send_out, []

    def dies_at_the_third(self, article, made):
        calls.append(article)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(self, article, made)

    monkeypatch.setattr(importer._Import, "_send_out", dies_at_the_third)
    with pytest.raises(CommandError, match="run it again"):
        run(path)
    assert Article.objects.count() == PublishedArticle.objects.count() == 2
    monkeypatch.undo()
    assert "3 published, 2 already there" in run(path).replace(
        "2 already there, 3 published", "3 published, 2 already there"
    )
    assert Article.objects.count() == PublishedArticle.objects.count() == 5


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path):
    body = '<p>x</p><img src="https://old.example/wp-content/uploads/a.jpg">[unknown_code]'
    report = run(write(tmp_path, post(1, content=body), post(2, status="draft")), "--dry-run")
    assert "Would be: 1 published, 1 kept as drafts" in report
    assert "a.jpg" in report
    assert "unknown_code" in report
    for model in (Article, PublishedArticle, Author, Tag, Section, Image, Redirect):
        assert not model.objects.exists()


@pytest.fixture
def uploads(tmp_path):
    folder = tmp_path / "uploads"
    (folder / "2019" / "05").mkdir(parents=True)
    (folder / "2019" / "05" / "seats.jpg").write_bytes(jpeg(400, 300).read())
    return folder


IMAGE = "https://old.example/wp-content/uploads/2019/05/seats.jpg"


def test_pictures_come_from_the_uploads_folder(client, tmp_path, uploads):
    body = f'<p>x</p><img class="wp-image-9" src="{IMAGE.replace(".jpg", "-300x200.jpg")}" alt="Seats">'
    more = meta("_thumbnail_id", "9") + category("film", "Film")
    run(
        write(tmp_path, post(1, content=body, more=more), attachment(9, IMAGE, "Rows of seats")),
        "--media",
        str(uploads),
    )
    image = Image.objects.get()
    assert (image.alt, image.width, Article.objects.get().lead_image) == ("Rows of seats", 400, image)
    page = client.get("/film/post-1/").content.decode()
    assert page.count("<picture>") == 2


def test_pictures_without_a_file_wait_for_the_next_run(client, tmp_path, uploads):
    path = write(tmp_path, post(1, content=f'<img src="{IMAGE}" alt="Seats">', more=category("film", "Film")))
    report = run(path)
    assert "1 pictures without a file" in report
    assert IMAGE in report
    assert "<picture>" not in client.get("/film/post-1/").content.decode()
    before = Image.objects.get().pk
    assert "without a file" not in run(path, "--media", str(uploads))
    assert Image.objects.get().pk == before
    assert "<picture>" in client.get("/film/post-1/").content.decode()


@pytest.mark.parametrize("name", ["../../secret.jpg", "/etc/hostname", "..%2f..%2fsecret.jpg", "2019/../../secret.jpg"])
def test_nothing_outside_the_uploads_folder_is_read(tmp_path, uploads, name):
    (tmp_path / "secret.jpg").write_bytes(jpeg().read())
    url = f"https://old.example/wp-content/uploads/{name}"
    item = attachment(9, url).replace("</item>", meta("_wp_attached_file", name) + "</item>")
    run(write(tmp_path, post(1, more=meta("_thumbnail_id", "9")), item), "--media", str(uploads))
    assert not Image.objects.exclude(digest="").exists()


def test_a_file_that_is_no_picture_is_reported_and_the_article_is_there(tmp_path, uploads):
    (uploads / "2019" / "05" / "seats.jpg").write_bytes(b"<html>not a picture")
    report = run(write(tmp_path, post(1, content=f'<img src="{IMAGE}">')), "--media", str(uploads))
    assert "not a picture" in report
    assert Article.objects.exists()


def test_authors_get_no_login_and_the_map_gives_posts_to_our_own(tmp_path, author):
    from django.contrib.auth.models import User

    run(write(tmp_path, post(1), post(2, creator="bob")), "--author-map", f"bob={author.slug}")
    assert not User.objects.exists()
    assert Article.objects.get(slug="post-2").bylines.get().author == author
    assert sorted(Author.objects.values_list("name", flat=True)) == ["Ana Reyes", author.name]


def test_an_author_map_to_nobody_is_refused_before_anything(tmp_path):
    with pytest.raises(CommandError, match="no author here"):
        run(write(tmp_path, post(1)), "--author-map", "ana=nobody")
    assert not Article.objects.exists()


def test_the_same_number_twice_is_two_articles_and_again_none(tmp_path):
    path = write(tmp_path, post(1, name="one"), post(1, name="two"), post(1, name="two"))
    run(path)
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["one", "two"]
    run(path)
    assert Article.objects.count() == 2


def test_odd_titles_dates_and_tags_are_taken_and_noted(tmp_path):
    items = [
        post(1, "", content="<p>The first words of it.</p>"), post(2, "x" * 500), post(3, date="0000-00-00 00:00:00"),
        post(4, date="9999-01-01 00:00:00"), post(5, more=tag("y" * 300)), post(6, "🚀", name=""), post(7, "bad\x08char"),
    ]  # fmt: skip
    report = run(write(tmp_path, *items))
    assert Article.objects.count() == 7
    assert Article.objects.get(import_key__endswith="#1").headline == "The first words of it"
    assert len(Article.objects.get(import_key__endswith="#2").headline) <= 200
    assert all(article.slug for article in Article.objects.all())
    assert "no title" in report
    assert "cut" in report


def test_hostile_bodies_come_out_clean(client, tmp_path):
    body = '<p onclick="x()">Hi</p><script>alert(1)</script><iframe srcdoc="<script>"></iframe><a href="javascript:x">l</a>'
    run(write(tmp_path, post(1, "<script>alert(1)</script>Title", content=body, more=category("film", "Film"))))
    page = client.get("/film/post-1/").content.decode()
    for bad in ("<script>", "onclick", "srcdoc", "javascript:"):
        assert bad not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "empty"), ("<html><body>no</body></html>", ""), ("just words", ""),
        ('<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x "y">]><rss><channel><title>&x;</title></channel></rss>', "DOCTYPE"),
        ('<?xml version="1.0"?><rss><channel>', ""), ('<?xml version="1.0"?><feed></feed>', ""),
    ],
)  # fmt: skip
def test_a_broken_export_ends_in_one_sentence_and_imports_nothing(tmp_path, content, words):
    path = tmp_path / "broken.xml"
    path.write_text(content)
    with pytest.raises(CommandError) as refusal:
        run(path)
    sentence = str(refusal.value)
    assert words.lower() in sentence.lower()
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert not Article.objects.exists()


def test_a_truncated_export_imports_none_of_its_whole_posts(tmp_path):
    path = write(tmp_path, post(1), post(2))
    path.write_text(path.read_text()[:-300])
    with pytest.raises(CommandError, match="line"):
        run(path)
    assert not Article.objects.exists()


def test_a_missing_file_or_folder_is_told_in_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.xml")
    with pytest.raises(CommandError, match="no folder"):
        run(write(tmp_path, post(1)), "--media", str(tmp_path / "none"))


def test_nothing_is_fetched_unless_asked(tmp_path, monkeypatch):
    import socket

    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: pytest.fail("looked a host up"))
    run(write(tmp_path, post(1, content=f'<img src="{IMAGE}">')))


def test_a_site_without_navigation_gets_its_largest_sections(tmp_path):
    items = [post(number, more=category("film", "Film")) for number in range(1, 4)]
    run(write(tmp_path, *items, post(9, more=category("music", "Music"))))
    assert list(Section.objects.filter(in_navigation=True).values_list("slug", flat=True)) == ["film", "music"]


def test_an_article_scheduled_in_the_export_appears_by_itself(client, tmp_path, monkeypatch):
    soon = timezone.now() + timedelta(hours=2)
    run(write(tmp_path, post(1, status="future", date=f"{soon:%Y-%m-%d %H:%M:%S}", more=category("film", "Film"))))
    assert client.get("/film/post-1/").status_code == 404
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=3))
    assert client.get("/film/post-1/").status_code == 200


@pytest.mark.skipif(not SHARED_EXPORTS.is_dir(), reason="the shared folder with real exports is not here")
def test_a_real_export_shows_its_posts_and_doubles_nothing(client):
    path = SHARED_EXPORTS / "themeunittestdata.wordpress.xml"
    run(path)
    assert Article.objects.count() == 58
    assert PublishedArticle.objects.live().count() == 55
    for live in PublishedArticle.objects.live().select_related("section"):
        assert client.get(live.get_absolute_url()).status_code == 200, live.slug
    run(path)
    assert Article.objects.count() == 58


@pytest.mark.skipif(not SHARED_EXPORTS.is_dir(), reason="the shared folder with real exports is not here")
def test_every_real_export_is_imported_or_refused_in_a_sentence(client):
    for path in sorted(SHARED_EXPORTS.rglob("*.xml")):
        try:
            run(path)
        except CommandError as refusal:
            assert "\n" not in str(refusal), path
    for live in PublishedArticle.objects.live().select_related("section"):
        assert client.get(live.get_absolute_url()).status_code == 200, live.slug

"""Reading an export: what is in the file is in the records."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.wordpress.wxr import Post, WpAuthor, posts, survey

CONTENTS = "bare_ampersands html_entities latin1 utf16 utf8_bom leading_blank_lines wxr_1_1 without_version"


@pytest.fixture
def bridge(exports: Path) -> Post:
    return next(posts(exports / "whole.xml"))


def only_post(path: Path) -> Post:
    (post,) = posts(path)
    return post


def test_site_is_told_by_the_header_and_not_by_its_logo(exports):
    site = survey(exports / "whole.xml").site
    assert (site.title, site.url) == ("The Gazette & Courier", "https://gazette.example")
    assert (site.base_url, site.language, site.wxr_version) == ("https://network.example/", "en-GB", "1.2")


def test_post_has_its_texts_and_addresses(bridge):
    assert (bridge.wp_id, bridge.kind, bridge.status, bridge.creator) == (10, "post", "publish", "mira")
    assert (bridge.slug, bridge.link) == ("bridge", "https://gazette.example/2021/03/bridge/")
    assert bridge.guid == "https://gazette.example/?p=10"
    assert bridge.content.startswith("<!-- wp:paragraph -->\n<p>The bridge")
    assert bridge.excerpt == "At last."


def test_title_is_plain_text_unescaped_once(bridge):
    assert bridge.title == "A bridge & a river"


def test_post_has_each_of_its_terms_once(bridge):
    assert bridge.categories == (("council", "Council"),)
    assert bridge.tags == (("café", "Café"),)
    assert bridge.other_terms == (("series", "bridges", "Bridges"),)


def test_post_has_its_picture_old_slugs_and_useful_meta_only(bridge):
    assert bridge.thumbnail_id == 20
    assert bridge.old_slugs == ("old-bridge", "new-bridge")
    assert bridge.meta == {"_yoast_wpseo_metadesc": "Cars may cross"}


def test_post_tells_what_is_special_about_it(exports):
    bridge, about = posts(exports / "whole.xml")
    assert (bridge.is_sticky, bridge.password_protected, bridge.parent_id) == (True, False, None)
    assert (about.is_sticky, about.password_protected, about.parent_id) == (False, True, 9)


def test_times_are_those_of_greenwich(bridge):
    assert bridge.published == datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert bridge.modified == datetime(2021, 3, 5, 5, 6, 7, tzinfo=UTC)


def test_line_is_where_the_item_begins(exports):
    lines = (exports / "whole.xml").read_text().splitlines()
    assert [lines[post.line - 1].strip() for post in posts(exports / "whole.xml")] == ["<item>", "<item>"]


def test_line_is_right_beyond_what_sixteen_bits_can_count(exports, tmp_path):
    text = (exports / "wxr_1_1.xml").read_text()
    deep = tmp_path / "deep.xml"
    deep.write_text(text.replace("<item>", "\n" * 70_000 + "<item>"))
    line = only_post(deep).line
    assert deep.read_text().splitlines()[line - 1] == "<item>"


def test_menus_revisions_and_attachments_are_no_posts_but_are_counted(exports):
    assert [post.kind for post in posts(exports / "whole.xml")] == ["post", "page"]
    counts = survey(exports / "whole.xml").counts
    assert counts["nav_menu_item", "publish"] == counts["attachment", "inherit"] == 1


def test_other_kinds_are_read_when_asked_for(exports):
    assert [post.kind for post in posts(exports / "statuses.xml", kinds=("podcast",))] == ["podcast"]


def test_status_is_kept_as_it_is_and_never_public_by_omission(exports):
    read = {post.wp_id: post.status for post in posts(exports / "statuses.xml")}
    public, *others = read.values()
    assert public == "publish"
    assert others[:4] == ["draft", "pending", "private", "future"]
    assert others[4:8] == ["trash", "auto-draft", "inherit", "weird"]
    assert read[23] == "draft"  # it has none in the file
    assert survey(exports / "statuses.xml").count("post") == 10


def test_survey_has_the_authors_of_the_header_and_those_only_posts_name(exports):
    authors = survey(exports / "whole.xml").authors
    mira = authors["mira"]
    assert (mira.email, mira.display_name, mira.wp_id) == ("mira@gazette.example", "Mira Example & Co", 7)
    assert (mira.first_name, mira.last_name) == ("Mira", "Example")
    assert authors["guest"] == WpAuthor("guest", display_name="guest")


def test_survey_has_the_terms_of_the_header_and_those_only_posts_name(exports):
    terms = {(term.kind, term.slug): term for term in survey(exports / "whole.xml").terms}
    assert terms["category", "town"].name == "Town & Country"
    assert terms["category", "town"].description == "All that happens"
    assert terms["category", "council"].parent_slug == "town"
    assert terms["tag", "café"].wp_id == 5
    assert terms["series", "bridges"].name == "Bridges"
    assert terms["tag", "press"].name == "Press"


def test_survey_has_the_attachments_that_come_after_their_posts(exports):
    found = survey(exports / "whole.xml")
    picture = found.attachments[20]
    assert picture.url == "https://gazette.example/wp-content/uploads/2021/03/below.jpg"
    assert (picture.title, picture.caption) == ("The bridge from below", "From below")
    assert (picture.alt, picture.description) == ("Arches & water", "Taken in the morning")
    assert (picture.file, picture.parent_id) == ("2021/03/below.jpg", 10)
    assert found.attached_to(10) == (20,) and found.attached_to(11) == ()


def test_survey_has_parents_and_ids_that_occur_twice(exports):
    assert survey(exports / "whole.xml").parents == {11: 9}
    assert survey(exports / "duplicate_ids.xml").duplicate_ids == (1,)
    assert len(list(posts(exports / "duplicate_ids.xml"))) == 3


def test_wxr_1_0_names_its_terms_twice_but_has_them_once(exports):
    post = only_post(exports / "wxr_1_0.xml")
    assert (post.categories, post.tags) == ((("news", "News"),), (("rain", "Rain"),))
    assert (post.excerpt, survey(exports / "wxr_1_0.xml").site.wxr_version) == ("Wet", "1.0")


def test_term_without_slug_is_kept_by_its_name(exports):
    post = only_post(exports / "terms_without_slugs.xml")
    assert post.categories == (("", "Only a name"),)
    assert post.tags == (("../../etc", "Path"),)  # untrusted, as everything


@pytest.mark.parametrize("name", CONTENTS.split())
def test_every_version_and_encoding_is_read(exports, name):
    kinds = ("post", "attachment")
    (post,) = posts(exports / f"{name}.xml", kinds)
    assert post.wp_id == 1
    assert post.title in ("Post 1", "Café", "Café — open")
    assert post.content == "<p>Text 1.</p>"


def test_export_without_header_is_known_by_its_items(exports):
    found = survey(exports / "without_header.xml")
    assert list(found.authors) == ["mira"]
    assert {(term.kind, term.name) for term in found.terms} == {("category", "Town"), ("tag", "Rain")}
    assert survey(exports / "without_version.xml").site.wxr_version == ""


def test_several_wordpress_namespaces_in_one_file_mean_the_same(exports):
    assert [post.wp_id for post in posts(exports / "several_wp_namespaces.xml")] == [1, 2]


def test_gzipped_export_is_known_by_its_bytes_whatever_its_name(exports, tmp_path):
    packed = tmp_path / "export.xml"
    packed.write_bytes(gzip.compress((exports / "whole.xml").read_bytes()))
    assert survey(packed) == survey(exports / "whole.xml")


def test_pretty_printed_export_is_read_without_its_blanks(exports):
    post = only_post(exports / "pretty_printed.xml")
    assert (post.wp_id, post.title, post.thumbnail_id) == (1, "Post 1", 5)
    assert post.categories == (("town", "Town"),)


def test_cdata_in_pieces_is_one_text(exports):
    assert only_post(exports / "split_cdata.xml").content == "code: a[b[0]]> 1 & <i>x</i>"


def test_serialised_php_is_never_read(exports):
    post = only_post(exports / "serialised_php.xml")
    assert (post.meta, post.old_slugs) == ({}, ())


def test_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        survey(tmp_path / "nowhere.xml")

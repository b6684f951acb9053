"""Exports as WordPress writes them, from a few values."""

from pathlib import Path
from xml.sax.saxutils import escape

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old blog</title><link>https://old.example</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ana</wp:author_login>
<wp:author_email>ana@old.example</wp:author_email><wp:author_display_name>Ana Reyes</wp:author_display_name></wp:author>
<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>film</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>Film</wp:cat_name></wp:category>
<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>noir</wp:category_nicename>
<wp:category_parent>film</wp:category_parent><wp:cat_name>Noir</wp:cat_name></wp:category>
"""
TAIL = "</channel></rss>\n"


def post(number: int, title: str = "A post", **values: str) -> str:
    """An <item>. `more` is put in as it is."""
    one = {
        "name": f"post-{number}", "status": "publish", "content": "<p>Text.</p>", "excerpt": "", "creator": "ana",
        "date": "2019-05-06 07:08:09", "type": "post", "more": "", "password": "",
        "link": f"https://old.example/2019/05/post-{number}/",
    } | values  # fmt: skip
    return f"""<item><title>{escape(title)}</title><link>{one["link"]}</link>
<dc:creator>{one["creator"]}</dc:creator><guid isPermaLink="false">https://old.example/?p={number}</guid>
<content:encoded><![CDATA[{one["content"]}]]></content:encoded>
<excerpt:encoded><![CDATA[{one["excerpt"]}]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date>{one["date"]}</wp:post_date><wp:post_date_gmt>{one["date"]}</wp:post_date_gmt>
<wp:post_name>{one["name"]}</wp:post_name><wp:status>{one["status"]}</wp:status>
<wp:post_password>{one["password"]}</wp:post_password><wp:post_type>{one["type"]}</wp:post_type>{one["more"]}</item>
"""


def category(slug: str, name: str) -> str:
    return f'<category domain="category" nicename="{slug}"><![CDATA[{name}]]></category>'


def tag(name: str) -> str:
    return f'<category domain="post_tag" nicename="{name.lower().replace(" ", "-")}"><![CDATA[{name}]]></category>'


def meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def attachment(number: int, url: str, alt: str = "") -> str:
    more = f"<wp:attachment_url>{url}</wp:attachment_url>" + meta("_wp_attachment_image_alt", alt)
    return post(number, f"Picture {number}", type="attachment", status="inherit", more=more)


def write(folder: Path, *items: str) -> Path:
    path = folder / "export.xml"
    path.write_text(HEAD + "".join(items) + TAIL, "utf-8")
    return path

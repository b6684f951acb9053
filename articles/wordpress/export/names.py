"""The names that matter in an export: of elements, in every WXR version, and of a post's meta fields."""

import re
from functools import lru_cache

_WP = re.compile(r"https?://wordpress\.org/export/\d+(?:\.\d+)*/?")
_EXCERPT = re.compile(r"https?://wordpress\.org/export/\d+(?:\.\d+)*/excerpt/?")
_PREFIXES = {
    "": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://www.w3.org/2005/Atom": "atom:",
}

_PARTS = """
    title link pubDate dc:creator guid content:encoded excerpt:encoded category wp:attachment_url wp:is_sticky
    wp:post_id wp:post_date wp:post_date_gmt wp:post_modified wp:post_modified_gmt wp:post_name wp:post_parent
    wp:post_password wp:post_type wp:postmeta wp:status
"""
_USEFUL = """
    _yoast_wpseo_title _yoast_wpseo_metadesc _yoast_wpseo_canonical _yoast_wpseo_primary_category
    _yoast_wpseo_meta-robots-noindex _yoast_wpseo_opengraph-title _yoast_wpseo_opengraph-description
    rank_math_title rank_math_description rank_math_canonical_url rank_math_primary_category
    _aioseop_title _aioseop_description _aioseo_title _aioseo_description jetpack_seo_html_title
    advanced_seo_description subtitle _subtitle wps_subtitle kia_subtitle _secondary_title footnotes
"""
# The parts of an item that are read. The rest (comments, plugins' statistics) is thrown away as it comes by.
ITEM_PARTS = frozenset(_PARTS.split())
# The meta fields that `Post.meta` carries: what search engines were told, and the text's footnotes.
USEFUL_META = frozenset(_USEFUL.split())
META_KEYS = USEFUL_META | {"_thumbnail_id", "_wp_old_slug", "_wp_attached_file", "_wp_attachment_image_alt"}


@lru_cache(maxsize=1024)  # bounded: a file can have any number of names
def short(tag: str) -> str:
    """`{http://wordpress.org/export/1.2/}post_id` is `wp:post_id`; "" for names of no interest."""
    uri, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    if (prefix := _PREFIXES.get(uri)) is not None:
        return prefix + local
    if _WP.fullmatch(uri):
        return "wp:" + local
    if _EXCERPT.fullmatch(uri):
        return "excerpt:" + local
    return ""


def is_wordpress(uri: str) -> bool:
    return bool(_WP.fullmatch(uri))

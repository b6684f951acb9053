"""Every export of the shared folder is read and converted, or refused in one sentence."""

import html
import re
from collections import Counter

import pytest

from articles.richtext import sanitise
from articles.wordpress.body import Context, convert
from articles.wordpress.wxr import ExportError, posts, survey

# The only files there that are no whole exports.
REFUSED = {
    "malformed-simple.xml": "cut off",
    "wordpress_qtranslate_item_raw_export.xml": "one item cut out of an export",
    "test.xml": "begins with <catalog>",
}
MENDED = {
    "multiple_attachments-only.xml": "bare &",
    "sample.xml": "bare &",
    "wordpress_unicode_export.xml": "prefix atom",
}


def test_export_is_read_or_refused_in_a_sentence(shared_export):
    if expected := REFUSED.get(shared_export.name):
        with pytest.raises(ExportError) as caught:
            survey(shared_export)
        assert expected in str(caught.value)
        assert re.fullmatch(r"The file [^\n]+ \(line \d+\)\.", str(caught.value))
        return
    found = survey(shared_export)
    read = list(posts(shared_export))
    kinds = Counter((post.kind, post.status) for post in read)
    assert kinds == {key: number for key, number in found.counts.items() if key[0] in ("post", "page")}
    assert {post.creator for post in read} <= {*found.authors, ""}
    known = {(term.kind, term.slug) for term in found.terms}
    for post in read:
        assert {("category", slug) for slug, _ in post.categories} <= known
        assert {("tag", slug) for slug, _ in post.tags} <= known
    assert MENDED.get(shared_export.name, "") in " ".join(found.mended)
    assert bool(found.mended) == (shared_export.name in MENDED)


def test_bodies_are_converted_without_losing_a_word(shared_export):
    if shared_export.name in REFUSED:
        return
    found = survey(shared_export)
    for post in posts(shared_export):
        context = Context(image=lambda ref: 1, attachments=found.attachments, attached=found.attached_to(post.wp_id))
        made = convert(post.content, context=context)
        assert sanitise(made.html) == made.html
        if not made.notes:
            assert words(post.content) - words(made.html) == Counter(), post.line


def words(content: str) -> Counter[str]:
    """What a reader would read, roughly: no tags, comments, shortcodes, addresses."""
    text = re.sub(r"(?s)<!--.*?-->|\[/?(?:caption|gallery|audio|sourcecode|embed)[^\]]*\]", " ", content)
    text = re.sub(r"(?s)<(script|style|iframe)\b.*?</\1>|<a[^>]*__button.*?</a>", " ", text)
    return Counter(re.findall(r"\w+", html.unescape(re.sub(r"<[^>]*>|https?://[^\s<]+", " ", text))))

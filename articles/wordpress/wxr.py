"""A WordPress export (WXR), read as a stream: `survey` for everything around the posts, `posts` for these.

    found = survey("export.xml")            # raises ExportError: then nothing has been imported yet
    for post in posts("export.xml"):        # the second pass; cheap in memory, whatever the size
        ...

Two passes, because a post's pictures usually come after it in the file, and its author may be in no header.
`survey` reads to the last byte, so an export that it accepts does not fail in the middle of `posts`.
Files may be gzipped, in any usual encoding, WXR 1.0 to 1.2. Cost: about 30 MB/s a pass, memory for one item,
and in the survey for the attachments' records. Anything in the results is untrusted text.
"""

import os
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from articles.wordpress.export import items
from articles.wordpress.export.errors import ExportError
from articles.wordpress.export.reading import Reading
from articles.wordpress.export.records import Attachment, Post, Site, Survey, Term, WpAuthor

__all__ = ["Attachment", "ExportError", "Post", "Site", "Survey", "Term", "WpAuthor", "posts", "survey"]

KINDS = ("post", "page")
_SITE = {
    "title": "title",
    "link": "link",
    "language": "language",
    "wp:wxr_version": "wxr_version",
    "wp:base_site_url": "base_url",
    "wp:base_blog_url": "url",
}


def posts(path: str | os.PathLike[str], kinds: tuple[str, ...] = KINDS) -> Iterator[Post]:
    """The posts and pages, in file order. Menus, revisions and so on are left out unless `kinds` names them.

    Raises ExportError (also between two posts, if the file breaks there) and OSError.
    """
    for name, element in Reading(path).elements():
        if name == "item":
            item = items.Item(element)
            if item.kind in kinds:
                yield items.post(item)


def survey(path: str | os.PathLike[str]) -> Survey:
    """Read the whole export once, keeping all but the posts. Raises ExportError, OSError."""
    reading = Reading(path)
    surveyor = _Surveyor()
    for name, element in reading.elements():
        surveyor.see(name, element)
    return surveyor.survey(reading.repairs)


class _Surveyor:
    def __init__(self) -> None:
        self._site: dict[str, str] = {}
        self._authors: dict[str, WpAuthor] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._attachments: dict[int, Attachment] = {}
        self._attached: dict[int, list[int]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._parents: dict[int, int] = {}
        self._seen: Counter[int] = Counter()

    def see(self, name: str, element: etree._Element) -> None:
        if name in _SITE:
            self._site.setdefault(_SITE[name], items.plain(items.text(element)))
        elif name == "wp:author":
            author = items.author(element)
            if author.login:
                self._authors[author.login] = author
        elif name in ("wp:category", "wp:tag", "wp:term"):
            term = items.term(element)
            if term.kind and (term.slug or term.name):
                self._terms.setdefault((term.kind, term.slug or term.name), term)
        elif name == "item":
            self._see_item(items.Item(element))

    def _see_item(self, item: items.Item) -> None:
        self._counts[item.kind, item.status] += 1
        if item.kind in (*KINDS, "attachment"):
            self._seen[item.wp_id] += 1
        if item.kind == "attachment":
            attachment = items.attachment(item)
            # Hand-made exports have attachments without a number; they are found by their address.
            number = attachment.wp_id or -(len(self._attachments) + 1)
            self._attachments.setdefault(number, attachment)
            if attachment.parent_id:
                self._attached.setdefault(attachment.parent_id, []).append(number)
        elif item.kind in KINDS:
            if item.parent_id:
                self._parents[item.wp_id] = item.parent_id
            if item.creator and item.creator not in self._authors:
                self._authors[item.creator] = WpAuthor(login=item.creator, display_name=item.creator)
            for kind, slug, name in item.terms():
                self._terms.setdefault((kind, slug or name), Term(kind=kind, slug=slug, name=name))

    def survey(self, repairs: tuple[str, ...]) -> Survey:
        site = {name: self._site.get(name, "") for name in Site.__match_args__}
        site["url"] = site["url"] or self._site.get("link", "")
        return Survey(
            site=Site(**site),
            authors=self._authors,
            terms=tuple(self._terms.values()),
            attachments=self._attachments,
            counts=dict(self._counts),
            parents=self._parents,
            duplicate_ids=tuple(number for number, times in self._seen.items() if times > 1 and number),
            mended=repairs,
            _attached={post: tuple(numbers) for post, numbers in self._attached.items()},
        )

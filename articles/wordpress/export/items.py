"""Elements of the channel made into records. Nothing is refused here: what is missing is empty."""

import html
import re
from urllib.parse import unquote

from lxml import etree

from articles.wordpress.export import dates
from articles.wordpress.export.names import USEFUL_META, short
from articles.wordpress.export.reading import line_of
from articles.wordpress.export.records import Attachment, Post, Term, WpAuthor

# Titles may hold markup. Only what is surely markup goes: "5 < 6" and "the <title> element" stay.
_TITLE_TAGS = re.compile(
    r"</?(?:a|abbr|b|br|cite|code|em|font|i|mark|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.I
)
_SERIALISED_PHP = re.compile(r"[aOsbidC]:\d+[:;]")
_TAXONOMIES = {"category": "category", "post_tag": "tag", "tag": "tag"}


class Item:
    """One `<item>`: its parts by short name, its meta fields, its terms."""

    def __init__(self, element: etree._Element):
        self.line = line_of(element)
        self._parts: dict[str, str] = {}
        self.meta: dict[str, list[str]] = {}
        self._categories: list[tuple[str, str, str]] = []
        for part in element:
            name = short(part.tag)
            if name == "wp:postmeta":
                self._add_meta(part)
            elif name == "category":
                kind = _TAXONOMIES.get(part.get("domain") or "", part.get("domain") or "")
                self._categories.append((kind, slug(part.get("nicename") or ""), plain(text(part))))
            elif name and name not in self._parts:
                self._parts[name] = text(part)

    def __getitem__(self, name: str) -> str:
        return self._parts.get(name, "")

    @property
    def kind(self) -> str:
        return self["wp:post_type"].strip() or "post"

    @property
    def status(self) -> str:
        return self["wp:status"].strip() or "draft"  # never public by omission

    @property
    def wp_id(self) -> int:
        return number(self["wp:post_id"]) or 0

    @property
    def parent_id(self) -> int | None:
        return number(self["wp:post_parent"]) or None

    @property
    def creator(self) -> str:
        return self["dc:creator"].strip()

    def terms(self) -> list[tuple[str, str, str]]:
        """(kind, slug, name), each once. WXR 1.0 names each term twice, first without its slug."""
        named = {(kind, name) for kind, slug_, name in self._categories if slug_}
        found: dict[tuple[str, str, str], None] = {}
        for kind, slug_, name in self._categories:
            if slug_ and kind and name:
                found[kind, slug_, name] = None
            elif name and not slug_ and not any((k, name) in named for k in (kind, "category", "tag")):
                found[kind or "category", "", name] = None
        return list(found)

    def published(self) -> tuple[dates.datetime | None, str]:
        return dates.published(self["wp:post_date_gmt"], self["wp:post_date"], self["pubDate"])

    def first_meta(self, key: str) -> str:
        return self.meta.get(key, [""])[0]

    def _add_meta(self, element: etree._Element) -> None:
        pair = {short(child.tag): text(child) for child in element}
        value = pair.get("wp:meta_value", "").strip()
        # Serialised PHP is never read, whatever it claims to be.
        if value and not _SERIALISED_PHP.match(value):
            self.meta.setdefault(pair.get("wp:meta_key", "").strip(), []).append(value)


def post(item: Item) -> Post:
    published, doubt = item.published()
    modified, doubt_modified = dates.moment(item["wp:post_modified_gmt"])
    if modified is None and not doubt_modified:
        modified, doubt_modified = dates.moment(item["wp:post_modified"])
    terms = item.terms()
    return Post(
        wp_id=item.wp_id,
        kind=item.kind,
        title=plain(item["title"]),
        slug=slug(item["wp:post_name"]),
        link=item["link"].strip(),
        guid=item["guid"].strip(),
        status=item.status,
        creator=item.creator,
        published=published,
        modified=modified,
        content=item["content:encoded"],
        excerpt=item["excerpt:encoded"].strip(),
        categories=tuple((slug_, name) for kind, slug_, name in terms if kind == "category"),
        tags=tuple((slug_, name) for kind, slug_, name in terms if kind == "tag"),
        other_terms=tuple(term for term in terms if term[0] not in ("category", "tag")),
        thumbnail_id=number(item.first_meta("_thumbnail_id")) or None,
        parent_id=item.parent_id,
        meta={key: values[0] for key, values in item.meta.items() if key in USEFUL_META},
        is_sticky=item["wp:is_sticky"].strip() == "1",
        password_protected=bool(item["wp:post_password"].strip()),
        old_slugs=tuple(dict.fromkeys(filter(None, map(slug, item.meta.get("_wp_old_slug", []))))),
        notes=tuple(filter(None, (doubt, doubt_modified and f"modified: {doubt_modified}"))),
        line=item.line,
    )


def attachment(item: Item) -> Attachment:
    return Attachment(
        wp_id=item.wp_id,
        url=(item["wp:attachment_url"] or item["guid"]).strip(),
        title=plain(item["title"]),
        caption=item["excerpt:encoded"].strip(),
        alt=plain(item.first_meta("_wp_attachment_image_alt")),
        description=item["content:encoded"].strip(),
        file=item.first_meta("_wp_attached_file"),
        date=item.published()[0],
        parent_id=item.parent_id,
        line=item.line,
    )


def author(element: etree._Element) -> WpAuthor:
    parts = _parts(element)
    login = parts.get("author_login", "").strip()
    return WpAuthor(
        login=login,
        email=parts.get("author_email", "").strip(),
        display_name=plain(parts.get("author_display_name", "")) or login,
        first_name=plain(parts.get("author_first_name", "")),
        last_name=plain(parts.get("author_last_name", "")),
        wp_id=number(parts.get("author_id", "")),
    )


def term(element: etree._Element) -> Term:
    """A `wp:category`, `wp:tag` or `wp:term` of the header."""
    parts = _parts(element)
    kind = {"wp:category": "category", "wp:tag": "tag"}.get(short(element.tag)) or parts.get(
        "term_taxonomy", ""
    ).strip()

    def first(*names: str) -> str:
        return next((parts[name] for name in names if parts.get(name)), "")

    return Term(
        kind=_TAXONOMIES.get(kind, kind),
        slug=slug(first("category_nicename", "tag_slug", "term_slug")),
        name=plain(first("cat_name", "tag_name", "term_name")),
        parent_slug=slug(first("category_parent", "term_parent")),
        description=first("category_description", "tag_description", "term_description").strip(),
        wp_id=number(first("term_id")),
    )


def _parts(element: etree._Element) -> dict[str, str]:
    return {short(child.tag).removeprefix("wp:"): text(child) for child in element}


def text(element: etree._Element) -> str:
    return "".join(element.itertext()) if len(element) else element.text or ""


def plain(value: str) -> str:
    """A title or name as people read it: one line, entities unescaped once, no inline markup."""
    return " ".join(html.unescape(_TITLE_TAGS.sub("", value)).split())


def slug(value: str) -> str:
    """WordPress stores non-Latin slugs percent-encoded and cut at 200 bytes, perhaps inside a character."""
    raw = value.strip()
    decoded = unquote(raw, errors="ignore")
    return decoded if decoded.isprintable() and not set(decoded) & set("/\\?#") else raw


def number(value: str) -> int | None:
    """A whole number of at most 18 digits (what a database takes), or None."""
    value = value.strip()
    return int(value) if re.fullmatch(r"-?[0-9]{1,18}", value) else None

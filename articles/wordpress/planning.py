"""What shall become of a post: decided from the export alone, before anything is written. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from articles.wordpress.summaries import headline_from, plain_text, shortened
from articles.wordpress.wxr import Post, Survey, Term
from newsroom.slugs import one_line, slug_for

LONGEST_TAG = 100
UNCATEGORISED = {"uncategorized", "uncategorised", "sin-categoria", "non-classe", "allgemein", "без-рубрики"}


class Act(StrEnum):
    PUBLISH = "published"
    SCHEDULE = "scheduled"
    DRAFT = "kept as drafts"
    SKIP = "left out"


@dataclass(frozen=True, slots=True)
class Plan:
    """`at` is when readers saw it first, or will. `section` is (slug, name), None for the default one.

    `old_addresses` are paths on the old site, with a query where that was the address (/?p=12).
    """

    post: Post
    act: Act
    at: datetime | None
    headline: str
    slug: str
    standfirst: str
    section: tuple[str, str] | None
    tags: tuple[str, ...]
    old_addresses: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())


def plan(post: Post, survey: Survey, now: datetime) -> Plan:
    notes = list(post.notes)
    act, at = _act(post, now, notes)
    section, more_tags = _section(post, _categories(survey))
    return Plan(
        post=post,
        act=act,
        at=at,
        headline=_headline(post, notes),
        slug=slug_for(post.slug or post.title, fallback="article", limit=110),
        standfirst=shortened(one_line(plain_text(post.excerpt)), 500) if post.excerpt else "",
        section=section,
        tags=_tags(post, more_tags, notes),
        old_addresses=tuple(dict.fromkeys(_old_addresses(post))) if act in {Act.PUBLISH, Act.SCHEDULE} else (),
        notes=tuple(notes),
    )


def _act(post: Post, now: datetime, notes: list[str]) -> tuple[Act, datetime | None]:
    """Nothing becomes public that was not: whatever is not plainly published stays a draft."""
    if post.status in {"trash", "inherit", "auto-draft"}:
        return Act.SKIP, None
    if post.password_protected:
        notes.append("protected by a password: kept as a draft")
        return Act.DRAFT, None
    if post.status == "publish":
        at = post.published or post.modified
        if at is None:
            notes.append("published without a date: dated now")
        return (Act.SCHEDULE if at and at > now else Act.PUBLISH), at or now
    if post.status == "future":
        if post.published and post.published > now:
            return Act.SCHEDULE, post.published
        notes.append("was scheduled for a time that has passed: kept as a draft")
    elif post.status not in {"draft", "pending"}:
        notes.append(f"status {post.status[:20]}: kept as a draft")
    return Act.DRAFT, None


def _headline(post: Post, notes: list[str]) -> str:
    headline = one_line(post.title)
    if not headline:
        notes.append("no title: headline made from its first words")
        headline = headline_from(post.content) or "Untitled"
    if len(headline) > 200:
        notes.append("title cut to 200 characters")
    return shortened(headline, 200)


def _categories(survey: Survey) -> Mapping[str, Term]:
    return {term.slug: term for term in survey.terms if term.kind == "category"}


def _section(post: Post, categories: Mapping[str, Term]) -> tuple[tuple[str, str] | None, list[str]]:
    """The first category's topmost parent is the section; all other categories become tags: nothing is lost."""
    named = [(slug, name) for slug, name in post.categories if slug not in UNCATEGORISED]
    if not named:
        return None, []
    slug, name = named[0]
    seen = {slug}
    while (term := categories.get(slug)) and (above := categories.get(term.parent_slug)) and above.slug not in seen:
        slug, name = above.slug, above.name
        seen.add(slug)
    others = [other for _, other in named if other != name]
    return (slug or slug_for(name, fallback="section"), one_line(name)[:80]), others


def _tags(post: Post, more: list[str], notes: list[str]) -> tuple[str, ...]:
    names = [one_line(name) for name in [*(name for _, name in post.tags), *more]]
    if any(len(name) > LONGEST_TAG for name in names):
        notes.append(f"a tag longer than {LONGEST_TAG} characters cut")
    return tuple(dict.fromkeys(name[:LONGEST_TAG].strip() for name in names if name))


def _old_addresses(post: Post) -> list[str]:
    """Where readers and search engines knew it: its link, the same with its former slugs, its number."""
    found = []
    path = path_of(post.link)
    if path and path != "/":
        found.append(path)
        folder, _, last = path.rstrip("/").rpartition("/")
        if last == post.slug:
            found += [f"{folder}/{old}/" for old in post.old_slugs]
    if post.wp_id:
        found.append(f"/?p={post.wp_id}")
    return found


def path_of(url: str) -> str:
    """The path of an address, decoded; with its query when that names a post. '' for nonsense."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    path = unquote(parts.path) or "/"
    return f"{path}?{unquote(parts.query)}" if parts.query.startswith(("p=", "page_id=")) else path

"""What an export holds, as plain values: untrusted, and known to no database yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Site:
    title: str
    url: str  # where the blog lives: links in the posts begin with it
    base_url: str  # the network's address; differs from `url` on multi-site installations only
    language: str
    wxr_version: str  # "" when the export does not tell


@dataclass(frozen=True, slots=True)
class WpAuthor:
    """An author. Those whom only the posts name (`dc:creator`) have their login as name, and nothing else."""

    login: str
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""
    wp_id: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    kind: str  # "category", "tag", or the name of another taxonomy
    slug: str  # percent-decoded
    name: str
    parent_slug: str = ""
    description: str = ""
    wp_id: int | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the media library. `file` is what the export claims as its path: to show, never to open."""

    wp_id: int
    url: str
    title: str
    caption: str
    alt: str
    description: str
    file: str
    date: datetime | None
    parent_id: int | None
    line: int


@dataclass(frozen=True, slots=True)
class Post:
    """A post or a page as the export has it: `content` and `excerpt` are raw and untrusted.

    `published` and `modified` are aware (UTC) or None. A draft may have a date: only `status` says what is
    public. `categories` and `tags` hold (slug, name); `other_terms` holds (taxonomy, slug, name).
    `notes` says in plain words what could not be read.
    """

    wp_id: int
    kind: str  # "post" or "page", unless `posts()` was asked for others
    title: str
    slug: str
    link: str
    guid: str
    status: str
    creator: str
    published: datetime | None
    modified: datetime | None
    content: str
    excerpt: str
    categories: tuple[tuple[str, str], ...]
    tags: tuple[tuple[str, str], ...]
    other_terms: tuple[tuple[str, str, str], ...]
    thumbnail_id: int | None
    parent_id: int | None
    meta: Mapping[str, str]
    is_sticky: bool
    password_protected: bool
    old_slugs: tuple[str, ...]
    notes: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Survey:
    """A whole export at a glance: everything but the texts of the posts.

    `counts` is by (kind, status) and counts every item, also kinds that `posts()` leaves out. `parents` gives
    the parent of each post and page that has one, `duplicate_ids` the ids that more than one post, page or
    attachment bears. `mended` says what was repaired while reading.
    """

    site: Site
    authors: Mapping[str, WpAuthor]
    terms: tuple[Term, ...]
    attachments: Mapping[int, Attachment]
    counts: Mapping[tuple[str, str], int]
    parents: Mapping[int, int]
    duplicate_ids: tuple[int, ...] = ()
    mended: tuple[str, ...] = ()
    _attached: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False)

    def count(self, kind: str) -> int:
        return sum(number for (of_kind, _), number in self.counts.items() if of_kind == kind)

    def attached_to(self, post_id: int) -> tuple[int, ...]:
        """The ids of the files uploaded to a post: what its `[gallery]` shows when it names no ids."""
        return self._attached.get(post_id, ())

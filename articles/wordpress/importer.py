"""A WordPress export into the newsroom: dataclasses in, rows out. May be run again, interrupted, resumed.

Every post is one transaction: whole or absent. What an earlier run, or an editor since, has made of a post stays as
it is. Bodies pass our sanitiser and articles the same verbs and gate as an editor's.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.models import Article, ArticleTag, Byline, Revision, Section, Tag
from articles.models.rebuilding import left_for_later
from articles.models.tags.names import TagName, folded
from articles.models.tags.order.resolving import held, once
from articles.wordpress.body import Context, convert
from articles.wordpress.fetching import fetch
from articles.wordpress.media import Pictures
from articles.wordpress.planning import Act, Plan, path_of, plan
from articles.wordpress.report import Report
from articles.wordpress.wxr import Post, Survey, posts, survey
from authors.models import Author
from newsroom import slugs

BATCH = 100
NAVIGATION = 7

Tell = Callable[[str], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Options:
    """`author_map` leads from a WordPress login to the slug of one of our authors."""

    dry_run: bool = False
    media: Path | None = None
    fetch: bool = False
    author_map: dict[str, str] = field(default_factory=dict)
    default_section: str = "News"


def import_export(path: Path, options: Options, tell: Tell = lambda line: None) -> Report:
    """Import what is not there yet. Raises ExportError before anything is written, OSError, and ValueError for an
    author map that names nobody. Memory: one batch of posts, and the records of the attachments.
    """
    return _Import(path, survey(path), options, tell).run()


class _Import:
    def __init__(self, path: Path, found: Survey, options: Options, tell: Tell) -> None:
        self.path, self.survey, self.options, self.tell = path, found, options, tell
        self.report = Report(dry_run=options.dry_run)
        self.host = (urlsplit(found.site.url).hostname or "").removeprefix("www.")
        # The site's name is part of every key: two blogs both have a post number 1.
        self.key = f"wordpress:{self.host}{urlsplit(found.site.url).path.rstrip('/')}"
        fetching = fetch if options.fetch and not options.dry_run else None
        self.pictures = Pictures(found, self.key, self.report, options.media, fetching)
        self.sections: dict[str, Section] = {}
        self.authors: dict[str, Author] = {}
        self.tags: dict[str, Tag] = {}
        self.per_section: dict[int, int] = {}

    def run(self) -> Report:
        self._check_author_map()
        for line in self.survey.mended:
            self.report.note([line], "-")
        total = self.survey.count("post")
        now = timezone.now()
        done = 0
        for batch in _batched(posts(self.path, kinds=("post",)), BATCH):
            there = self._already_there(batch)
            with left_for_later():
                for post in batch:
                    self._one(post, there, now)
            done += len(batch)
            self.tell(f"{done} of {total} posts")
        self.pictures.fill_waiting()
        self._tell_what_is_left_out()
        if not self.options.dry_run:
            self._fill_navigation()
        return self.report

    # --- one post --------------------------------------------------------------------------------------------

    def _one(self, post: Post, there: set[str], now: datetime) -> None:
        key = self._key_of(post)
        if key in there:
            self.report.done["already there"] += 1
            return
        there.add(key)  # an export may hold the same post twice
        made = plan(post, self.survey, now)
        self.report.note(made.notes, str(post.wp_id or post.slug))
        if made.act is not Act.SKIP:
            converted = convert(post.content, context=self._context(post))
            self.report.note(converted.notes, str(post.wp_id or post.slug))
            if not self.options.dry_run and not self._write(made, key, converted.html):
                return
        self.report.done[made.act.value] += 1

    def _write(self, made: Plan, key: str, body: str) -> bool:
        """The whole article or nothing of it. False when the newsroom's own rules refuse it."""
        # Authors, tags and sections are remembered between posts: they are made outside the article's transaction.
        section, author = self._section(made.section), self._author(made.post.creator)
        tags = self._tags(made.tags)
        lead = self.pictures.attachment(made.post.thumbnail_id) if made.post.thumbnail_id else None
        try:
            with transaction.atomic():
                article = Article(
                    import_key=key,
                    headline=made.headline,
                    slug=next(slugs.free_slugs(Article.objects.all(), made.slug)),
                    standfirst=made.standfirst,
                    body=body,
                    section=section,
                    lead_image_id=lead,
                    seo_title=_seo(made.post, "_yoast_wpseo_title", 120),
                    seo_description=_seo(made.post, "_yoast_wpseo_metadesc", 300),
                )
                if made.at and made.at <= timezone.now():
                    article.created_at = made.at
                article.save()
                usable = once((tag.pk for tag in tags), held(tag.pk for tag in tags))
                ArticleTag.objects.bulk_create(ArticleTag(content_object=article, tag_id=pk) for pk in usable)
                if author:
                    Byline.objects.bulk_create([Byline(article=article, author=author)])
                self._send_out(article, made)
        except ValidationError as error:
            self.report.refused.append(f"post {made.post.wp_id} (line {made.post.line}): {' '.join(error.messages)}")
            return False
        self.per_section[section.pk] = self.per_section.get(section.pk, 0) + 1
        return True

    def _send_out(self, article: Article, made: Plan) -> None:
        note = f"Imported from {self.host}"[:300]
        if made.act is Act.DRAFT:
            article.record(Revision.Event.IMPORTED, note=note)
            return
        article.publish(at=made.at, note=note, old_addresses=made.old_addresses)

    # --- what posts have in common ---------------------------------------------------------------------------

    def _key_of(self, post: Post) -> str:
        """The post's own number; where that is missing or given twice, its address as well."""
        if post.wp_id and post.wp_id not in self.survey.duplicate_ids:
            return f"{self.key}#{post.wp_id}"
        return f"{self.key}#{post.wp_id}:{post.slug or post.guid or post.title}"[:400]

    def _already_there(self, batch: list[Post]) -> set[str]:
        keys = [self._key_of(post) for post in batch]
        there = Article.objects.filter(import_key__in=keys).values_list("import_key", flat=True)
        return {key for key in there if key}

    def _context(self, post: Post) -> Context:
        return Context(
            image=self.pictures,
            link=self._link,
            attachments=self.survey.attachments,
            attached=self.survey.attached_to(post.wp_id),
            footnotes=post.meta.get("footnotes", ""),
        )

    def _link(self, url: str) -> str:
        """Links within the old site lose its host: their paths are known here as old addresses."""
        try:
            host = (urlsplit(url).hostname or "").removeprefix("www.")
        except ValueError:
            return url
        return (path_of(url) or url) if host and host == self.host else url

    def _section(self, wanted: tuple[str, str] | None) -> Section:
        slug, name = wanted or (
            slugs.slug_for(self.options.default_section, fallback="news"),
            self.options.default_section,
        )
        if slug not in self.sections:
            found = Section.objects.filter(slug=slug).first() or Section.objects.filter(name__iexact=name).first()
            if found is None:
                found = Section(name=name, slug=slug, in_navigation=False, position=100)
                try:
                    found.full_clean()
                except ValidationError:
                    found.slug = ""  # an address of the site itself, or no slug at all: made from the name
                found.save()
                self.report.made["sections"] += 1
            self.sections[slug] = found
        return self.sections[slug]

    def _author(self, login: str) -> Author | None:
        if not login:
            return None
        if login not in self.authors:
            self.authors[login] = self._find_author(login) or self._make_author(login)
        return self.authors[login]

    def _find_author(self, login: str) -> Author | None:
        if login in self.options.author_map:
            return Author.objects.get(slug=self.options.author_map[login])
        return Author.objects.filter(import_key=f"{self.key}@{login}"[:400]).first()

    def _make_author(self, login: str) -> Author:
        """An author, never a login: an export gives nobody rights."""
        known = self.survey.authors.get(login)
        name = (known.display_name if known else "") or login
        self.report.made["authors"] += 1
        email = known.email if known and len(known.email) <= 254 else ""
        return Author.objects.create(
            name=slugs.one_line(name)[:120] or "Unknown", email=email, import_key=f"{self.key}@{login}"[:400]
        )

    def _tags(self, names: Iterable[str]) -> list[Tag]:
        names = list(names)
        missing = [name for name in names if folded(name) not in self.tags]
        if missing:
            before = len(TagName.tags_of(folded(name) for name in missing))
            found = Tag.objects.by_folded(missing)
            self.report.made["tags"] += len(found) - before
            self.tags |= found
        tags = {tag.pk: tag for tag in (self.tags[folded(name)] for name in names)}
        retired = [tag for tag in tags.values() if tag.retired_at is not None]
        self.report.note([f"tag “{tag}” is retired, left out" for tag in retired], "-")
        return [tag for tag in tags.values() if tag.retired_at is None]

    # --- around it -------------------------------------------------------------------------------------------

    def _check_author_map(self) -> None:
        for login, slug in self.options.author_map.items():
            if not Author.objects.filter(slug=slug).exists():
                raise ValueError(f"The author map leads from {login} to {slug}, but no author here has that slug.")

    def _tell_what_is_left_out(self) -> None:
        for kind in sorted({kind for kind, _ in self.survey.counts}):
            if kind not in {"post", "attachment"}:
                self.report.done[f"of kind {kind} left out"] += self.survey.count(kind)

    def _fill_navigation(self) -> None:
        """A site that had no navigation gets its largest sections, largest first."""
        if Section.objects.filter(in_navigation=True).exists():
            return
        for position, pk in enumerate(sorted(self.per_section, key=lambda pk: -self.per_section[pk])[:NAVIGATION]):
            section = Section.objects.get(pk=pk)
            section.in_navigation, section.position = True, position
            section.save()


def _seo(post: Post, name: str, most: int) -> str:
    """Yoast's own text; its templates (%%title%%) mean nothing here."""
    value = slugs.one_line(post.meta.get(name, ""))
    return "" if "%%" in value else value[:most]


def _batched(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch

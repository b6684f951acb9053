"""Restoring: an earlier state becomes the working copy again. Readers see nothing of it until it is published."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from articles.richtext import image_ids
from articles.roles import Act
from authors.models import Author
from images.models import Image

from . import gate
from .bylines import Byline
from .corrections import Correction
from .permits import may, may_file, require
from .section import Section
from .snapshots import Snapshot
from .tags.order.resolving import tags_today
from .tags.tagging import Tag

if TYPE_CHECKING:
    from .article import Article
    from .revisions import Revision


@dataclass(frozen=True)
class Restored:
    """`revision`: the new one that says so; None when the working copy was like that already. `left_out`: sentences."""

    revision: "Revision | None"
    left_out: list[str]


class Restoring(models.Model):
    class Meta:
        abstract = True

    def restore(  # type: ignore[misc]
        self: "Article", revision: "Revision", *, by: Any = None, opened_version: int | None = None
    ) -> Restored:
        """Make the working copy equal to this revision of it: content, tags, bylines, corrections.

        What the library no longer has is left out and told, and so is what `by` may not: write corrections, file it
        under another section. A slug that another article has by now stays as it is.
        The state before is kept in the history first when nothing else has kept it. This object is read anew.
        Raises ValidationError: code "stale" when the article is no longer at `opened_version`, "unreadable" when
        the revision was kept by a newer Newsroom; PermissionDenied when `by` may not write in the article; then
        nothing has changed.
        """
        if revision.article_id != self.pk:
            raise ValueError("A revision can only be restored to its own article.")
        kept = Snapshot.read(revision.data)
        with transaction.atomic():
            working = type(self).objects.select_for_update(of=("self",)).select_related("section").get(pk=self.pk)
            require(by, Act.CHANGE, working)
            if opened_version is not None and working.version != opened_version:
                raise ValidationError("The article was changed meanwhile, so nothing was restored.", code="stale")
            version = working.version
            if not working.revisions.filter(version=version).exists():
                # Saved past the form, by an import or a script: not lost by restoring another.
                working.record("saved", note=f"before {revision.number} was restored")
            left_out = put_back(working, kept, by)
            working.refresh_from_db()
            made = None
            if working.version != version:
                made = working.record("restored", by=by, note=f"from {revision.number}")
        self.refresh_from_db()
        self.forget_status()
        return Restored(made, left_out)


def what_is_missing(article: "Article", kept: Snapshot, *, by: Any = None) -> list[str]:
    """Sentences on what restoring would leave out. Seven queries at most, and those of what `by` may."""
    return _usable(article, kept, by)[1]


def put_back(working: "Article", kept: Snapshot, by: Any = None) -> list[str]:
    """Write this state into the locked working copy, as far as `by` may; None for the site itself, which goes from one
    kept state to another. Sentences on what could not come back.
    """
    content, left_out = _usable(working, kept, by)
    for name, value in content.items():
        setattr(working, name, value)
    working.save()
    _put_back_tags(working, tags_today(kept.tags))
    _put_back_bylines(working, kept)
    if _may_correct(by, working):
        _put_back_corrections(working, kept)
    return left_out


def _may_correct(by: Any, working: "Article") -> bool:
    return by is None or may(by, Act.CORRECT, working)


def _usable(working: "Article", kept: Snapshot, by: Any) -> tuple[dict[str, Any], list[str]]:
    """The content that can be put back today, and sentences on what can't, tags and bylines included."""
    content, told = dict(kept.content), []
    slug = content.pop("slug", "")
    if slug and slug != working.slug:
        if _slug_is_taken(working, slug):
            told.append(f"The address “{slug}” belongs to another article now; this one keeps “{working.slug}”.")
        else:
            content["slug"] = slug
    if (pk := content.get("section_id")) and not Section.objects.filter(pk=pk).exists():
        content["section_id"] = working.section_id
        told.append("Its section is no longer there; the article stays where it is.")
    elif pk != working.section_id and by is not None and not may_file(by, working, pk):
        content["section_id"] = working.section_id
        told.append("Your login may not file it under the section of then; the article stays where it is.")
    if (pk := content.get("lead_image_id")) and not Image.objects.filter(pk=pk).exists():
        content["lead_image_id"] = None
        told.append("Its lead picture is no longer in the library.")
    in_text = image_ids(kept.body)
    if in_text and (lost := len(in_text) - Image.objects.filter(pk__in=in_text).count()):
        told.append(f"{_many(lost, 'picture in the text', 'pictures in the text')} no longer in the library.")
    if not _may_correct(by, working) and kept.corrections != Snapshot.of_article(working).corrections:
        told.append("Your login may not write corrections; they stay as they are.")
    return content, told + _missing_names(working, kept)


def _missing_names(working: "Article", kept: Snapshot) -> list[str]:
    told = []
    there = dict(Tag.objects.filter(pk__in=kept.tags).values_list("pk", "retired_at")) if kept.tags else {}
    if lost := [f"“{name}”" for pk, name in kept.tags.items() if pk not in there]:
        told.append(f"No longer there as a tag: {', '.join(lost)}.")
    if any(there.values()):
        present = set(working.tagged_items.values_list("tag_id", flat=True))
        if retired := [f"“{kept.tags[pk]}”" for pk, at in there.items() if at and pk not in present]:
            told.append(f"Retired as a tag, and left out: {', '.join(retired)}.")
    wanted = {byline.author_id for byline in kept.bylines}
    if wanted and (lost_authors := len(wanted) - Author.objects.filter(pk__in=wanted).count()):
        told.append(f"{_many(lost_authors, 'author', 'authors')} no longer there and left out of the byline.")
    return told


def _many(count: int, one: str, more: str) -> str:
    return f"1 {one} is" if count == 1 else f"{count} {more} are"


def _slug_is_taken(working: "Article", slug: str) -> bool:
    present, working.slug = working.slug, slug
    try:
        others = type(working).objects.filter(slug=slug).exclude(pk=working.pk)
        return others.exists() or gate.address_is_taken(working)
    finally:
        working.slug = present


def _put_back_tags(working: "Article", wanted: list[Tag]) -> None:
    present = list(working.tagged_items.values_list("tag_id", flat=True))
    wanted = [tag for tag in wanted if tag.retired_at is None or tag.pk in present]
    if present != [tag.pk for tag in wanted]:
        working.tags.set(wanted, clear=True)  # anew, because their order is that of their rows


def _put_back_bylines(working: "Article", kept: Snapshot) -> None:
    """Those that are on it already keep their rows."""
    authors = set(Author.objects.filter(pk__in={one.author_id for one in kept.bylines}).values_list("pk", flat=True))
    wanted = {(one.author_id, one.role): one.position for one in kept.bylines if one.author_id in authors}
    for byline in working.bylines.all():
        position = wanted.pop((byline.author_id, byline.role), None)
        if position is None:
            byline.delete()
        elif position != byline.position:
            byline.position = position
            byline.save()
    for (author, role), position in wanted.items():
        Byline.objects.create(article=working, author_id=author, role=role, position=position)


def _put_back_corrections(working: "Article", kept: Snapshot) -> None:
    wanted = list(kept.corrections)
    there = Snapshot.of_article(working).corrections
    for correction, row in zip(there, working.corrections.all(), strict=True):
        if correction in wanted:
            wanted.remove(correction)
        else:
            row.delete()
    for one in wanted:
        Correction.objects.create(article=working, kind=one.kind, text=one.text, noted_at=one.noted_at, place=one.place)

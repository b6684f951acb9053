"""Snapshot: the state that a revision keeps, read back. The one door from stored JSON to values of known types."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.dateparse import parse_datetime

from newsroom.links import LinksField

from .content import ArticleContent

if TYPE_CHECKING:
    from .article import Article
    from .published import PublishedArticle

# Raise it when the snapshot changes, and teach Snapshot.read the older ones.
SNAPSHOT_SCHEMA = 1


@dataclass(frozen=True)
class KeptByline:
    author_id: int
    role: str
    position: int


@dataclass(frozen=True)
class KeptCorrection:
    kind: str
    text: str
    noted_at: datetime
    place: str = "bottom"


@dataclass(frozen=True)
class Snapshot:
    """A whole article as plain values. `content` holds the shared fields by column name, those that were kept;
    `tags` are names by id, in their order. Ids may be of things that are gone by now.
    """

    content: dict[str, Any]
    tags: dict[int, str]
    bylines: tuple[KeptByline, ...]
    corrections: tuple[KeptCorrection, ...]

    @classmethod
    def read(cls, data: Any) -> "Snapshot":
        """From a revision's data. Raises ValidationError (code "unreadable") for what this version can't read."""
        if not isinstance(data, Mapping) or data.get("schema") != SNAPSHOT_SCHEMA:
            raise ValidationError(
                "This state was kept by another version of Newsroom and can't be read here. Update Newsroom first.",
                code="unreadable",
            )
        try:
            return cls(
                content=_content(data["content"]),
                tags={int(tag["id"]): str(tag["name"]) for tag in data.get("tags", ())},
                bylines=_bylines(data.get("bylines", ())),
                corrections=_corrections(data.get("corrections", ())),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ValidationError("This state was kept damaged and can't be read.", code="unreadable") from error

    @classmethod
    def of_article(cls, article: "Article") -> "Snapshot":
        """The working copy as it is now. Three queries."""
        return cls.read(article.snapshot())

    @classmethod
    def of_published(cls, published: "PublishedArticle") -> "Snapshot":
        """What readers see of this version. Three queries."""
        tags = published.tagged_items.values_list("tag_id", "tag__name")
        return cls(
            content=_content(published.content()),
            tags=dict(tags),
            bylines=_bylines(published.bylines.values("author_id", "role", "position")),
            corrections=_corrections(published.corrections.values("kind", "text", "noted_at", "place")),
        )

    def as_data(self) -> dict[str, Any]:
        """As a revision keeps it: what `read` reads."""
        return {
            "schema": SNAPSHOT_SCHEMA,
            "content": self.content,
            "tags": [{"id": pk, "name": name} for pk, name in self.tags.items()],
            "bylines": [asdict(one) for one in self.bylines],
            "corrections": [asdict(one) for one in self.corrections],
        }

    @property
    def body(self) -> str:
        return str(self.content.get("body", ""))


def _content(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Fields that an article has today, each of its type; those it no longer has are passed over."""
    fields = {field.attname: field for field in ArticleContent.content_fields()}
    return {name: _value(field, kept[name]) for name, field in fields.items() if name in kept}


def _value(field: "models.Field[Any, Any]", value: Any) -> Any:
    if isinstance(field, models.ForeignKey):
        return int(value) if value else None
    if isinstance(field, models.BooleanField):
        return bool(value)
    if isinstance(field, models.IntegerField):
        return None if value in (None, "") else int(value)
    if isinstance(field, LinksField):
        return [{"url": str(link["url"]), "title": str(link["title"])} for link in value]
    text = "" if value is None else str(value)
    return text[: field.max_length] if isinstance(field, models.CharField) else text


def _bylines(rows: Iterable[Mapping[str, Any]]) -> tuple[KeptByline, ...]:
    return tuple(KeptByline(int(row["author_id"]), str(row["role"])[:20], int(row["position"])) for row in rows)


def _corrections(rows: Iterable[Mapping[str, Any]]) -> tuple[KeptCorrection, ...]:
    return tuple(
        KeptCorrection(
            str(row["kind"])[:20], str(row["text"]), _moment(row["noted_at"]), str(row.get("place", "bottom"))[:10]
        )
        for row in rows
    )


def _moment(value: Any) -> datetime:
    """To the millisecond, which is what JSON keeps: the same moment is the same from either side."""
    moment = value if isinstance(value, datetime) else parse_datetime(str(value))
    if moment is None:
        raise ValueError(f"{value!r} is no moment")
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)

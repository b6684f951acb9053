"""Loads the demo newsroom: the TOML files of this folder into rows, the drawn pictures into the library.

Each row carries a key (`seed:…`), so loading again finds it, whatever an editor renamed meanwhile, and leaves it as
it is. Articles go out through the same verbs as an editor's.
"""

import io
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from articles.models import Article, Byline, Correction, Section, Stage, StandingPage, Tag
from authors.models import Author
from images.models import Image
from newsroom.models import MenuLink, SiteIdentity

from . import fronts
from .drawing import draw
from .placeholders import with_ids, with_moments

FOLDER = Path(__file__).parent
LEAD_SIZE, PORTRAIT_SIZE = (1600, 1067), (900, 900)

LOOK_AND_WORDS = ("accent", "accent_dark", "search_language", "security_contact", "humans_txt", "footer_text")

Tell = Callable[[str], None]


@dataclass
class Counts:
    """How many of each kind were made, and how many were there already."""

    made: dict[str, int] = field(default_factory=dict)
    there: dict[str, int] = field(default_factory=dict)

    def count(self, kind: str, made: bool) -> None:
        self.made.setdefault(kind, 0)
        self.there.setdefault(kind, 0)
        (self.made if made else self.there)[kind] += 1

    def __str__(self) -> str:
        return ", ".join(f"{self.made[kind]} {kind} made ({self.there[kind]} were there)" for kind in self.made)


def load(tell: Tell = lambda line: None) -> Counts:
    """Load what is missing. About a minute and a half on two cores when everything is, most of it for the pictures' renditions."""
    counts = Counts()
    site = _read("site.toml")
    _identity(site)
    for position, row in enumerate(site["section"]):
        _section(row, position, counts)
    _pictures(counts, tell)
    for row in _read("authors.toml")["author"]:
        _author(row, counts)
    for row in _read("tags.toml")["tag"]:
        _tag(row, counts)
    files = [_read(f"articles/{path.name}") for path in sorted((FOLDER / "articles").glob("*.toml"))]
    # Oldest first, so that ids run with time, as on a real site; those that link need the others' ids.
    for row in sorted(files, key=lambda row: -row.get("days_ago", 0)):
        _draft(row, counts)
    for row in files:
        _finish(row)
    for position, row in enumerate(site["page"]):  # whose texts lead to articles
        _page(row, position, counts)
    for row in _read("fronts.toml")["front"]:  # which pick articles
        counts.count("fronts", fronts.lay_out(row))
    tell(f"{len(files)} articles")
    return counts


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text("utf-8"))


def _identity(site: dict[str, Any]) -> None:
    if SiteIdentity.objects.exists():
        return
    SiteIdentity(
        name=site["name"],
        tagline=site["tagline"],
        description=site["description"],
        disclosure=site["disclosure"],
        disclosure_url=site["disclosure_url"],
        social_links=site["social"],
        **{name: site[name].strip() for name in LOOK_AND_WORDS},
    ).save()
    for position, row in enumerate(site["menu"]):
        MenuLink(position=position, **row).save()


def _page(row: dict[str, Any], position: int, counts: Counts) -> None:
    """One of the paper's own. By its address: editors may change the rest."""
    is_there = StandingPage.objects.filter(slug=row["slug"]).exists()
    counts.count("pages", not is_there)
    if not is_there:
        StandingPage(position=position, is_public=True, **row).save()


def _section(row: dict[str, Any], position: int, counts: Counts) -> None:
    _, made = Section.objects.get_or_create(
        slug=row["slug"],
        defaults={
            "name": row["name"],
            "description": row["description"],
            "position": position,
            "in_navigation": row.get("in_navigation", True),
        },
    )
    counts.count("sections", made)


def _pictures(counts: Counts, tell: Tell) -> None:
    rows = [
        row
        for path in sorted((FOLDER / "pictures").glob("*.toml"))
        for row in _read(f"pictures/{path.name}")["picture"]
    ]
    known = set(Image.objects.filter(import_key__startswith="seed:").values_list("import_key", flat=True))
    missing = [row for row in rows if f"seed:{row['slug']}" not in known]
    for row in rows:
        counts.count("pictures", row in missing)
    # Drawn on every core while this one makes the renditions: Pillow works outside Python's lock.
    with ThreadPoolExecutor() as artists:
        for number, (row, drawn) in enumerate(zip(missing, artists.map(_drawn, missing), strict=True), 1):
            _picture(row, drawn)
            if number % 5 == 0 or number == len(missing):
                tell(f"picture {number} of {len(missing)}")


def _drawn(row: dict[str, Any]) -> bytes:
    size = PORTRAIT_SIZE if row["scene"] == "portrait" else LEAD_SIZE
    file = io.BytesIO()
    draw(row["scene"], row["palette"], row["variant"], size).save(file, "JPEG", quality=92)
    return file.getvalue()


def _picture(row: dict[str, Any], drawn: bytes) -> None:
    x, y = row.get("focal", (0.5, 0.5))
    texts = {name: row.get(name, "") for name in ("title", "alt", "caption", "credit", "source", "licence")}
    Image(
        file=ContentFile(drawn, name=f"{row['slug']}.jpg"),
        import_key=f"seed:{row['slug']}",
        focal_x=x,
        focal_y=y,
        **texts,
    ).save()


def _author(row: dict[str, Any], counts: Counts) -> None:
    texts = {name: row.get(name, "") for name in ("name", "slug", "pronouns", "role", "biography", "email")}
    portrait = Image.objects.filter(import_key=f"seed:{row.get('portrait')}").first()
    _, made = Author.objects.get_or_create(
        import_key=f"seed:{row['slug']}", defaults={**texts, "links": row.get("links", []), "portrait": portrait}
    )
    counts.count("authors", made)


def _tag(row: dict[str, Any], counts: Counts) -> None:
    tag = Tag.objects.filter(import_key=f"seed:{row['slug']}").first()
    counts.count("tags", tag is None)
    if tag is None:
        [tag] = Tag.objects.named([row["name"]])
        tag.slug, tag.description, tag.import_key = row["slug"], row.get("description", ""), f"seed:{row['slug']}"
        tag.kind = row.get("kind", Tag.Kind.TOPIC)
        tag.save()


def _draft(row: dict[str, Any], counts: Counts) -> None:
    key = f"seed:{row['slug']}"
    there = Article.objects.filter(import_key=key).exists()
    counts.count("articles", not there)
    if there:
        return
    with transaction.atomic():
        article = Article.objects.create(
            headline=row["headline"],
            slug=row["slug"],
            kicker=row.get("kicker", ""),
            kind=row.get("kind", ""),
            reviewed=row.get("reviewed", ""),
            reviewed_kind=row.get("reviewed_kind", ""),
            rating=row.get("rating"),
            standfirst=row["standfirst"],
            section=Section.objects.get(slug=row["section"]),
            lead_image=Image.objects.filter(import_key=f"seed:{row.get('lead')}").first(),
            lead_image_alt=row.get("lead_alt", ""),
            lead_image_caption=row.get("lead_caption", ""),
            recommended_videos=row.get("videos", []),
            has_affiliate_links=row.get("affiliate", False),
            seo_title=row.get("seo_title", ""),
            seo_description=row.get("seo_description", ""),
            import_key=key,
        )
        article.tags.set(row["tags"])
        Byline.objects.bulk_create(
            Byline(
                article=article,
                author=Author.objects.get(import_key=f"seed:{one['author']}"),
                role=one["role"],
                position=place,
            )
            for place, one in enumerate(row["authors"])
        )
        now = timezone.now()
        Correction.objects.bulk_create(
            Correction(
                article=article, kind=one["kind"], text=one["text"], noted_at=now - timedelta(days=one["days_ago"])
            )
            for one in row.get("corrections", [])
        )


def _finish(row: dict[str, Any]) -> None:
    """Give a new draft its body, whose links need the other articles, and bring it to its state. Once."""
    article = Article.objects.get(import_key=f"seed:{row['slug']}")
    if article.revisions.exists():
        return
    with transaction.atomic():
        article.body = with_moments(with_ids(row["body"]))
        article.save()
        state, now = row["state"], timezone.now()
        if state in {"draft", "idea"}:
            article.stage, article.brief = Stage(state), row.get("brief", "")
            article.save()
            article.record("saved", note="Demo")
        elif state == "in_review":
            article.submit(note="Demo")
        elif state == "approved":
            article.approve(note="Demo")
        elif state == "scheduled":
            article.publish(at=now + timedelta(hours=row["in_hours"]), note="Demo")
        else:
            article.publish(at=now - timedelta(days=row["days_ago"]), note="Demo")
        if state == "withdrawn":
            article.withdraw(note="Demo")
        if state == "taken_down":
            article.take_down(reason=row["reason"], notice=row["notice"])
        if state == "changed":
            for name, value in row["changes"].items():
                setattr(article, name, value)
            article.save()
            article.record("saved", note="Demo")

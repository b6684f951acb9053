"""A sitemap's XML, made place by place."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from ..feeds.telling import legal

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
IMAGE = "http://www.google.com/schemas/sitemap-image/1.1"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@dataclass(frozen=True)
class News:
    """What Google News asks of an article; `language` is a code of two or three letters, or zh-cn, zh-tw."""

    publication: str
    language: str
    published: datetime
    title: str


@dataclass(frozen=True)
class Place:
    """One page: its address, when it changed in substance, its pictures."""

    address: str
    changed: datetime | None = None
    images: tuple[str, ...] = ()
    news: News | None = None


def urlset(places: Iterable[Place]) -> Iterator[str]:
    yield f'{HEAD}<urlset xmlns="{SITEMAP}" xmlns:image="{IMAGE}" xmlns:news="{NEWS}">\n'
    for place in places:
        images = "".join(f"<image:image>{_tag('image:loc', one)}</image:image>" for one in place.images)
        news = _news(place.news) if place.news else ""
        yield f"<url>{_tag('loc', place.address)}{_changed(place.changed)}{news}{images}</url>\n"
    yield "</urlset>\n"


def index(addresses: Iterable[str]) -> Iterator[str]:
    """No dates: to know when a file last changed would be to look at all its rows, and a date that is not so is worse
    than none. Search engines look into the files, whose ETag costs them nothing.
    """
    yield f'{HEAD}<sitemapindex xmlns="{SITEMAP}">\n'
    yield from (f"<sitemap>{_tag('loc', one)}</sitemap>\n" for one in addresses)
    yield "</sitemapindex>\n"


def _news(news: News) -> str:
    publication = _tag("news:name", news.publication) + _tag("news:language", news.language)
    return (
        f"<news:news><news:publication>{publication}</news:publication>"
        f"{_tag('news:publication_date', _moment(news.published))}{_tag('news:title', news.title)}</news:news>"
    )


def _changed(moment: datetime | None) -> str:
    return _tag("lastmod", _moment(moment)) if moment else ""


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tag(name: str, text: str) -> str:
    return f"<{name}>{escape(legal(text))}</{name}>"

"""Nothing that readers may not see yet, or no longer, shows on any public address; each state, each surface.

The addresses come from the site's own table: who adds a public page adds a builder here, or the first test fails.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from articles.models import Article, Byline, Correction, Section, ShareLink, Tag
from articles.models.pictures import PublishedPicture
from authors.models import Author
from images.models import Image
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db

CANARY = "zanzibarquartz"
DAY = timedelta(days=1)


# --- the public addresses -----------------------------------------------------------------------------------------


def feeds(of: str, *pages: str) -> dict[str, Callable[[Article], list[str]]]:
    tails = {"feed": "feed/", "feed-atom": "feed/atom/", "feed-json": "feed/json/"}
    return {f"{of}-{form}": lambda secret, tail=tail: [page + tail for page in pages] for form, tail in tails.items()}


OF_THE_SITE = {
    "robots-txt": "/robots.txt", "ads-txt": "/ads.txt", "humans-txt": "/humans.txt", "manifest": "/manifest.webmanifest",
    "security-txt": "/.well-known/security.txt", "favicon": "/favicon.ico",
}  # fmt: skip

# For each public pattern, by its name: the addresses at which a secret article might be told of, and those of others.
BUILDERS: dict[str, Callable[[Article], list[str]]] = {
    "home": lambda secret: ["/", "/?page=1", "/?page=2", f"/?p={secret.pk}", f"/?page_id={secret.pk}"],
    "section": lambda secret: ["/film/", "/stage/", "/film/?page=2", f"/{CANARY}/"],
    "tag": lambda secret: ["/tags/shared/", "/tags/wide/", "/tags/near/", f"/tags/{CANARY}-tag/"],
    "tags": lambda secret: ["/tags/near+shared/", "/tags/shared+near/", f"/tags/shared+{CANARY}-tag/",
                            f"/tags/{CANARY}-tag+shared/", f"/tags/near+shared+{CANARY}-tag/"],
    "authors": lambda secret: ["/authors/"],
    "author": lambda secret: ["/authors/ines-duarte/", f"/authors/{CANARY}-person/"],
    "article": lambda secret: [
        "/film/in-the-open/", "/film/it-links/", "/film/known/",
        f"/stage/{CANARY}-slug/", f"/film/{CANARY}-slug/", f"/stage/{CANARY}-slug/?preview=1", f"/stage/{CANARY}-slug",
    ],
    # A link that was really given out shows the article to whoever has it; test_sharing.py is about those.
    "shared": lambda secret: [f"/preview/{token}/" for token in (secret.pk, "1", f"{secret.pk}.x", Signer().sign("1"))],
    "archive": lambda secret: ["/archive/"],
    **{f"archive-{part}": lambda secret, length=length: [
        f"/archive/{(timezone.localdate() + days * DAY).isoformat().replace('-', '/')[:length]}/" for days in range(-3, 4)
    ] for part, length in (("year", 4), ("month", 7), ("day", 10))},
    # In capitals, so that what a reader typed does not look like what was told.
    "search": lambda secret: [
        f"/search/?q={CANARY.upper()}", f"/search/?q={CANARY[:-1].upper()}", "/search/?q=open&tag=near",
        f"/search/?q=open+OR+links&tag={CANARY.upper()}+tag", f"/search/?q=open&author={CANARY.upper()}+person",
    ],
    "corrections": lambda secret: ["/corrections/", "/corrections/?page=2"],
    **feeds("home", "/"),
    **feeds("corrections", "/corrections/"),
    **feeds("section", "/film/", "/stage/"),
    **feeds("author", "/authors/ines-duarte/", f"/authors/{CANARY}-person/"),
    **feeds("tag", "/tags/shared/", f"/tags/{CANARY}-tag/"),
    **feeds("tags", "/tags/near+shared/", f"/tags/shared+{CANARY}-tag/"),
    "sitemap": lambda secret: ["/sitemap.xml"],
    "sitemap-news": lambda secret: ["/sitemap-news.xml"],
    "sitemap-file": lambda secret: [
        f"/sitemap-{kind}-{number}.xml"
        for kind in ("articles", "sections", "authors", "tags", "pages", "site", "archive")
        for number in sorted({0, timezone.now().year, secret.pk // 10_000, (secret.section_id or 0) // 10_000})
    ],
    # Of the site alone.
    **{name: lambda secret, path=path: [path] for name, path in OF_THE_SITE.items()},
    # Its address is a secret, and shows what its owner may see at the desk; test_calendar_feed.py is about it.
    "calendar_feed": lambda secret: [f"/calendar/{CANARY}{secret.pk}.ics"],
    # Its words are pixels, and its address a digest of them; test_share_pictures.py is about it.
    "share-picture": lambda secret: [f"/share/article-{secret.pk}-{0:020x}.png", f"/share/tag-1-{0:020x}.png"],
    "theme": lambda secret: [f"/theme-{secret.pk:012x}.css"],
    "media": lambda secret: [
        f"/media/renditions/{secret.pk:020x}/full-320.webp", f"/media/renditions/{0:020x}/card-320.jpg",
        f"/media/identity/{CANARY}.png",
    ],
}  # fmt: skip
# Addresses that no pattern answers, and some that may come.
NOWHERE = ["/news-sitemap.xml", "/feed.json", "/sitemap-articles-999999.xml", "/sitemap-drafts-0.xml",
           f"/2019/{CANARY}-old/", "/corrections/", f"/api/articles/{CANARY}/"]  # fmt: skip


def public_patterns(resolver: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            if route != "admin/":
                yield from public_patterns(entry, route)
        else:
            yield route, entry


def addresses(secret: Article) -> list[str]:
    found = []
    for route, pattern in public_patterns():
        assert pattern.name in BUILDERS, f"{route} is a new public address: add a builder for it to BUILDERS."
        found += BUILDERS[pattern.name](secret)
    return [*found, *NOWHERE]


Answer = tuple[int, bytes, dict[str, str]]


def crawl(secret: Article) -> dict[str, Answer]:
    """What a stranger gets at every address: status, body, headers. Cache-Control is asked about in a test of its own."""
    found: dict[str, Answer] = {}
    for address in addresses(secret):
        for way in ("GET", "HEAD", "JSON"):
            client = Client()
            accept = {"Accept": "application/json"} if way == "JSON" else {}
            response = (client.head if way == "HEAD" else client.get)(address, headers=accept)
            body = b"".join(response) if response.streaming else response.content
            headers = {name: value for name, value in response.headers.items() if name not in {"Cache-Control", "Date"}}
            if headers.get("Location") == f"{address}/":
                del headers["Location"]  # Django's last slash for whatever was typed, and nothing else
            found[f"{way} {address}"] = (response.status_code, body, headers)
    return found


def tells_of(secret: Article, answer: Answer) -> bool:
    told = answer[1].decode(errors="replace") + str(answer[2])
    pictures = Image.objects.filter(title=CANARY)
    return CANARY in told or any(one.ladder.folder in told for one in pictures if one.ladder)


def test_every_public_pattern_has_a_builder(make_article: Any) -> None:
    assert {pattern.name for _route, pattern in public_patterns()} == set(BUILDERS)


# --- an article that was never out, or is out no more -----------------------------------------------------------------


def dress(article: Article) -> None:
    """The canary in every text, and a section, a tag, an author and two pictures that are only this article's."""
    section = Section.objects.get_or_create(slug="stage", defaults={"name": "Stage"})[0]
    author = Author.objects.create(name=f"{CANARY} Person", biography=CANARY)
    image, inside = (
        Image.objects.create(file=jpeg(colour=colour), title=CANARY, alt=CANARY, caption=CANARY, credit=CANARY)
        for colour in ("red", "blue")
    )
    article.section, article.slug, article.lead_image = section, f"{CANARY}-slug", image
    for name in ("headline", "kicker", "standfirst", "seo_title", "seo_description", "lead_image_alt"):
        setattr(article, name, CANARY)
    article.body = f'<p>{CANARY}</p><figure data-image="{inside.pk}"></figure>'
    article.save()
    article.tags.add("Shared", "Near", f"{CANARY} tag")
    # A part of what readers know, with a picture; and where readers are told the nearest tags, Near would be one less near.
    tag = Tag.objects.get(name=f"{CANARY} tag")
    tag.parent, tag.description, tag.picture = Tag.objects.get(name="Shared"), CANARY, image
    tag.save()
    Byline.objects.create(article=article, author=author)
    Correction.objects.create(article=article, text=CANARY)


@pytest.fixture
def secret(make_article: Any) -> Article:
    make_article("In the open", slug="in-the-open", tags=("Shared", "Near", "Other", "Wide")).publish()
    Tag.objects.filter(name="Shared").update(parent=Tag.objects.get(name="Wide"))
    article: Article = make_article("To be dressed")
    linking = make_article("It links", slug="it-links", body=(
        f'<p>See <a data-article="{article.pk}" href="/stage/secret/">more</a></p>'
        f'<aside data-article-card="{article.pk}"></aside>'
    ), tags=("Shared", "Near", "Other"))  # fmt: skip
    linking.publish()
    dress(article)
    return Article.objects.get(pk=article.pk)


def ended(article: Article) -> None:
    article.publish(at=timezone.now() - 2 * DAY, until=timezone.now() - DAY)


def shared_and_revoked(article: Article) -> None:
    ShareLink.objects.create(article=article, expires_at=timezone.now() + DAY).article.share_links.revoke()


NEVER_OUT: dict[str, Callable[[Article], Any]] = {
    "idea": lambda article: Article.objects.filter(pk=article.pk).update(stage="idea"),
    "in review": lambda article: article.submit(),
    "approved": lambda article: article.approve(),
    "scheduled": lambda article: article.publish(at=timezone.now() + DAY),
    "scheduled with an end": lambda article: article.publish(at=timezone.now() + DAY, until=timezone.now() + 2 * DAY),
    "scheduled, known elsewhere": lambda article: article.publish(
        at=timezone.now() + DAY, old_addresses=[f"/2019/{CANARY}-old/", f"/?p={article.pk}"]
    ),
    "unscheduled": lambda article: (article.publish(at=timezone.now() + DAY), article.unschedule()),
    "shared, and the link revoked": shared_and_revoked,
}
NO_MORE: dict[str, Callable[[Article], Any]] = {
    "withdrawn": lambda article: (article.publish(), article.withdraw()),
    "ended": ended,
    "withdrawn and scheduled again": lambda article: (
        article.publish(), article.withdraw(), article.publish(at=timezone.now() + DAY)
    ),
}  # fmt: skip


def test_a_draft_is_nowhere_and_answers_like_what_never_was(secret: Article) -> None:  # C01, C02
    for where, answer in crawl(secret).items():
        assert not tells_of(secret, answer), where
        if CANARY in where:
            never = Client().get(where.split(" ")[1].replace(CANARY, "never-was"))
            assert answer[0] == never.status_code, where
            assert not answer[1] or answer[1] == never.content, where


@pytest.mark.parametrize("state", NEVER_OUT)
def test_what_was_never_out_changes_no_public_byte(secret: Article, state: str) -> None:  # C01, C02, C09, C10, C11
    """Lists, counts, related cards, ETags and cache keys included: all is as it was when the article was a draft."""
    before = crawl(secret)
    NEVER_OUT[state](secret)
    after = crawl(secret)
    assert [where for where in before if before[where] != after[where]] == []


@pytest.mark.parametrize("state", NO_MORE)
def test_what_is_out_no_more_is_gone_from_everywhere(secret: Article, state: str) -> None:  # C06, C12
    before = crawl(secret)
    NO_MORE[state](secret)
    after = crawl(secret)
    for where, answer in after.items():
        assert not tells_of(secret, answer), where
        was_known = CANARY in where and "/stage/" in where  # only its own address says that there was something
        assert answer == before[where] or (was_known and answer[0] == 410), where


def test_every_builder_finds_it_once_it_is_live(secret: Article) -> None:
    """Else the tests above would look where nothing can be found."""
    secret.publish()
    found = crawl(secret)
    for name, build in BUILDERS.items():
        told = [address for address in build(secret) if tells_of(secret, found[f"GET {address}"])]
        assert told or name in {
            "shared", "media", "calendar_feed", "share-picture", "theme", "archive", "archive-year",
            *OF_THE_SITE, "sitemap",
        }, name  # fmt: skip
    assert tells_of(secret, found["GET /film/in-the-open/"]) and tells_of(secret, found["GET /film/it-links/"])


# --- what is behind a live article ----------------------------------------------------------------------------------


@pytest.fixture
def known(make_article: Any) -> Article:
    make_article("In the open", slug="in-the-open", tags=("Shared",)).publish()
    article: Article = make_article("Known", slug="known", tags=("Shared",))
    article.publish(at=timezone.now() - DAY)
    return article


def update_scheduled(article: Article) -> None:
    dress(article)
    article.publish(at=timezone.now() + DAY)


def being_fixed(article: Article) -> None:
    update_scheduled(article)
    article.begin_fix()
    article.kicker = CANARY
    article.save()


BEHIND: dict[str, Callable[[Article], Any]] = {
    "changed and saved": dress,
    "update scheduled": update_scheduled,
    "update scheduled and cancelled": lambda article: (update_scheduled(article), article.unschedule()),
    "being fixed": being_fixed,
}


@pytest.mark.parametrize("state", BEHIND)
def test_what_is_behind_a_live_article_changes_no_public_byte(known: Article, state: str) -> None:  # C05, C09, C11
    Section.objects.create(name="Stage", slug="stage")
    before = crawl(known)
    BEHIND[state](known)
    after = crawl(known)
    assert [where for where in before if before[where] != after[where]] == []


def test_a_held_update_is_nowhere(known: Article) -> None:
    dress(known)
    known.publish(at=timezone.now() + DAY)
    known.begin_fix()
    known.headline = "Known, and right"
    known.save()
    known.publish()
    assert known.held is not None
    held = crawl(known)
    assert [where for where, answer in held.items() if tells_of(known, answer)] == []
    known.discard_held()
    assert crawl(known) == held
    assert Client().get("/film/known/").context["article"].headline == "Known, and right"


# --- time -------------------------------------------------------------------------------------------------------------


def test_an_article_is_there_on_the_second_with_nothing_run_in_between(  # C10, M09
    client: Client, make_article: Any, monkeypatch: Any
) -> None:
    at = timezone.now() + timedelta(hours=3)
    make_article("On the second", slug="second").publish(at=at)
    make_article("A minute before", slug="before").publish(at=at - timedelta(minutes=1))
    real = timezone.now
    for moved, status in ((timedelta(hours=3, seconds=-1), 404), (timedelta(hours=3, seconds=1), 200)):
        monkeypatch.setattr(timezone, "now", lambda moved=moved: real() + moved)
        assert client.get("/film/second/").status_code == status
        assert ("On the second" in client.get("/").content.decode()) == (status == 200)
    # Nobody looked for hours: in the order of their times all the same, each with its own.
    page = client.get("/").context["page"].items
    assert [one.headline for one in page] == ["On the second", "A minute before"]
    assert [one.published_at for one in page] == [at, at - timedelta(minutes=1)]


def test_clocks_that_jump_publish_nothing_twice_and_take_nothing_back(  # M05
    client: Client, make_article: Any, monkeypatch: Any
) -> None:
    article = make_article("Old", slug="jump")
    article.publish(at=timezone.now() - 2 * DAY)
    article.headline = "New"
    article.save()
    article.publish(at=timezone.now() + timedelta(minutes=30))
    rows = set(article.published_versions.values_list("pk", "live_from", "live_until"))
    real = timezone.now
    seen = []
    for moved in (DAY, -timedelta(hours=1), timedelta(hours=1)):
        monkeypatch.setattr(timezone, "now", lambda moved=moved: real() + moved)
        seen.append(client.get("/film/jump/").context["article"].headline)
        assert len(client.get("/").context["page"].items) == 1
    assert seen == ["New", "Old", "New"]
    assert set(article.published_versions.values_list("pk", "live_from", "live_until")) == rows


def test_an_article_keeps_its_address_whatever_the_zone(
    client: Client, make_article: Any, settings: Any
) -> None:  # M07
    from datetime import UTC, datetime

    settings.TIME_ZONE = "Europe/Berlin"
    make_article("Half past midnight", slug="night").publish(at=datetime(2026, 9, 30, 22, 30, tzinfo=UTC))
    page = client.get("/film/night/").content.decode()
    assert "1 October 2026" in page and "00:30" in page
    settings.TIME_ZONE = "America/New_York"
    assert "30 September 2026" in client.get("/film/night/").content.decode()


def test_publishing_again_moves_no_first_date_and_no_order(client: Client, make_article: Any) -> None:  # M08
    old, new = make_article("Old"), make_article("New")
    old.publish(at=timezone.now() - 2 * DAY)
    new.publish(at=timezone.now() - DAY)
    old.kicker = "Changed"
    old.save()
    published = old.publish()
    assert [one.headline for one in client.get("/").context["page"].items] == ["New", "Old"]
    assert published.published_at < published.updated_at


def test_a_plan_shows_in_how_long_pages_are_kept_alike_on_every_page(make_article: Any) -> None:  # C09
    """The one thing that anybody can tell: that something on the site changes then. Not what, nor where."""
    make_article("In the open", slug="in-the-open").publish()
    make_article("Stage", section=Section.objects.create(name="Stage", slug="stage")).publish()
    make_article("Later").publish(at=timezone.now() + timedelta(seconds=100))
    kept = {
        address: int(Client().get(address)["Cache-Control"].split("s-maxage=")[1].split(",")[0])
        for address in ("/", "/film/", "/stage/", "/film/in-the-open/", "/authors/ines-duarte/")
    }
    assert all(95 <= seconds <= 100 for seconds in kept.values()), kept


# --- pictures ---------------------------------------------------------------------------------------------------------


def test_a_pictures_address_can_not_be_guessed(secret: Article) -> None:  # C07
    """80 bits made from the file's own digest: two pictures of one article have nothing in common."""
    folders = [one.ladder.folder.removeprefix("renditions/") for one in Image.objects.filter(title=CANARY)]
    assert len(set(folders)) == 2 and all(len(folder) * 4 >= 64 for folder in folders)
    assert not PublishedPicture.objects.filter(image__title=CANARY).exists()

"""The demo newsroom: complete, consistent, loaded twice without doubling, and without a broken link."""

import re
import tomllib
from collections import Counter
from html import unescape

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, Correction, PublishedArticle, Section, Tag
from articles.models.fronts import FrontVersion
from articles.models.kinds import Kind
from articles.models.status import Status
from articles.richtext import updates_in
from authors.models import Author
from images.models import Image
from newsroom.models import Redirect, SiteIdentity
from seeds import loader
from seeds.drawing import SCENES, draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(monkeypatch):
    """With small pictures: their size is not what is tested here, and costs most of the time."""
    monkeypatch.setattr(loader, "LEAD_SIZE", (96, 64))
    monkeypatch.setattr(loader, "PORTRAIT_SIZE", (48, 48))
    loader.load()


def count():
    models = (Article, PublishedArticle, Section, Tag, Author, Image, Redirect, Correction, FrontVersion)
    return {model.__name__: model.objects.count() for model in models}


def test_it_has_what_a_newsroom_has(demo):
    rows = count()
    assert rows["Article"] >= 40
    assert (rows["Author"], rows["Tag"]) == (8, 61)
    assert Section.objects.filter(in_navigation=True).count() == 6
    standing = Counter(article.status for article in Article.objects.with_status())
    assert set(standing) == set(Status)
    assert all(author.pronouns and author.biography and author.portrait for author in Author.objects.all())
    assert not Image.objects.filter(alt="").exists()
    live = PublishedArticle.objects.live()
    assert live.filter(has_affiliate_links=True).exists()
    assert live.exclude(recommended_videos=[]).exists()
    assert Correction.objects.exists()
    assert SiteIdentity.current().disclosure_url
    assert set(live.values_list("kind", flat=True)) == {value or "" for value in Kind.values}
    assert live.filter(kind=Kind.REVIEW, rating=None).count() == 0
    [series] = Tag.objects.filter(kind=Tag.Kind.SERIES)
    assert live.about(series).count() == 3
    [coverage] = live.filter(kind=Kind.LIVE)
    assert len(updates_in(coverage.body)) > 5 and all(one.at < timezone.now() for one in updates_in(coverage.body))


def test_loading_again_doubles_nothing_and_keeps_what_was_edited(demo):
    article = Article.objects.get(import_key="seed:ferrous-finale-review")
    article.headline, article.slug = "Renamed", "renamed"
    article.save()
    before = count()
    loader.load()
    assert count() == before
    article.refresh_from_db()
    assert article.headline == "Renamed"


def test_its_home_page_is_laid_out_by_hand_and_every_picked_article_stands_on_it_once(client, demo):
    page = client.get("/").content.decode()
    layout = FrontVersion.objects.live_layout(None)
    for slot in layout.slots:
        address = PublishedArticle.objects.live().get(article=slot.article).get_absolute_url()
        assert page.count(f'<a href="{address}"') == 1, address
    fifth = PublishedArticle.objects.live().get(article=layout.containers[0].slots[4].article)
    assert fifth.get_absolute_url() in page.partition('class="opening-below"')[2].partition("</section>")[0]
    labels = [one.label for one in layout.containers if one.label]
    assert [title for title in re.findall(r"<h2[^>]*>(?:<a[^>]*>)?([^<]+)", page) if title in labels] == labels


def test_seed_if_empty_leaves_a_newsroom_alone(make_article):
    make_article()
    call_command("seed", "--if-empty")
    assert Article.objects.count() == 1


def test_no_link_leads_nowhere_and_no_draft_shows(client, demo):
    """As a reader clicks through all of it."""
    hidden = [
        article.headline for article in Article.objects.with_status()
        if article.status not in {Status.PUBLISHED, Status.CHANGED}
    ]  # fmt: skip
    hidden += [
        row["changes"]["headline"]
        for path in (loader.FOLDER / "articles").glob("*.toml")
        if "headline" in (row := tomllib.loads(path.read_text("utf-8"))).get("changes", {})
    ]
    assert len(hidden) >= 6
    seen, waiting = set(), ["/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        assert response.status_code == 200, address
        page = response.content.decode()
        assert not [headline for headline in hidden if headline in unescape(page)], address
        links = {unescape(link) for link in re.findall(r'href="([^"#]+)"', page)}
        waiting += [link if link.startswith("/") else f"{address.partition('?')[0]}{link}" for link in links
                    if link.startswith(("/", "?")) and not link.startswith("/static/")]  # fmt: skip
    assert len(seen) > 100


def test_related_cards_share_a_tag_where_there_are_tags(demo):
    for article in PublishedArticle.objects.live().prefetch_related("tags"):
        tags = {tag.pk for tag in article.tags.all()}
        cards = article.related(3)
        assert len(cards) == 3
        shared = [bool(tags & {tag.pk for tag in card.tags.all()}) for card in cards]
        assert not tags or sum(shared) >= 2, article


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene_is_drawn_the_same_each_time(scene):
    first = draw(scene, "dusk", 1, (96, 64))
    assert first.size == (96, 64)
    assert first.tobytes() == draw(scene, "dusk", 1, (96, 64)).tobytes()
    assert first.tobytes() != draw(scene, "dusk", 2, (96, 64)).tobytes()
    assert len(first.getcolors(96 * 64)) > 20


@pytest.mark.parametrize(("scene", "palette"), [("nowhere", "dusk"), ("sea", "beige")])
def test_an_unknown_scene_or_palette_is_told_with_the_known_ones(scene, palette):
    with pytest.raises(ValueError, match="choose one of"):
        draw(scene, palette)

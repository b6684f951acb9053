"""The suggestions are remembered, and forgotten with what they hang on: exactly the pages that showed a card go out of
date when the card changes.
"""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from articles.models import PublishedArticle, RelatedSettings, Section
from articles.models.related.choosing import choose, mute_everywhere
from articles.models.related.reaching import articles_beside
from articles.models.related.remembering import suggested
from authors.models import Author
from images.models import Image
from newsroom import pagecache
from tests.conftest import jpeg

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_remembered():
    cache.clear()


@pytest.fixture
def site(make_article, picture):
    """Forty articles, of ten tags, three weeks; each page knows which cards it shows."""
    now = timezone.now()
    for number in range(40):
        tags = (f"T{number % 10}", f"T{(number * 3) % 10}")
        article = make_article(f"Story {number} of {'abcdefghij'[number % 10] * 5}", tags=tags, lead_image=picture)
        article.publish(at=now - timedelta(hours=13 * number + 1))


def pages(client):
    """By article: the numbers of those whose cards its page shows, and the keys that its page hangs on."""
    found = {}
    for version in PublishedArticle.objects.live().select_related("section"):
        response = client.get(version.get_absolute_url())
        shown = {one.card.article_id for one in response.context["related"]}
        found[version.article_id] = (shown, response["Surrogate-Key"].split())
    return found


def most_shown(before):
    return max(before, key=lambda pk: sum(pk in shown for shown, _keys in before.values()))


class Stamped:
    """Which keys are stamped within the block, by their names and not by their slots, which two may share."""

    def __init__(self, monkeypatch):
        self.keys = set()
        write = pagecache.Stamps.write
        monkeypatch.setattr(pagecache.Stamps, "write", lambda one, keys: self.keys.update(keys) or write(one, keys))

    def out_of_date(self, before):
        return {pk for pk, (_shown, keys) in before.items() if self.keys & set(keys)}


def another_alt(article):
    article.lead_image_alt = "Another view"
    article.save()
    article.publish()


def another_picture(article):
    article.lead_image = Image.objects.create(file=jpeg(90, 60), title="Sea", alt="The sea", credit="Ana")
    article.save()
    article.publish()


def another_byline(article):
    article.bylines.update(author=Author.objects.create(name="Kit Sandoval"))
    article.touch()
    article.publish()


def another_kicker_as_minor(article):
    article.kicker = "News"
    article.save()
    article.publish(minor=True)


@pytest.mark.parametrize("change", [another_alt, another_picture, another_byline, another_kicker_as_minor])
def test_what_changes_a_card_ages_exactly_the_pages_that_showed_it(client, site, monkeypatch, change):
    before = pages(client)
    article = PublishedArticle.objects.live().get(article=most_shown(before)).article
    stamped = Stamped(monkeypatch)
    change(article)
    showed = {pk for pk, (shown, _keys) in before.items() if article.pk in shown}
    assert 0 < len(showed) < 20
    assert stamped.out_of_date(before) == showed | {article.pk}


def test_another_headline_ages_those_pages_and_whose_lists_it_can_enter_or_leave(client, site, monkeypatch):
    before = pages(client)
    version = PublishedArticle.objects.live().get(article=most_shown(before))
    terms = [version.term_items.values_list("term_id", flat=True)]
    stamped = Stamped(monkeypatch)
    article = version.article
    article.headline = "Story of a glacier"
    article.save()
    article.publish()
    terms.append(article.published_versions.live().get().term_items.values_list("term_id", flat=True))
    near = articles_beside(version.published_at, [], set(terms[0]) ^ set(terms[1]))
    showed = {pk for pk, (shown, _keys) in before.items() if article.pk in shown}
    assert near - showed
    assert stamped.out_of_date(before) >= showed | {article.pk}
    assert stamped.out_of_date(before) - {pk for pk, (_s, keys) in before.items() if f"link:{article.pk}" in keys} <= (
        showed | near | {article.pk}
    )


@pytest.mark.parametrize("act", ["withdraw", "take_down", "tags", "headline"])
def test_every_page_whose_cards_change_goes_out_of_date(client, site, monkeypatch, act):
    before = pages(client)
    article = PublishedArticle.objects.live().get(article=most_shown(before)).article
    stamped = Stamped(monkeypatch)
    if act == "withdraw":
        article.withdraw()
    elif act == "take_down":
        article.take_down(reason="A court.")
    elif act == "tags":
        article.tags.set(["T1", "T7"])
        article.publish()
    else:
        article.headline = "Another thing of zzzzz altogether"
        article.save()
        article.publish()
    aged = stamped.out_of_date(before)
    showed = {pk for pk, (shown, _keys) in before.items() if article.pk in shown}
    after = pages(client)
    changed = {pk for pk in after if after[pk][0] != before[pk][0]}
    assert changed
    assert showed | changed <= aged | {article.pk}
    if act in {"withdraw", "take_down"}:
        assert not any(article.pk in shown for shown, _keys in after.values())


def test_a_new_article_comes_to_stand_beside_the_old_ones(client, site, monkeypatch, make_article):
    before = pages(client)
    stamped = Stamped(monkeypatch)
    new = make_article("Brand new of aaaaa", tags=("T0", "T1"))
    new.publish()
    after = pages(client)
    changed = {pk for pk in before if after[pk][0] != before[pk][0]}
    assert any(new.pk in after[pk][0] for pk in changed)
    assert changed <= stamped.out_of_date(before)


def test_remembered_or_not_it_is_the_same_answer(site, django_assert_num_queries):
    version = PublishedArticle.objects.live()[7]
    tags = list(version.tags.all())
    found = suggested(version, tags)
    with django_assert_num_queries(0):
        assert suggested(version, tags) == found
    cache.clear()
    assert suggested(version, tags) == found


def test_what_ends_by_itself_is_forgotten_at_that_second(client, make_article, monkeypatch):
    now = timezone.now()
    for number in range(6):
        make_article(f"Other {'abcdef'[number] * 4}", tags=("A",)).publish(at=now - timedelta(days=number + 1))
    ends = make_article("Ends soon", tags=("A", "B"))
    ends.publish(until=now + timedelta(minutes=5))
    version = make_article("This", tags=("A", "B")).publish()
    url = version.get_absolute_url()
    assert "Ends soon" in client.get(url).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + timedelta(minutes=6))
    page = client.get(url)
    assert "Ends soon" not in page.content.decode()
    assert len(page.context["related"]) == 3


def test_choices_hold_at_once(client, site, admin_user):
    version = PublishedArticle.objects.live()[3]
    article = version.article

    def shown():
        return [one.card.article_id for one in client.get(version.get_absolute_url()).context["related"]]

    first, second, third = shown()
    far = PublishedArticle.objects.live().last().article_id
    choose(article, [third, far], [first], by=admin_user)
    assert shown()[:2] == [third, far]
    assert first not in shown()
    mute_everywhere(PublishedArticle.objects.get(article=second).article, by=admin_user)
    assert second not in shown()
    mute_everywhere(PublishedArticle.objects.get(article=second).article, by=admin_user, is_muted=False)
    choose(article, [], [], by=admin_user)
    assert shown() == [first, second, third]


def test_the_sites_settings_hold_at_once(client, site):
    version = PublishedArticle.objects.live()[3]
    rules = RelatedSettings.current()
    rules.cards, rules.tells_readers_why = 5, True
    rules.save()
    page = client.get(version.get_absolute_url())
    assert len(page.context["related"]) == 5
    assert "About T" in page.content.decode()
    rules.cards, rules.tells_readers_why = 1, False
    rules.save()
    page = client.get(version.get_absolute_url())
    assert len(page.context["related"]) == 1
    assert "About T" not in page.content.decode()


@pytest.mark.parametrize("act", ["publish", "bring back", "suggest again"])
def test_what_is_pinned_stands_there_as_soon_as_readers_may_see_it(client, make_article, admin_user, act):
    """Though the two have nothing in common, and nothing else of the page has changed."""
    url = make_article("This", tags=("Mars",), body="<p>Red.</p>").publish().get_absolute_url()
    pinned = make_article("Pinned", tags=("Opera",), body="<p>Loud.</p>")
    if act != "publish":
        pinned.publish()
    if act == "bring back":
        pinned.take_down(reason="A letter")
    elif act == "suggest again":
        mute_everywhere(pinned, by=admin_user)
    choose(PublishedArticle.objects.get(headline="This").article, [pinned.pk], [], by=admin_user)
    assert client.get(url).context["related"] == []
    if act == "publish":
        pinned.publish()
    elif act == "bring back":
        pinned.bring_back()
    else:
        mute_everywhere(pinned, by=admin_user, is_muted=False)
    assert [one.card.headline for one in client.get(url).context["related"]] == ["Pinned"]


def test_what_moves_into_the_section_is_suggested_where_nothing_else_may_be(client, site, monkeypatch, make_article):
    rules = RelatedSettings.current()
    rules.same_section = True
    rules.save()
    books = Section.objects.create(name="Books", slug="books")
    moves = make_article("Moved of ddddd", tags=("T3", "T9"), section=books)
    moves.publish()
    before = pages(client)
    stamped = Stamped(monkeypatch)
    moves.section = Section.objects.get(slug="film")
    moves.save()
    moves.publish()
    after = pages(client)
    changed = {pk for pk in before if after[pk][0] != before[pk][0]} - {moves.pk}
    assert changed
    assert changed <= stamped.out_of_date(before)


def test_with_an_update_planned_it_reaches_as_far_as_without(make_article):
    now = timezone.now()
    others = [make_article(f"{number}", tags=("A",), body=f"<p>{number}th</p>") for number in range(25)]
    for number, other in enumerate(others):
        other.publish(at=now - timedelta(days=number + 1))
    article = make_article("This", tags=("A",))
    version = article.publish(at=now - timedelta(minutes=1))
    article.headline = "This, updated"
    article.save()
    article.publish(at=now + timedelta(hours=1))
    tag = version.tagged_items.get().tag_id
    assert {one.pk for one in others[:20]} <= articles_beside(version.published_at, [tag], [])

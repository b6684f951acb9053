"""What to read next."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.announcing.running import run
from articles.models import RelatedSettings, Section, Tag
from articles.models.published import PublishedArticle
from articles.models.related import Why, question_about, suggestions
from articles.models.related.candidates import KINDS, timelines
from articles.models.related.words import found_by
from articles.models.tags.order.retiring import retire

from .settled import assert_settled

pytestmark = pytest.mark.django_db


def publish(make_article, headline, *tags, days=0, **fields):
    return make_article(headline, tags=tags, **fields).publish(at=timezone.now() - timedelta(days=days, seconds=1))


def headlines(article, limit=3):
    return [one.headline for one in article.related(limit)]


def test_a_rare_shared_tag_weighs_more_than_a_common_one(make_article):
    for number in range(8):
        publish(make_article, f"Common {number}", "Reviews")
    publish(make_article, "Rare", "The Glass Orchard", "Series", days=20)
    article = publish(make_article, "This", "Reviews", "The Glass Orchard")
    assert headlines(article, 1) == ["Rare"]


def test_more_shared_tags_come_first_and_of_equals_the_newer(make_article):
    publish(make_article, "One tag", "A", days=1)
    publish(make_article, "Two tags, older", "A", "B", days=5)
    publish(make_article, "Two tags", "A", "B", days=2)
    article = publish(make_article, "This", "A", "B")
    assert headlines(article) == ["Two tags", "Two tags, older", "One tag"]


def test_an_old_one_gives_way_to_a_recent_one(make_article):
    publish(make_article, "Ten years old", "A", days=3650)
    publish(make_article, "Last week", "A", days=7)
    article = publish(make_article, "This", "A")
    assert headlines(article, 1) == ["Last week"]


def test_never_itself_and_never_what_is_not_live(make_article):
    article = publish(make_article, "This", "A")
    make_article("Draft", tags=("A",))
    make_article("Scheduled", tags=("A",)).publish(at=timezone.now() + timedelta(hours=1))
    gone = make_article("Gone", tags=("A",))
    gone.publish()
    gone.withdraw()
    publish(make_article, "Live", "A")
    assert headlines(article, 9) == ["Live"]


def test_an_older_version_of_an_article_counts_for_nothing(make_article):
    article = publish(make_article, "This", "A")
    twice = make_article("Twice", tags=("A",))
    twice.publish()
    twice.publish()
    assert headlines(article, 9) == ["Twice"]


def test_without_shared_tags_its_section_fills_up_then_the_rest(make_article):
    books = Section.objects.create(name="Books", slug="books")
    publish(make_article, "Elsewhere", days=1, section=books)
    publish(make_article, "Same section", days=50)
    article = publish(make_article, "This", "Alone")
    assert headlines(article) == ["Same section", "Elsewhere"]


@pytest.mark.parametrize("others", [1, 2, 3, 7])
def test_never_fewer_than_asked_while_there_are_others(make_article, others):
    for number in range(others):
        publish(make_article, f"Other {number}", *(("A",) if number == 0 else ()))
    article = publish(make_article, "This", "A")
    found = headlines(article, 3)
    assert len(found) == min(others, 3)
    assert len(set(found)) == len(found)


def test_one_that_is_alike_in_words_comes_before_a_copy_of_what_stands_there(make_article):
    """Two share the tag, one is nearly the other; two share words alone and are old, and one may stand among the first three."""
    for headline in ("Weekly glacier report 31", "Weekly glacier report 30"):
        publish(make_article, headline, "Ice")
    for headline in ("Crampons on a volcano", "Crampons for beginners"):
        publish(make_article, headline, days=4000, body="<p>Crampons crampons crampons.</p>")
    others = "alder birch cedar dogwood elder fir gorse hazel ivy juniper larch maple nettle oak pine rowan spruce"
    article = publish(make_article, "This", "Ice", body=f"<p>Crampons crampons crampons crampons {others}.</p>")
    found = headlines(article, 4)
    assert {"Crampons on a volcano", "Crampons for beginners"} < set(found)
    assert found[-1].startswith("Weekly glacier report")


def test_the_same_answer_every_time(make_article):
    moment = timezone.now() - timedelta(days=1)
    for number in range(12):
        make_article(f"Equal {number}", tags=("A", "B")).publish(at=moment)
    article = publish(make_article, "This", "A", "B")
    expected = [f"Equal {number}" for number in (11, 10, 9, 8, 7)]
    assert all(headlines(article, 5) == expected for _ in range(3))


def test_six_queries_at_most_and_the_cards_two(make_article, picture, django_assert_num_queries):
    for number in range(20):
        publish(make_article, f"Other {number}", "A", lead_image=picture)
    article = PublishedArticle.objects.get(pk=publish(make_article, "This", "A", "B").pk)
    article.related(1)  # the site's settings are remembered from here on
    # Its tags, the number of articles, choices, timelines, what is live of them, shared tags; the cards, their bylines.
    with django_assert_num_queries(8):
        for card in article.related(3):
            str([byline.author.name for byline in card.bylines.all()]) + card.section.name + str(card.lead_image)


WORDS = " ".join(f"{first}{second}rel" for first in "bdfgklm" for second in ("a", "e", "o"))


@pytest.mark.parametrize(("tags", "words"), [(0, 16), (3, 13), (8, 8), (20, 8)])
def test_the_fewer_tags_the_more_words_an_article_is_found_by(make_article, tags, words):
    version = publish(make_article, "This", *(f"T{number}" for number in range(tags)), body=f"<p>{WORDS}</p>")
    assert version.term_items.count() == words
    _question, terms = question_about(version, version.tags.all())
    assert set(terms) == set(version.term_items.values_list("term", flat=True))


def test_a_draft_asks_by_as_many_words_as_it_will_be_found_by(make_article):
    publish(make_article, "Knows the words", body=f"<p>{WORDS}</p>")
    draft = PublishedArticle(headline="This", body=f"<p>{WORDS}</p>")
    for tags in (0, 3, 8):
        own = [Tag.objects.create(name=f"T{tags}-{number}", slug=f"t{tags}-{number}") for number in range(tags)]
        assert len(question_about(draft, own)[1]) == 16 - tags


def test_the_second_ten_on_a_words_timeline_are_not_asked_for(make_article):
    for number in range(30):
        publish(make_article, f"{number}", body="<p>lagoon</p>", days=number + 1)
    article = publish(make_article, "This", body="<p>lagoon</p>")
    assert len(timelines(*question_about(article, []))) == 11  # the ten nearest, and itself


@pytest.mark.parametrize("tags", range(60))
def test_a_publishing_reaches_no_farther_than_twenty_a_side_of_each_tag_and_of_eight_words(tags):
    reach = 2 * (KINDS["tag"].a_side * tags + KINDS["term"].a_side * found_by(tags))
    assert reach <= 2 * 20 * (tags + 8)


def test_a_retired_tag_brings_nothing_together(make_article):
    publish(make_article, "Shares what is retired", "Old stuff", days=1)
    publish(make_article, "Shares what is used", "A", days=300)
    article = publish(make_article, "This", "A", "Old stuff")
    assert headlines(article, 1) == ["Shares what is retired"]
    retire(Tag.objects.get(name="Old stuff"))
    assert headlines(PublishedArticle.objects.get(pk=article.pk), 1) == ["Shares what is used"]


def test_what_ended_by_itself_keeps_no_place_from_those_that_are_there(make_article, monkeypatch):
    """Once somebody announces. Twenty-five offers with an end stand between the article and the one that it shares a tag with."""
    now = timezone.now()
    publish(make_article, "Still there", "Offers", days=60)
    for number in range(25):
        make_article(f"Offer {number}", tags=("Offers",), body=f"<p>{number}th</p>").publish(
            at=now - timedelta(days=1), until=now + timedelta(hours=1)
        )
    article = publish(make_article, "This", "Offers", body="<p>Nothing alike</p>")
    later = now + timedelta(hours=2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    run()
    assert [one.why for one in suggestions(*question_about(article, article.tags.all()), 1)] == [Why.TAGS]
    assert Tag.objects.get(name="Offers").uses == 2
    assert_settled(later)


@pytest.mark.parametrize("days", [36_501, 2_000_000_000])
def test_no_number_of_days_is_too_large_to_answer(make_article, days):
    publish(make_article, "A year ago", "A", days=365)
    article = publish(make_article, "This", "A")
    rules = RelatedSettings(days_apart_at_most=days)
    with pytest.raises(ValidationError, match="36500"):
        rules.full_clean()
    rules.save()
    assert headlines(article) == ["A year ago"]

"""Random sites: what is suggested is what the formula says of all that readers may see, on every database alike."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from articles.models import Article, PublishedArticle, RelatedSettings, Section, Tag
from articles.models.related import Choices, Why, question_about, suggestions
from articles.models.related.choosing import choose, mute_everywhere
from articles.models.related.ranking import Row, ordered, same_headline, scored
from articles.models.related.remembering import suggested
from articles.models.related.words import KeyTerms

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TAGS, WORDS = "ABCDEF", ("venice", "noir", "lagoon", "orchard", "glacier", "harbour")

articles = st.fixed_dictionaries(
    {
        "tags": st.sets(st.sampled_from(TAGS), max_size=4),
        "words": st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
        "days": st.sampled_from([0, 0, 3, 30, 400, 4000]),
        "section": st.sampled_from(["film", "books"]),
        "state": st.sampled_from(["live"] * 6 + ["draft", "planned", "withdrawn", "down", "ended", "muted", "twice"]),
    }
)


def build(sites: list[dict[str, Any]], editor: User) -> list[Article]:
    sections = {name: Section.objects.create(name=name, slug=name) for name in ("film", "books")}
    made = []
    for number, told in enumerate(sites):
        article = Article.objects.create(
            headline=f"{' '.join(told['words'][:2])} {number}", slug=f"s-{number}", section=sections[told["section"]],
            body=f"<p>{' '.join(told['words'])}</p>",
        )  # fmt: skip
        article.tags.set(sorted(told["tags"]))
        at, state = NOW - timedelta(days=told["days"], hours=1), told["state"]
        if state == "planned":
            article.publish(at=NOW + timedelta(days=1))
        elif state == "ended":
            article.publish(at=at, until=at + timedelta(minutes=5))
        elif state != "draft":
            article.publish(at=at)
        if state == "twice":
            article.publish()
        elif state == "withdrawn":
            article.withdraw()
        elif state == "down":
            article.take_down(reason="A court.")
        elif state == "muted":
            mute_everywhere(article, by=editor)
        made.append(article)
    Tag.objects.filter(name="F").update(weight=0)
    return made


def expected(version: PublishedArticle, choices: Choices, states: dict[int, str], limit: int) -> list[int]:
    """By the words of the documentation, over all articles: no timelines, no limits, no database."""
    question, terms = question_about(version, list(version.tags.all()))
    rows, shared, near = {}, {}, set()
    for one in PublishedArticle.objects.all().prefetch_related("tags"):
        is_live = states[one.article_id] in {"live", "twice"} and one.is_live(NOW)
        if not is_live or one.article_id == version.article_id or one.article_id in choices.mutes:
            continue
        known = KeyTerms.read(one.key_terms)
        rows[one.article_id] = Row(
            one.pk, one.article_id, one.headline, one.published_at, one.section_id, known.weights
        )
        shared[one.article_id] = sorted(tag.pk for tag in one.tags.all() if tag.pk in question.tags)
        if shared[one.article_id] or set(known.ids.values()) & set(terms):
            near.add(one.article_id)
    pins = [pk for pk in choices.pins if pk in rows]
    ranked = [one.row for one in ordered(scored(question, rows[pk], shared[pk]) for pk in near if pk not in pins)]
    chosen = pins[:limit]
    untagged = {row.article for row in ranked if question.tags and not shared[row.article]}
    while len(chosen) < limit:
        room = max((len(chosen) + 1) // 3, 1) > len(untagged & set(chosen) - set(pins))
        for row in ranked:  # the best that may stand here
            copies = any(same_headline(row.headline, rows[pk].headline) for pk in chosen)
            if row.article not in chosen and not copies and (room or row.article not in untagged):
                chosen.append(row.article)
                break
        else:
            break
    for row in ranked:  # for its words alone rather than a near copy
        copies = any(same_headline(row.headline, rows[pk].headline) for pk in chosen)
        if len(chosen) < limit and row.article not in chosen and not copies:
            chosen.append(row.article)
    passed = [row.article for row in ranked]
    newest = sorted(rows.values(), key=lambda row: (row.published_at, row.article), reverse=True)
    fill = sorted(newest, key=lambda row: row.section != version.section_id)
    for pk in [*passed, *(row.article for row in fill)]:
        if len(chosen) < limit and pk not in chosen:
            chosen.append(pk)
    return chosen


@pytest.mark.django_db
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes minutes; sites are small anyway
)
@given(
    sites=st.lists(articles, min_size=2, max_size=11),  # so few that every one is near on every timeline
    limit=st.integers(1, 6),
    pins=st.lists(st.integers(0, 10), max_size=3, unique=True),
    mutes=st.sets(st.integers(0, 10), max_size=2),
)
def test_it_is_what_the_formula_says_and_never_what_readers_may_not_see(sites, limit, pins, mutes):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        cache.clear()
        editor = User.objects.create_superuser("rosa")
        made = build([sites[0] | {"state": "live"}, *sites[1:]], editor)
        states = {article.pk: told["state"] for article, told in zip(made, sites, strict=True)} | {made[0].pk: "live"}
        pinned = [made[place].pk for place in pins if 0 < place < len(made)]
        muted = {made[place].pk for place in mutes if 0 < place < len(made)} - set(pinned)
        choose(made[0], pinned, sorted(muted), by=editor)
        version = PublishedArticle.objects.get(article=made[0])
        tags = list(version.tags.all())
        found = suggestions(*question_about(version, tags), limit)
        numbers = [one.row.article for one in found]
        assert numbers == expected(version, Choices.beside(made[0].pk), states, limit)
        others = [pk for pk, state in states.items() if state in {"live", "twice"} and pk not in {made[0].pk, *muted}]
        assert len(numbers) == len(set(numbers)) == min(limit, len(others))
        kinds = [one.why for one in found]
        assert all(why is Why.PICKED for why in kinds[: len([pk for pk in pinned if pk in others][:limit])])
        whole = suggested(version, tags)
        assert suggested(version, tags) == whole  # remembered
        cache.clear()
        assert suggested(version, tags) == whole
        for one in found:
            assert one.why is not Why.TAGS or one.tags
            assert one.why is not Why.WORDS or one.words
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_sites_settings_leave_out_what_is_far_or_elsewhere(make_article, django_user_model):
    books = Section.objects.create(name="Books", slug="books")
    make_article("Far", tags=("A",)).publish(at=NOW - timedelta(days=400))
    make_article("Elsewhere", tags=("A",), section=books).publish(at=NOW)
    near = make_article("Near", tags=("A",))
    near.publish(at=NOW - timedelta(days=3))
    version = make_article("This", tags=("A",)).publish(at=NOW)
    rules = RelatedSettings.current()
    rules.days_apart_at_most, rules.same_section = 30, True
    rules.save()
    assert [one.row.article for one in suggestions(*question_about(version, version.tags.all()), 3)] == [near.pk]

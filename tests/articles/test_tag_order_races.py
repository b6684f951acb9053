"""Tags are put in order while others save, and while the process that does it is killed."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from articles.models import Article, ArticleTag, PublishedTag, Section, Tag, TagAct
from articles.models.tags.order import moving
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.working import go_on, undo

from .processes import at_once, killed_at, real_database  # noqa: F401
from .tag_states import state, uses_are_right
from .test_desk import change
from .test_races_at_the_desk import post
from .test_stale_saves import opened

pytestmark = pytest.mark.usefixtures("real_database")
MANY = 1_000


def tag(name: str) -> Tag:
    return Tag.objects.named([name])[0]


def merge(old: Tag, into: Tag) -> None:
    for act in begin_merge([old], into):
        go_on(act)


@pytest.fixture
def many(film: Section, monkeypatch: Any) -> list[Article]:
    """A thousand articles about Movies, some of them about Film, too; and slices small enough to be in between."""
    monkeypatch.setattr(moving, "SLICE", 50)
    old, into = tag("Movies"), tag("Film")
    made = Article.objects.bulk_create(
        Article(headline=f"No. {number}", slug=f"no-{number}", section=film, body="<p>Text.</p>")
        for number in range(MANY)
    )
    ArticleTag.objects.bulk_create(ArticleTag(content_object=one, tag=old) for one in made)
    ArticleTag.objects.bulk_create(ArticleTag(content_object=one, tag=into) for one in made[::5])
    for one in made[:10]:
        one.publish()
    return made


def saves(numbers: list[int], turn: int) -> None:
    """An editor who saves article after article with the old tag in hand, in all the ways there are."""
    old = Tag.objects.get(name="Movies")
    for place, number in enumerate(numbers):
        article = Article.objects.get(pk=number)
        if (way := (turn + place) % 4) == 0:
            article.tags.set([old, tag(f"Only {number}")])
        elif way == 1:
            article.publish()
        elif way == 2:
            article.tags.add(old)
        else:
            made = Article.objects.create(
                headline=f"New {turn} {place}", section_id=article.section_id, body="<p>.</p>"
            )
            made.tags.add(old)
            made.publish()


def test_a_tag_is_merged_while_twenty_editors_save_articles_with_it(  # K07
    many: list[Article], make_article: Any, editor: User
) -> None:
    for one in many[-4:]:
        one.bylines.create(author=make_article().bylines.get().author)
    desk = Client(raise_request_exception=False)
    desk.force_login(editor)
    # Opened before: these forms hold the old tag's number.
    posts = [
        partial(post, desk, url, opened(desk, url, headline=f"Saved {one.pk}", _continue="1"), (302,))
        for one in many[-4:]
        for url in [change(one)]
    ]
    editors = [partial(saves, [one.pk for one in many[turn * 5 : turn * 5 + 5]], turn) for turn in range(16)]
    at_once(partial(merge, tag("Movies"), tag("Film")), *editors, *posts)
    old, into = Tag.objects.get(name="Movies"), Tag.objects.get(name="Film")
    assert old.merged_into == into
    assert not ArticleTag.objects.filter(tag=old).exists() and not PublishedTag.objects.filter(tag=old).exists()
    about = set(ArticleTag.objects.filter(tag=into).values_list("content_object", flat=True))
    new = set(Article.objects.filter(headline__startswith="New").values_list("pk", flat=True))
    assert about == {one.pk for one in many} | new and len(new) == 20
    assert set(Article.objects.filter(headline__startswith="Saved").values_list("pk", flat=True)) == {
        one.pk for one in many[-4:]
    }
    assert uses_are_right() and into.uses == PublishedTag.objects.filter(
        published_at__isnull=False, tag=into
    ).values("content_object__article").distinct().count()  # fmt: skip
    answer = Client().get("/tags/movies/")
    assert (answer.status_code, answer["Location"]) == (301, "/tags/film/")
    # And back, while as many save: nobody loses both.
    act = TagAct.objects.get()
    at_once(partial(undo, act), *editors)
    either = ArticleTag.objects.filter(tag__in=[old, into]).values_list("content_object", flat=True)
    assert {one.pk for one in many} <= set(either)
    assert uses_are_right() and Tag.objects.get(pk=old.pk).merged_into is None


def test_two_who_merge_the_same_tags_crosswise_at_once_end_in_one(many: list[Article]) -> None:
    one, other = tag("Movies"), tag("Film")

    def tries(old: Tag, into: Tag) -> None:
        try:
            merge(old, into)
        except ValidationError as error:
            assert "already" in str(error) or "at work" in str(error)

    at_once(partial(tries, one, other), partial(tries, other, one), partial(tries, one, other))
    merged = Tag.objects.exclude(merged_into=None).get()
    assert ArticleTag.objects.filter(tag=merged.merged_into).count() == MANY
    assert not ArticleTag.objects.filter(tag=merged).exists() and TagAct.objects.count() == 1


def test_several_who_go_on_with_one_act_move_each_row_once(many: list[Article]) -> None:
    before = state()
    (act,) = begin_merge([tag("Movies")], tag("Film"))
    at_once(*[partial(go_on, act)] * 4)
    act.refresh_from_db()
    assert act.data["done"] == act.data["of"] == act.rows.count()
    undo(act)
    assert state() == before


@pytest.mark.parametrize("verb", ["merge", "undo"])
def test_whoever_is_killed_in_the_middle_is_gone_on_with(  # kill -9
    make_article: Callable[..., Article], monkeypatch: Any, verb: str
) -> None:
    """At every step of it: what is there then goes on to the same end, and back to the same beginning."""
    monkeypatch.setattr(moving, "SLICE", 2)
    for number in range(4):
        make_article(f"No. {number}", tags=("Movies", "Film") if number % 2 else ("Movies",)).publish()
    Tag.objects.filter(name="Film").update(parent=tag("Movies"))
    before = state()
    point, moved = 0, None
    while True:
        point += 7  # all of them would take minutes; the steps in between are of the same transactions
        if verb == "undo":
            merge(tag("Movies"), tag("Film"))
            act = TagAct.objects.latest("pk")
            was_killed = killed_at(point, partial(undo, act))
            act.refresh_from_db()
            go_on(act) if act.is_undoing else undo(act)
        else:
            was_killed = killed_at(point, partial(merge, tag("Movies"), tag("Film")))
            for act in TagAct.objects.at_work():
                go_on(act)
            if not TagAct.objects.filter(undone_at=None).exists():
                assert was_killed and state() == before
                continue
            after = {name: value for name, value in state().items() if name != "redirects"}
            moved = moved or after
            assert after == moved
            undo(TagAct.objects.latest("pk"))
        assert state() == before
        if not was_killed:
            break
    assert point > 70


@pytest.mark.parametrize("way", ["desk", "readers"])
def test_a_merge_waits_for_who_is_about_to_put_the_tag_on_an_article(make_article: Any, way: str) -> None:
    """An article that nobody else can see yet bears it: the sweep would pass it by."""
    waiting = make_article("Waiting", tags=("Movies",))
    into = tag("Film")

    def slow() -> None:
        with transaction.atomic():
            if way == "desk":
                made = Article.objects.create(headline="New", section=waiting.section, body="<p>.</p>")
                made.tags.add("Movies")
            else:
                waiting.publish()
            time.sleep(0.8)

    def later() -> None:
        time.sleep(0.3)
        merge(tag("Movies"), Tag.objects.get(pk=into.pk))

    at_once(slow, later)
    old = Tag.objects.get(name="Movies")
    assert old.merged_into == into
    assert not ArticleTag.objects.filter(tag=old).exists() and not PublishedTag.objects.filter(tag=old).exists()
    assert ArticleTag.objects.filter(tag=into).count() == (2 if way == "desk" else 1) and uses_are_right()

"""Whatever is done to tags, in whatever order: undoing the last act leaves everything as it was before it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import Article, ArticleTag, PublishedTag, Tag, TagAct
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.splitting import begin_split
from articles.models.tags.order.working import go_on, undo

from .tag_states import state, uses_are_right

pytestmark = pytest.mark.django_db
NAMES = ["Ant", "Bee", "Cat", "Dog", "Eel"]
tags = st.integers(0, len(NAMES) - 1)
acts = st.one_of(
    st.tuples(st.just("merge"), tags, tags),
    st.tuples(st.just("rename"), tags, st.sampled_from([*NAMES, "Fox", "fox", "Gnu"])),
    st.tuples(st.just("retire"), tags, st.none()),
    st.tuples(st.just("split"), tags, st.booleans()),
    st.tuples(st.just("undo"), st.none(), st.none()),
    st.tuples(st.just("publish"), st.integers(0, 2), st.none()),
)


def perform(what: str, first: Any, second: Any) -> bool:
    """False where it is refused, in words."""
    numbered = list(Tag.objects.order_by("pk"))
    one = numbered[first % len(numbered)] if first is not None else None
    try:
        if what == "merge":
            for act in begin_merge([one], numbered[second % len(numbered)]):
                go_on(act)
        elif what == "rename":
            return rename(one, second) is not None
        elif what == "retire":
            retire(one)
        else:
            name = f"Split {TagAct.objects.count()}"
            go_on(begin_split(one, name, Article.objects.filter(pk__gt=Article.objects.first().pk), keep_old=second))
    except ValidationError as error:
        assert error.messages
        return False
    return True


def sound() -> None:
    assert uses_are_right()
    gone = Tag.objects.exclude(merged_into=None)
    assert not ArticleTag.objects.filter(tag__in=gone).exists()
    assert not PublishedTag.objects.filter(tag__in=gone).exists()
    assert not gone.exclude(merged_into__merged_into=None).exists()  # no chains
    for one in Tag.objects.filter(merged_into=None):
        assert one.names.filter(folded=one.folded_name).exists()
        seen, parent = {one.pk}, one.parent
        while parent is not None:
            assert parent.pk not in seen
            seen.add(parent.pk)
            parent = parent.parent


@given(
    marks=st.lists(st.sets(tags, max_size=3), min_size=3, max_size=3),
    parents=st.dictionaries(tags, tags, max_size=3),
    steps=st.lists(acts, max_size=8),
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_undoing_all_leaves_everything_as_it_was(
    make_article: Any, marks: list[set[int]], parents: dict[int, int], steps: list[tuple[str, Any, Any]]
) -> None:
    with transaction.atomic():
        try:
            _run(make_article, marks, parents, steps)
        finally:
            transaction.set_rollback(True)


def _run(make_article: Any, marks: list[set[int]], parents: dict[int, int], steps: list[tuple[str, Any, Any]]) -> None:
    numbered = Tag.objects.named(NAMES)
    for child, parent in parents.items():
        if parent < child:
            Tag.objects.filter(pk=numbered[child].pk).update(parent=numbered[parent])
    articles = [make_article(f"No. {n}", tags=tuple(NAMES[one] for one in few)) for n, few in enumerate(marks)]
    articles[0].publish()
    done: list[tuple[int, dict[str, Any] | None]] = []  # None: something was published since
    for what, first, second in steps:
        before = state()
        if what == "publish":
            articles[first].publish()
            done = [(pk, None) for pk, _before in done]
        elif what == "undo":
            if done:
                _undo(*done.pop())
        elif perform(what, first, second):
            done.append((TagAct.objects.latest("pk").pk, before))
        else:
            assert state() == before
        sound()
    while done:
        _undo(*done.pop())
        sound()


def _undo(pk: int, earlier: dict[str, Any] | None) -> None:
    undo(TagAct.objects.get(pk=pk))
    if earlier is not None:
        assert state() == earlier

"""The merge of a hot-fix into a planned version: pure, so it is tried with whatever hypothesis thinks of."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models.hotfix import merge, same
from articles.models.snapshots import KeptByline, KeptCorrection, Snapshot
from articles.richtext import sanitise
from articles.richtext.three_way import merge_bodies


def state(*, tags: dict[int, str] | None = None, bylines: Any = (), corrections: Any = (), **content: Any) -> Snapshot:
    empty = {"headline": "H", "kicker": "", "body": "<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>", "lead_image_id": None,
             "lead_image_alt": "", "lead_image_caption": ""}  # fmt: skip
    return Snapshot({**empty, **content}, tags or {}, tuple(bylines), tuple(corrections))


def note(text: str, day: int = 1) -> KeptCorrection:
    return KeptCorrection("correction", text, datetime(2026, 1, day, tzinfo=UTC))


def test_what_the_plan_did_not_touch_follows_the_fix() -> None:
    merged = merge(state(), state(kicker="Fixed"), state(headline="Planned"))
    assert merged.planned == state(headline="Planned", kicker="Fixed")
    assert merged.clashes == ()


def test_both_changed_to_the_same_is_settled() -> None:
    merged = merge(state(), state(headline="Same"), state(headline="Same", kicker="Plan"))
    assert (merged.planned.content["headline"], merged.clashes) == ("Same", ())


def test_both_changed_differently_is_named_and_the_plans_words_are_kept() -> None:
    merged = merge(state(), state(headline="Fix", kicker="Fix"), state(headline="Plan"))
    assert merged.clashes == ("headline",)
    assert merged.planned.content["headline"] == "Plan" and merged.planned.content["kicker"] == "Fix"


def test_a_paragraph_put_right_goes_into_a_plan_that_changed_another() -> None:
    fix = state(body="<p>One!</p>\n<p>Two.</p>\n<p>Three.</p>")
    plan = state(body="<p>One.</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>")
    merged = merge(state(), fix, plan)
    assert merged.clashes == ()
    assert merged.planned.body == "<p>One!</p>\n<p>Two.</p>\n<p>Three.</p>\n<p>Four.</p>"
    assert merge(state(), fix, state(body="<p>One?</p>\n<p>Two.</p>\n<p>Three.</p>")).clashes == ("body",)


def test_what_is_written_after_a_paragraph_that_is_put_right_stays_after_it() -> None:
    assert merge_bodies("<p>a</p>", "<p>A</p>", "<p>a</p>\n<p>b</p>") == "<p>A</p>\n<p>b</p>"
    assert merge_bodies("<p>a</p>", "<p>0</p>\n<p>a</p>", "<p>A</p>") == "<p>0</p>\n<p>A</p>"
    assert merge_bodies("<p>a</p>", "<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>c</p>") is None  # which comes first?
    assert merge_bodies("", "<p>b</p>", "<p>c</p>") is None


def test_a_picture_and_its_words_change_as_one_thing() -> None:
    base = state(lead_image_id=1, lead_image_alt="Rows of seats")
    merged = merge(
        base,
        state(lead_image_id=2, lead_image_alt="A door"),
        replace(base, content={**base.content, "lead_image_alt": "Red seats"}),
    )
    assert merged.clashes == ("lead picture",)


def test_tags_are_put_together() -> None:
    base, fix, plan = {1: "a", 2: "b"}, {2: "b", 3: "fix"}, {1: "a", 2: "b", 4: "plan"}
    merged = merge(state(tags=base), state(tags=fix), state(tags=plan))
    assert merged.planned.tags == {2: "b", 4: "plan", 3: "fix"}
    assert merge(state(tags={1: "a", 2: "b"}), state(tags={2: "b", 1: "a"}), state(tags=base)).planned.tags == base
    assert list(merge(state(tags=base), state(tags={2: "b", 1: "a"}), state(tags=base)).planned.tags) == [2, 1]


def test_a_correction_in_the_fix_is_in_the_plan_and_the_plans_own_too() -> None:
    merged = merge(state(), state(corrections=[note("fix", 2)]), state(corrections=[note("plan", 3)]))
    assert [one.text for one in merged.planned.corrections] == ["fix", "plan"]
    reworded = merge(state(corrections=[note("a")]), state(corrections=[note("b")]), state(corrections=[note("c")]))
    assert reworded.clashes == ("corrections",)


def test_a_byline_changed_on_both_sides_is_a_clash() -> None:
    one, two, three = (KeptByline(number, "writer", 0) for number in (1, 2, 3))
    assert merge(state(bylines=[one]), state(bylines=[two]), state(bylines=[one])).planned.bylines == (two,)
    assert merge(state(bylines=[one]), state(bylines=[two]), state(bylines=[three])).clashes == ("bylines",)
    moved = KeptByline(1, "writer", 5)  # the same names in the same order
    assert merge(state(bylines=[one]), state(bylines=[two]), state(bylines=[moved])).clashes == ()


# --- whatever is changed ------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["", "a", "b", "c"])
BODIES = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=6).map(
    lambda words: "\n".join(f"<p>{word}</p>" for word in words)
)
STATES = st.builds(
    state,
    headline=WORDS,
    kicker=WORDS,
    body=BODIES,
    lead_image_id=st.sampled_from([None, 1, 2]),
    lead_image_alt=WORDS,
    tags=st.lists(st.integers(1, 4), unique=True).map(lambda found: {pk: str(pk) for pk in found}),
    bylines=st.lists(st.sampled_from([KeptByline(1, "writer", 0), KeptByline(2, "writer", 1)]), unique=True),
    corrections=st.lists(st.sampled_from([note("a", 1), note("b", 2), note("c", 3)]), unique=True).map(
        lambda found: sorted(found, key=lambda one: one.noted_at)
    ),
)
LABELS = {"headline": "headline", "kicker": "kicker", "lead_image_id": "lead picture"}


@given(STATES, STATES, STATES)
def test_no_change_of_the_plan_is_lost(base: Snapshot, fix: Snapshot, plan: Snapshot) -> None:
    merged = merge(base, fix, plan)
    for name, value in plan.content.items():
        if value != base.content[name] and name != "body":
            assert merged.planned.content[name] == value or (name.startswith("lead_image") and not merged.clashes)
    assert set(plan.tags) - set(base.tags) <= set(merged.planned.tags)
    assert not (set(base.tags) - set(plan.tags)) & set(merged.planned.tags) - (set(fix.tags) - set(base.tags))
    assert set(plan.corrections) - set(base.corrections) <= set(merged.planned.corrections)


@given(STATES, STATES, STATES)
def test_a_fix_is_in_the_plan_or_the_clash_is_named(base: Snapshot, fix: Snapshot, plan: Snapshot) -> None:
    merged = merge(base, fix, plan)
    for name, label in LABELS.items():
        if fix.content[name] != base.content[name]:
            assert merged.planned.content[name] == fix.content[name] or label in merged.clashes
    if "body" not in merged.clashes:
        lines = set(merged.planned.body.split("\n"))
        new = set(fix.body.split("\n")) - set(base.body.split("\n")) - {""}
        assert new <= lines
    if "corrections" not in merged.clashes:
        assert set(fix.corrections) - set(base.corrections) <= set(merged.planned.corrections)
    assert set(fix.tags) - set(base.tags) <= set(merged.planned.tags)


@given(STATES, STATES)
def test_a_side_that_changed_nothing_gives_way_whole(base: Snapshot, other: Snapshot) -> None:
    assert merge(base, base, other).planned == other and merge(base, base, other).clashes == ()
    assert same(merge(base, other, base).planned, other)
    assert same(merge(base, other, other).planned, other)


@given(BODIES, BODIES, BODIES)
def test_bodies_merge_alike_whichever_comes_first(base: str, one: str, other: str) -> None:
    merged = merge_bodies(base, one, other)
    assert merged == merge_bodies(base, other, one)
    assert merged is None or sanitise(merged) == merged


@pytest.mark.parametrize("change", ["<p>x</p>", "<ul><li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>"])
def test_a_body_is_never_merged_into_broken_html(change: str) -> None:
    base = "<p>0</p>\n" + sanitise("<ul><li>a</li><li>b</li></ul>") + "\n<p>9</p>"
    gone = "<p>0</p>\n<p>9</p>"
    assert merge_bodies(base, gone, base.replace("a</li>", "A</li>")) is None

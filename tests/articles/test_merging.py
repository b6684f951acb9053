"""Three-way merging: no change is lost, none is made up, and two different changes of one thing are never decided."""

from hypothesis import given
from hypothesis import strategies as st

from articles.desk.saving.form_merge import Base
from articles.desk.saving.merging import Choice, Row, Side, decided, fingerprint, merge_rows, merge_sets, side

texts = st.text(max_size=4)
some = st.lists(st.integers(0, 6), max_size=6, unique=True)


@given(texts, texts)
def test_what_only_one_side_changed_stands(base, changed):
    expected = Side.SAME if base == changed else None
    assert side(fingerprint(base), changed, base) is (expected or Side.MINE)
    assert side(fingerprint(base), base, changed) is (expected or Side.THEIRS)


@given(texts, texts, texts)
def test_two_different_changes_are_never_decided(base, mine, theirs):
    found = side(fingerprint(base), mine, theirs)
    assert (found is Side.CONFLICT) == (len({base, mine, theirs}) == 3)
    assert (found is Side.SAME) == (mine == theirs)


@given(texts, texts)
def test_without_a_known_beginning_every_difference_is_a_conflict(mine, theirs):
    assert side(None, mine, theirs) is (Side.SAME if mine == theirs else Side.CONFLICT)


@given(some, some, some)
def test_of_sets_both_sides_additions_and_removals_count(base, mine, theirs):
    merged = merge_sets(base, mine, theirs)
    assert len(merged) == len(set(merged))
    for one in range(7):
        was, is_mine, is_theirs = one in base, one in mine, one in theirs
        assert (one in merged) == (is_mine and is_theirs if was else is_mine or is_theirs)
    assert set(merge_sets(base, theirs, mine)) == set(merged)


@given(some, some)
def test_sets_without_a_beginning_lose_nothing(mine, theirs):
    assert set(merge_sets(None, mine, theirs)) == set(mine) | set(theirs)


rows_of = st.dictionaries(st.integers(1, 4), st.sampled_from("abc"), max_size=4)


def rows(of, deleted=()):
    return [Row(pk, None if pk in deleted else {"v": value}) for pk, value in of.items()]


@given(rows_of, rows_of, rows_of, st.sets(st.integers(1, 4)), st.lists(st.sampled_from("xyz"), max_size=3))
def test_every_change_of_a_row_is_in_the_outcome_or_in_a_conflict(base, mine, theirs, deleted, new):
    """I may have changed or deleted what I was shown (base), and added rows; they may have done anything."""
    mine = {pk: value for pk, value in mine.items() if pk in base} | {pk: base[pk] for pk in base if pk not in mine}
    mine_rows = rows(mine, deleted) + [Row(None, {"v": value}) for value in new]
    prints = {pk: fingerprint({"v": value}) for pk, value in base.items()}
    merged = merge_rows(prints, mine_rows, rows(theirs))
    by_pk = {one.pk: one for one in merged if one.pk is not None}
    added = [one.outcome.values["v"] for one in merged if one.pk is None]
    doubled = [value for value in new if any(pk not in base and of == value for pk, of in theirs.items())]
    assert sorted(added + doubled) >= sorted(new)
    for pk in base.keys() | theirs.keys():
        was, is_theirs = base.get(pk), theirs.get(pk)
        if pk not in base:  # theirs and new
            assert by_pk[pk].outcome.values == {"v": is_theirs}
            continue
        is_mine = None if pk in deleted else mine[pk]
        if is_mine != is_theirs and was not in (is_mine, is_theirs):
            assert by_pk[pk].side is Side.CONFLICT
        else:
            expected = is_theirs if is_mine == was else is_mine
            outcome = by_pk[pk].outcome
            assert (outcome.values["v"] if outcome else None) == expected


def test_the_same_row_added_by_both_is_one_row():
    theirs = [Row(7, {"author": 1, "role": "writer", "position": 0})]
    key = lambda values: (values["author"], values["role"])  # noqa: E731
    same = merge_rows({}, [Row(None, {"author": 1, "role": "writer", "position": 0})], theirs, key)
    assert [one.side for one in same] == [Side.SAME]
    moved = merge_rows({}, [Row(None, {"author": 1, "role": "writer", "position": 3})], theirs, key)
    assert [one.side for one in moved] == [Side.CONFLICT]


@given(texts, texts)
def test_a_choice_counts_only_for_the_text_that_was_shown(shown, stored):
    choice = Choice(Side.MINE, fingerprint(shown))
    assert decided(Side.CONFLICT, stored, choice) is (Side.MINE if shown == stored else Side.CONFLICT)
    assert decided(Side.THEIRS, stored, choice) is Side.THEIRS


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda one: st.lists(one) | st.dictionaries(st.text(), one),
    )
)
def test_a_base_from_the_browser_may_be_anything(found):
    import json

    for text in (json.dumps(found), json.dumps({"fields": found, "tags": found, "rows": found}), str(found)):
        base = Base(text)
        assert all(isinstance(value, str) for value in base.fields.values())
        assert all(isinstance(tag, int) for tag in base.tags)


def test_a_base_survives_its_way_through_the_browser():
    base = Base.of({"headline": "A", "section_id": None}, [3, 1], {"bylines": [Row(5, {"author": 2})]})
    again = Base(str(base))
    assert (again.fields, again.tags, again.rows) == (base.fields, base.tags, base.rows)
    assert again.is_known
    assert not Base("").is_known

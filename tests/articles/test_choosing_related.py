"""What an editor decides of the suggestions: kept in its order, by who may, at once, told to the log and to the pages."""

from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from articles.desk.related.merging import merged, read, written
from articles.models import Article, PublishedArticle, RelatedChoice, Section, SectionLimit
from articles.models.related import Choices
from articles.models.related.choosing import MOST_MUTES, MOST_PINS, choose, mute_everywhere
from newsroom import pagecache
from newsroom.models import AuditEntry

from .processes import at_once, real_database  # noqa: F401


@pytest.fixture
def others(make_article: Any) -> list[Article]:
    return [make_article(f"Other {number}", tags=("A",)) for number in range(5)]


def chosen(article: Article) -> tuple[list[int], set[int]]:
    found = Choices.beside(article.pk)
    return list(found.pins), set(found.mutes)


def headlines(article: Article, limit: int = 3) -> list[str]:
    live = PublishedArticle.objects.live().get(article=article)
    return [one.headline for one in live.related(limit)]


@pytest.mark.django_db
class TestChoosing:
    def test_pins_keep_their_order_and_stand_before_all_else(self, make_article, others, editor):
        for other in others:
            other.publish()
        article = make_article("This", tags=("A",))
        article.publish()
        pins = [others[3].pk, others[0].pk]
        assert choose(article, pins, [others[4].pk], by=editor)
        assert chosen(article) == (pins, {others[4].pk})
        assert headlines(article)[:2] == ["Other 3", "Other 0"]
        assert "Other 4" not in headlines(article, 9)
        assert choose(article, pins[::-1], [], by=editor)
        assert headlines(article)[:2] == ["Other 0", "Other 3"]
        assert "Other 4" in headlines(article, 9)

    def test_what_is_so_already_is_no_act(self, make_article, others, editor):
        article = make_article("This")
        assert choose(article, [others[0].pk], [], by=editor)
        assert not choose(article, [others[0].pk], [], by=editor)
        assert AuditEntry.objects.filter(act="related chosen").count() == 1

    def test_who_pinned_one_stays_told_when_only_its_place_moves(self, make_article, others, editor, people):
        article = make_article("This")
        choose(article, [others[0].pk], [], by=people["editor"])
        choose(article, [others[1].pk, others[0].pk], [], by=editor)
        assert article.related_choices.get(target=others[0]).by == people["editor"]
        choose(article, [others[1].pk], [others[0].pk], by=editor)
        assert article.related_choices.get(target=others[0]).by == editor

    def test_the_log_tells_before_and_after(self, make_article, others, editor):
        article = make_article("This")
        one, two, three = (other.pk for other in others[:3])
        choose(article, [one], [], by=editor)
        choose(article, [two, one], [three], by=editor)
        entry = AuditEntry.objects.filter(act="related chosen").first()
        assert (entry.by_name, entry.thing_id) == ("rosa", str(article.pk))
        assert entry.before == {"pinned": [one], "muted": []}
        assert entry.after == {"pinned": [two, one], "muted": [three]}

    @pytest.mark.parametrize(
        ("pins", "mutes", "sentence"),
        [
            (["own"], [], "not related to itself"),
            ([], ["own"], "not related to itself"),
            ([0], [0], "pinned and muted"),
            ([0, 0], [], "pinned twice"),
            ([999999], [], "no article number 999999"),
            ([], [999999], "no article number 999999"),
            (list(range(10**6, 10**6 + MOST_PINS + 1)), [], f"{MOST_PINS} pinned"),
            ([], list(range(10**6, 10**6 + MOST_MUTES + 1)), f"{MOST_MUTES} muted"),
        ],
    )
    def test_what_can_not_be_is_refused_in_words_and_nothing_is_changed(
        self, make_article, others, editor, pins, mutes, sentence
    ):
        article = make_article("This")
        choose(article, [others[1].pk], [], by=editor)
        number = {"own": article.pk, 0: others[0].pk}
        with pytest.raises(ValidationError, match=sentence):
            choose(article, [number.get(one, one) for one in pins], [number.get(one, one) for one in mutes], by=editor)
        assert chosen(article) == ([others[1].pk], set())
        assert AuditEntry.objects.filter(act="related chosen").count() == 1

    @pytest.mark.parametrize(
        ("role", "own", "others_"),
        [("contributor", True, False), ("writer", True, False), ("editor", True, True), ("publisher", True, True),
         ("administrator", True, True)],
    )  # fmt: skip
    def test_who_may_write_in_an_article_may_choose(self, make_article, others, people, role, own, others_):  # B01
        for is_own, may in ((True, own), (False, others_)):
            article = make_article("This", created_by=people[role] if is_own else None)
            if may:
                assert choose(article, [others[0].pk], [], by=people[role])
            else:
                with pytest.raises(PermissionDenied):
                    choose(article, [others[0].pk], [], by=people[role])
            assert chosen(article) == ([others[0].pk] if may else [], set())

    def test_a_limit_to_sections_holds(self, make_article, others, people):
        books = Section.objects.create(name="Books", slug="books")
        SectionLimit.objects.create(user=people["editor"], section=books)
        article = make_article("This")
        with pytest.raises(PermissionDenied):
            choose(article, [others[0].pk], [], by=people["editor"])
        with pytest.raises(PermissionDenied):
            mute_everywhere(article, by=people["editor"])

    def test_a_contributor_chooses_no_more_once_it_is_submitted(self, make_article, others, people):
        article = make_article("This", created_by=people["contributor"], standfirst="Why")
        article.submit(by=people["contributor"])
        with pytest.raises(PermissionDenied):
            choose(article, [others[0].pk], [], by=people["contributor"])

    def test_the_page_goes_out_of_date_and_no_other(self, make_article, others, editor, settled):
        article = make_article("This", tags=("A",))
        article.publish()
        settled.begin()
        choose(article, [others[0].pk], [], by=editor)
        assert settled.keys == {article.key}


@pytest.mark.django_db
class TestMutingEverywhere:
    @pytest.mark.parametrize("role", ["contributor", "writer", "editor", "publisher", "administrator"])
    def test_who_approves_may_mute_everywhere(self, make_article, people, role):  # B01
        article = make_article("This", created_by=people[role])
        if role in {"contributor", "writer"}:
            with pytest.raises(PermissionDenied):
                mute_everywhere(article, by=people[role])
        else:
            assert mute_everywhere(article, by=people[role])
        assert RelatedChoice.objects.filter(source=None).exists() == (role not in {"contributor", "writer"})

    def test_it_is_suggested_nowhere_also_where_it_is_pinned_until_that_is_taken_back(
        self, make_article, others, editor
    ):
        for other in others:
            other.publish()
        article = make_article("This", tags=("A",))
        article.publish()
        choose(article, [others[2].pk], [], by=editor)
        assert mute_everywhere(others[2], by=editor)
        assert not mute_everywhere(others[2], by=editor)
        assert "Other 2" not in headlines(article, 9)
        assert mute_everywhere(others[2], by=editor, is_muted=False)
        assert not mute_everywhere(others[2], by=editor, is_muted=False)
        assert headlines(article)[0] == "Other 2"
        acts = AuditEntry.objects.filter(thing_id=str(others[2].pk)).values_list("act", flat=True)
        assert [act for act in acts if act in {"muted everywhere", "suggested again"}] == [
            "suggested again", "muted everywhere"
        ]  # fmt: skip

    def test_taken_back_it_puts_out_of_date_the_pages_that_it_comes_back_to(
        self, make_article, others, editor, settled
    ):
        for other in others:
            other.publish()
        far = make_article("Far", tags=("B",), body="<p>Quite another matter</p>")
        far.publish()
        mute_everywhere(others[0], by=editor)
        settled.begin()
        mute_everywhere(others[0], by=editor, is_muted=False)
        beside = {f"related:{other.pk}" for other in others[1:]}
        assert beside <= settled.keys
        assert f"related:{far.pk}" not in settled.keys


class Settled:
    """The keys that were put out of date since `begin`."""

    def __init__(self, monkeypatch: Any) -> None:
        self.keys: set[str] = set()
        real = pagecache.purge

        def purge(*keys: str) -> None:
            self.keys |= set(keys)
            real(*keys)

        monkeypatch.setattr(pagecache, "purge", purge)

    def begin(self) -> None:
        self.keys = set()


@pytest.fixture
def settled(monkeypatch: Any) -> Settled:
    return Settled(monkeypatch)


@pytest.mark.usefixtures("real_database")
def test_two_who_choose_at_once_leave_one_of_both_lists_and_never_a_mixture(make_article, editor):  # K01
    others = [make_article(f"Other {number}").pk for number in range(4)]
    for _turn in range(6):
        article = make_article("This")
        lists = [(others[:2], [others[2]]), ([others[2], others[3]], [others[0]])]
        at_once(*[partial(choose, article, pins, mutes, by=editor) for pins, mutes in lists])
        assert chosen(article) in [(pins, set(mutes)) for pins, mutes in lists]
        entries = AuditEntry.objects.filter(act="related chosen", thing_id=str(article.pk)).order_by("pk")
        assert [entry.before for entry in entries][1] == entries[0].after


@pytest.mark.usefixtures("real_database")
def test_two_who_mute_everywhere_at_once_mute_it_once(make_article, editor):
    for _turn in range(4):
        article = make_article("This")
        at_once(*[partial(mute_everywhere, article, by=editor) for _ in range(3)])
        assert RelatedChoice.objects.filter(source=None, target=article).count() == 1


# --- two forms -----------------------------------------------------------------------------------------------------


def of(pins: str = "", mutes: str = "") -> Choices:
    found = read(f"{pins}|{mutes}")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "stands", "unsure"),
    [
        ("1,2|3", "1,2|3", "2,1|4", "2,1|4", ""),  # only they
        ("1,2|3", "2|3", "1,2|3", "2|3", ""),  # only I
        ("|", "1|", "2|", "1,2|", ""),
        ("1,2|", "2,1|", "1,2,3|", "2,1,3|", ""),  # my order, their new one
        ("1,2|", "1,2,3|", "2,1|", "2,1,3|", ""),  # their order, my new one
        ("1,2|3", "2|3", "1|3", "|3", ""),  # each took one out
        ("|1,2", "|1", "|1,2,3", "|1,3", ""),
        ("1|", "|1", "1,2|", "2|1", ""),  # I mute what was pinned
        ("|", "1|", "|1", "1|", "1"),
        ("|", "|1", "1,2|", "2|1", "1"),
        ("|", "1,2|", "3|2", "1,2,3|", "2"),
    ],
)
def test_what_two_chose_is_brought_together(base, mine, theirs, stands, unsure):
    found, asked = merged(of(*base.split("|")), of(*mine.split("|")), of(*theirs.split("|")))
    assert written(found) == stands
    assert asked == {int(one) for one in unsure.split(",") if one}


@pytest.mark.parametrize("text", ["", "1,2", "{}", "nonsense"])
def test_what_no_form_of_ours_said_is_no_beginning(text):
    assert read(text) is None


def test_a_forged_beginning_is_read_without_an_error():
    assert written(read("1,x,99999999999999999999,1,-3|²,7|8")) == "1|"

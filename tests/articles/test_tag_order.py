"""Merging, renaming, splitting, retiring tags, and undoing it: everything moves, nothing doubles, all comes back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import Article, ArticleTag, PublishedArticle, PublishedTag, Tag, TagAct, TagActRow, Vocabulary
from articles.models.tags.order import moving
from articles.models.tags.order.merging import begin_merge
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.splitting import begin_split
from articles.models.tags.order.working import go_on, undo
from newsroom.models import AuditEntry

from .tag_states import state, uses_are_right

pytestmark = pytest.mark.django_db


def tag(name: str) -> Tag:
    return Tag.objects.named([name])[0]


def merge(old: Tag, into: Tag, **more: Any) -> TagAct:
    (act,) = begin_merge([old], into, **more)
    return go_on(act)


def names(article: Article) -> list[str]:
    return [one.name for one in Article.objects.get(pk=article.pk).tags.all()]


def readers_names(article: Article) -> list[list[str]]:
    versions = PublishedArticle.objects.filter(article=article).order_by("live_from")
    return [[one.name for one in version.tags.all()] for version in versions]


@pytest.fixture
def everything(make_article: Any) -> dict[str, Article]:
    """Movies on a draft, and on what is live, planned, ended; both tags on some."""
    now = timezone.now()
    made = {
        "draft": make_article("Draft", tags=("Movies", "Noir")),
        "live": make_article("Live", tags=("Movies",)),
        "both": make_article("Both", tags=("Movies", "Film")),
        "planned": make_article("Planned", tags=("Noir", "Movies")),
        "ended": make_article("Ended", tags=("Movies",)),
        "other": make_article("Other", tags=("Film",)),
        "none": make_article("None"),
    }
    made["live"].publish(at=now - timedelta(days=3))
    made["live"].headline = "Live again"
    made["live"].save()
    made["live"].publish(at=now - timedelta(days=2))
    made["live"].publish(at=now + timedelta(days=2))
    made["both"].publish()
    made["planned"].publish(at=now + timedelta(days=1))
    made["ended"].publish(at=now - timedelta(days=2), until=now - timedelta(days=1))
    made["other"].publish()
    return made


def test_a_merge_moves_what_is_at_the_desk_and_all_that_readers_have(everything: dict[str, Article]) -> None:
    before = state()
    merge(tag("Movies"), tag("Film"))
    assert names(everything["draft"]) == ["Film", "Noir"]
    assert names(everything["both"]) == names(everything["other"]) == ["Film"]
    assert readers_names(everything["live"]) == [["Film"], ["Film"], ["Film"]]
    assert readers_names(everything["planned"]) == [["Noir", "Film"]]
    assert readers_names(everything["ended"]) == [["Film"]]
    assert readers_names(everything["both"]) == [["Film"]]
    old = Tag.objects.get(name="Movies")
    assert not ArticleTag.objects.filter(tag=old).exists() and not PublishedTag.objects.filter(tag=old).exists()
    film = Tag.objects.get(name="Film")
    assert film.uses == 4 and old.uses == 0 and uses_are_right()
    assert {one.name for one in film.aliases} == {"Movies"}
    assert (state()["versions"], state()["revisions"]) == (before["versions"], before["revisions"])


def test_after_a_merge_the_old_name_is_the_other_tag(everything: dict[str, Article]) -> None:
    merge(tag("Movies"), tag("Film"))
    everything["none"].tags.add("movies")
    assert names(everything["none"]) == ["Film"]
    assert Tag.objects.count() == 3


def test_undoing_a_merge_leaves_everything_as_it_was(everything: dict[str, Article], client: Client) -> None:
    before = state()
    act = merge(tag("Movies"), tag("Film"))
    assert state() != before
    undo(act)
    assert state() == before and uses_are_right()
    assert act.data["skipped"] == 0 and not TagActRow.objects.exists()
    assert client.get("/tags/movies/").status_code == 200


def test_an_old_address_and_its_feed_lead_to_the_target_in_one_step(
    everything: dict[str, Article], client: Client
) -> None:
    """A → B, then B → C: all lead to C at once."""
    rename(tag("Movies"), "Pictures", slug="pictures")
    merge(tag("Pictures"), tag("Film"))
    merge(tag("Film"), tag("Cinema"))
    for old in ("movies", "pictures", "film"):
        for rest in ("", "feed/"):
            answer = client.get(f"/tags/{old}/{rest}")
            assert (answer.status_code, answer["Location"]) == (301, f"/tags/cinema/{rest}")
    assert client.get("/tags/cinema/").status_code == 200
    assert set(Tag.objects.filter(name__in=("Pictures", "Film")).values_list("merged_into__name", flat=True)) == {
        "Cinema"
    }
    assert {one.name for one in tag("Cinema").aliases} == {"Movies", "Pictures", "Film"}


def test_an_address_that_readers_never_saw_is_not_told(make_article: Any, client: Client) -> None:
    make_article(tags=("Secret",)).publish(at=timezone.now() + timedelta(days=1))
    make_article("Other", tags=("Film",)).publish()
    merge(tag("Secret"), tag("Film"))
    assert client.get("/tags/secret/").status_code == 404


def test_children_get_the_new_parent_and_no_tag_becomes_part_of_itself() -> None:
    italy, venice, arts, europe = (tag(name) for name in ("Italy", "Venice", "Arts", "Europe"))
    Tag.objects.filter(pk=italy.pk).update(parent=europe)
    Tag.objects.filter(pk__in=[venice.pk, arts.pk]).update(parent=italy)
    before = state()
    act = merge(Tag.objects.get(pk=italy.pk), Tag.objects.get(pk=venice.pk))
    assert dict(Tag.objects.values_list("name", "parent__name")) == {
        "Italy": "Europe", "Venice": "Europe", "Arts": "Venice", "Europe": None,
    }  # fmt: skip
    undo(act)
    assert state() == before


@pytest.mark.parametrize("into", ["itself", "merged", "retired"])
def test_what_can_not_be_merged_is_refused_in_words(into: str) -> None:
    one, other = tag("One"), tag("Other")
    if into == "merged":
        merge(other, tag("Third"))
    if into == "retired":
        retire(other)
    before = state()
    with pytest.raises(ValidationError, match=r"itself|merged into “Third”|is retired"):
        begin_merge([one], one if into == "itself" else other)
    assert state() == before


def test_a_merge_that_is_at_work_keeps_others_from_its_tags(everything: dict[str, Article]) -> None:
    (act,) = begin_merge([tag("Movies")], tag("Film"))
    with pytest.raises(ValidationError, match="still at work"):
        begin_merge([tag("Film")], tag("Cinema"))
    go_on(act)
    merge(tag("Film"), tag("Cinema"))


def test_undo_can_stop_a_merge_in_the_middle(everything: dict[str, Article], monkeypatch: Any) -> None:
    monkeypatch.setattr(moving, "SLICE", 2)
    before = state()
    (act,) = begin_merge([tag("Movies")], tag("Film"))
    go_on(act, seconds=0)
    go_on(act, seconds=0)
    assert act.is_at_work and 0 < act.data["done"] < act.data["of"]
    undo(act)
    assert state() == before


# --- undoing around what others did ---------------------------------------------------------------------------------


def test_what_an_editor_changed_since_stays_and_is_counted(everything: dict[str, Article]) -> None:
    act = merge(tag("Movies"), tag("Film"))
    everything["draft"].tags.remove("Film")
    PublishedArticle.objects.filter(article=everything["ended"]).delete()
    everything["ended"].delete()
    undo(act)
    assert names(everything["draft"]) == ["Noir"]
    assert act.data["skipped"] == 2
    assert names(everything["both"]) == ["Movies", "Film"] and uses_are_right()


def test_what_was_published_since_goes_back_with_its_article(everything: dict[str, Article]) -> None:
    act = merge(tag("Movies"), tag("Film"))
    everything["draft"].publish()
    everything["both"].publish()
    everything["none"].tags.add("Film")
    everything["none"].publish()
    undo(act)
    assert readers_names(everything["draft"]) == [["Movies", "Noir"]]
    assert set(readers_names(everything["both"])[-1]) == {"Movies", "Film"}
    assert readers_names(everything["none"]) == [["Film"]]
    assert uses_are_right()


def test_the_later_act_is_undone_first(everything: dict[str, Article]) -> None:
    before = state()
    first = merge(tag("Movies"), tag("Film"))
    second = rename(tag("Film"), "Cinema")
    third = merge(tag("Noir"), tag("Cinema"))
    assert second is not None
    with pytest.raises(ValidationError, match="Undo “Merged: Noir → Cinema” first"):
        undo(first)
    for act in (third, second, first):
        undo(act)
    assert state() == before
    with pytest.raises(ValidationError, match="undone already"):
        undo(first)


def test_a_name_that_another_tag_has_by_now_is_not_taken_back(everything: dict[str, Article]) -> None:
    act = merge(tag("Movies"), tag("Film"))
    row = tag("Film").names.get(name="Movies")
    row.tag = tag("Noir")
    row.save()
    before = state()
    with pytest.raises(ValidationError, match="“Movies” is a name of “Noir” by now"):
        undo(act)
    assert state() == before


# --- rename, split, retire --------------------------------------------------------------------------------------------


def test_a_rename_keeps_the_old_name_and_address(everything: dict[str, Article], client: Client) -> None:
    before = state()
    act = rename(tag("Movies"), "Cinema", slug="cinema")
    assert act is not None and act.done_at is not None
    assert client.get("/tags/movies/")["Location"] == "/tags/cinema/"
    assert client.get("/tags/movies/feed/")["Location"] == "/tags/cinema/feed/"
    assert tag("movies") == tag("Cinema")
    assert rename(tag("Movies"), "Cinema") is None
    with pytest.raises(ValidationError, match="There is a tag “Film” already"):
        rename(tag("Movies"), "film")
    undo(act)
    after = state()
    # The address that readers saw meanwhile leads to the tag.
    assert [row[:2] for row in after["redirects"] if row not in before["redirects"]] == [
        ("/tags/cinema/", f"tag:{tag('Movies').pk}"),
        ("/tags/cinema/feed/", f"tag-feed:{tag('Movies').pk}"),
        ("/tags/cinema/feed/atom/", f"tag-feed-atom:{tag('Movies').pk}"),
        ("/tags/cinema/feed/json/", f"tag-feed-json:{tag('Movies').pk}"),
    ]
    assert {**after, "redirects": before["redirects"]} == before
    assert client.get("/tags/cinema/")["Location"] == "/tags/movies/"


def test_a_rename_touches_one_tag_and_no_article(everything: dict[str, Article], django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(25) as found:
        rename(tag("Movies"), "Cinema")
    assert not any("articletag" in one["sql"] or "publishedtag" in one["sql"] for one in found.captured_queries)


@pytest.mark.parametrize("keep_old", [True, False])
def test_a_split_gives_the_chosen_articles_a_tag_of_their_own(everything: dict[str, Article], keep_old: bool) -> None:
    before = state()
    chosen = Article.objects.filter(pk__in=[everything[name].pk for name in ("draft", "live", "none")])
    act = go_on(begin_split(tag("Movies"), "Silent movies", chosen, keep_old=keep_old))
    kept = ["Movies"] if keep_old else []
    assert set(names(everything["draft"])) == {*kept, "Noir", "Silent movies"}
    assert all(set(found) == {*kept, "Silent movies"} for found in readers_names(everything["live"]))
    assert names(everything["none"]) == [] and names(everything["ended"]) == ["Movies"]
    assert uses_are_right() and state()["versions"] == before["versions"]
    undo(act)
    assert state() == before


def test_what_is_split_off_a_hidden_tag_is_hidden(everything: dict[str, Article], client: Client) -> None:
    Tag.objects.filter(name="Movies").update(is_hidden=True)
    go_on(begin_split(tag("Movies"), "Secret films", Article.objects.all(), keep_old=True))
    assert "Secret films" in [name for names in readers_names(everything["live"]) for name in names]
    page = client.get(everything["live"].published_versions.live().get().get_absolute_url()).content.decode()
    assert "Secret films" not in page
    assert client.get("/tags/secret-films/").status_code == 404


def test_a_split_makes_a_new_tag_and_undoing_it_makes_none(people: Any, everything: dict[str, Article]) -> None:
    """Who may make tags is asked for the one, not for the other."""  # B09
    editor = people["editor"]
    act = go_on(begin_split(tag("Movies"), "Silent films", Article.objects.all(), keep_old=True, by=editor))
    Vocabulary.objects.create(open_to="Administrator")
    with pytest.raises(PermissionDenied, match="may not make new tags"):
        begin_split(tag("Movies"), "Talkies", Article.objects.all(), keep_old=True, by=editor)
    undo(act, by=editor)
    assert not Tag.objects.filter(name__in=["Silent films", "Talkies"]).exists()


def test_an_address_that_leads_to_a_tag_is_given_to_no_other(everything: dict[str, Article], client: Client) -> None:
    rename(tag("Movies"), "Cinema", slug="cinema")
    twin = tag("Movies!")  # its slug would be the same
    everything["other"].tags.add(twin)
    everything["other"].publish()
    assert twin.slug == "movies-2"
    assert client.get("/tags/movies/")["Location"] == "/tags/cinema/"
    with pytest.raises(ValidationError, match="Old links to this address lead to /tags/cinema/"):
        rename(twin, "Movies!", slug="movies")
    rename(tag("Cinema"), "Cinema", slug="movies")  # its own it may have back
    assert client.get("/tags/cinema/")["Location"] == "/tags/movies/"
    assert Tag(name="Never seen", slug="").slug == "" and tag("Noir!").slug == "noir-2"


def test_undoing_a_merge_makes_no_tag_a_part_of_itself(everything: dict[str, Article]) -> None:
    arts, noir = tag("Arts"), tag("Noir")
    Tag.objects.filter(pk=noir.pk).update(parent=tag("Movies"))
    Tag.objects.filter(name="Movies").update(parent=arts)
    act = merge(tag("Movies"), tag("Film"))
    Tag.objects.filter(pk=arts.pk).update(parent=noir)
    before = state()
    with pytest.raises(ValidationError, match="“Movies” would be part of its own parts by now: “Arts” is one of them"):
        undo(act)
    assert state() == before


def test_a_split_needs_a_name_that_no_tag_has_and_articles_that_bear_it(everything: dict[str, Article]) -> None:
    with pytest.raises(ValidationError, match="There is a tag “Film” already"):
        begin_split(tag("Movies"), "FILM", Article.objects.all(), keep_old=True)
    with pytest.raises(ValidationError, match="None of these articles bears “Movies”"):
        begin_split(tag("Movies"), "New", Article.objects.filter(pk=everything["none"].pk), keep_old=True)


def test_a_retired_tag_is_gone_for_readers_and_can_not_be_added(everything: dict[str, Article], client: Client) -> None:
    before = state()
    act = retire(tag("Movies"))
    assert client.get("/tags/movies/").status_code == 410
    with pytest.raises(ValidationError, match="“Movies” is retired"):
        everything["none"].tags.add("Movies")
    everything["draft"].tags.add("Film")  # it has Movies, and keeps it
    assert names(everything["draft"]) == ["Movies", "Noir", "Film"]
    everything["draft"].tags.remove("Film")
    undo(act)
    assert {**state(), "versions": before["versions"]} == before
    assert client.get("/tags/movies/").status_code == 200


# --- who may ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["contributor", "writer", "editor", "publisher", "administrator"])
def test_only_who_keeps_tags_may_put_them_in_order(people: Any, make_article: Any, role: str) -> None:  # B09
    person, may = people[role], role not in ("contributor", "writer")
    article = make_article(tags=("One", "Other", "Third", "Fourth"))
    verbs = [
        lambda: merge(tag("One"), tag("Other"), by=person),
        lambda: rename(tag("Third"), "Renamed", by=person),
        lambda: go_on(begin_split(tag("Fourth"), "Fifth", Article.objects.all(), keep_old=True, by=person)),
        lambda: retire(tag("Third"), by=person),
    ]
    for verb in verbs:
        before = state()
        if may:
            verb()
            assert state() != before
            assert AuditEntry.objects.filter(by_id=person.pk).exists()
        else:
            with pytest.raises(PermissionDenied):
                verb()
            assert state() == before
    if not may:
        act = merge(tag("One"), tag("Other"))
        with pytest.raises(PermissionDenied):
            undo(act, by=person)
        assert act.undone_at is None
    assert article.tags.count() == (4 if may else 3)


def test_every_act_is_in_the_log(people: Any, everything: dict[str, Article]) -> None:
    act = merge(tag("Movies"), tag("Film"), by=people["editor"])
    undo(act, by=people["publisher"])
    told = [(one.act, one.by_name, one.thing_name) for one in AuditEntry.objects.order_by("pk")]
    assert told == [
        ("merged", "editor", "Movies"),
        ("merged to the end", "editor", "Movies"),
        ("undid: merged", "publisher", "Movies"),
    ]

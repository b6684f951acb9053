"""manage.py tags: what it says, what it changes, and that a dry run changes nothing."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from articles.models import Tag, TagAct
from articles.models.tags.order.merging import begin_merge

from .tag_states import state

pytestmark = pytest.mark.django_db


def tags(*words: str) -> str:
    out = io.StringIO()
    call_command("tags", *words, stdout=out, no_color=True)
    return out.getvalue()


def tag(name: str) -> Tag:
    return Tag.objects.named([name])[0]


@pytest.fixture(autouse=True)
def site(make_article: Any) -> None:
    make_article("One", tags=("Movies", "Film")).publish()
    make_article("Two", tags=("Movies",)).publish()
    make_article("Three about the moon", tags=("Movies",))
    tag("Films")


VERBS: dict[str, tuple[list[str], str]] = {
    "merge": (["merge", "movies", "Films", "--into", "FILM"], "Movies → Film: 3 articles at the desk, 2 versions"),
    "rename": (["rename", "Movies", "Cinema", "--slug", "cinema"], "Movies → Cinema, at /tags/"),
    "split": (["split", "Movies", "Moon", "--search", "moon"], "Movies → Moon: 1 articles, in place of the old one"),
    "retire": (["retire", "Movies"], "Movies: stays on 3 articles at the desk"),
}


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_does_it_and_undo_takes_it_back(verb: str) -> None:
    before = state()
    words, said = VERBS[verb]
    told = tags(*words)
    assert said in told and "Done." in told
    assert state() != before
    for number in TagAct.objects.order_by("-pk").values_list("pk", flat=True):
        assert f"{number}" in tags("list")
        assert "Done." in tags("undo", str(number))
    after = state()
    kept = [row for row in after["redirects"] if not row[0].startswith("/tags/cinema/")]
    assert {**after, "redirects": kept} == before


@pytest.mark.parametrize("verb", [*VERBS, "undo"])
def test_a_dry_run_says_the_same_and_changes_nothing(verb: str) -> None:
    if verb == "undo":
        tags("merge", "Movies", "--into", "Film")
        words, said = ["undo", str(TagAct.objects.get().pk)], "rows to put back"
    else:
        words, said = VERBS[verb]
    before, acts = state(), TagAct.objects.count()
    told = tags(*words, "--dry-run")
    assert said in told and "A dry run: nothing was changed." in told
    assert state() == before and TagAct.objects.count() == acts


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["merge", "Nothing", "--into", "Film"], "There is no tag “Nothing”"),
        (["merge", "Film", "--into", "Film"], "can't be merged into itself"),
        (["rename", "Movies", "film"], "There is a tag “Film” already"),
        (["split", "Movies", "Moon"], "Say which articles"),
        (["split", "Movies", "Film", "--search", "moon"], "There is a tag “Film” already"),
        (["split", "Movies", "Moon", "--articles", "99999"], "None of these articles bears “Movies”"),
        (["undo", "99999"], "There is no act number 99999"),
        (["retire", "Movies", "--by", "nobody"], "There is no login “nobody”"),
        (["merge", "Movies", "--into", "Film", "--by", "writer"], "Your login may not merge tags"),
        (["merge", "Movies", "--into", "Film", "--by", "writer", "--dry-run"], "Your login may not merge tags"),
        (["split", "Movies", "Moon", "--search", "moon", "--by", "writer", "--dry-run"], "may not split tags"),
        (["retire", "Movies", "--by", "writer", "--dry-run"], "Your login may not retire tags"),
    ],
)
def test_what_can_not_be_done_is_said_and_changes_nothing(people: Any, words: list[str], said: str) -> None:
    before = state()
    with pytest.raises(CommandError, match=said):
        tags(*words)
    assert state() == before


def test_one_tag_by_two_of_its_names_is_merged_once() -> None:
    assert tags("merge", "Movies", "MOVIES", "Mov-ies", "--into", "Film").count("Done.") == 1


def test_what_was_interrupted_goes_on() -> None:
    assert tags("go-on") == "No act was interrupted.\n"
    begin_merge([tag("Movies")], tag("Film"))
    assert "at work: 0 of 5" in tags("list")
    assert "Done." in tags("go-on")
    assert not TagAct.objects.at_work().exists()

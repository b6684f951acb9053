"""The verbs of a front: a draft that two people change, publishing, undoing, the history. And what readers get of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from articles.models import Front, FrontVersion, Section, SectionLimit
from articles.models.fronts import laying_out
from articles.models.fronts.laying_out import (
    KEPT,
    Clash,
    discard_draft,
    newest,
    publish,
    restore,
    save_draft,
    set_aside,
    undo,
)
from articles.models.fronts.layout import Container, Layout, Slot
from newsroom import pagecache
from newsroom.models.audit import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def front(db: None) -> Front:
    return Front.objects.of(None)


def of(label: str) -> Layout:
    return Layout((Container("a", label=label),))


def labels(front: Front, state: str) -> list[str]:
    return [one.layout["containers"][0]["label"] for one in front.versions.filter(state=state)]


def published(front: Front, label: str, by: Any) -> FrontVersion:
    now = newest(front)
    return publish(front, by=by, number=save_draft(front, of(label), by=by, number=now.number if now else 0).number)


def test_readers_see_a_draft_when_it_is_published(front: Front, editor: Any, client: Client, make_article: Any) -> None:
    for number in range(8):
        make_article(f"A{number}").publish()
    draft = save_draft(front, of("Ours"), by=editor, number=0)
    assert b"Ours" not in client.get("/").content
    publish(front, by=editor, number=draft.number)
    page = client.get("/")
    assert b"Ours" in page.content and "front:home" in page["Surrogate-Key"]
    undo(front, by=editor, number=draft.number)
    assert b"Ours" not in client.get("/").content


def test_the_second_of_two_who_change_a_draft_sees_the_firsts(front: Front, people: Any) -> None:
    rosa, teo = people["editor"], people["publisher"]
    begun = save_draft(front, of("Begun"), by=rosa, number=0).number
    save_draft(front, of("Teo's"), by=teo, number=begun)
    with pytest.raises(Clash) as clash:
        save_draft(front, of("Rosa's"), by=rosa, number=begun)
    assert clash.value.now is not None and clash.value.now.made_by == teo
    assert labels(front, "draft") == ["Teo's"]
    # Rosa keeps hers: Teo's is in the history.
    save_draft(front, of("Rosa's"), by=rosa, number=clash.value.now.number, keep_theirs=True)
    assert labels(front, "draft") == ["Rosa's"] and labels(front, "past") == ["Teo's"]
    # Or takes his: hers is there.
    set_aside(front, of("Rosa's other"), by=rosa)
    assert "Rosa's other" in labels(front, "past")


def test_no_number_comes_again(front: Front, editor: Any) -> None:
    """Who began from a draft that was published, discarded or undone since must not write over what came after."""
    first = save_draft(front, of("One"), by=editor, number=0).number
    discard_draft(front, by=editor, number=first)
    assert save_draft(front, of("Two"), by=editor, number=0).number > first
    with pytest.raises(Clash):
        save_draft(front, of("Three"), by=editor, number=first)
    live = publish(front, by=editor, number=newest(front).number)
    assert save_draft(front, of("Four"), by=editor, number=live.number).number > live.number
    with pytest.raises(Clash):
        publish(front, by=editor, number=live.number)


def test_undo_goes_back_step_by_step_and_the_draft_stays(front: Front, editor: Any) -> None:
    live = [published(front, label, editor) for label in ("One", "Two", "Three")]
    draft = save_draft(front, of("Draft"), by=editor, number=live[-1].number)
    for number, label in ((2, "Two"), (1, "One")):
        undo(front, by=editor, number=live[number].number)
        assert labels(front, "live") == [label] and labels(front, "draft") == ["Draft"]
    assert undo(front, by=editor, number=live[0].number) is None and labels(front, "live") == []
    with pytest.raises(ValidationError):
        undo(front, by=editor, number=0)
    assert newest(front) == draft
    with pytest.raises(Clash):
        published(front, "Four", editor)
        undo(front, by=editor, number=live[0].number)


def test_restoring_makes_a_draft_and_loses_none(front: Front, editor: Any) -> None:
    first = published(front, "One", editor)
    published(front, "Two", editor)
    save_draft(front, of("Mine"), by=editor, number=newest(front).number)
    restore(front, first, by=editor)
    assert labels(front, "draft") == ["One"] and labels(front, "live") == ["Two"] and "Mine" in labels(front, "past")


def test_who_may(front: Front, people: Any, film: Section) -> None:
    with pytest.raises(PermissionDenied):
        save_draft(front, of("No"), by=people["writer"], number=0)
    draft = save_draft(front, of("Yes"), by=people["editor"], number=0)
    with pytest.raises(PermissionDenied):
        publish(front, by=people["editor"], number=draft.number)
    publish(front, by=people["publisher"], number=draft.number)
    with pytest.raises(PermissionDenied):
        undo(front, by=people["editor"], number=draft.number)
    # Who is limited to a section lays out that section's front, and not the home page.
    SectionLimit.objects.create(user=people["publisher"], section=film)
    limited = type(people["publisher"]).objects.get(pk=people["publisher"].pk)
    with pytest.raises(PermissionDenied):
        save_draft(front, of("No"), by=limited, number=draft.number)
    its = Front.objects.of(film)
    publish(its, by=limited, number=save_draft(its, of("Yes"), by=limited, number=0).number)


def test_every_step_is_in_the_log_and_what_readers_see_is_stamped(
    front: Front, editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        before = pagecache.stamps().read([front.key])
        live = published(front, "One", editor)
    assert pagecache.stamps().read([front.key]) > before
    undo(front, by=editor, number=live.number)
    discard_draft(front, by=editor, number=save_draft(front, of("Two"), by=editor, number=0).number)
    acts = list(AuditEntry.objects.filter(thing="articles.front").order_by("pk").values_list("act", flat=True))
    assert acts == [
        "front_draft_begun", "front_published", "front_undone", "front_draft_begun", "front_draft_discarded",
    ]  # fmt: skip


def test_a_verb_that_fails_changes_nothing(front: Front, editor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = published(front, "One", editor)
    draft = save_draft(front, of("Two"), by=editor, number=first.number)

    def fails(*args: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(laying_out, "_prune", fails)
    with pytest.raises(RuntimeError):
        publish(front, by=editor, number=draft.number)
    assert labels(front, "live") == ["One"] and labels(front, "draft") == ["Two"]


def test_the_history_ends_somewhere(front: Front, editor: Any) -> None:
    for number in range(KEPT + 5):
        set_aside(front, of(str(number)), by=editor)
    assert front.versions.count() == KEPT and str(KEPT + 4) in labels(front, "past")


def test_a_page_is_kept_no_longer_than_until_a_pick_comes(
    front: Front, editor: Any, client: Client, make_article: Any
) -> None:
    article = make_article("Soon there")
    article.publish()
    start = timezone.now() + timedelta(seconds=20)
    layout = Layout((Container("a", how_many=1, slots=(Slot(article.pk, start=start),)),))
    publish(front, by=editor, number=save_draft(front, layout, by=editor, number=0).number)
    control = dict(part.strip().partition("=")[::2] for part in client.get("/")["Cache-Control"].split(","))
    assert 0 < int(control["s-maxage"]) <= 20


def test_a_sections_front_is_its_own(editor: Any, client: Client, film: Section, make_article: Any) -> None:
    for number in range(6):
        make_article(f"A{number}").publish()
    its = Front.objects.of(film)
    layout = Layout((Container("a", label="Only here"),))
    publish(its, by=editor, number=save_draft(its, layout, by=editor, number=0).number)
    assert b"Only here" in client.get("/film/").content and b"Only here" not in client.get("/").content
    assert b"Only here" not in client.get("/film/?page=2").content
    assert f"front:section:{film.pk}" in client.get("/film/")["Surrogate-Key"]

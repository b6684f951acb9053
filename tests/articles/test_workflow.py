"""The moves over the desk: who may, what they leave behind, who is told."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F

from articles.models import Article, Notification, SectionLimit, Stage
from articles.models.permits import may, visible_to
from articles.models.status import Status
from articles.roles import ARTICLES, Act, Reach, Role
from newsroom.models import AuditEntry

People = dict[str, User]


@pytest.fixture
def draft(make_article: Any, people: People) -> Article:
    article: Article = make_article("A draft", created_by=people["writer"])
    return article


def test_a_story_is_submitted_sent_back_and_approved(draft: Article, people: People) -> None:
    draft.submit(by=people["writer"], note="Please be quick")
    assert (draft.stage, draft.status) == (Stage.IN_REVIEW, Status.IN_REVIEW)
    draft.send_back(by=people["editor"], note="Where is the second source?")
    assert draft.status == Status.DRAFT
    draft.submit(by=people["writer"])
    draft.approve(by=people["editor"])
    assert (draft.status, draft.is_approved) == (Status.APPROVED, True)
    events = list(draft.revisions.order_by("number").values_list("event", "by__username"))
    assert events == [("submitted", "writer"), ("sent_back", "editor"), ("submitted", "writer"), ("approved", "editor")]
    assert AuditEntry.objects.filter(thing_id=str(draft.pk)).count() == 4
    told = Notification.objects.filter(to=people["writer"]).order_by("pk")
    assert [(one.kind, one.text) for one in told] == [("sent_back", "Where is the second source?"), ("approved", "")]
    assert Notification.objects.filter(to=people["editor"], kind="submitted").count() == 2
    assert not Notification.objects.filter(to=people["contributor"]).exists()


def test_an_approval_ends_with_the_next_word_that_is_changed(draft: Article, people: People) -> None:
    draft.approve(by=people["editor"])
    draft.body = "<p>Other text.</p>"
    draft.save()
    assert not draft.is_approved
    assert Article.objects.with_status().get(pk=draft.pk).status == Status.IN_REVIEW
    assert Article.objects.having_status("in_review").count() == 1
    assert Article.objects.having_status("approved").count() == 0


def test_every_status_finds_just_its_articles(make_article: Any, people: People) -> None:
    for stage in Stage:
        make_article(f"At {stage}", stage=stage)
    Article.objects.filter(stage=Stage.APPROVED).update(approved_version=F("version"))
    for article in Article.objects.with_status():
        assert [found.pk for found in Article.objects.having_status(article.status)] == [article.pk]


def test_a_move_that_makes_no_sense_is_refused_in_a_sentence(draft: Article, people: People) -> None:
    with pytest.raises(ValidationError, match="not submitted"):
        draft.send_back(by=people["editor"], note="Why?")
    with pytest.raises(ValidationError, match="Say what"):
        draft.send_back(by=people["editor"], note="  ")
    draft.submit(by=people["writer"])
    with pytest.raises(ValidationError, match="lies with the desk"):
        draft.submit(by=people["writer"])
    draft.approve(by=people["editor"])
    with pytest.raises(ValidationError, match="approved already"):
        draft.approve(by=people["publisher"])
    assert draft.revisions.count() == 2


def test_the_verbs_ask_who_it_is(draft: Article, people: People) -> None:
    refused = [
        lambda: draft.submit(by=people["contributor"]),
        lambda: draft.approve(by=people["writer"]),
        lambda: draft.assign(people["writer"], by=people["writer"]),
        lambda: draft.publish(by=people["editor"]),
        lambda: draft.withdraw(by=people["writer"]),
        lambda: draft.unschedule(by=people["editor"]),
    ]
    for act in refused:
        with pytest.raises(PermissionDenied):
            act()
    assert not draft.revisions.exists() and not draft.published_versions.exists()


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("act", Act)
def test_may_answers_as_the_table_says(role: Role, act: Act, make_article: Any, people: People) -> None:
    user = people[role.lower()]
    mine, theirs = make_article("Mine", created_by=user), make_article("Theirs")
    reach = ARTICLES[act].reach(role)
    assert may(user, act) == (reach is not Reach.NONE)
    if act is not Act.ADD:
        assert may(user, act, mine) == (reach is not Reach.NONE)
        assert may(user, act, theirs) == (reach is Reach.ANY)


def test_a_contributor_lets_go_of_what_is_submitted(make_article: Any, people: People) -> None:
    contributor = people["contributor"]
    article = make_article("Mine", created_by=contributor)
    assert may(contributor, Act.CHANGE, article)
    article.submit(by=contributor)
    assert not may(contributor, Act.CHANGE, article) and may(contributor, Act.VIEW, article)
    article.send_back(by=people["editor"], note="More, please")
    assert may(contributor, Act.CHANGE, article)
    article.publish(by=people["publisher"])
    assert not may(contributor, Act.CHANGE, article) and not may(contributor, Act.DELETE, article)


def test_a_limit_to_sections_holds_for_lists_and_decisions(make_article: Any, people: People, film: Any) -> None:
    other = type(film).objects.create(name="Music", slug="music")
    editor = people["editor"]
    SectionLimit.objects.create(user=editor, section=film)
    in_film, in_music = make_article("In film"), make_article("In music", section=other)
    own_in_music = make_article("Own in music", section=other, created_by=editor)
    assert may(editor, Act.APPROVE, in_film) and not may(editor, Act.APPROVE, in_music)
    assert may(editor, Act.CHANGE, own_in_music) and not may(editor, Act.APPROVE, own_in_music)
    assert not may(editor, Act.VIEW, in_music)
    assert set(visible_to(editor, Article.objects.all())) == {in_film, own_in_music}


def test_scheduling_keeps_the_approval_for_when_it_is_cancelled(draft: Article, people: People) -> None:
    from datetime import timedelta

    from django.utils import timezone

    draft.approve(by=people["editor"])
    draft.publish(by=people["publisher"], at=timezone.now() + timedelta(hours=1))
    assert draft.status == Status.SCHEDULED
    draft.unschedule(by=people["publisher"])
    assert Article.objects.get(pk=draft.pk).is_approved


def test_an_idea_is_taken_up_and_assigned(make_article: Any, people: People) -> None:
    idea = make_article("An idea", stage=Stage.IDEA, body="")
    assert idea.assign(people["writer"], by=people["editor"]) and not idea.assign(people["writer"], by=people["editor"])
    idea.take_up(by=people["writer"])
    assert (idea.status, idea.assignee) == (Status.DRAFT, people["writer"])
    with pytest.raises(ValidationError, match="Only an idea"):
        idea.take_up(by=people["writer"])
    assert [one.kind for one in Notification.objects.filter(to=people["writer"])] == ["assigned"]

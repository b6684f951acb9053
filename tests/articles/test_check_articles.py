"""manage.py check_articles: what of all that readers have or will get breaks a house rule today."""

import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.management.commands import check_articles
from articles.models import PublishedArticle, Revision, Section
from images.models import Image
from newsroom.models import AuditEntry
from tests.articles.breaking_rules import figure, image, only, set_rules

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def run(*arguments: str) -> tuple[int, str, str]:
    """As at a terminal: its exit status, what it wrote, what it complained of."""
    out = StringIO()
    try:
        call_command("check_articles", *arguments, stdout=out)
    except CommandError as error:
        return error.returncode, out.getvalue(), str(error)
    return 0, out.getvalue(), ""


def rows(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run("--json", *arguments)[1].splitlines()]


def test_rights_that_ended_since_are_told(make_article: Any) -> None:
    only("lead-rights", "must")
    article = make_article("The heist", slug="heist", lead_image=image())
    article.publish()
    assert run() == (0, "None of 1 version breaks a house rule.\n", "")
    Image.objects.update(rights_expire_on=timezone.localdate() - DAY)
    status, out, complaint = run()
    assert status == 1 and complaint == "1 of 1 version breaks house rules (block: 1)."
    assert f"/film/heist/  “The heist” (article {article.pk}, live)" in out
    assert "  block  lead-rights: The lead picture: " in out and "its rights ended on" in out


def test_it_is_what_readers_get_that_is_checked(make_article: Any) -> None:
    only("standfirst-missing", "should")
    live, draft, ended, planned = (make_article(name, slug=name.lower()) for name in ("Live", "Draft", "Ended", "Plan"))
    live.publish()
    live.standfirst = "Mended at the desk, not yet for readers."
    live.save()
    ended.publish()
    ended.withdraw()
    planned.publish(at=timezone.now() + DAY)
    down = make_article("Down", slug="down")
    down.publish()
    down.take_down(reason="A letter")
    found = rows()
    assert [(row["headline"], row["state"]) for row in found] == [("Live", "live"), ("Plan", "planned")]
    assert found[0]["found"] == [
        {"rule": "standfirst-missing", "level": "warn", "field": "standfirst", "text": "It has no standfirst.",
         "block": None}]  # fmt: skip
    assert draft.headline not in run()[1]


def test_a_plan_is_checked_for_when_it_comes_out(make_article: Any) -> None:
    only("lead-rights", "must")
    lent = image(rights_expire_on=timezone.localdate() + 60 * DAY)
    make_article("Soon", slug="soon", lead_image=lent).publish(at=timezone.now() + DAY)
    make_article("Late", slug="late", lead_image=lent).publish(at=timezone.now() + 70 * DAY)
    [row] = rows()
    assert row["headline"] == "Late" and "before the article comes out" in row["found"][0]["text"]


def test_only_some_rules_and_sections(make_article: Any) -> None:
    music = Section.objects.create(name="Music", slug="music")
    only("standfirst-missing", "must")
    set_rules(lead_missing="should", tags_missing="nice")
    for section in (None, music):
        make_article("A", slug=f"a-{section}".lower(), **({"section": section} if section else {})).publish()
    assert [row["section"] for row in rows()] == ["film", "music"]
    assert [row["section"] for row in rows("--section", "music")] == ["music"]
    assert {one["rule"] for row in rows("--rule", "lead-missing") for one in row["found"]} == {"lead-missing"}
    assert run("--rule", "lead-missing", "--at-least", "block")[0] == 0
    for least, wanted in {"block": 1, "warn": 2, "hint": 3}.items():
        assert [len(row["found"]) for row in rows("--at-least", least)] == [wanted] * 2
    assert rows("--rule", "picture-gone") == [] and run("--json", "--rule", "picture-gone")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rule", "spelling"], "no such rule to ask for: spelling"),
        (["--rule", "four-eyes"], "no such rule to ask for: four-eyes"),
        (["--section", "sports"], "no section with this address: sports"),
    ],
)
def test_what_there_is_not_is_said(arguments: list[str], words: str) -> None:
    status, out, complaint = run(*arguments)
    assert (status, out) == (1, "") and words in complaint


def test_it_changes_nothing(make_article: Any) -> None:
    make_article().publish()
    before = PublishedArticle.objects.values_list().get(), Revision.objects.count(), AuditEntry.objects.count()
    assert run()[0] == 1
    assert before == (
        PublishedArticle.objects.values_list().get(),
        Revision.objects.count(),
        AuditEntry.objects.count(),
    )


def test_the_queries_grow_with_the_batches_not_with_the_articles(make_article: Any, monkeypatch: Any) -> None:
    def add(number: int) -> None:
        for one in range(number):
            target = make_article(f"Target {one}")
            body = f'{figure()}<p><a data-article="{target.pk}" href="/x/">it</a></p>'
            make_article(f"Story {one}", body=body, tags=(f"T{one}",), lead_image=image()).publish()

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            run("--at-least", "hint")
        return len(queries)

    add(1)
    count()  # the house rules and the site's identity are remembered
    few = count()
    add(6)
    assert few == count() <= 9
    monkeypatch.setattr(check_articles, "BATCH", 3)
    assert count() <= 3 * few and len(rows("--at-least", "hint")) == 7

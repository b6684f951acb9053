"""A bulk act as its page shows it: how far it is, which articles, what becomes of each."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from articles.models import Article, BulkAct
from articles.models.bulk import Outcome, Result
from articles.models.permits import visible_to
from articles.models.status import Status

# What is said after “12 articles …”: before it is done, and after.
WORDS = {
    BulkAct.Kind.SUBMIT: ("will be submitted for review", "submitted for review"),
    BulkAct.Kind.APPROVE: ("will be approved", "approved"),
    BulkAct.Kind.ASSIGN: ("will be assigned", "assigned"),
    BulkAct.Kind.SECTION: ("will move", "moved"),
    BulkAct.Kind.TAGS: ("will get other tags", "have other tags"),
    BulkAct.Kind.SCHEDULE: ("will be scheduled", "scheduled"),
    BulkAct.Kind.PUBLISH: ("will be published", "published"),
    BulkAct.Kind.WITHDRAW: ("will be taken from the readers", "withdrawn"),
}
NOT_SEEN = "(an article that your login may not see)"


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    status: Status | None
    said: str
    advice: str = ""


def context(act: BulkAct, user: Any) -> dict[str, Any]:
    """At most two queries: the articles, the person's limits."""
    done, of = act.progress
    results = act.results() if not act.is_going_on else []
    articles = _articles(act, user)
    rows = {outcome.value: [_row(one, articles) for one in results if one.outcome is outcome] for outcome in Outcome}
    if act.chosen is None:
        rows["chosen"] = [_row(Result(pk, Outcome.DONE, ""), articles) for pk in act.articles]
    will, did = WORDS[BulkAct.Kind(act.kind)]
    return {
        "act": act,
        "title": act.get_kind_display() if not act.confirmed_at else f"{act.get_kind_display()}: {_state(act)}",
        "rows": rows,
        "advised": sum(bool(row.advice) for row in rows[Outcome.DONE]),
        "will": will,
        "did": did,
        "progress_done": done,
        "progress_of": of,
        "said": said(act),
        "is_hard_to_undo": act.kind == BulkAct.Kind.WITHDRAW,
        "can_choose_again": act.kind in (one.value for one in _CHOOSING),
    }


def as_json(act: BulkAct) -> dict[str, Any]:
    done, of = act.progress
    return {"done": done, "of": of, "said": said(act), "is_going_on": act.is_going_on}


def said(act: BulkAct) -> str:
    done, of = act.progress
    return f"{'Done' if act.confirmed_at else 'Checked'}: {done:,} of {of:,} articles"


_CHOOSING = (BulkAct.Kind.ASSIGN, BulkAct.Kind.SECTION, BulkAct.Kind.TAGS, BulkAct.Kind.SCHEDULE)


def _state(act: BulkAct) -> str:
    return "done" if act.finished_at else "at work"


def _articles(act: BulkAct, user: Any) -> dict[int, Article]:
    if act.is_going_on:
        return {}
    rows: Any = Article.objects.all()
    return visible_to(user, rows.with_status()).defer("body").in_bulk(act.articles)


def _row(result: Result, articles: dict[int, Article]) -> Row:
    article = articles.get(result.article_id)
    if article is None:
        return Row(NOT_SEEN, "", None, result.said)
    url = reverse("admin:articles_article_change", args=[article.pk])
    return Row(article.headline or "(no headline)", url, article.status, result.said, result.advice)

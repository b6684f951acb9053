"""Related: what to read next. The one door to it, for the pages, the desk and the commands.

Found at the moment it is asked for, bounded by construction, from the timelines of the article's tags and key terms
(candidates.py), ordered by one formula (ranking.py), with what editors decided before everything (choices.py). Nothing is
stored, so nothing can be out of date: whatever is not live now does not appear.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from . import candidates
from .choices import Choices, RelatedChoice
from .ranking import Question, Row, Suggestion, Why, assembled, ordered, scored, weight_of_tag
from .settings import RelatedSettings
from .terms import PublishedTerm, Term, articles_there_are, key_terms
from .words import KeyTerms

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle
    from articles.models.tags.tagging import Tag


def suggestions(
    question: Question, terms: Mapping[int, float], limit: int, *, choices: Choices | None = None
) -> list[Suggestion]:
    """Live articles beside this one, best first: never itself, never a muted one, each once, and never fewer than
    `limit` while the site has others that its settings allow. Five queries at most, of bounded work.
    """
    choices = choices or Choices.beside(question.article)
    rules = RelatedSettings.current()
    pool = candidates.timelines(question, terms)
    rows = candidates.rows_of(question, pool, choices.pins) if pool or choices.pins else []
    rows = [row for row in rows if row.article not in choices.mutes and row.article != question.article]
    shared = candidates.tags_shared([row.published for row in rows], question.tags) if rows and question.tags else {}
    found = {row.article: scored(question, row, shared.get(row.published, ())) for row in rows}
    pins = [found[pk]._replace(why=Why.PICKED) for pk in choices.pins if pk in found]
    ranked = ordered(
        one for one in found.values() if one.row.article not in choices.pins and rules.allow(question, one.row)
    )
    chosen = assembled(question, pins, ranked, (), limit)
    if len(chosen) >= limit:
        return chosen
    but = {*choices.mutes, *(one.row.article for one in chosen), *([question.article] if question.article else [])}
    more = candidates.newest(question, limit, rules, but=but)
    return assembled(question, pins, ranked, [_filling(question, row) for row in more], limit)


def _filling(question: Question, row: Row) -> Suggestion:
    is_there = row.section is not None and row.section == question.section
    days = abs((question.when - row.published_at) // timedelta(days=1))
    return Suggestion(row, Why.SECTION if is_there else Why.NEWEST, days=days)


def question_about(version: "PublishedArticle", tags: "Iterable[Tag]") -> tuple[Question, dict[int, float]]:
    """What is asked of the database for one that readers see, or that a preview shows. One query; three for a version
    whose terms nobody has found yet.
    """
    articles, tags = articles_there_are(), list(tags)
    known = KeyTerms.read(version.key_terms) or key_terms(version.headline, version.body, len(tags), articles=articles)
    when = version.published_at or timezone.now()
    question = Question(
        version.article_id, version.headline, when, version.section_id, weights_of(tags, articles), known.weights
    )
    return question, {pk: known.weights[word] for word, pk in known.ids.items()}


def weights_of(tags: "Iterable[Tag]", articles: int) -> dict[int, float]:
    # A preview may show tags that are not there yet; retiring leaves a tag's rows where they are.
    used = [tag for tag in tags if tag.pk is not None and tag.retired_at is None]
    weights = {tag.pk: weight_of_tag(tag.uses, articles, float(tag.weight)) for tag in used}
    return {pk: weight for pk, weight in weights.items() if weight > 0}


__all__ = [
    "Choices",
    "PublishedTerm",
    "Question",
    "RelatedChoice",
    "RelatedSettings",
    "Suggestion",
    "Term",
    "Why",
    "question_about",
    "suggestions",
]

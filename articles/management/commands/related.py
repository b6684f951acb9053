"""manage.py related: why these articles are suggested beside that one, as a table. Changes nothing."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.desk.writing.own_addresses import article_at
from articles.models import Article, PublishedArticle, RelatedChoice, RelatedSettings, Tag
from articles.models.related import Choices, Question, Suggestion, question_about
from articles.models.related.explaining import Explanation, explained
from articles.models.related.reasons import reason

MOST = 100
NOT_PUBLISHED = "Readers don’t have it: explained as if the desk’s text were published now."


class Command(BaseCommand):
    help = (
        "Explain which articles are suggested beside this one and why: its place, score, share of tags (T), likeness of "
        "words (W), days apart, what both share; besides what was pinned, muted and passed over. Changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("article", help="its number, its slug or its address")
        parser.add_argument("--limit", type=int, default=12, metavar="N", help=f"so many (default: 12, at most {MOST})")
        parser.add_argument("--json", action="store_true", help="as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["limit"] <= MOST:
            raise CommandError(f"--limit is a number from 1 to {MOST}.")
        pk = _article(options["article"])
        if pk is None:
            raise CommandError(
                f"There is no article “{options['article'][:200]}”. Give its number, its slug or an address of this site."
            )
        version, tags = _version(pk)
        question, terms = question_about(version, tags)
        told = Told(version, tags, question, explained(question, terms, options["limit"], Choices.beside(pk)))
        self.stdout.write(
            json.dumps(told.as_json(), ensure_ascii=False, indent=2) if options["json"] else told.as_text()
        )


def _article(asked: str) -> int | None:
    """A slug may be all digits: then the number goes first."""
    if asked.startswith("/") or "://" in asked:
        return article_at(asked)
    if asked.isascii() and asked.isdecimal() and len(asked) < 19 and Article.objects.filter(pk=int(asked)).exists():
        return int(asked)
    live = PublishedArticle.objects.live().filter(slug=asked).values_list("article_id", flat=True).first()
    return live or Article.objects.filter(slug=asked).values_list("pk", flat=True).first()


def _version(pk: int) -> tuple[PublishedArticle, list[Tag]]:
    """What readers have, else what the desk has. Three queries."""
    live = PublishedArticle.objects.live().filter(article_id=pk).select_related("section").first()
    if live is not None:
        return live, list(live.tags.all())
    article = Article.objects.select_related("section").get(pk=pk)
    content = article.content()
    return PublishedArticle(article_id=pk, **content), list(article.tags.all())


class Told:
    """One explanation, for people and for programs."""

    def __init__(self, version: PublishedArticle, tags: list[Tag], question: Question, found: Explanation) -> None:
        self.version, self.question, self.found = version, question, found
        self.tags = {tag.pk: tag.name for tag in tags}
        self.rules = RelatedSettings.current()
        rows = RelatedChoice.objects.filter(source=version.article_id).select_related("target", "by")
        self.choices = list(rows)
        named = [one.row.article for one in found.found] + [one.target_id for one in self.choices]
        nowhere = RelatedChoice.objects.filter(source=None, target__in=[*named, version.article_id or 0])
        self.nowhere = set(nowhere.values_list("target_id", flat=True))
        ids = [one.row.published for one in found.found]
        live = PublishedArticle.objects.filter(pk__in=ids).select_related("section")
        self.sections = {row.pk: str(row.section or "") for row in live.only("section__name", "article_id")}

    def _reason(self, one: Suggestion) -> str:
        return reason(one, self.tags, self.sections.get(one.row.published, ""))

    # --- for people ---------------------------------------------------------------------------------------------

    def as_text(self) -> str:
        return "\n".join([*self._head(), "", *self._table(), *self._choices(), *self._passed()])

    def _head(self) -> list[str]:
        tags = [f"{name} {self.question.tags.get(pk, 0.0):.2f}" for pk, name in self.tags.items()]
        words = list(self.question.weights)[:8]
        lines = [
            f"“{self.version.headline}” (article {self.version.article_id})",
            f"Tags by weight: {', '.join(tags) or 'none'}",
            f"Words: {', '.join(words) or 'none'}",
            f"Readers are shown {self.rules.cards}.{self._rules()}",
        ]
        if self.version.pk is None:
            lines.insert(1, NOT_PUBLISHED)
        if self.version.article_id in self.nowhere:
            lines.append("It is muted everywhere: suggested beside no other article itself.")
        return lines

    def _rules(self) -> str:
        most, only = self.rules.days_apart_at_most, self.rules.same_section
        return (f" At most {most} days apart." if most is not None else "") + (" Only of its section." if only else "")

    def _table(self) -> list[str]:
        if not self.found.found:
            return ["Nothing is suggested: readers have no other article that may be."]
        lines = [f"{'':>3} {'score':>6} {'T':>5} {'W':>5} {'days':>6}  headline"]
        for place, one in enumerate(self.found.found, 1):
            lines.append(
                f"{place:>3} {one.score:>6.2f} {one.by_tags:>5.2f} {one.by_words:>5.2f} {one.days:>6}  "
                f"{one.row.headline} ({one.row.article})"
            )
            lines.append(f"{'':>27}{self._reason(one)}{self._weights(one)}")
        return lines

    def _weights(self, one: Suggestion) -> str:
        shared = [f"{self.tags[pk]} {self.question.tags[pk]:.2f}" for pk in one.tags if pk in self.tags]
        words = f"; words: {', '.join(one.words)}" if one.words else ""
        return f" [{', '.join(shared) or 'no shared tag'}{words}]"

    def _choices(self) -> list[str]:
        lines = []
        for kind, title in ((RelatedChoice.Kind.PIN, "Pinned"), (RelatedChoice.Kind.MUTE, "Muted here")):
            rows = [one for one in self.choices if one.kind == kind]
            if rows:
                lines += ["", f"{title}:", *(f"  {self._choice(one)}" for one in rows)]
        return lines

    def _choice(self, one: RelatedChoice) -> str:
        shown = {found.row.article for found in self.found.found}
        why = "" if one.kind == RelatedChoice.Kind.MUTE or one.target_id in shown else ", not live, so not shown"
        if one.target_id in self.nowhere:
            why = ", muted everywhere"
        return f"{one.target.headline} ({one.target_id}), by {one.by or 'the site'}{why}"

    def _passed(self) -> list[str]:
        lines = [
            f"  {one.one.score:.2f}  {one.one.row.headline} ({one.one.row.article}): "
            + (f"nearly the headline of {one.like.row.article}" if one.like else "shares no tag, as enough do already")
            for one in self.found.passed
        ]
        return ["", "Passed over, though the score would do:", *lines] if lines else []

    # --- for programs -------------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        kinds = {
            kind: [one.target_id for one in self.choices if one.kind == kind] for kind in RelatedChoice.Kind.values
        }
        return {
            "article": self.version.article_id,
            "headline": self.version.headline,
            "is_live": self.version.pk is not None,
            "is_muted_everywhere": self.version.article_id in self.nowhere,
            "tags": {name: round(self.question.tags.get(pk, 0.0), 4) for pk, name in self.tags.items()},
            "words": {word: round(weight, 4) for word, weight in self.question.weights.items()},
            "cards": self.rules.cards,
            "pinned": kinds["pin"],
            "muted": kinds["mute"],
            "suggestions": [{"place": place, **self._row(one)} for place, one in enumerate(self.found.found, 1)],
            "passed_over": [
                {**self._row(one.one), "like": one.like.row.article if one.like else None} for one in self.found.passed
            ],
        }

    def _row(self, one: Suggestion) -> dict[str, Any]:
        return {
            "article": one.row.article,
            "headline": one.row.headline,
            "published_at": one.row.published_at.isoformat(),
            "score": round(one.score, 4),
            "by_tags": round(one.by_tags, 4),
            "by_words": round(one.by_words, 4),
            "days_apart": one.days,
            "tags": {self.tags[pk]: round(self.question.tags[pk], 4) for pk in one.tags if pk in self.tags},
            "words": list(one.words),
            "why": one.why.value,
            "reason": self._reason(one),
        }

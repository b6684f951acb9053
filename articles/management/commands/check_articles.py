"""manage.py check_articles: which articles that readers have, or will get, break which house rule today. Changes nothing."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import PublishedArticle, Section
from articles.models.check_facts import not_ended
from articles.models.checks import Check, checks_of
from articles.models.house_rules import BLOCK, HINT, WARN, Level
from articles.models.rules import RULES

BATCH = 200  # versions at once, each with its whole text
WEIGHTS = {Level(level).label.lower(): level for level in (HINT, WARN, BLOCK)}
ASKED = sorted(name for name, rule in RULES.items() if rule.is_of_the_text)


class Command(BaseCommand):
    help = (
        "Tell which articles that are live or planned break which house rule today, like a picture whose rights have "
        "ended since. Changes nothing. Exit status 1 when one does."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rule", action="append", metavar="NAME", help=f"only this one; of: {', '.join(ASKED)}")
        parser.add_argument("--section", action="append", metavar="SLUG", help="only this one's; may be given again")
        parser.add_argument(
            "--at-least", choices=WEIGHTS, default="warn", help="how much a rule must weigh to be told (default: warn)"
        )
        parser.add_argument("--json", action="store_true", help="one article a line, as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = self._rules(options["rule"], options["at_least"])
        looked, count, told = 0, Counter[str](), 0
        for version, found in _batches(self._versions(options["section"])):
            looked += 1
            if breaks := [one for one in found if one.id in rules]:
                told += 1
                count.update(one.level for one in breaks)
                self.stdout.write(_as_json(version, breaks) if options["json"] else _as_text(version, breaks))
        if not told:
            if not options["json"]:
                self.stdout.write(f"None of {_many(looked)} breaks a house rule.")
            return
        sums = ", ".join(
            f"{Level(level).label.lower()}: {count[level]}" for level in (BLOCK, WARN, HINT) if count[level]
        )
        raise CommandError(f"{told} of {_many(looked)} {'breaks' if told == 1 else 'break'} house rules ({sums}).")

    def _rules(self, asked: list[str] | None, at_least: str) -> set[str]:
        """What is told; findings of rules that are off there are none."""
        if unknown := sorted(set(asked or ()) - set(ASKED)):
            raise CommandError(
                f"There is no such rule to ask for: {', '.join(unknown)}. There are: {', '.join(ASKED)}."
            )
        weights = (HINT, WARN, BLOCK)
        heavy = weights[weights.index(WEIGHTS[at_least]) :]
        return {name for name in asked or RULES if Check(name).level in heavy}

    def _versions(self, sections: list[str] | None) -> "QuerySet[PublishedArticle]":
        rows: QuerySet[PublishedArticle] = not_ended().select_related("section").order_by("pk")
        if not sections:
            return rows
        there = dict(Section.objects.filter(slug__in=sections).values_list("slug", "pk"))
        if unknown := sorted(set(sections) - set(there)):
            raise CommandError(f"There is no section with this address: {', '.join(unknown)}.")
        return rows.filter(section__in=there.values())


def _batches(rows: "QuerySet[PublishedArticle]") -> Iterator[tuple[PublishedArticle, list[Check]]]:
    """At most eight queries for each batch, whatever its articles hold."""
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from checks_of(batch)
        last = batch[-1].pk


def _state(version: PublishedArticle) -> str:
    return "planned" if version.live_from > timezone.now() else "live"


def _as_text(version: PublishedArticle, found: list[Check]) -> str:
    when = f", from {timezone.localtime(version.live_from):%Y-%m-%d %H:%M %Z}" if _state(version) == "planned" else ""
    head = f"{version.get_absolute_url()}  “{version.headline}” (article {version.article_id}, {_state(version)}{when})"
    lines = [f"  {Level(one.level).label.lower():5}  {one.id}: {one.text}{_place(one)}" for one in found]
    return "\n".join([head, *lines])


def _place(one: Check) -> str:
    return "" if one.block is None else f" (block {one.block + 1} of the text)"


def _as_json(version: PublishedArticle, found: list[Check]) -> str:
    row = {
        "article": version.article_id,
        "headline": version.headline,
        "url": version.get_absolute_url(),
        "section": version.section.slug if version.section else None,
        "state": _state(version),
        "live_from": version.live_from.isoformat(),
        "live_until": version.live_until.isoformat() if version.live_until else None,
        "found": [
            {"rule": one.id, "level": Level(one.level).label.lower(), "field": one.field, "text": one.text, "block": one.block}
            for one in found
        ],
    }  # fmt: skip
    return json.dumps(row, ensure_ascii=False)


def _many(count: int) -> str:
    return "1 version" if count == 1 else f"{count:,} versions"

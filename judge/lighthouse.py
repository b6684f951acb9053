"""Lighthouse on a phone, with its own throttling: 100 in all four categories, the largest paint within a second, nothing moves.

A page is measured once; where a line isn't held, twice more, and the middle of the three counts.
"""

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from judge import tools
from judge.looking import arguments
from judge.pages import Page
from judge.table import Line, at_least, at_most, skipped

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LARGEST_PAINT = 1.0  # seconds
EXCEPTED = {"search": ("is-crawlable", "results of a search are not for search engines, on purpose")}


@dataclass(frozen=True)
class Result:
    """Scores of 100 by category, seconds until the largest paint, and how much the layout shifted."""

    scores: dict[str, float]
    largest_paint: float
    shift: float
    faults: list[str]

    @property
    def holds(self) -> bool:
        return min(self.scores.values()) == 100 and self.largest_paint <= LARGEST_PAINT and self.shift == 0


def judge(address: str, pages: list[Page]) -> Iterator[Line]:
    for page in (one for one in pages if one.kind.lighthouse):
        try:
            yield from _lines(page, address)
        except tools.Missing as reason:
            yield skipped(f"Lighthouse: {page.name}", str(reason))


def _lines(page: Page, address: str) -> Iterator[Line]:
    audit, why = EXCEPTED.get(page.name, ("", ""))
    results = [measure(address + page.path, audit)]
    if not results[0].holds:
        results += [measure(address + page.path, audit) for _ in range(2)]
    for category in CATEGORIES:
        score = statistics.median(one.scores[category] for one in results)
        line = at_least(f"Lighthouse {category}: {page.name}", score, 100)
        yield Line(
            line.name,
            line.value,
            line.floor,
            line.state,
            note=f"without {audit}: {why}" if audit and category == "seo" else "",
            faults=_faults(results, category) if score < 100 else [],
        )
    paint = statistics.median(one.largest_paint for one in results)
    yield at_most(f"Lighthouse, largest paint: {page.name}", paint, LARGEST_PAINT, "s")
    yield at_most(f"Lighthouse, layout shift: {page.name}", statistics.median(one.shift for one in results), 0)


def _faults(results: list[Result], category: str) -> list[str]:
    return sorted({fault for one in results for fault in one.faults if fault.startswith(f"{category}: ")})


def measure(url: str, without: str = "", attempts: int = 3) -> Result:
    """Once more when the browser of a busy machine gave no trace to judge by; the last time that is an error."""
    command = [
        *tools.node("lighthouse", "cli", "index.js"),
        url,
        "--quiet",
        "--output=json",
        "--output-path=stdout",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(one for one in arguments() if ' ' not in one)}",
        *([f"--skip-audits={without}"] if without else []),
    ]
    done = tools.run(command, env={"CHROME_PATH": tools.chromium()})
    told = tools.json_of(done, done.stdout)
    if told.get("runtimeError") and attempts > 1:
        return measure(url, without, attempts - 1)
    return result_of(told)


def result_of(told: dict[str, Any]) -> Result:
    """From Lighthouse's own report. Raises RuntimeError when it could not load the page."""
    if problem := told.get("runtimeError", {}).get("message"):
        raise RuntimeError(f"Lighthouse could not judge {told.get('requestedUrl')}: {problem}")
    audits = told["audits"]
    faults = [
        f"{name}: {audits[ref['id']]['title']} ({ref['id']}) {audits[ref['id']].get('displayValue', '')}".strip()
        for name, category in told["categories"].items()
        for ref in category["auditRefs"]
        if ref["weight"]
        and (audits[ref["id"]]["score"] or 0) < 1
        and audits[ref["id"]]["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}
    ]
    return Result(
        {name: round((category["score"] or 0) * 100) for name, category in told["categories"].items()},
        float(audits["largest-contentful-paint"]["numericValue"]) / 1000,
        float(audits["cumulative-layout-shift"]["numericValue"]),
        faults,
    )

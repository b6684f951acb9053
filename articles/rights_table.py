"""The tables of articles/roles.py as Markdown, for docs/roles.md and `manage.py setup_roles --table`. Pure."""

from collections.abc import Iterable

from .roles import ARTICLES, THINGS, Reach, Role

_REACH = {Reach.NONE: "–", Reach.OWN: "own", Reach.ANY: "any"}
_VERBS = {"view": "look at", "add": "add", "change": "change", "delete": "delete"}


def articles_table() -> str:
    """What each role may do to articles: its own, any, or none."""
    rows = [[right.sentence, *(_REACH[right.reach(role)] for role in Role)] for right in ARTICLES.values()]
    return _table(["to an article", *Role], rows)


def things_table() -> str:
    """From which role on everything else may be looked at, added, changed and deleted."""
    rows = [[thing.label, *(thing.from_role(verb) or "–" for verb in _VERBS)] for thing in THINGS]
    return _table(["from which role on", *_VERBS.values()], rows)


def both_tables() -> str:
    return f"{articles_table()}\n\n{things_table()}"


def _table(head: list[str], rows: Iterable[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

"""Why an article is suggested, in words. Pure; for the desk and the terminal."""

from collections.abc import Mapping

from .ranking import Suggestion, Why

MOST_NAMED = 3


def reason(one: Suggestion, tags: Mapping[int, str], section: str = "", *, picked_by: str = "") -> str:
    """“For All Mankind, Apple TV+ · 12 days apart”, “similar words: artemis, orion”, “picked by Rosa”, “newest of TV”.

    `tags` are names by number, `section` is the suggested article's. Nothing is told that it was not found by.
    """
    if one.why is Why.SECTION:
        return f"newest of {section}" if section else "newest of its section"
    if one.why is Why.NEWEST:
        return "newest of all"
    parts = [f"picked by {picked_by}" if picked_by else "picked"] if one.why is Why.PICKED else []
    if names := [tags[pk] for pk in one.tags if pk in tags][:MOST_NAMED]:
        parts.append(", ".join(names))
    elif one.words:
        parts.append(f"similar words: {', '.join(one.words)}")
    elif one.why is Why.PICKED:
        return parts[0]
    return " · ".join([*parts, apart(one.days)])


def apart(days: int) -> str:
    if not days:
        return "less than a day apart"
    return f"{days:,} day{'' if days == 1 else 's'} apart"

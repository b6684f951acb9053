"""What is asked of an article's tags, as a form posts it: numbers of tags, and names of such as may not be there yet.

    tags=12 & tags=new:Acqua alta & tags=7 & tags_typed=Venice, Lido

The last is the line that stands beside the chosen ones where no script runs.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from articles.models.tags.names import LONGEST_NAME, folded
from newsroom.slugs import one_line

NEW = "new:"
TYPED = "_typed"
MOST = 200
_COMMAS = re.compile(r"[,;\n\t]")

Asked = int | str


def raw(data: Any, name: str = "tags") -> list[str]:
    """All values in order, what was typed last; nothing twice."""
    typed = _COMMAS.split(data.get(f"{name}{TYPED}") or "")
    values = [*data.getlist(name), *(f"{NEW}{one_line(one)}" for one in typed if one_line(one))]
    return list(dict.fromkeys(values))


def understood(values: Iterable[str]) -> list[Asked]:
    """Numbers, and names for what has to be a name; what is neither is left out. Nothing twice."""
    found: dict[Asked, Asked] = {}
    for value in values:
        if value.startswith(NEW):
            name = one_line(value[len(NEW) :])
            if name:
                found.setdefault(folded(name[: LONGEST_NAME * 2]), name)
        elif value.isascii() and value.isdecimal() and len(value) < 19:
            found.setdefault(int(value), int(value))
    return list(found.values())


def posted(values: Iterable[Asked]) -> list[str]:
    """As a form posts them."""
    return [f"{NEW}{one}" if isinstance(one, str) else str(one) for one in values]


def numbers_in(values: Iterable[Asked]) -> set[int]:
    return {one for one in values if isinstance(one, int)}


def today(values: Iterable[Asked], meaning: Mapping[int, int]) -> list[Asked]:
    """The same in today's numbers (tags.order.resolving), each once; names and numbers of no tag as they are."""
    return list(dict.fromkeys(meaning.get(one, one) if isinstance(one, int) else one for one in values))

"""From a key to the address where readers find the thing now.

The apps above teach this house where their things live (`register`, from their AppConfig.ready): so a redirect
can lead to a *thing*, not to another address, and there are no chains, no loops, and nothing to rewrite.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.urls import reverse

# A browser takes // and /\ for the begin of another site's address, and drops tabs and line ends before it looks.
_LOCAL = re.compile(r"/(?![/\\])[^\x00-\x1f]*")


@lru_cache(maxsize=16384)
def path_to(name: str, *parts: str) -> str:
    """reverse(), remembered: a page asks for some thirty addresses, and the address table stands still meanwhile."""
    return reverse(name, args=parts)


_finders: dict[str, Callable[[int], str | None]] = {}


def register(kind: str, find: Callable[[int], str | None]) -> None:
    """`find` gets an id and answers the public address, or None when readers can't see the thing (any more)."""
    _finders[kind] = find


def address_of(key: str) -> str | None:
    """The address of `article:12` and the like; None when it is gone, or when nobody knows the kind."""
    kind, _, number = key.partition(":")
    find = _finders.get(kind)
    return find(int(number)) if find and number.isdecimal() else None


_resting: dict[str, Callable[[int], bool]] = {}


def register_resting(kind: str, is_resting: Callable[[int], bool]) -> None:
    """It gets an id and answers whether the thing is there and merely shows readers nothing now. Then its old addresses
    are not found, as its own is; gone is what will not come back.
    """
    _resting[kind] = is_resting


def is_resting(key: str) -> bool:
    """What its app asks for: two queries at most."""
    kind, _, number = key.partition(":")
    return kind in _resting and number.isdecimal() and _resting[kind](int(number))


_notices: dict[str, Callable[[int], str | None]] = {}


def register_notice(kind: str, find: Callable[[int], str | None]) -> None:
    """`find` gets the id of a thing that is gone and answers what readers are told in its place, '' or None for nothing."""
    _notices[kind] = find


def notice_of(key: str) -> str:
    """What readers are told where the thing of this key was; '' for nothing. What its app asks for: one query."""
    kind, _, number = key.partition(":")
    find = _notices.get(kind)
    return (find(int(number)) or "") if find and number.isdecimal() else ""


_hidden: list[Callable[[str], bool]] = []


def register_hidden(is_hidden: Callable[[str], bool]) -> None:
    """It gets a path and answers whether it would be the address of a thing of which readers know nothing yet."""
    _hidden.append(is_hidden)


def is_hidden(path: str) -> bool:
    """Must this address not be told to readers? What each app asks for: three queries at most."""
    return any(one(path) for one in _hidden)


_beside_missing: list[Callable[[str], dict[str, Any]]] = []


def register_beside_missing(find: Callable[[str], dict[str, Any]]) -> None:
    """It gets a path that is not there and answers what the page that says so (404.html) shows besides."""
    _beside_missing.append(find)


def beside_missing(path: str) -> dict[str, Any]:
    """What each app finds: six queries at most."""
    return {name: value for find in _beside_missing for name, value in find(path).items()}


def is_local(address: str) -> bool:
    """Does this text, as the target of a link, stay on this site?"""
    return bool(_LOCAL.fullmatch(address))

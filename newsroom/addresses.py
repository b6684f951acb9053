"""From a key to the address where readers find the thing now.

The apps above teach this house where their things live (`register`, from their AppConfig.ready): so a redirect
can lead to a *thing*, not to another address, and there are no chains, no loops, and nothing to rewrite.
"""

from collections.abc import Callable

_finders: dict[str, Callable[[int], str | None]] = {}


def register(kind: str, find: Callable[[int], str | None]) -> None:
    """`find` gets an id and answers the public address, or None when readers can't see the thing (any more)."""
    _finders[kind] = find


def address_of(key: str) -> str | None:
    """The address of `article:12` and the like; None when it is gone, or when nobody knows the kind."""
    kind, _, number = key.partition(":")
    find = _finders.get(kind)
    return find(int(number)) if find and number.isdigit() else None

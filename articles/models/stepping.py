"""Step: how far a long piece of work is, for whoever waits for it at a terminal."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """So many of `total` are looked at, so many were not as they should be."""

    what: str
    done: int
    total: int
    mended: int

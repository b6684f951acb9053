"""Working: an act that was begun, gone on with until it is done. Whoever goes on with it, and however often."""

import time
from collections.abc import Callable
from typing import Any

from ..tag_acts import TagAct
from .merging import merge_step
from .splitting import split_step
from .undoing import begin_undo, undo_step

Tell = Callable[[TagAct], Any]


def go_on(act: TagAct, *, seconds: float | None = None, tell: Tell = lambda act: None) -> TagAct:
    """To its end, or for about so long. `tell` hears of each step. Several may go on with one act at once."""
    end = time.monotonic() + seconds if seconds is not None else None
    act.refresh_from_db()
    while act.is_at_work:
        if act.is_undoing:
            undo_step(act)
        elif act.kind == TagAct.Kind.MERGE:
            merge_step(act)
        else:
            split_step(act)
        act.refresh_from_db()
        tell(act)
        if end is not None and time.monotonic() > end:
            break
    return act


def undo(act: TagAct, *, by: Any = None, seconds: float | None = None, tell: Tell = lambda act: None) -> TagAct:
    """Raises what `begin_undo` raises."""
    return go_on(begin_undo(act, by=by), seconds=seconds, tell=tell)

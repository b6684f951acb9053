"""Working: an act that was begun, gone on with until it is done. Whoever goes on with it, and however often."""

import time
from collections.abc import Callable
from typing import Any

from django.db import connection

from ..acts import TagAct
from .merging import merge_step
from .splitting import split_step
from .undoing import begin_undo, undo_step

Tell = Callable[[TagAct], Any]


def go_on(act: TagAct, *, seconds: float | None = None, tell: Tell = lambda act: None) -> TagAct:
    """To its end, or for about so long. `tell` hears of each step. Several may go on with one act at once."""
    end = time.monotonic() + seconds if seconds is not None else None
    act.refresh_from_db()
    while act.is_at_work:
        begun = time.monotonic()
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
        if act.is_at_work:
            _let_others_write(time.monotonic() - begun)
    return act


def _let_others_write(seconds: float) -> None:
    """SQLite has one writer, and those who wait look only now and then whether it is their turn: without a pause of about
    the work's length somebody who saves would hardly ever find it free.
    """
    if not connection.features.has_select_for_update:
        time.sleep(min(max(seconds, 0.005), 0.1))


def undo(act: TagAct, *, by: Any = None, seconds: float | None = None, tell: Tell = lambda act: None) -> TagAct:
    """Raises what `begin_undo` raises."""
    return go_on(begin_undo(act, by=by), seconds=seconds, tell=tell)

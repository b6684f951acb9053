"""Settling: one article's rows that a merge has not come to yet, moved before somebody changes that article's tags."""

from typing import Any

from django.db import connection

from ..acts import TagAct
from ..tagging import ArticleTag
from . import moving


def settle(through: Any, instance: Any) -> None:
    """Within the transaction that changes the tags. So that a save finds on the article what its form means, and undoing
    the merge knows of this row like of all others. The article first, then its rows: a sweep locks them in this order,
    too. One query, and one for the lock; only while a merge is at work more.
    """
    if through is not ArticleTag or instance.pk is None:
        return
    if connection.features.has_select_for_update:
        moving.lock([instance.pk], wait=True)
    waiting = through._default_manager.filter(content_object=instance.pk, tag__merged_into__isnull=False)
    tags = list(waiting.order_by().values_list("tag", flat=True))
    if not tags:
        return
    for act in TagAct.objects.at_work().filter(kind=TagAct.Kind.MERGE, tag__in=tags).order_by("pk"):
        if not act.is_undoing:
            moving.move(act, moving.DESK, [instance.pk])

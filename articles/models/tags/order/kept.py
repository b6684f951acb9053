"""Kept states whose tags were merged since, as they are to be compared with what is there today."""

from dataclasses import replace

from ...snapshots import Snapshot
from .resolving import tags_today


def today(kept: Snapshot) -> Snapshot:
    """With the tags that it means today. One query, two more when some were merged."""
    return replace(kept, tags={tag.pk: tag.name for tag in tags_today(kept.tags)})

"""Looking things up in the calendar's templates."""

from collections.abc import Mapping
from typing import Any

from django import template

register = template.Library()


@register.filter
def of(things: Mapping[Any, Any], key: Any) -> Any:
    """things[key], or what stands for None: a section made since the page was begun."""
    return things[key] if key in things else things[None]

"""Rights of a single login, where a test is about one right and not about a role."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission

FOR_OTHERS = ("view_others_article", "change_others_article", "change_submitted_article")


def rights(codenames: Iterable[str]) -> Any:
    """These permissions, and those that let them reach the articles of others."""
    return Permission.objects.filter(codename__in=[*codenames, *FOR_OTHERS])

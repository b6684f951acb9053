"""Who measures: imported in processes that have Django set up."""

from typing import Any


def measurer() -> Any:
    """One superuser for all measures of a site, whichever comes first."""
    from django.contrib.auth.models import User

    return User.objects.filter(username="measuring").first() or User.objects.create_superuser("measuring")

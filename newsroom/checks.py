"""System checks for what Django's own let pass."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security)
def allowed_hosts_are_named(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Host headers end up in caches and mails, so a wildcard lets strangers choose our links."""
    if "*" in settings.ALLOWED_HOSTS and not settings.DEBUG:
        return [
            Error(
                "ALLOWED_HOSTS accepts any host.",
                hint="Name the site's hosts, separated by commas.",
                id="newsroom.E001",
            )
        ]
    return []

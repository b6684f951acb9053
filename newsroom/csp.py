"""Widening the Content-Security-Policy of one answer, and of no other."""

import base64
import hashlib

from django.conf import settings
from django.http import HttpResponse


def allow(response: HttpResponse, **sources: list[str]) -> None:
    """Add sources to the policy of this answer: allow(response, script_src=[script_hash(text)]).

    It begins from the site's policy, or from what this answer was allowed before.
    """
    given = response.headers.get("Content-Security-Policy")
    policy = _parsed(given) if given else {name: list(values) for name, values in settings.SECURE_CSP.items()}
    for name, values in sources.items():
        directive = name.replace("_", "-")
        policy[directive] = list(dict.fromkeys([*policy.get(directive, policy["default-src"]), *values]))
    for values in policy.values():
        if "'none'" in values and len(values) > 1:
            values.remove("'none'")
    response["Content-Security-Policy"] = as_header(policy)


def as_header(policy: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *values]) for name, values in policy.items())


def _parsed(header: str) -> dict[str, list[str]]:
    directives = (directive.split() for directive in header.split(";") if directive.strip())
    return {name: values for name, *values in directives}


def script_hash(text: str) -> str:
    """The source that lets exactly this inline script run; what an import map is, for want of another way."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

"""Settings that name other servers: those that the site posts to, and the one that sends its mails.

Readers like those of environment.py: a value, or BadSetting with one sentence.
"""

import re
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from newsroom.environment import BadSetting, text, words

_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


def post_addresses(name: str) -> list[str]:
    """Addresses that the site posts to, separated by commas or spaces. Only https: what is said there is nobody else's,
    and the answer must be theirs. Plain http is for this machine.
    """
    found = words(name)
    for value in found:
        try:
            parts = urlsplit(value)
            parts.port  # noqa: B018  (raises for a port that is too high)
        except ValueError:
            parts = SplitResult("", "", "", "", "")
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _THIS_MACHINE)
        if not is_safe or not parts.hostname or parts.username or parts.password or parts.fragment:
            raise BadSetting(f"{name} holds {_without_password(value)!r}: write it like https://hub.example.org/.")
    return found


def post_address(name: str) -> str:
    found = post_addresses(name)
    if len(found) > 1:
        raise BadSetting(f"{name} holds {len(found)} addresses: give one.")
    return found[0] if found else ""


def _without_password(value: str) -> str:
    return re.sub(r"//[^/@]*@", "//…@", value)


_MAIL_PORTS = {"smtp": 587, "smtps": 465, "smtp+plain": 25}


def mail_server(name: str) -> dict[str, Any]:
    """Django's settings for the address of a mail server; {} when it is not set.

    smtp://user:password@mail.example.org:587 (must speak STARTTLS), smtps://… (TLS from the start, 465),
    smtp+plain://… (in clear: for this machine or a network of one's own), console:, none:
    """
    value = text(name)
    if not value:
        return {}
    if value.rstrip(":/") in {"console", "none"}:
        backend = "console" if value.startswith("console") else "dummy"
        return {"EMAIL_BACKEND": f"django.core.mail.backends.{backend}.EmailBackend"}
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        parts, port = SplitResult("", "", "", "", ""), None
    if parts.scheme not in _MAIL_PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
        raise BadSetting(
            f"{name} can't be read: write it like smtp://user:password@mail.example.org:587, smtps://…, console: or "
            "none:; in a password / is written %2F, # %23, ? %3F, @ %40."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or _MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }


def is_this_machine(host: str) -> bool:
    return host in _THIS_MACHINE

"""What the log calls its acts and kinds. The apps above add the words for their own acts (from AppConfig.ready)."""

from django.apps import apps

from . import sessions

ACTS = {
    "added": "Added",
    "changed": "Changed",
    "deleted": "Deleted",
    sessions.LOGGED_IN: "Logged in",
    sessions.LOGGED_OUT: "Logged out",
    sessions.REFUSED: "Login refused",
    "share_link_made": "Share link made",
    "share_link_revoked": "Share link revoked",
    "imported": "Import",
    "ran": "Command",
    "exported": "Exported",
    "log_pruned": "Log pruned",
}


def register(acts: dict[str, str]) -> None:
    ACTS.update(acts)


def of_act(act: str) -> str:
    """Of an act that nobody gave a word for, too."""
    return ACTS.get(act) or act.replace("_", " ").capitalize()


def of_kind(kind: str) -> str:
    """Of a kind that is no longer part of the site, too."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind

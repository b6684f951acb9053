"""What every layer of the site builds on: things with keys, things with addresses, redirects, the site itself, the log,
the heartbeats of what runs in the background."""

from .addressable import Addressable, Keyed
from .audit import AuditEntry
from .heartbeat import Heartbeat
from .identity import SiteIdentity
from .menus import MenuLink
from .redirects import Redirect

__all__ = ["Addressable", "AuditEntry", "Heartbeat", "Keyed", "MenuLink", "Redirect", "SiteIdentity"]

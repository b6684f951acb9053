"""What every layer of the site builds on: things with keys, things with addresses, redirects, the site itself, the log."""

from .addressable import Addressable, Keyed
from .audit import AuditEntry
from .identity import SiteIdentity
from .redirects import Redirect

__all__ = ["Addressable", "AuditEntry", "Keyed", "Redirect", "SiteIdentity"]

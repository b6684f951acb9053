"""What every layer of the site builds on: things with keys, things with addresses, redirects, the site itself."""

from .addressable import Addressable, Keyed
from .identity import SiteIdentity
from .redirects import Redirect

__all__ = ["Addressable", "Keyed", "Redirect", "SiteIdentity"]

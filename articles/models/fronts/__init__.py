"""Fronts: the pages that an editor lays out by hand, home and sections."""

from .front import Front, FrontVersion

__all__ = ["Front", "FrontVersion"]

"""The desk's first page. The apps above put their parts on it (`register`, from their AppConfig.ready): the page
knows no article, and yet shows what is to be done.

    register(dashboard.parts)   # (request) -> {"panels": […]}: names of the template admin/index.html
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Parts = Callable[[HttpRequest], dict[str, Any]]

_registered: list[Parts] = []


def register(parts: Parts) -> None:
    """Once for each function, however often an app is made ready."""
    if parts not in _registered:
        _registered.append(parts)


def context(request: HttpRequest) -> dict[str, Any]:
    """What the template is given for this person. Costs what the parts cost."""
    return {name: value for parts in _registered for name, value in parts(request).items()}


# --- beside the person's name, on every page of the desk ------------------------------------------------------------

_beside: list[Parts] = []


def register_beside(parts: Parts) -> None:
    """What an app says beside the person's name: names of the template admin/base_site.html. Keep it lazy or free."""
    if parts not in _beside:
        _beside.append(parts)


def beside(request: HttpRequest) -> dict[str, Any]:
    return {name: value for parts in _beside for name, value in parts(request).items()}

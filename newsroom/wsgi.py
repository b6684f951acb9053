"""The WSGI application that granian serves. A bad setting ends the worker with one sentence."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from newsroom.environment import BadSetting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def set_aside_what_stays() -> None:
    """Load every address's code now and take it out of the search for garbage, which else looks through all of it again and
    again while somebody waits: of a hundred forms of the desk the slowest took 0.18 s, and takes 0.1.
    """
    len(get_resolver().url_patterns)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


try:
    application = get_wsgi_application()
    set_aside_what_stays()
except BadSetting as error:
    sys.exit(f"newsroom: {error}")

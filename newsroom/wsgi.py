"""The WSGI application that granian serves. A bad setting ends the worker with one sentence."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from newsroom.environment import BadSetting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

try:
    application = get_wsgi_application()
except BadSetting as error:
    sys.exit(f"newsroom: {error}")

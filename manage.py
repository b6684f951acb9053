#!/usr/bin/env python
"""Django's command line for this site. A bad setting ends in one sentence, not in a traceback."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
    except ImportError as error:
        sys.exit(f"newsroom: {error}. Django is not installed here; use .venv/bin/python, which `make run` fills.")

    from newsroom import environment, secret_key
    from newsroom.environment import BadSetting

    try:
        if sys.argv[1:2] == ["start"] and not os.environ.get("SECRET_KEY"):
            secret_key.make(environment.folder("VAR_DIR", Path(__file__).resolve().parent / "var"))
        import newsroom.settings  # noqa: F401  (read once here, so that a bad value is one sentence)
    except BadSetting as error:
        sys.exit(f"newsroom: {error}")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"newsroom: {error}")


if __name__ == "__main__":
    main()

"""Answers that are streamed from a file, closed as a server closes them: the test client leaves that to who asked."""

from typing import Any

from django.core.signals import request_finished
from django.db import close_old_connections


def closed(answer: Any) -> Any:
    """Its file closed; and the connection open that the test is on, which on PostgreSQL does not come back."""
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return answer

"""One POST to an address of the settings: no redirect is followed, the whole takes seconds, the answer is cut short."""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

MOST_SECONDS = 10.0
MOST_BYTES = 64 * 1024
_THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}


class NotTold(Exception):
    """The other side did not take it; the text says why, and holds no secret."""


def post_json(url: str, values: Any, headers: Mapping[str, str]) -> bytes:
    return post(url, json.dumps(values).encode(), {"Content-Type": "application/json", **headers})


def post(url: str, body: bytes, headers: Mapping[str, str]) -> bytes:
    """The beginning of the answer. Raises NotTold unless it is a success (2xx), within ten seconds in all.

    Only https; plain http to this machine, where nobody listens in.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _THIS_MACHINE):
        raise NotTold("not an https address")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": "Newsroom", "Connection": "close", **headers}
    try:
        with _connected(host, parts.port, parts.scheme) as connection:
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            answer = response.read(MOST_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise NotTold(f"{host}: {type(error).__name__}: {error}") from None
    if not 200 <= response.status < 300:
        raise NotTold(f"{host} answered {response.status} {response.reason[:60]}")
    return answer


@contextmanager
def _connected(host: str, port: int | None, scheme: str) -> Iterator[http.client.HTTPConnection]:
    """A connection that is cut when its time is over, whatever it is doing then: a timeout of the socket alone begins
    anew with every byte that a slow server sends. Raises TimeoutError then.
    """
    plain = socket.create_connection((host, port or (443 if scheme == "https" else 80)), timeout=MOST_SECONDS)
    limit = _Limit(plain)
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            secured = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            limit.held = secured
            secured.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = limit.held
        try:
            yield connection
        except (OSError, http.client.HTTPException):
            if not limit.is_over:
                raise
        if limit.is_over:  # what was cut looks like an answer that ended, or like a connection that broke
            raise TimeoutError(f"took longer than {MOST_SECONDS:.0f} seconds")
    finally:
        limit.end()


class _Limit:
    """Shuts a socket after MOST_SECONDS, which ends whatever waits for it."""

    def __init__(self, held: socket.socket) -> None:
        self.held = held
        self.is_over = False
        self._timer = threading.Timer(MOST_SECONDS, self._cut)
        self._timer.daemon = True
        self._timer.start()

    def _cut(self) -> None:
        self.is_over = True
        with suppress(OSError):  # closed already
            self.held.shutdown(socket.SHUT_RDWR)

    def end(self) -> None:
        self._timer.cancel()
        self.held.close()

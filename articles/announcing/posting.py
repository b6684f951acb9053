"""One POST to an address of the settings: no redirect is followed, the whole takes seconds, the answer is cut short."""

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    anew with every byte that a slow server sends.
    """
    plain = socket.create_connection((host, port or (443 if scheme == "https" else 80)), timeout=MOST_SECONDS)
    held = [plain]
    cut = threading.Timer(MOST_SECONDS, lambda: _cut(held[0]))
    cut.daemon = True
    cut.start()
    try:
        if scheme == "https":
            context = ssl.create_default_context()
            held[0] = secured = context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)
            secured.do_handshake()
        connection = http.client.HTTPConnection(host, port)
        connection.sock = held[0]
        yield connection
    finally:
        cut.cancel()
        held[0].close()


def _cut(one: socket.socket) -> None:
    try:
        one.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # closed already: it was over in time

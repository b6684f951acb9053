"""Asking the served site for an address, as a reader's program does: no redirect is followed, no cookie kept."""

import gzip
import http.client
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE = 60.0  # seconds


@dataclass(frozen=True)
class Answer:
    path: str
    status: int
    headers: dict[str, str]  # names in lower case
    body: bytes = field(repr=False)
    seconds: float = 0.0

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def kind(self) -> str:
        """The media type, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip()

    @property
    def is_html(self) -> bool:
        return self.kind == "text/html"

    @property
    def gzipped(self) -> int:
        """Bytes as they go over the wire with gzip, by the level that servers use."""
        return len(gzip.compress(self.body, 6, mtime=0))


class Visitor:
    """Keeps one connection open, and asks in turn. Not for several threads."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.host = urlsplit(address).netloc
        self._connection: http.client.HTTPConnection | None = None

    def get(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """`path` goes out as it is, so it must be percent-encoded. Raises OSError or http.client.HTTPException."""
        try:
            return self._ask(method, path, headers)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self.close()  # the server had ended a connection that was idle
            return self._ask(method, path, headers)

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        start = time.perf_counter()
        try:
            self._connection.putrequest(method, path)
            for name, value in headers.items():
                self._connection.putheader(name.replace("_", "-"), value)
            self._connection.endheaders()
            response = self._connection.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        seconds = time.perf_counter() - start
        found = {name.lower(): value for name, value in response.headers.items()}
        if response.will_close:
            self.close()
        return Answer(path, response.status, found, body, seconds)

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

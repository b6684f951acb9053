"""Servers of other people, for tests: one that takes POSTs and notes them, one that speaks a little SMTP."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Taken:
    """What a server heard, and what it answers next."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    status: int = 200


@contextmanager
def http_server() -> Iterator[Taken]:
    taken = Taken()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.headers.append(self.headers)
            taken.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(taken.status)
            self.send_header("Location", taken.url + "elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        taken.url = f"http://127.0.0.1:{server.server_port}/"
        with _served(server):
            yield taken


@dataclass
class Smtp:
    port: int = 0
    lines: list[str] = field(default_factory=list)


@contextmanager
def smtp_server() -> Iterator[Smtp]:
    """Takes everything, and has never heard of STARTTLS."""
    heard = Smtp()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            in_data = False
            while line := self.rfile.readline():
                text = line.decode().rstrip("\r\n")
                heard.lines.append(text)
                if in_data:
                    in_data = text != "."
                    if not in_data:
                        self.say("250 taken")
                elif text.upper().startswith("DATA"):
                    in_data = True
                    self.say("354 go on")
                elif text.upper().startswith("QUIT"):
                    self.say("221 bye")
                    return
                else:
                    self.say("250 fine")

        def say(self, text: str) -> None:
            self.wfile.write(text.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        heard.port = server.server_address[1]
        with _served(server):
            yield heard


@contextmanager
def _served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


@contextmanager
def endless_server(begin: bytes, piece: bytes, every: float) -> Iterator[str]:
    """Answers with its begin, then with this piece now and then, and never comes to an end."""
    over = threading.Event()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            try:
                self.request.sendall(begin)
                while not over.wait(every):
                    self.request.sendall(piece)
            except OSError:
                return

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server, _served(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        over.set()

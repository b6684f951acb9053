"""Fetching only from public addresses, with an end to everything."""

import http.server
import socket
import threading
import time

import pytest

from articles.wordpress import fetching
from articles.wordpress.fetching import FetchError, fetch, is_public


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1",
     "::1", "::", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "255.255.255.255"],
)  # fmt: skip
def test_private_addresses_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946"])
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.fixture
def server():
    """A server on this machine that counts who asks."""

    class Handler(http.server.BaseHTTPRequestHandler):
        hits = 0
        drip = False
        answer = (200, {}, b"bytes")

        def do_GET(self):
            type(self).hits += 1
            status, headers, body = self.answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            for byte in range(len(body)) if self.drip else ():
                time.sleep(0.05)
                self.wfile.write(body[byte : byte + 1])
            if not self.drip:
                self.wfile.write(body)

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        Handler.port = running.server_address[1]
        yield Handler
        running.shutdown()


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://2130706433/", "file:///etc/passwd",
     "http://0x7f.1/", "ftp://example.org/", "http://user:pass@example.org/", "//example.org/", "http://", "http://[bad",
     "http://example.org:22/", "gopher://127.0.0.1/", "http://169.254.169.254/latest/meta-data/"],
)  # fmt: skip
def test_what_is_not_public_is_never_asked(server, url):
    with pytest.raises(FetchError):
        fetch(url.format(port=server.port), 1000)
    assert server.hits == 0


@pytest.fixture
def let_in(server, monkeypatch):
    """Pretend that the test's server is a public host, so that what comes after the check can be seen."""
    monkeypatch.setattr(fetching, "public_address", lambda host, port: "127.0.0.1")
    real = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda where, timeout: real(("127.0.0.1", server.port), timeout))
    return server


def test_a_public_picture_is_fetched(let_in):
    assert fetch("http://pictures.example/a b.jpg?x=1", 1000) == b"bytes"


def test_more_than_the_limit_is_not_read(let_in):
    let_in.answer = (200, {}, b"x" * 5000)
    with pytest.raises(FetchError, match="larger"):
        fetch("http://pictures.example/", 1000)


def test_redirects_are_followed_but_not_for_ever(let_in):
    let_in.answer = (302, {"Location": "http://pictures.example/again"}, b"")
    with pytest.raises(FetchError, match="redirected too often"):
        fetch("http://pictures.example/", 1000)
    assert let_in.hits == fetching.MOST_REDIRECTS + 1


def test_a_redirect_into_this_machine_is_refused(server, monkeypatch):
    real = fetching.public_address
    monkeypatch.setattr(
        fetching, "public_address", lambda host, port: "127.0.0.1" if host == "pictures.example" else real(host, port)
    )
    connect = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda where, timeout: connect(("127.0.0.1", server.port), timeout)
    )
    server.answer = (302, {"Location": "http://127.0.0.1/inside"}, b"")
    with pytest.raises(FetchError, match="not a public address"):
        fetch("http://pictures.example/", 1000)
    assert server.hits == 1


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_answer_that_is_no_picture_is_an_error(let_in, status):
    let_in.answer = (status, {}, b"")
    with pytest.raises(FetchError, match=str(status)):
        fetch("http://pictures.example/", 1000)


def test_a_picture_that_ends_too_early_is_an_error(let_in):
    let_in.answer = (200, {"Content-Length": "100"}, b"x")
    with pytest.raises(FetchError, match="before its end"):
        fetch("http://pictures.example/", 1000)


def test_a_server_that_drips_does_not_hold_the_import(let_in, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.3)
    monkeypatch.setattr(let_in, "drip", True)
    let_in.answer = (200, {"Content-Length": "50"}, b"x" * 50)
    with pytest.raises(FetchError, match=r"longer than|timed out"):
        fetch("http://pictures.example/", 1000)

"""Fetching a picture from the old site, when the person who imports asked for it. Only from public addresses.

An export is a stranger's file: its addresses may point at this machine, at the router, at a cloud's metadata. So
the name is resolved once, every address it has must be public, and the connection goes to that very address.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from urllib.parse import quote, urljoin, urlsplit

MOST_SECONDS = 30.0
MOST_REDIRECTS = 3
_SAFE_PATH = "/%:@!$&'()*+,;=~-._"


class FetchError(Exception):
    """Not fetched; its text says why."""


def fetch(url: str, most_bytes: int) -> bytes:
    """The bytes at an http(s) address. Raises FetchError; never reads more than `most_bytes`, nor for over 30 seconds."""
    deadline = time.monotonic() + MOST_SECONDS
    for _ in range(MOST_REDIRECTS + 1):
        found = _once(url, most_bytes, deadline)
        if isinstance(found, bytes):
            return found
        url = found
    raise FetchError("redirected too often")


def _once(url: str, most_bytes: int, deadline: float) -> bytes | str:
    """The bytes, or the address that it redirects to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise FetchError("no valid address") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise FetchError("not a plain http or https address")
    port = port or (443 if parts.scheme == "https" else 80)
    if port not in {80, 443}:
        raise FetchError(f"port {port} is not a web site's")
    connection = _connect(parts.scheme, host, public_address(host, port), port, deadline)
    try:
        path = quote(parts.path or "/", safe=_SAFE_PATH) + (
            f"?{quote(parts.query, safe=_SAFE_PATH + '?')}" if parts.query else ""
        )
        connection.request("GET", path, headers={"User-Agent": "Newsroom-Importer", "Accept": "image/*"})
        response = connection.getresponse()
        if response.status in {301, 302, 303, 307, 308}:
            return urljoin(url, response.headers.get("Location", ""))
        if response.status != 200:
            raise FetchError(f"answered {response.status}")
        return _read(response, most_bytes, deadline)
    except (OSError, http.client.HTTPException) as error:
        raise FetchError(f"{type(error).__name__}: {error}") from None
    finally:
        connection.close()


def public_address(host: str, port: int) -> str:
    """One address of this host. Raises FetchError unless all that it has are public."""
    try:
        found = {info[4][0] for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError) as error:
        raise FetchError(f"no such host ({type(error).__name__})") from None
    addresses = sorted(str(address).partition("%")[0] for address in found)
    if not addresses or not all(is_public(address) for address in addresses):
        raise FetchError("not a public address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Nothing private, local, reserved or multicast, in whichever notation: a v4 address inside a v6 one counts."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return is_public(str(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)))
    return ip.is_global and not ip.is_multicast


def _connect(scheme: str, host: str, address: str, port: int, deadline: float) -> http.client.HTTPConnection:
    """A connection to this address that calls itself, and if need be proves itself, by the host's name."""
    try:
        plain = socket.create_connection((address, port), timeout=max(deadline - time.monotonic(), 0.1))
        if scheme == "https":
            plain = ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except OSError as error:
        raise FetchError(f"{type(error).__name__}: {error}") from None
    connection = http.client.HTTPConnection(host, port)
    connection.sock = plain
    return connection


def _read(response: http.client.HTTPResponse, most_bytes: int, deadline: float) -> bytes:
    parts, size = [], 0
    while block := response.read1(65536):
        parts.append(block)
        size += len(block)
        if size > most_bytes:
            raise FetchError(f"larger than {most_bytes // (1024 * 1024)} MB")
        if time.monotonic() > deadline:
            raise FetchError(f"took longer than {MOST_SECONDS:.0f} seconds")
    if response.length:
        raise FetchError("ended before its end")
    return b"".join(parts)

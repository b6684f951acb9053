"""What a reader's page costs, uncached, with 10,000 articles: requests a second through the real server, and queries."""

import http.client
import random
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from benchmarks.corpus import ARTICLES
from benchmarks.measure import Line, Site

SECONDS, READERS = 6.0, 8


def measure(site: Site) -> Iterator[Line]:
    site.run("manage.py", "migrate", "-v0")
    site.run("-m", "benchmarks.corpus")
    chance = random.Random(2)
    articles = [f"/section-x/headline-{chance.randrange(ARTICLES)}/" for _ in range(400)]
    with site.serving() as (address, _):
        articles = [_at_its_address(address, path) for path in articles]
        rate = _requests_a_second(address, articles)
        yield Line(f"article page, uncached ({site.name})", rate, "requests/s", 150, 100)
        for name, paths in (("home", ["/"]), ("section", ["/section-1/"]), ("common tag", ["/tags/tag-0/"])):
            rate = _requests_a_second(address, paths, seconds=3)
            yield Line(f"{name} page, uncached ({site.name})", rate, "requests/s", 100, 50)
    queries = site.folder / "queries.txt"
    queries.write_text("\n".join(articles[:60]))
    site.run("-m", "benchmarks.queries", str(queries))
    most, again = (int(number) for number in queries.read_text().split())
    yield Line(f"article page, most queries of 60 ({site.name})", most, "queries", 15, 15)
    yield Line(f"article page, the same again ({site.name})", again, "queries", 9, 9)


def _at_its_address(address: str, path: str) -> str:
    """The corpus gives sections by chance; a wrong one is answered with the right address."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", path)
    where = connection.getresponse().headers["Location"]
    connection.close()
    return str(where)


def _requests_a_second(address: str, paths: list[str], seconds: float = SECONDS) -> float:
    """All cores busy, this process's readers included: a floor, not a record."""
    host, end = urlsplit(address).netloc, time.perf_counter() + seconds
    done: list[int] = []

    def read(first: int) -> None:
        connection, count = http.client.HTTPConnection(host), 0
        while time.perf_counter() < end:
            connection.request("GET", paths[(first + count * READERS) % len(paths)])
            answer = connection.getresponse()
            answer.read()
            assert answer.status == 200, answer.status
            count += 1
        connection.close()
        done.append(count)

    readers = [threading.Thread(target=read, args=(number,)) for number in range(READERS)]
    start = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(done) == READERS, "a reader got an error"
    return sum(done) / (time.perf_counter() - start)

"""The kinds of pages that are judged, each with an address of the demo.

An address is given, or it is a pattern that the first address found by the crawl matches whole. What nobody links to
and the site doesn't answer is *not built*.
"""

import re
from dataclasses import dataclass

from judge.links import Crawl
from judge.visiting import Answer


@dataclass(frozen=True)
class Kind:
    """`status` is what it must answer; `lighthouse`: whether Lighthouse judges it."""

    name: str
    address: str = ""
    pattern: str = ""
    status: int = 200
    lighthouse: bool = False


KINDS = (
    Kind("home", "/", lighthouse=True),
    Kind("home, page 2", "/?page=2"),
    Kind("section", "/film/", lighthouse=True),
    Kind("article, a review with a video", "/film/nightjar-county-film-review/"),
    Kind("article, a review with a rating", "/books/a-grammar-of-rain-review/", lighthouse=True),
    Kind("article with a gallery", "/stage/ottilie-nwosu-ravel-street-review/"),
    Kind("article with a table", "/music/best-turntables-under-300/"),
    Kind("article with footnotes", "/books/in-defence-of-the-index/"),
    Kind("article with embeds and videos", "/games/tidewrack-review/"),
    Kind("article with corrections", "/games/leavers-charter-studio-credits/"),
    Kind("article, live", "/film/argents-night-live/", lighthouse=True),
    Kind("article, part of a series", "/stage/last-hundred-seats-part-two/"),
    Kind("tag", "/tags/working-life/", lighthouse=True),
    Kind("tags together", pattern=r"/tags/[^/]+\+[^/]+/"),
    Kind("author", pattern=r"/authors/[^/]+/", lighthouse=True),
    Kind("authors", "/authors/"),
    Kind("series", "/tags/the-last-hundred-seats/"),
    Kind("search", "/search/?q=film", lighthouse=True),
    Kind("search, empty", "/search/"),
    Kind("search, nothing found", "/search/?q=xqzvwk"),
    Kind("archive", "/archive/"),
    Kind("archive of a year", pattern=r"/archive/\d{4}/"),
    Kind("archive of a month", pattern=r"/archive/\d{4}/\d\d/"),
    Kind("archive of a day", pattern=r"/archive/\d{4}/\d\d/\d\d/"),
    Kind("standing page", "/ethics/"),
    Kind("corrections", "/corrections/"),
    Kind("404", "/film/no-such-article/", status=404),
    Kind("410", "/books/trieste-manuscript-lost-novel/", status=410),
)


@dataclass(frozen=True)
class Page:
    kind: Kind
    answer: Answer

    @property
    def name(self) -> str:
        return self.kind.name

    @property
    def path(self) -> str:
        return self.answer.path


def find(crawl: Crawl) -> tuple[list[Page], list[Kind]]:
    """The pages there are, and the kinds that the site doesn't have."""
    pages, missing = [], []
    for kind in KINDS:
        path = kind.address or next((one for one in sorted(crawl.answers) if re.fullmatch(kind.pattern, one)), "")
        answer = crawl.answers.get(path) or (crawl.visitor.get(path) if path else None)
        if answer is not None and answer.status == kind.status and answer.is_html:
            pages.append(Page(kind, answer))
        else:
            missing.append(kind)
    return pages, missing

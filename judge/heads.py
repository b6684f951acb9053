"""What stands in the head of every page that search engines may list: title, description, canonical address, Open Graph."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from lxml import html

from judge.links import Crawl
from judge.sitemaps import is_hidden
from judge.table import Line, none_of
from judge.visiting import Answer

PROPERTIES = ("og:title", "og:type", "og:url", "og:image", "og:description", "og:site_name")
NAMES = ("description", "twitter:card", "viewport")


def judge(crawl: Crawl) -> Iterator[Line]:
    listed = [one for one in crawl.pages if not is_hidden(one)]
    yield none_of(f"heads of {len(listed)} pages", [f"{one.path}: {f}" for one in listed for f in faults(one, crawl)])
    titles = Counter(_title(one) for one in listed if "?" not in one.path)
    yield none_of(
        "titles that two pages have", [f"{number} × {title}" for title, number in titles.items() if number > 1]
    )


def _tree(answer: Answer) -> html.HtmlElement:
    return html.fromstring(answer.body, parser=html.HTMLParser(encoding="utf-8"))


def _title(answer: Answer) -> str:
    return " ".join(_tree(answer).findtext(".//title", "").split())


def faults(answer: Answer, crawl: Crawl) -> Iterator[str]:
    tree = _tree(answer)
    if not tree.get("lang"):
        yield "no language"
    if len(tree.xpath("//h1")) != 1:
        yield f"{len(tree.xpath('//h1'))} first headings"
    for name in PROPERTIES:
        if len(tree.xpath(f"//meta[@property='{name}'][@content!='']")) < 1:
            yield f"no {name}"
    for name in NAMES:
        if len(tree.xpath(f"//meta[@name='{name}'][@content!='']")) != 1:
            yield f"not one {name}"
    if "max-image-preview:large" not in "".join(tree.xpath("//meta[@name='robots']/@content")):
        yield "no max-image-preview:large"
    if not tree.xpath("//link[@rel='alternate'][@type='application/rss+xml' or @type='application/atom+xml']"):
        yield "names no feed"
    canonical = tree.xpath("//link[@rel='canonical']/@href")
    if len(canonical) != 1:
        yield f"{len(canonical)} canonical addresses"
    elif not urlsplit(canonical[0]).netloc:
        yield f"the canonical address {canonical[0]} is not whole"
    elif canonical[0].startswith(crawl.visitor.address):
        path = canonical[0].removeprefix(crawl.visitor.address)
        found = crawl.answers.get(path) or crawl.visitor.get(path)
        if found.status != 200:
            yield f"the canonical address {path} answers {found.status}"
    for picture in tree.xpath("//meta[@property='og:image']/@content"):
        if not urlsplit(picture).netloc:
            yield f"og:image {picture} is not whole"
        elif picture.startswith(crawl.visitor.address):
            path = picture.removeprefix(crawl.visitor.address)
            if path not in crawl.answers:
                crawl.answers[path] = crawl.visitor.get(path)
            if crawl.answers[path].status != 200:
                yield f"og:image {path} answers {crawl.answers[path].status}"

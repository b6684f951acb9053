"""Which article an address of this site leads to, as the desk understands it: drafts and old addresses included."""

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.urls import Resolver404, resolve
from django.utils import timezone

from articles.models import Article, PublishedArticle
from articles.richtext.own_links import number_links, own_paths, path_on_this_site
from newsroom.models import Redirect
from newsroom.models.redirects import LONGEST_PATH, decoded

MOST_PATHS = 500  # no text has more links to its own site; what is over stays an address


def host_is_ours(host: str) -> bool:
    """Is this name SITE_URL's, or one that the site answers to? "*" in ALLOWED_HOSTS makes the whole web nobody's."""
    hosts = [name for name in settings.ALLOWED_HOSTS if name != "*"]
    named = urlsplit(settings.SITE_URL).hostname
    return host == named or validate_host(f"[{host}]" if ":" in host else host, hosts)


def with_numbered_links(body: str) -> str:
    """A sanitised body whose links to our own site name their articles. No query without such a link, else at most six."""
    paths = own_paths(body, host_is_ours)
    return number_links(body, article_ids(paths), host_is_ours) if paths else body


def article_at(address: str) -> int | None:
    """The article at this address of our site, if any. At most six queries."""
    path = path_on_this_site(address, host_is_ours)
    return article_ids([path]).get(path) if path else None


def article_ids(paths: Collection[str]) -> dict[str, int]:
    """The article of each path that has one: what readers see there, else whose draft will stand there, else whose old
    address it is. Three queries for all of them, and as many again when a written redirect leads on.
    """
    wanted = sorted(path for path in paths if len(path) <= LONGEST_PATH)[:MOST_PATHS]
    found = _by_slug({path: decoded(path.partition("?")[0]) for path in wanted})
    left = [path for path in wanted if path not in found]
    if not left:
        return found
    written: dict[str, str] = {}
    for path, redirect in _redirects(left).items():
        kind, _, number = redirect.key.partition(":")
        if kind == "article" and number.isdecimal():
            found[path] = int(number)
        elif redirect.target and (target := path_on_this_site(redirect.target, host_is_ours)):
            written[path] = target
    return found | _by_slug({path: decoded(target.partition("?")[0]) for path, target in written.items()})


def _by_slug(addresses: dict[str, str]) -> dict[str, int]:
    """For paths (by the name that they shall have in the answer) that have the form of an article's address."""
    slugs = {name: slug for name, path in addresses.items() if (slug := _slug(path))}
    if not slugs:
        return {}
    wanted = set(slugs.values())
    articles = dict(Article.objects.filter(slug__in=wanted).order_by().values_list("slug", "pk"))
    articles |= dict(
        PublishedArticle.objects.live().filter(slug__in=wanted).order_by().values_list("slug", "article_id")
    )
    return {name: articles[slug] for name, slug in slugs.items() if slug in articles}


def _slug(path: str) -> str | None:
    """The address table itself is asked. Links drop the last slash."""
    try:
        match = resolve(path if path.endswith("/") else f"{path}/")
    except Resolver404:
        return None
    return match.kwargs["slug"] if match.url_name == "article" else None


def _redirects(paths: Iterable[str]) -> dict[str, Redirect]:
    """The newest redirect that has begun of each path: with its query (/?p=12), else without. One query."""
    spellings = {path: list(_spellings(path)) for path in paths}
    every = {spelling for those in spellings.values() for spelling in those}
    rows = Redirect.objects.filter(path__in=every, since__lte=timezone.now()).order_by("since", "pk")
    newest = {row.path: row for row in rows}
    hits = {path: next((newest[one] for one in those if one in newest), None) for path, those in spellings.items()}
    return {path: row for path, row in hits.items() if row}


def _spellings(path: str) -> Iterable[str]:
    whole = decoded(path)
    bare, question, _ = whole.partition("?")
    if question:
        yield whole
    yield bare
    yield bare.rstrip("/") if bare.endswith("/") else f"{bare}/"

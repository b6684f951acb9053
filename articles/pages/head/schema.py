"""What every page tells machines in schema.org's words: one graph of nodes that name each other by @id."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from authors.models import Author
from images.models import Image
from newsroom.models import SiteIdentity

from ..metadata import absolute

Node = dict[str, Any]

# As Django's json_script does it: no text can end the script, or begin a comment in it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
MOST_LISTED = 30


def as_script(nodes: Iterable[Mapping[str, Any]]) -> SafeString:
    """For within <script type="application/ld+json">, whatever the texts in it hold: all that is not ASCII is escaped,
    so neither U+2028 nor a mark that turns the reading direction stands in the page.
    """
    graph = {"@context": "https://schema.org", "@graph": [*nodes]}
    return mark_safe(json.dumps(graph, ensure_ascii=True, separators=(",", ":")).translate(_ESCAPES))


def without_empty(node: Node) -> Node:
    """Machines take an empty text for an answer; so what nobody filled in is not there."""
    return {name: value for name, value in node.items() if value not in ("", None, [], {})}


def organisation() -> Node:
    """The publication, whole. It names its corrections page, which every site has."""
    site = SiteIdentity.current()
    return without_empty(
        {
            "@type": "NewsMediaOrganization",
            "@id": absolute("/#publisher"),
            "name": site.name,
            "url": absolute("/"),
            "description": site.description,
            "logo": {"@type": "ImageObject", "url": absolute(site.logo.url)} if site.logo else None,
            "sameAs": [link["url"] for link in site.social_links],
            "correctionsPolicy": absolute(reverse("corrections")),
        }
    )


def website(*, with_search: bool = False) -> Node:
    site = SiteIdentity.current()
    node: Node = {"@type": "WebSite", "@id": absolute("/#website"), "name": site.name, "url": absolute("/")}
    if with_search:
        node["publisher"] = {"@id": absolute("/#publisher")}
        node["potentialAction"] = {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute(reverse('search'))}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        }
    return node


def person(author: Author) -> Node:
    """As a byline names her: `author` comes with its portrait."""
    return without_empty(
        {
            "@type": "Person",
            "name": author.name,
            "url": absolute(author.get_absolute_url()),
            "jobTitle": author.role,
            "image": portrait_of(author.portrait),
            "sameAs": [link["url"] for link in author.links],
        }
    )


def portrait_of(image: Image | None) -> str:
    ladder = image.ladder if image else None
    return absolute(ladder.of("square", "jpg")[-1].url) if ladder else ""


def breadcrumbs(url: str, crumbs: Sequence[tuple[str, str]]) -> Node:
    """From the front page to here: names with their paths. The last is the page itself."""
    steps = [
        {"@type": "ListItem", "position": number, "name": name, "item": absolute(address)}
        for number, (name, address) in enumerate(crumbs, 1)
    ]
    return {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": steps}


def item_list(url: str, addresses: Iterable[str]) -> Node:
    """What a page lists, in its order: paths. Empty where it lists nothing: search engines refuse a list without items."""
    items = [
        {"@type": "ListItem", "position": number, "url": absolute(address)}
        for number, address in enumerate([*addresses][:MOST_LISTED], 1)
    ]
    return {"@type": "ItemList", "@id": f"{url}#list", "itemListElement": items} if items else {}

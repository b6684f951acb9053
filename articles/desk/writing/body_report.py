"""What an editor must hear about a text that was just saved: links that lead nowhere, pictures and embeds that are gone."""

from collections.abc import Iterable

import lxml.html

from articles.models import Article
from articles.richtext import image_ids
from articles.richtext.embeds import provider_of
from articles.richtext.references import card_articles, embeds, linked_articles
from images.models import Image
from newsroom.slugs import CONTROL_CHARACTERS

_MOST_NAMED = 5


def warnings(sent: str, stored: str) -> list[str]:
    """Sentences about the body as it is stored; `sent` is what the browser sent. At most two queries."""
    return [*_articles(stored), *_pictures(stored), *_embeds(sent, stored)]


def _articles(body: str) -> list[str]:
    linked, cards = linked_articles(body), card_articles(body)
    numbers = linked.keys() | cards
    if not numbers:
        return []
    gone = numbers - set(Article.objects.filter(pk__in=numbers).order_by().values_list("pk", flat=True))
    told = []
    if words := [linked[number] for number in sorted(gone & linked.keys())]:
        told.append(f"Links to articles that don't exist any more; readers see only the text: {_named(words)}.")
    if count := len(gone & cards):
        which = (
            "A related card shows an article that doesn't"
            if count == 1
            else f"{count} related cards show articles that don't"
        )
        told.append(f"{which} exist any more; readers don't see it. Remove it or choose another.")
    return told


def _pictures(body: str) -> list[str]:
    numbers = image_ids(body)
    if not numbers:
        return []
    count = len(numbers) - Image.objects.filter(pk__in=numbers).count()
    if not count:
        return []
    which = "A picture in the text is" if count == 1 else f"{count} pictures in the text are"
    return [f"{which} no longer in the library; readers see nothing in its place. Choose another or remove it."]


def _embeds(sent: str, stored: str) -> list[str]:
    """Of what came in, the address is known and told; of what was stored so before, only that it has none."""
    refused = [address for address in _embed_addresses(sent) if address and provider_of(address) is None]
    if refused:
        return [f"Not embedded, because no service that we know has this address: {_named(refused)}."]
    count = sum(not embed.url for embed in embeds(stored))
    return [f"{count} embed{'' if count == 1 else 's'} without an address; readers don't see it."] if count else []


def _embed_addresses(html: str) -> list[str]:
    root = lxml.html.fragment_fromstring(CONTROL_CHARACTERS.sub("", html), create_parent="div")
    return [figure.get("data-url") or "" for figure in root.iterfind(".//figure[@data-embed]")]


def _named(words: Iterable[str]) -> str:
    every = [f"“{word[:80]}”" for word in words if word]
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")

"""The pages on which a paper tells of itself, like /about/. They share the root of the site with the sections."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from articles.models.published import PublishedArticle
from articles.models.standing import StandingPage
from articles.richtext import Body
from images.models import Image
from newsroom.models import SiteIdentity

from .head import head_of_list
from .showing import keys_of_cards, show


def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Four queries at most: the page, its pictures, the articles that it links to, their bylines."""
    shown = Shown(get_object_or_404(StandingPage, slug=slug, is_public=True))
    context = shown.context()
    address = shown.page.get_absolute_url()
    context["head"] = head_of_list(
        shown.page.title, address, description=shown.page.description, thing=shown.page.key, kind=shown.kind
    )
    return show(request, "articles/standing.html", context, keys=shown.keys, frames=shown.frame_hosts)


@dataclass
class Shown:
    """A page with what its text shows. The desk's preview makes one of what is not saved."""

    page: StandingPage
    keys: set[str] = field(default_factory=set)
    frame_hosts: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """schema.org's name of such a page; two have names of their own."""
        return {"about": "AboutPage", "contact": "ContactPage"}.get(self.page.slug, "WebPage")

    def context(self) -> dict[str, Any]:
        """All that the template needs. Fills `keys` and `frame_hosts`. Three queries at most."""
        body = Body(self.page.body)
        images = Image.objects.in_bulk(body.image_ids) if body.image_ids else {}
        cards: list[PublishedArticle] = []
        if body.article_ids:
            cards = list(PublishedArticle.objects.live().cards().filter(article_id__in=body.article_ids))
        self.keys |= {self.page.key, *(f"image:{pk}" for pk in images)} | keys_of_cards(cards)
        self.frame_hosts |= body.frame_hosts
        context = {"site": SiteIdentity.current(), "videos": []}
        articles = {card.article_id: card for card in cards}
        return {
            "standing": self.page,
            "has_frames": bool(body.frame_hosts),
            "body": body.render(images=images, articles=articles, context=context),
        }

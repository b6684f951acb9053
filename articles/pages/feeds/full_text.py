"""An article as HTML that stands by itself, in any program and on any page: whole addresses, nothing that needs a script."""

from collections.abc import Mapping

import lxml.html
from django.template.loader import render_to_string
from lxml import etree

from articles.models.corrections import CorrectionBase
from articles.models.published import PublishedArticle
from articles.richtext import Body
from images.models import Image
from newsroom.models import SiteIdentity

from ..metadata import absolute

LANDMARKS = {"aside", "section", "nav", "article"}
KEPT = {
    "href",
    "rel",
    "src",
    "alt",
    "width",
    "height",
    "datetime",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "lang",
    "dir",
}


def full_text(article: PublishedArticle, *, images: Mapping[int, Image], linked: Mapping[int, PublishedArticle]) -> str:
    """With lead picture, disclosure, videos and corrections. No query: `article` has its corrections prefetched; `images`
    and `linked` (live articles, by article number) are what its text names.
    """
    body = Body(article.body)
    corrections = list(article.corrections.all())
    context = {
        "article": article,
        "site": SiteIdentity.current(),
        "videos": article.recommended_videos,
        "modules": body.modules,
        "corrections_above": [one for one in corrections if one.place == CorrectionBase.Place.TOP],
        "corrections": [one for one in corrections if one.place == CorrectionBase.Place.BOTTOM],
    }
    context["body"] = body.render(images=images, articles=linked, context=context, templates="feeds/blocks")
    return standing_by_itself(render_to_string("feeds/text.html", context), absolute(article.get_absolute_url()))


def standing_by_itself(html: str, page: str) -> str:
    """Whatever it links to or shows, also places within `page`, by an address with its host; without what only our page
    makes something of. A program shows many articles on one page, whose ids and landmarks would be there twice.
    """
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    for element in root.iter(etree.Element):
        if element.tag in LANDMARKS:
            element.tag = "div"
        for name in set(element.keys()) - KEPT:
            del element.attrib[name]
    root.make_links_absolute(page, resolve_base_href=False, handle_failures="ignore")
    text = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    return text[text.index(">") + 1 : text.rindex("<")].strip()

"""From the stored body to the page's HTML: ids become today's pictures, addresses and cards."""

import re
import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import lxml.html
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from . import tables
from .contents import Part, close_gaps, contents_of
from .embeds import provider_of
from .frames import Frame, frame_of
from .updates import anchor, moment

if TYPE_CHECKING:
    from articles.models.published import PublishedArticle
    from images.models import Image

Element = Any  # lxml has no types of its own


class Body:
    """A parsed body. Ask which ids it needs, fetch them in one query each, then render: once, it is used up.

    >>> body = Body(article.body)
    >>> html = body.render(images=Image.objects.in_bulk(body.image_ids), articles={...}, context={...})
    """

    def __init__(self, html: str) -> None:
        self.root: Element = lxml.html.fragment_fromstring(html or "", create_parent="div")
        close_gaps(self.root)
        self.contents: list[Part] = contents_of(self.root)  # of a long one; its headings have their ids from here on

    @cached_property
    def image_ids(self) -> set[int]:
        return {int(figure.get("data-image")) for figure in self.root.iterfind(".//figure[@data-image]")}

    @cached_property
    def article_ids(self) -> set[int]:
        links = {int(link.get("data-article")) for link in self.root.iterfind(".//a[@data-article]")}
        cards = {int(card.get("data-article-card")) for card in self.root.iterfind(".//aside[@data-article-card]")}
        return links | cards

    @cached_property
    def frames(self) -> dict[str, Frame | None]:
        """What a click on each embed loads, by the embed's address."""
        urls = [figure.get("data-url") or "" for figure in self.root.iterfind(".//figure[@data-embed]")]
        return {url: frame_of(url) for url in urls}

    @cached_property
    def frame_hosts(self) -> set[str]:
        """The third parties whose frames this body's page must be allowed to show."""
        return {frame.host for frame in self.frames.values() if frame}

    @cached_property
    def modules(self) -> set[str]:
        """Modules that the writer placed in the text; the others find their own place on the page."""
        return {module.get("data-module") for module in self.root.iterfind(".//aside[@data-module]")}

    def render(
        self,
        *,
        images: "Mapping[int, Image]",
        articles: "Mapping[int, PublishedArticle]",
        context: dict[str, Any] | None = None,
        templates: str = "blocks",
    ) -> SafeString:
        """`articles` are live ones by article id: a link to any other is only its text, a card of it nothing. `templates`
        is a folder whose templates stand before those of blocks/.
        """
        return _Rendering(self, images, articles, context or {}, templates).html()


class _Rendering:
    """What the templates make is put in at the very end, for a mark in the tree: to parse it would cost more than to
    make it, and lxml knows no <source>.
    """

    def __init__(self, body: Body, images: Any, articles: Any, context: dict[str, Any], templates: str) -> None:
        self.root, self.frames = body.root, body.frames
        self.images, self.articles, self.context = images, articles, context
        self.templates = dict.fromkeys((templates, "blocks"))  # in this order, each once
        self.token = secrets.token_hex(8)  # nothing in a text can pass for one of our marks
        self.made: list[str] = []
        self.anchors: set[str] = set()
        notes = list(self.root.iterfind(".//span[@data-footnote]"))
        self.note_numbers = {note: number for number, note in enumerate(notes, 1)}
        self.notes: dict[int, SafeString] = {}

    def html(self) -> SafeString:
        self._links()
        tables.finish(self.root)
        # Backwards, so that what stands in a caption or in a gallery is ready before what it stands in.
        for element in reversed(list(self.root.iter("figure", "aside", "section", "span"))):
            self._block(element)
        html = _inner(self.root)
        if self.notes:
            notes = [self.notes[number] for number in sorted(self.notes)]
            html += self._made("footnotes", {"notes": notes})
        return mark_safe(self._filled(html))  # every part was sanitised on the way in, or escaped by a template

    def _block(self, element: Element) -> None:
        if "data-image" in element.attrib:
            self._picture(element)
        elif "data-embed" in element.attrib:
            self._embed(element)
        elif "data-article-card" in element.attrib:
            article = self.articles.get(int(element.get("data-article-card")))
            self._put(element, "card", {"article": article}) if article else element.drop_tree()
        elif "data-module" in element.attrib:
            self._put(element, element.get("data-module").replace("-", "_"), self.context)
        elif "data-update" in element.attrib:
            self._update(element)
        elif "data-footnote" in element.attrib:
            self._footnote(element)
        elif "data-gallery" in element.attrib:
            self._gallery(element)

    def _picture(self, figure: Element) -> None:
        image = self.images.get(int(figure.get("data-image")))
        if image is None or image.ladder is None:
            figure.drop_tree()
            return
        in_gallery = figure.getparent().get("data-gallery") is not None
        align = "center" if in_gallery else figure.get("data-align") or "center"
        parts = {
            "image": image,
            "alt": image.alt if figure.get("data-alt") is None else figure.get("data-alt"),
            "align": align,
            "use": "gallery" if in_gallery else align,
            "caption": _caption(figure),
        }
        self._put(figure, "image", parts)

    def _embed(self, figure: Element) -> None:
        url = figure.get("data-url") or ""
        provider = provider_of(url)
        if provider is None:
            figure.drop_tree()
            return
        parts = {"provider": provider, "url": url, "frame": self.frames[url], "caption": _caption(figure)}
        self._put(figure, "embed", parts)

    def _update(self, section: Element) -> None:
        """It begins with its time, which is also a link to it."""
        at = moment(section.attrib.pop("data-update"))
        assert at is not None  # the sanitiser lets nothing else in
        section.set("class", "update")
        place = anchor(at)
        if place not in self.anchors:
            section.set("id", place)
        self.anchors.add(place)
        heading = self._mark(self._made("update_heading", {"at": at, "anchor": place}))
        heading.tail, section.text = section.text, None
        section.insert(0, heading)

    def _gallery(self, section: Element) -> None:
        """A section of a page has a heading; pictures beside each other are none."""
        if len(section) == 0:
            section.drop_tree()
        else:
            section.tag = "div"

    def _footnote(self, note: Element) -> None:
        number = self.note_numbers[note]
        self.notes[number] = mark_safe(_inner(note))
        self._put(note, "footnote_mark", {"number": number})

    def _links(self) -> None:
        for link in list(self.root.iterfind(".//a[@data-article]")):
            article = self.articles.get(int(link.attrib.pop("data-article")))
            if article is None:
                link.drop_tag()
            else:
                _, hash_sign, place = (link.get("href") or "").partition("#")
                link.set("href", article.get_absolute_url() + hash_sign + place)

    def _put(self, element: Element, template: str, parts: dict[str, Any]) -> None:
        """What the template makes stands in the element's place; text that follows the element stays."""
        mark = self._mark(self._made(template, parts))
        mark.tail = element.tail
        element.getparent().replace(element, mark)

    def _made(self, template: str, parts: dict[str, Any]) -> str:
        return render_to_string([f"{folder}/{template}.html" for folder in self.templates], parts)

    def _mark(self, html: str) -> Element:
        self.made.append(html.strip())
        return etree.Comment(f"{self.token}:{len(self.made) - 1}")

    def _filled(self, html: str) -> str:
        """With what was made in the place of each mark; what was made may hold marks in turn."""
        return re.sub(rf"<!--{self.token}:(\d+)-->", lambda mark: self._filled(self.made[int(mark[1])]), html)


def _caption(figure: Element) -> SafeString:
    caption = figure.find("figcaption")
    return mark_safe(_inner(caption) if caption is not None else "")


def _inner(element: Element) -> str:
    """What stands inside an element, as HTML. (Its .text alone is *unescaped*: joining that by hand is an open door.)"""
    html = etree.tostring(element, method="html", encoding="unicode", with_tail=False)
    return html[html.index(">") + 1 : html.rindex("<")]

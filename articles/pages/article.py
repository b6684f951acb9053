"""The article page: the page that the site exists to make."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from articles.models.bylines import BylineBase
from articles.models.changes import PublishedChange, public_changes
from articles.models.corrections import CorrectionBase
from articles.models.published import PublishedArticle
from articles.models.related import Choices, RelatedSettings, Suggestion, question_about, suggestions
from articles.models.related.remembering import KEPT, suggested
from articles.models.tags.tagging import Tag
from articles.richtext import Body
from authors.models import Author
from images.models import Image
from newsroom.models import SiteIdentity

from .head import head_of_article
from .more import Line, keys_of_lines, lines_beside
from .related import RelatedCard, cards_of
from .series import part_of
from .showing import keys_of_cards, show


@require_safe
def article(request: HttpRequest, section: str, slug: str) -> HttpResponse:
    """At most nine queries, whatever the size of the site; one more where the site shows what changed, one for a part of a
    series; six more while the suggestions beside it are not remembered.
    """
    found = PublishedArticle.objects.live().filter(slug=slug).select_related("section", "lead_image").first()
    if found is None:
        raise Http404("No article has this address.")
    assert found.section is not None
    if found.section.slug != section:
        response = HttpResponsePermanentRedirect(found.get_absolute_url())
        response["Cache-Control"] = "no-cache"  # it may move back; browsers keep a bare 301 for ever
        return response
    page = ArticlePage(
        found,
        bylines=list(found.bylines.select_related("author__portrait")),
        tags=list(found.tags.all()),
        corrections=list(found.corrections.all()),
        changes=list(public_changes(found.article_id)) if SiteIdentity.current().shows_changes else [],
    )
    context = page.context()
    context["head"] = head_of_article(found, page.writers or page.authors, page.corrections, context["tags"])
    return show(request, "articles/article.html", context, keys=page.keys, frames=page.frame_hosts)


@dataclass
class ArticlePage:
    """One version of an article with all that stands around it. The preview makes one from the working copy."""

    article: PublishedArticle
    bylines: Sequence[BylineBase]
    tags: Sequence[Tag]
    corrections: Sequence[CorrectionBase]
    changes: Sequence[PublishedChange] = ()
    choices: Choices | None = None  # of related articles, where they are not those that are saved
    keys: set[str] = field(default_factory=set)
    frame_hosts: set[str] = field(default_factory=set)

    def context(self) -> dict[str, Any]:
        """All that the template needs; it asks the database for nothing. Seven queries.

        Fills `keys`, and `frame_hosts`: whose frames the answer's policy must allow.
        """
        body = Body(self.article.body)
        self.frame_hosts |= body.frame_hosts
        images = Image.objects.in_bulk(body.image_ids) if body.image_ids else {}
        linked, related = self._cards(body.article_ids)
        more = self._more([one.card for one in related])
        part = part_of(self.article, self.tags)
        self._collect_keys(images, [*linked.values(), *(one.card for one in related)])
        self.keys |= keys_of_lines(more) | (part.keys if part else set())
        parts = {
            "article": self.article,
            "tags": [tag for tag in self.tags if tag.is_public],
            "related": related,
            "more": more,
            "part": part,
            "changes": self.changes,
        }
        return {
            **parts,
            "corrections": [one for one in self.corrections if one.place == CorrectionBase.Place.BOTTOM],
            "corrections_above": [one for one in self.corrections if one.place == CorrectionBase.Place.TOP],
            "writers": self.writers,
            "credits": [byline for byline in self.bylines if byline.role != BylineBase.Role.WRITER],
            "authors": self.authors,
            "modules": body.modules,
            "has_frames": bool(body.frame_hosts),
            "contents": body.contents,
            "body": body.render(images=images, articles=linked, context=self._module_context()),
        }

    def _cards(self, linked_ids: set[int]) -> tuple[dict[int, PublishedArticle], list[RelatedCard]]:
        """The articles that the body links to, by article id, and the related ones: fetched together."""
        found = self.suggestions()
        wanted = Q(pk__in=[one.published for one in found]) | Q(article_id__in=linked_ids)
        rows = list(PublishedArticle.objects.live().cards().filter(wanted))
        linked = {row.article_id: row for row in rows if row.article_id in linked_ids}
        return linked, cards_of(found, rows, self.tags)

    def suggestions(self) -> list[Suggestion]:
        """Remembered for what readers see; found anew for what is looked at before it is published."""
        if self.article.pk is not None:
            return suggested(self.article, self.tags)
        return suggestions(*question_about(self.article, self.tags), KEPT, choices=self.choices)

    @cached_property
    def authors(self) -> list[Author]:
        """Each once, in the order of the bylines."""
        return list({byline.author_id: byline.author for byline in self.bylines}.values())

    @cached_property
    def writers(self) -> list[Author]:
        return [byline.author for byline in self.bylines if byline.role == BylineBase.Role.WRITER]

    def _more(self, cards: Sequence[PublishedArticle]) -> list[Line]:
        first = next(iter([*self.writers, *self.authors]), None)
        shown = {card.article_id for card in cards} | {self.article.article_id or 0}
        return lines_beside(self.article.section, first, shown)

    def _module_context(self) -> dict[str, Any]:
        return {"site": SiteIdentity.current(), "videos": self.article.recommended_videos}

    def _collect_keys(self, images: dict[int, Image], cards: list[PublishedArticle]) -> None:
        self.keys |= {self.article.key, f"section:{self.article.section_id}"}
        self.keys |= {f"related:{self.article.article_id}", RelatedSettings.key}
        self.keys |= {author.key for author in self.authors} | {tag.key for tag in self.tags}
        self.keys |= {f"image:{pk}" for pk in [*images, self.article.lead_image_id] if pk}
        self.keys |= {f"image:{author.portrait_id}" for author in self.authors if author.portrait_id}
        self.keys |= keys_of_cards(cards)

"""What machines read of an article: schema.org's NewsArticle as JSON-LD."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models.corrections import CorrectionBase
from articles.models.published import PublishedArticle
from articles.models.tags.tagging import Tag
from authors.models import Author
from newsroom.models import SiteIdentity

# As Django's json_script does it: no text can end the script, or begin a comment in it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def news_article(
    article: PublishedArticle,
    authors: Sequence[Author],
    corrections: Sequence[CorrectionBase],
    tags: Sequence[Tag] = (),
) -> SafeString:
    """No query: `article` has its section and lead picture; `tags` are those that readers see. Not for previews, which
    may have no address yet.
    """
    data = _news_article(article, authors, corrections)
    if tags:
        data["keywords"] = [tag.name for tag in tags]
    return as_script(data)


def as_script(data: dict[str, Any]) -> SafeString:
    """For within <script type="application/ld+json">, whatever the texts in it hold."""
    return mark_safe(json.dumps(data, ensure_ascii=True, separators=(",", ":")).translate(_ESCAPES))


def _news_article(
    article: PublishedArticle, authors: Sequence[Author], corrections: Sequence[CorrectionBase]
) -> dict[str, Any]:
    site = SiteIdentity.current()
    address = article.canonical_url or absolute(article.get_absolute_url())
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "mainEntityOfPage": address,
        "datePublished": article.published_at.isoformat(),
        "dateModified": (article.updated_at or article.published_at).isoformat(),
        "author": [{"@type": "Person", "name": one.name, "url": absolute(one.get_absolute_url())} for one in authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": site.name, "url": absolute("/")},
    }
    if article.section:
        data["articleSection"] = article.section.name
    if description := article.seo_description or article.standfirst:
        data["description"] = description
    if article.lead_image and article.lead_image.share_url:
        data["image"] = [absolute(article.lead_image.share_url)]
    if corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.noted_at.isoformat()}
            for one in corrections
        ]
    return data


def absolute(path: str) -> str:
    return path if "://" in path else f"{settings.SITE_URL.rstrip('/')}{path}"

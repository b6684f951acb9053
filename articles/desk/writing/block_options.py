"""What the editor's modules for links, embeds, modules and updates are told: with which the page is made."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from articles.richtext.embeds import PROVIDERS
from articles.richtext.javascript import javascript_source
from newsroom.models import SiteIdentity


def block_extensions() -> dict[str, Any]:
    """Extensions with their options, for this moment: the identity may change, and a test's settings do. Usually no
    query.
    """
    search = reverse("admin:articles_article_links")
    link = {"searchUrl": search, "hosts": _hosts()}
    site = SiteIdentity.current()
    return {
        "NewsLink": link,
        "NewsEmbed": {"providers": embed_providers()},
        "PullQuote": True,
        "ArticleCard": {"searchUrl": search},
        "ModuleBlock": {
            "disclosure": site.disclosure,
            "identityUrl": reverse("admin:newsroom_siteidentity_changelist"),
            "videosUrl": reverse("admin:articles_article_videos"),
        },
        "UpdateBlock": {"zone": timezone.get_current_timezone_name()},
        "Footnote": {"link": link},
        "PasteCleaner": True,
        "NewsStatus": True,
        "AffiliateNotice": True,
    }


def embed_providers() -> dict[str, dict[str, str]]:
    """The table of richtext.embeds for the browser: by the same rule it knows what it may offer to embed."""
    return {
        one.name: {"label": one.label, "verb": one.verb, "pattern": javascript_source(one.address)}
        for one in PROVIDERS.values()
    }


def _hosts() -> list[str]:
    named = urlsplit(settings.SITE_URL).hostname or ""
    return [name for name in dict.fromkeys([named, *settings.ALLOWED_HOSTS]) if name and name != "*"]

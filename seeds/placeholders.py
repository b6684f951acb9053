"""The demo's bodies name pictures and articles by slug, and updates by how long ago they were; stored bodies hold ids and
moments.
"""

import re
from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from images.models import Image

_MINUTES_AGO = re.compile(r'data-update="(\d+) minutes ago"')
_PLACEHOLDER = re.compile(r'(data-image|data-article|data-article-card)="([^"]+)"')


def with_ids(body: str) -> str:
    """Raises KeyError for a slug that is no picture or article of the demo."""
    names = {f"seed:{slug}" for _, slug in _PLACEHOLDER.findall(body)}
    images = dict(Image.objects.filter(import_key__in=names).values_list("import_key", "pk"))
    articles = dict(Article.objects.filter(import_key__in=names).values_list("import_key", "pk"))

    def number(match: re.Match[str]) -> str:
        ids = images if match[1] == "data-image" else articles
        return f'{match[1]}="{ids[f"seed:{match[2]}"]}"'

    return _PLACEHOLDER.sub(number, body)


def with_moments(body: str) -> str:
    now = timezone.now().replace(second=0, microsecond=0)
    return _MINUTES_AGO.sub(lambda match: f'data-update="{(now - timedelta(minutes=int(match[1]))).isoformat()}"', body)

"""Which tags an address means: today's slugs, and those that readers knew before."""

from collections.abc import Sequence

from articles.models.tags.tagging import Tag
from newsroom.addresses import path_to
from newsroom.models import Redirect

MOST_TAGS = 3
MOST_SLUGS = 10  # in one address: who repeats himself is led, who floods is not answered
MOST_STEPS = 10


def tags_at(slugs: Sequence[str]) -> list[Tag] | None:
    """The tags of these slugs, sorted by slug, each once; None when readers know one of them not. One query, three more
    for each slug that is not today's.
    """
    wanted = set(slugs)
    found = {tag.slug: tag for tag in Tag.objects.for_readers().filter(slug__in=wanted)}
    for slug in sorted(wanted - found.keys()):
        tag = _formerly_at(slug)
        if tag is None or not tag.is_public:
            return None
        found[slug] = tag
    return sorted({tag.pk: tag for tag in found.values()}.values(), key=lambda tag: tag.slug)


def _formerly_at(slug: str) -> Tag | None:
    """Only by an address that the public has seen: a row that was merged tells nothing by itself."""
    redirect = Redirect.objects.at(path_to("tag", slug))
    kind, _, number = redirect.key.partition(":") if redirect else ("", "", "")
    if kind != "tag" or not number.isdecimal():
        return None
    tag = Tag.objects.filter(pk=int(number)).first()
    for _ in range(MOST_STEPS):
        if tag is None or tag.merged_into_id is None:
            break
        tag = tag.merged_into
    return tag

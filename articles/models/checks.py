"""Checks: what a reader, an editor or a search engine would miss in a working copy, by the rules of rules.py.

The gate refuses for what the house rules block and advises what they warn of; the form's list shows all, as of the last
save from here and while one writes from checks.js, which is given these same rules.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.richtext import article_ids
from articles.richtext.inspecting import AFFILIATE_HOSTS, LONG_PARAGRAPH, VAGUE, has_affiliate_link, inspect, pictures
from images.models import Image
from newsroom.models import SiteIdentity

from .four_eyes import has_a_second_pair
from .house_rules import BLOCK, HINT, OFF, WARN, HouseRules
from .published import PublishedArticle
from .rules import LONGEST_HEADLINE, LONGEST_STANDFIRST, RULES
from .tagging import ArticleTag

if TYPE_CHECKING:
    from .article import Article

# A tag says little when more than one article in ten bears it; on a young site none does. Told by the articles that
# were changed last: to count all of 100,000 costs a quarter of a second.
COMMON_SHARE, COMMON_FROM, LOOKED_AT = 10, 20, 500


@dataclass(frozen=True)
class Check:
    """One finding. `block` is the place in the text, counted in blocks from 0."""

    id: str
    words: str = ""
    block: int | None = None

    @property
    def level(self) -> str:
        return HouseRules.current().level(self.id)

    @property
    def field(self) -> str:
        return RULES[self.id].field

    @property
    def text(self) -> str:
        return RULES[self.id].text.replace("{words}", self.words)


def checks(
    article: "Article", *, by: Any = None, start: datetime | None = None, until: datetime | None = None
) -> list[Check]:
    """All that is found in the saved article, what weighs most first; nothing of rules that are off. At most ten queries.

    `by` is who would send it out (for the rule of four eyes), `start` and `until` when readers would have it. Not
    `search-title-cut`: how wide a title is only a browser can tell.
    """
    found = [check for check in _all(article, by, Window(start, until)) if check.level != OFF]
    return sorted(found, key=lambda check: (BLOCK, WARN, HINT).index(check.level))


@dataclass(frozen=True)
class Window:
    """When readers would have it; from now on and for good, where nothing is said."""

    start: datetime | None
    until: datetime | None

    def rights(self, image: Image) -> str:
        """A sentence when the rights to a picture end too soon; '' when they don't. Pictures whose rights end within
        a window without an end are told a month ahead, as the library does.
        """
        end = image.rights_expire_on
        if end is None:
            return ""
        if self.start is not None and end < timezone.localdate(self.start):
            return f"Its rights end on {date_format(end, 'j M Y')}, before the article comes out."
        if self.until is not None and end >= timezone.localdate(self.until):
            return ""
        if self.until is not None and not image.rights_have_expired:
            return f"Its rights end on {date_format(end, 'j M Y')}, while the article is out."
        return image.rights_warning


def _all(article: "Article", by: Any, window: Window) -> Iterator[Check]:
    yield from _words(article)
    yield from _lead(article, window)
    if not article.body:
        yield Check("text-missing")
    yield from _text_pictures(article.body, window)
    yield from (Check(one.id, one.words, one.block) for one in inspect(article.body))
    yield from _links(article)
    yield from _disclosure(article)
    if not article.pk or not article.bylines.exists():
        yield Check("byline-missing")
    yield from _tags(list(article.tagged_items.values_list("tag_id", flat=True)) if article.pk else [])
    rules = HouseRules.current()
    if article.pk and rules.level("four-eyes") != OFF and not has_a_second_pair(article, by):
        yield Check("four-eyes")


def _words(article: "Article") -> Iterator[Check]:
    from .gate import address_is_taken

    if not article.headline:
        yield Check("headline-missing")
    elif len(article.headline) > LONGEST_HEADLINE:
        yield Check("headline-long", str(len(article.headline)))
    if not article.section_id:
        yield Check("section-missing")
    if article.slug and address_is_taken(article):
        yield Check("address-taken")
    if not article.standfirst:
        yield Check("standfirst-missing")
    elif len(article.standfirst) > LONGEST_STANDFIRST:
        yield Check("standfirst-long", str(len(article.standfirst)))


def _lead(article: "Article", window: Window) -> Iterator[Check]:
    image = article.lead_image
    if image is None:
        yield Check("lead-missing")
        return
    if image.needs_alt and not article.lead_image_alt:
        yield Check("lead-alt-missing")
    if not image.credit:
        yield Check("lead-credit-missing")
    if rights := window.rights(image):
        yield Check("lead-rights", rights)


def _text_pictures(body: str, window: Window) -> Iterator[Check]:
    shown = pictures(body)
    known = Image.objects.in_bulk({one.image for one in shown}) if shown else {}
    for one in shown:
        image = known.get(one.image)
        if image is None:
            yield Check("picture-gone", block=one.block)
            continue
        if one.alt is None and image.needs_alt:
            yield Check("picture-alt-missing", block=one.block)
        if not image.credit:
            yield Check("picture-credit-missing", block=one.block)
        if rights := window.rights(image):
            yield Check("picture-rights", rights, one.block)


def _links(article: "Article") -> Iterator[Check]:
    """To our own articles, by number: are they out? One query when there are any."""
    linked = set(article_ids(article.body)) - {article.pk}
    if not linked:
        return
    live: Any = PublishedArticle.objects.live()
    if lost := len(linked) - live.filter(article_id__in=linked).count():
        yield Check("link-unpublished", "A link leads" if lost == 1 else f"{lost} links lead")


def _disclosure(article: "Article") -> Iterator[Check]:
    if article.has_affiliate_links:
        if not SiteIdentity.current().disclosure:
            yield Check("disclosure-missing")
    elif has_affiliate_link(article.body):
        yield Check("affiliate-undisclosed")


def _tags(ids: list[int]) -> Iterator[Check]:
    rules = HouseRules.current()
    if not ids:
        yield Check("tags-missing")
        return
    if len(ids) < rules.tags_at_least:
        yield Check("tags-few", f"{len(ids)} of {rules.tags_at_least}")
    elif len(ids) > rules.tags_at_most:
        yield Check("tags-many", f"{len(ids)}, more than {rules.tags_at_most}")
    if all(one["is_common"] for one in tag_uses(ids).values()):
        yield Check("tags-common")


def tag_uses(ids: Collection[int]) -> dict[int, dict[str, int | bool]]:
    """How many of the articles changed last bear each of these tags, and whether that is very many. Two queries."""
    from .article import Article

    latest = list(Article.objects.order_by("-updated_at", "-pk").values_list("pk", flat=True)[:LOOKED_AT])
    common = max(COMMON_FROM, len(latest) // COMMON_SHARE)
    # All their tags, counted here: asked for these tags alone, a database walks every article that bears them.
    uses = Counter(ArticleTag.objects.filter(content_object__in=latest).order_by().values_list("tag_id", flat=True))
    return {pk: {"uses": uses[pk], "is_common": uses[pk] > common} for pk in ids}


def for_the_browser() -> dict[str, object]:
    """The rules that are not off and their numbers, for checks.js."""
    house = HouseRules.current()
    told = {name: rule for name, rule in RULES.items() if house.level(name) != OFF}
    return {
        "rules": {
            name: {"level": house.level(name), "field": rule.field, "text": rule.text} for name, rule in told.items()
        },
        "longest": {"headline": LONGEST_HEADLINE, "standfirst": LONGEST_STANDFIRST, "paragraph": LONG_PARAGRAPH},
        "tags": {"least": house.tags_at_least, "most": house.tags_at_most},
        "vague": VAGUE,
        "affiliateHosts": AFFILIATE_HOSTS,
        "hasDisclosure": bool(SiteIdentity.current().disclosure),
    }

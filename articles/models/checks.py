"""Checks: what a reader, an editor or a search engine would miss in a working copy, by the rules of rules.py.

The gate refuses for what the house rules block and advises what they warn of; the form's list shows all, as of the last
save from here and while one writes from checks.js, which is given these same rules.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.richtext import article_ids
from articles.richtext.inspecting import AFFILIATE_HOSTS, LONG_PARAGRAPH, VAGUE, has_affiliate_link, inspect, pictures
from images.models import Image
from newsroom.models import SiteIdentity

from .check_facts import CheckFacts, article_number
from .four_eyes import has_a_second_pair
from .house_rules import BLOCK, HINT, OFF, WARN, HouseRules
from .published import PublishedArticle
from .rules import LONGEST_HEADLINE, LONGEST_STANDFIRST, RULES

if TYPE_CHECKING:
    from .check_facts import Checkable


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
    row: "Checkable", *, by: Any = None, start: datetime | None = None, until: datetime | None = None
) -> list[Check]:
    """All that is found in a saved working copy, or in a version that readers have or will get, what weighs most first;
    nothing of rules that are off. At most seven queries, and those of four eyes.

    `by` is who would send it out (for the rule of four eyes, which is asked of a working copy only: a version has been
    sent), `start` and `until` when readers would have it. Not `search-title-cut`: how wide a title is only a browser
    can tell.
    """
    found = list(_all(row, CheckFacts.about([row]), Window(start, until)))
    if not isinstance(row, PublishedArticle) and row.pk and HouseRules.current().level("four-eyes") != OFF:
        found += [] if has_a_second_pair(row, by) else [Check("four-eyes")]
    return _weighed(found)


def checks_of(versions: Sequence[PublishedArticle]) -> Iterator[tuple[PublishedArticle, list[Check]]]:
    """For each of these versions what is found in it today. As many queries as for one."""
    facts, now = CheckFacts.about(versions), timezone.now()
    for version in versions:
        window = Window(version.live_from if version.live_from > now else None, version.live_until)
        yield version, _weighed(_all(version, facts, window))


def _weighed(found: Iterable[Check]) -> list[Check]:
    return sorted(
        (check for check in found if check.level != OFF), key=lambda check: (BLOCK, WARN, HINT).index(check.level)
    )


@dataclass(frozen=True)
class Window:
    """When readers would have it; from now on and for good, where nothing is said."""

    start: datetime | None
    until: datetime | None

    @property
    def begins(self) -> datetime:
        """The first moment at which a reader can open it."""
        return max(self.start or timezone.now(), timezone.now())

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


def _all(row: "Checkable", facts: CheckFacts, window: Window) -> Iterator[Check]:
    yield from _words(row, facts)
    yield from _lead(row, facts, window)
    if not row.body:
        yield Check("text-missing")
    yield from _text_pictures(row.body, facts, window)
    yield from (Check(one.id, one.words, one.block) for one in inspect(row.body))
    yield from _links(row, facts, window)
    yield from _disclosure(row)
    if row.pk not in facts.signed:
        yield Check("byline-missing")
    yield from _tags(facts.tags.get(row.pk, []), facts)


def _words(row: "Checkable", facts: CheckFacts) -> Iterator[Check]:
    if not row.headline:
        yield Check("headline-missing")
    elif len(row.headline) > LONGEST_HEADLINE:
        yield Check("headline-long", str(len(row.headline)))
    if not row.section_id:
        yield Check("section-missing")
    if row.slug and facts.address_is_taken(row):
        yield Check("address-taken")
    if not row.standfirst:
        yield Check("standfirst-missing")
    elif len(row.standfirst) > LONGEST_STANDFIRST:
        yield Check("standfirst-long", str(len(row.standfirst)))


def _lead(row: "Checkable", facts: CheckFacts, window: Window) -> Iterator[Check]:
    image = facts.images.get(row.lead_image_id or 0)
    if image is None:
        yield Check("lead-missing")
        return
    if image.needs_alt and not row.lead_image_alt:
        yield Check("lead-alt-missing")
    if not image.credit:
        yield Check("lead-credit-missing")
    if rights := window.rights(image):
        yield Check("lead-rights", rights)


def _text_pictures(body: str, facts: CheckFacts, window: Window) -> Iterator[Check]:
    for one in pictures(body):
        image = facts.images.get(one.image)
        if image is None:
            yield Check("picture-gone", block=one.block)
            continue
        if one.alt is None and image.needs_alt:
            yield Check("picture-alt-missing", block=one.block)
        if not image.credit:
            yield Check("picture-credit-missing", block=one.block)
        if rights := window.rights(image):
            yield Check("picture-rights", rights, one.block)


def _links(row: "Checkable", facts: CheckFacts, window: Window) -> Iterator[Check]:
    """To our own articles, by number: are they out when this one is?"""
    linked = set(article_ids(row.body)) - {article_number(row)}
    if lost := sum(not facts.is_out(pk, window.begins) for pk in linked):
        yield Check("link-unpublished", "A link leads" if lost == 1 else f"{lost} links lead")


def _disclosure(row: "Checkable") -> Iterator[Check]:
    if row.has_affiliate_links:
        if not SiteIdentity.current().disclosure:
            yield Check("disclosure-missing")
    elif has_affiliate_link(row.body):
        yield Check("affiliate-undisclosed")


def _tags(ids: list[int], facts: CheckFacts) -> Iterator[Check]:
    rules = HouseRules.current()
    if not ids:
        yield Check("tags-missing")
        return
    if len(ids) < rules.tags_at_least:
        yield Check("tags-few", f"{len(ids)} of {rules.tags_at_least}")
    elif len(ids) > rules.tags_at_most:
        yield Check("tags-many", f"{len(ids)}, more than {rules.tags_at_most}")
    if facts.common.issuperset(ids):
        yield Check("tags-common")


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

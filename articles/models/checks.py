"""Checks: what a reader, an editor or a search engine would miss in a working copy.

Here stand the rules, each once: its name, how much it weighs, the field where it is put right, its sentence. The gate
refuses for what weighs MUST and advises what weighs SHOULD; the form's list shows all, as of the last save from here
and while one writes from checks.js, which is given these same rules.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from articles.richtext.inspecting import LONG_PARAGRAPH, VAGUE, inspect, pictures
from images.models import Image

from .tagging import ArticleTag

if TYPE_CHECKING:
    from .article import Article

MUST, SHOULD, NICE = "must", "should", "nice"

LONGEST_HEADLINE, LONGEST_STANDFIRST = 90, 250

# A tag says little when more than one article in ten bears it; on a young site none does. Told by the articles that
# were changed last: to count all of 100,000 costs a quarter of a second.
COMMON_SHARE, COMMON_FROM, LOOKED_AT = 10, 20, 500


@dataclass(frozen=True)
class Rule:
    level: str
    field: str
    text: str  # {words} is what was found


RULES = {
    "headline-missing": Rule(MUST, "headline", "An article can't go out without a headline."),
    "section-missing": Rule(MUST, "section", "Choose a section: it is the first part of the article's address."),
    "address-taken": Rule(MUST, "slug", "Readers know another article by this address. Choose another."),
    "standfirst-missing": Rule(SHOULD, "standfirst", "It has no standfirst."),
    "text-missing": Rule(SHOULD, "body", "It has no text."),
    "lead-missing": Rule(SHOULD, "lead_image", "It has no lead picture."),
    "lead-alt-missing": Rule(
        SHOULD,
        "lead_image_alt",
        "Its lead picture has no alternative text: people who can't see it learn nothing of it.",
    ),
    "lead-rights": Rule(SHOULD, "lead_image", "The lead picture: {words}"),
    "picture-alt-missing": Rule(
        SHOULD,
        "body",
        "A picture in the text has no alternative text: people who can't see it learn nothing of it.",
    ),
    "picture-rights": Rule(SHOULD, "body", "A picture in the text: {words}"),
    "picture-gone": Rule(
        SHOULD, "body", "A picture in the text is no longer in the library: readers see nothing in its place."
    ),
    "link-empty": Rule(SHOULD, "body", "A link in the text has no words: nobody can see or follow it."),
    "byline-missing": Rule(SHOULD, "bylines", "It has no byline."),
    "tags-missing": Rule(SHOULD, "tags", "It has no tags, so its related articles are only the newest of its section."),
    "headline-long": Rule(
        NICE, "headline", f"The headline has {{words}} characters: up to {LONGEST_HEADLINE} fit on a card."
    ),
    "search-title-cut": Rule(
        NICE, "seo_title", "Search engines will cut the title. A shorter one can be given for them alone."
    ),
    "standfirst-long": Rule(
        NICE, "standfirst", f"The standfirst has {{words}} characters: up to {LONGEST_STANDFIRST} get read."
    ),
    "tags-common": Rule(
        NICE, "tags", "All its tags are very common: add one for what is particular here, or related articles are not."
    ),
    "heading-order": Rule(NICE, "body", "A subheading stands in the text before any heading."),
    "link-vague": Rule(NICE, "body", "“{words}” doesn't say where the link leads."),
    "paragraph-long": Rule(NICE, "body", "A paragraph has {words} words: break it where a reader may breathe."),
}


@dataclass(frozen=True)
class Check:
    """One finding. `block` is the place in the text, counted in blocks from 0."""

    id: str
    words: str = ""
    block: int | None = None

    @property
    def level(self) -> str:
        return RULES[self.id].level

    @property
    def field(self) -> str:
        return RULES[self.id].field

    @property
    def text(self) -> str:
        return RULES[self.id].text.replace("{words}", self.words)


def checks(article: "Article") -> list[Check]:
    """All that is found in the saved article, what weighs most first. At most six queries.

    Not `search-title-cut`: how wide a title is only a browser can tell.
    """
    return sorted(_all(article), key=lambda check: (MUST, SHOULD, NICE).index(check.level))


def _all(article: "Article") -> Iterator[Check]:
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
    yield from _lead(article)
    if not article.body:
        yield Check("text-missing")
    yield from _text_pictures(article.body)
    yield from (Check(one.id, one.words, one.block) for one in inspect(article.body))
    if not article.pk or not article.bylines.exists():
        yield Check("byline-missing")
    yield from _tags(list(article.tagged_items.values_list("tag_id", flat=True)) if article.pk else [])


def _lead(article: "Article") -> Iterator[Check]:
    image = article.lead_image
    if image is None:
        yield Check("lead-missing")
        return
    if image.needs_alt and not article.lead_image_alt:
        yield Check("lead-alt-missing")
    if image.rights_warning:
        yield Check("lead-rights", image.rights_warning)


def _text_pictures(body: str) -> Iterator[Check]:
    shown = pictures(body)
    known = Image.objects.in_bulk({one.image for one in shown}) if shown else {}
    for one in shown:
        image = known.get(one.image)
        if image is None:
            yield Check("picture-gone", block=one.block)
            continue
        if one.alt is None and image.needs_alt:
            yield Check("picture-alt-missing", block=one.block)
        if image.rights_warning:
            yield Check("picture-rights", image.rights_warning, one.block)


def _tags(ids: list[int]) -> Iterator[Check]:
    if not ids:
        yield Check("tags-missing")
    elif all(one["is_common"] for one in tag_uses(ids).values()):
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
    """The rules and their numbers, for checks.js."""
    return {
        "rules": {name: {"level": rule.level, "field": rule.field, "text": rule.text} for name, rule in RULES.items()},
        "longest": {"headline": LONGEST_HEADLINE, "standfirst": LONGEST_STANDFIRST, "paragraph": LONG_PARAGRAPH},
        "vague": VAGUE,
    }

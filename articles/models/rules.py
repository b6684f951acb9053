"""The rules of what is checked before an article goes out, each once: its name, how much it weighs unless the house says
otherwise, the field where it is put right, its sentence, and what it is called where the house rules are set.
"""

from dataclasses import dataclass

from articles.richtext.inspecting import LONG_PARAGRAPH

from .house_rules import BLOCK, HINT, OFF, WARN

LONGEST_HEADLINE, LONGEST_STANDFIRST = 90, 250


@dataclass(frozen=True)
class Rule:
    """`is_fixed`: readers have no page without it, so that it always blocks and nobody can publish past it.
    `is_of_the_sender`: it asks who sends it out, so not of what was sent. `is_of_the_browser`: only that can tell, and
    so it advises the writer and stops nothing.
    """

    level: str
    field: str
    text: str  # {words} is what was found
    name: str
    is_fixed: bool = False
    is_of_the_sender: bool = False
    is_of_the_browser: bool = False

    @property
    def levels(self) -> tuple[str, ...]:
        """What it can weigh."""
        if self.is_fixed:
            return (BLOCK,)
        return (OFF, HINT) if self.is_of_the_browser else (OFF, HINT, WARN, BLOCK)

    @property
    def is_of_the_text(self) -> bool:
        """Can it be asked of a version that readers have?"""
        return not self.is_of_the_sender and not self.is_of_the_browser


_NO_ALT = "has no alternative text: people who can't see it learn nothing of it."

RULES = {
    "headline-missing": Rule(BLOCK, "headline", "An article can't go out without a headline.", "Headline", True),
    "section-missing": Rule(
        BLOCK, "section", "Choose a section: it is the first part of the article's address.", "Section", True
    ),
    "address-taken": Rule(
        BLOCK, "slug", "Readers know another article by this address. Choose another.", "Its own address", True
    ),
    "standfirst-missing": Rule(WARN, "standfirst", "It has no standfirst.", "Standfirst"),
    "text-missing": Rule(WARN, "body", "It has no text.", "Text"),
    "byline-missing": Rule(WARN, "bylines", "It has no byline.", "Byline"),
    "lead-missing": Rule(WARN, "lead_image", "It has no lead picture.", "Lead picture"),
    "lead-alt-missing": Rule(
        WARN, "lead_image_alt", f"Its lead picture {_NO_ALT}", "Alternative text of the lead picture"
    ),
    "picture-alt-missing": Rule(
        WARN, "body", f"A picture in the text {_NO_ALT}", "Alternative text of pictures in the text"
    ),
    "lead-credit-missing": Rule(HINT, "lead_image", "Its lead picture has no credit.", "Credit of the lead picture"),
    "picture-credit-missing": Rule(
        HINT, "body", "A picture in the text has no credit.", "Credit of pictures in the text"
    ),
    "lead-rights": Rule(WARN, "lead_image", "The lead picture: {words}", "Rights to the lead picture"),
    "picture-rights": Rule(WARN, "body", "A picture in the text: {words}", "Rights to pictures in the text"),
    "picture-gone": Rule(
        WARN,
        "body",
        "A picture in the text is no longer in the library: readers see nothing in its place.",
        "Pictures that are gone from the library",
    ),
    "link-empty": Rule(
        WARN, "body", "A link in the text has no words: nobody can see or follow it.", "Links without words"
    ),
    "link-unpublished": Rule(
        WARN,
        "body",
        "{words} to an article of ours that is not out: readers see no link there.",
        "Links to our own articles",
    ),
    "affiliate-undisclosed": Rule(
        WARN,
        "has_affiliate_links",
        "A link in the text looks like one that we earn from, and readers are not told. Tick “affiliate links”.",
        "Affiliate links that are not disclosed",
    ),
    "disclosure-missing": Rule(
        WARN,
        "has_affiliate_links",
        "It has affiliate links, but the site has no disclosure to show. Write it under Site identity.",
        "The site's disclosure",
    ),
    "tags-missing": Rule(
        WARN, "tags", "It has no tags, so its related articles are only the newest of its section.", "Tags"
    ),
    "tags-few": Rule(WARN, "tags", "It has too few tags: {words}.", "Too few tags"),
    "tags-many": Rule(HINT, "tags", "It has too many tags: {words}.", "Too many tags"),
    "four-eyes": Rule(
        OFF,
        "headline",
        "Nobody else has worked on this or approved it: it needs a second pair of eyes.",
        "Four eyes: nobody publishes alone what he wrote alone",
        is_of_the_sender=True,
    ),
    "headline-long": Rule(
        HINT,
        "headline",
        f"The headline has {{words}} characters: up to {LONGEST_HEADLINE} fit on a card.",
        "Length of the headline",
    ),
    "search-title-cut": Rule(
        HINT,
        "seo_title",
        "Search engines will cut the title. A shorter one can be given for them alone.",
        "Length of the title for search engines",
        is_of_the_browser=True,
    ),
    "standfirst-long": Rule(
        HINT,
        "standfirst",
        f"The standfirst has {{words}} characters: up to {LONGEST_STANDFIRST} get read.",
        "Length of the standfirst",
    ),
    "tags-common": Rule(
        HINT,
        "tags",
        "All its tags are very common: add one for what is particular here, or related articles are not.",
        "Very common tags",
    ),
    "heading-order": Rule(HINT, "body", "A subheading stands in the text before any heading.", "Order of headings"),
    "link-vague": Rule(HINT, "body", "“{words}” doesn't say where the link leads.", "Links that say nothing"),
    "paragraph-long": Rule(
        HINT,
        "body",
        "A paragraph has {words} words: break it where a reader may breathe.",
        f"Paragraphs over {LONG_PARAGRAPH} words",
    ),
}

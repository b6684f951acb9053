"""The body of an article: one vocabulary, one sanitiser, one way to the page.

Stored: sanitised semantic HTML with placeholders, one block a line. Pictures, embeds and links to our own articles
are ids, so that what they show is always today's. `docs/body.md` lists the vocabulary. Pure functions: nothing here
asks the database.
"""

from .compare import compare, compare_texts, count_words
from .plain import plain_text, word_count
from .references import article_ids, image_ids
from .render import Body
from .sanitise import sanitise
from .updates import updates_in

__all__ = [
    "Body",
    "article_ids",
    "compare",
    "compare_texts",
    "count_words",
    "image_ids",
    "plain_text",
    "sanitise",
    "updates_in",
    "word_count",
]

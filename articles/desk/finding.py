"""Finding articles in the list by words: in the headline, the address, the standfirst, the names of the authors.

Each word is looked for in `Article.words`, which the database can walk without touching the bodies, and once for all
rows, not once a row: without that, a search among 100,000 articles reads every body of them.
"""

from typing import Any

from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.text import smart_split, unescape_string_literal

from articles.models import Article, Byline
from authors.models import Author

MOST_WORDS = 8


def words_of(text: str) -> list[str]:
    """What is within quotes is one word."""
    found = []
    for word in smart_split(text):
        is_quoted = len(word) > 1 and word[0] == word[-1] and word[0] in "\"'"
        found.append(unescape_string_literal(word) if is_quoted else word)
    return [word for word in found if word][:MOST_WORDS]


def having(text: str) -> Q:
    """The condition: every word stands in one of these, whatever its case. No word: all articles."""
    condition = Q()
    for word in words_of(text):
        condition &= _having(word)
    return condition


def _having(word: str) -> Q:
    rows: Any = Article.objects.order_by()
    authors = Author.objects.filter(name__icontains=word).order_by()
    return Q(pk__in=rows.filter(words__contains=Lower(Value(word))).values("pk")) | Q(
        pk__in=Byline.objects.filter(author__in=authors.values("pk")).order_by().values("article")
    )

"""The articles, in small files: what an article holds (content), the desk's copy (article), the readers' (published),
the verbs between them (publishing), what is kept of each step (revisions), and what both are filed under.
"""

from .article import Article
from .bylines import Byline, PublishedByline
from .content import ArticleContent
from .corrections import Correction, PublishedCorrection
from .published import PublishedArticle
from .revisions import Revision
from .section import Section
from .tagging import ArticleTag, PublishedTag, Tag

__all__ = [
    "Article",
    "ArticleContent",
    "ArticleTag",
    "Byline",
    "Correction",
    "PublishedArticle",
    "PublishedByline",
    "PublishedCorrection",
    "PublishedTag",
    "Revision",
    "Section",
    "Tag",
]

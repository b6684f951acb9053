"""The articles, in small files: what an article holds (content), the desk's copy (article), the readers' (published),
the verbs between them (publishing), what is kept of each step (revisions), and what both are filed under.
"""

from .article import Article
from .autosaves import Autosave
from .bylines import Byline, PublishedByline
from .content import ArticleContent
from .corrections import Correction, PublishedCorrection
from .mail_choice import MailChoice
from .notifications import Notification
from .pictures import ArticlePicture, PublishedPicture
from .presence import Presence
from .published import PublishedArticle
from .revisions import Revision
from .section import Section
from .section_limits import SectionLimit
from .sharing import ShareLink
from .tagging import ArticleTag, PublishedTag, Tag
from .workflow import Priority, Stage

__all__ = [
    "Article",
    "ArticleContent",
    "ArticlePicture",
    "ArticleTag",
    "Autosave",
    "Byline",
    "Correction",
    "MailChoice",
    "Notification",
    "Presence",
    "Priority",
    "PublishedArticle",
    "PublishedByline",
    "PublishedCorrection",
    "PublishedPicture",
    "PublishedTag",
    "Revision",
    "Section",
    "SectionLimit",
    "ShareLink",
    "Stage",
    "Tag",
]

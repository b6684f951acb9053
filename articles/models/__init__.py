"""The articles, in small files: what an article holds (content), the desk's copy (article), the readers' (published),
the verbs between them (publishing), what is kept of each step (revisions), and what both are filed under.
"""

from .announcements import Announcement, Telling
from .article import Article
from .autosaves import Autosave
from .bulk import BulkAct
from .bylines import Byline, PublishedByline
from .calendar_token import CalendarToken
from .changes import PublishedChange
from .content import ArticleContent
from .corrections import Correction, PublishedCorrection
from .fronts import Front, FrontVersion
from .house_rules import HouseRules
from .mail_choice import MailChoice
from .mail_turns import MailTurn
from .months import ListMonth
from .notes import Note
from .notifications import Notification
from .pictures import ArticlePicture, PublishedPicture, StandingPicture
from .presence import Presence
from .published import PublishedArticle
from .related import PublishedTerm, RelatedChoice, RelatedSettings, Term
from .revisions import Revision
from .searching.entries import SearchEntry, SearchTask
from .section import Section
from .section_limits import SectionLimit
from .sharing import ShareLink
from .standing import StandingPage
from .tags.acts import TagAct, TagActRow
from .tags.names import TagName
from .tags.tagging import ArticleTag, PublishedTag, Tag
from .tags.vocabulary import Vocabulary
from .takedowns import Takedown
from .workflow import Priority, Stage

__all__ = [
    "Announcement",
    "Article",
    "ArticleContent",
    "ArticlePicture",
    "ArticleTag",
    "Autosave",
    "BulkAct",
    "Byline",
    "CalendarToken",
    "Correction",
    "Front",
    "FrontVersion",
    "HouseRules",
    "ListMonth",
    "MailChoice",
    "MailTurn",
    "Note",
    "Notification",
    "Presence",
    "Priority",
    "PublishedArticle",
    "PublishedByline",
    "PublishedChange",
    "PublishedCorrection",
    "PublishedPicture",
    "PublishedTag",
    "PublishedTerm",
    "RelatedChoice",
    "RelatedSettings",
    "Revision",
    "SearchEntry",
    "SearchTask",
    "Section",
    "SectionLimit",
    "ShareLink",
    "Stage",
    "StandingPage",
    "StandingPicture",
    "Tag",
    "TagAct",
    "TagActRow",
    "TagName",
    "Takedown",
    "Telling",
    "Term",
    "Vocabulary",
]

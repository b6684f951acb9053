"""Who else has this form open."""

from .view import ArticleDesk


class PresenceAtTheForm(ArticleDesk):
    pass

"""The article's past at the desk: list, compare, restore."""

from .view import ArticleDesk


class History(ArticleDesk):
    pass

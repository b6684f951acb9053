"""Checks while writing: what a reader or a search engine would miss."""

from .view import ArticleDesk


class Checking(ArticleDesk):
    pass

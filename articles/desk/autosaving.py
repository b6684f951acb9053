"""Autosave and recovery: what was typed and not saved, kept for each person and form."""

from .view import ArticleDesk


class Autosaving(ArticleDesk):
    pass

"""What is in a body besides text and pictures, at the desk: what the editor's modules ask, and what a save tells."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from . import body_report
from .article_search import ArticleSearch
from .video_search import VideoSearch


class BlockEditing(ArticleSearch, VideoSearch):
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for sentence in body_report.warnings(form.data.get("body") or "", form.instance.body):
            self.message_user(request, sentence, messages.WARNING)

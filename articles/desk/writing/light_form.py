"""The article's form without what it does not use, and compressed: the editor weighs enough."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page

from ..view import ArticleDesk

# For fields that fill in others while one types; the article's form has none, and they weigh 50 KB.
UNUSED = ("prepopulate.js", "urlify.js", "xregexp.js", "xregexp.min.js")


class LightForm(ArticleDesk):
    @property
    def media(self) -> forms.Media:
        media = super().media
        if not self.prepopulated_fields:
            media._js_lists = [  # type: ignore[attr-defined]  # Django has no other way to take scripts out
                [script for script in scripts if not str(script).endswith(UNUSED)]
                for scripts in media._js_lists  # type: ignore[attr-defined]
            ]
        return media

    @method_decorator(gzip_page)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Compressed here, not site-wide: it is sent to a login whose cookie no other site can make a browser send
        along, and its token is masked anew each time, so that its size tells nothing."""
        return super().changeform_view(request, *args, **kwargs)

"""The vocabulary at the desk: who may make new tags."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from articles.models import Vocabulary
from newsroom.desk import DeskAdmin


class VocabularyAdmin(DeskAdmin):
    """There is one row, made when it is first looked for; the list leads straight to it."""

    fields = ["open_to"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        vocabulary = Vocabulary.objects.first()
        if vocabulary is None:
            vocabulary = Vocabulary()
            vocabulary.save()
        return HttpResponseRedirect(reverse("admin:articles_vocabulary_change", args=[vocabulary.pk]))

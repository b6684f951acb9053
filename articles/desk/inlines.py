"""What stands beside an article in its form and is changed with it: bylines, corrections. Who may is the article's affair:
a permission on bylines alone leads to nobody's article.
"""

from typing import Any, ClassVar

from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Article
from articles.models.permits import may
from articles.roles import Act


class AsTheArticle(InlineModelAdmin):
    """Rows that may be added, changed and deleted by who may do `act` to their article."""

    act: ClassVar[Act] = Act.CHANGE

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Django asks here once more who may look, but not at which article; the rows are those of one that was asked."""
        return super(InlineModelAdmin, self).get_queryset(request)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """Of a new article there is nothing to look at yet for who may not add."""
        return may(request.user, Act.VIEW, obj) if obj is not None else self._may(request, None)

    def has_add_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self._may(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self._may(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return self._may(request, obj)

    def _may(self, request: HttpRequest, article: Any) -> bool:
        if article is None and self.act is Act.CHANGE:
            return may(request.user, Act.ADD) or may(request.user, Act.CHANGE)
        return may(request.user, self.act, article)

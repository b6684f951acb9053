"""ArticleDesk: what the parts of the articles' admin have in common. Each part is a class in a file of its own and adds its
addresses (get_urls), its context (render_change_form), its scripts (media); ArticleAdmin is all of them together.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from articles.models import Article
from articles.models.permits import may
from articles.roles import Act
from newsroom.deleting import DeletingUnderUse

from .listing import ArticleList


class ArticleDesk(DeletingUnderUse, ArticleList):
    # Whether the list or an address is meant (no article) or one of them: the answer is the table's in roles.py.

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may(request.user, Act.VIEW, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may(request.user, Act.ADD)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may(request.user, Act.CHANGE, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may(request.user, Act.DELETE, obj)

    def article_or_404(self, request: HttpRequest, pk: Any, *, to: str = "view") -> Article:
        """The article of an extra view, when this person may view (or change) it. Raises Http404, PermissionDenied.

        Every extra view begins here: an address that nobody links to is still an address.
        """
        article = Article.objects.filter(pk=pk).select_related("section", "lead_image").first()
        if article is None:
            raise Http404("There is no such article.")
        may = self.has_change_permission if to == "change" else self.has_view_permission
        if not may(request, article):
            raise PermissionDenied
        return article

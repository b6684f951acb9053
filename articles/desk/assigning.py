"""Who works on it, until when, how urgent: in the form, changed by the verb `assign`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest

from articles.models import Article
from articles.models.permits import may
from articles.roles import Act

from .saving.people import name_of
from .view import ArticleDesk

WORK = ("assignee", "due_at", "priority")


class Assigning(ArticleDesk):
    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> Any:
        fixed = super().get_readonly_fields(request, obj)
        return fixed if may(request.user, Act.ASSIGN, obj) else [*fixed, *WORK]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only people of the desk, by the names that they have there."""
        if db_field.name != "assignee":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        people: Any = get_user_model()._default_manager
        kwargs["queryset"] = people.filter(is_active=True, is_staff=True).order_by("first_name", "username")
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.label_from_instance = name_of
        field.empty_label = "Nobody yet"
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """With what it began from, so that a form that was open long changes only what its person changed; without
        the pencils that lead to the assignee's login.
        """
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in WORK and field is not None:
            field.show_hidden_initial, field.required = True, False
        if db_field.name == "assignee" and field is not None:
            widget: Any = field.widget
            widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return field

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        """The article is saved as it was assigned before: the verb comes after, with its own revision."""
        form.work = {name: getattr(obj, name) for name in form.work_changed}
        before = Article.objects.filter(pk=obj.pk).first() if change else None
        for name in WORK:
            setattr(obj, name, getattr(before or Article(), name))
        super().save_model(request, obj, form, change)

    def assign(self, request: HttpRequest, form: Any) -> None:
        """What this form changed; what somebody else said meanwhile of the rest stays. Who may not is told so: what was
        typed is saved all the same.
        """
        article: Article = form.instance
        was = {name: getattr(article, name) for name in WORK}
        said = was | {name: value or was[name] if name == "priority" else value for name, value in form.work.items()}
        if said == was:
            return
        if not may(request.user, Act.ASSIGN, article):
            self.message_user(request, "Saved, but not assigned: your login may not assign it there.", messages.WARNING)
            return
        article.assign(said["assignee"], by=request.user, due_at=said["due_at"], priority=said["priority"])

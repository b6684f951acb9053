"""The article as it stands in the form, before it is saved. Reads the form as saving does, and writes nothing."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from articles.models import Article, Byline, Correction, Tag, gate
from articles.models.tags.order.resolving import tags_today
from articles.pages.article import ArticlePage
from authors.models import Author
from newsroom.links import LinksField

from ..form import ArticleForm
from ..moving import MOVES, PREVIEW
from ..related.fields import choices_typed
from ..saving.posted import tags_posted
from .preview import page_of

LAST = 2**63  # after all that have a number already


def page_of_form(admin: Any, request: HttpRequest, article: Article | None) -> tuple[ArticlePage, list[str]]:
    """The page, and in sentences what is missing or wrong. What is wrong is shown as far as it can be."""
    data = request.POST.copy()
    for name in ("opened_version", PREVIEW, *MOVES):  # a look is no save: it can't come too late
        data.pop(name, None)
    form = admin.get_form(request, article, change=article is not None)(data, None, instance=article)
    form.is_valid()
    working: Article = form.instance
    _take_as_typed(form, working)
    # The admin's own way from a request to formsets; it knows who may change which rows.
    formsets, _ = admin._create_formsets(request, working, change=article is not None)
    missing = _told(form, working)
    rows = {formset.model: _rows(formset, missing) for formset in formsets}
    page = page_of(
        working,
        working.content(),
        bylines=_with_authors(sorted(rows.get(Byline, []), key=lambda row: (row.position, row.pk or LAST))),
        tags=_tags(form),
        corrections=sorted(rows.get(Correction, []), key=lambda row: (row.noted_at, row.pk or LAST)),
        choices=choices_typed(request.POST),
    )
    return page, missing


def _take_as_typed(form: ArticleForm, working: Article) -> None:
    """A refused field still holds what was saved before; here it shows what was typed, or nothing."""
    for name in form.errors:
        field = next((one for one in Article.content_fields() if one.name == name), None)
        if isinstance(field, LinksField):
            setattr(working, name, [])
        elif isinstance(field, models.CharField | models.TextField):
            setattr(working, name, str(form.data.get(name, ""))[: field.max_length])
        elif isinstance(field, models.ForeignKey):
            setattr(working, name, None)


def _told(form: ArticleForm, working: Article) -> list[str]:
    told = []
    for name, errors in form.errors.items():
        label = form[name].label if name in form.fields else ""
        told += [f"{label}: {error}" if label else str(error) for error in errors]
    for name, sentences in gate.content_errors(working).items():
        if name not in form.errors:
            told += sentences
    return told


def _rows(formset: Any, missing: list[str]) -> list[Any]:
    """The rows as they would be saved; of those that could not be, a sentence is added to `missing`."""
    formset.is_valid()
    missing += [str(error) for error in formset.non_form_errors()]
    found = []
    for number, form in enumerate(formset.forms, 1):
        if formset.can_delete and formset._should_delete_form(form):
            continue
        if form.empty_permitted and not form.has_changed():
            continue
        if form.is_valid():
            found.append(form.instance)
        else:
            words = " ".join(f"{form[name].label}: {' '.join(errors)}" if name in form.fields else " ".join(errors)
                             for name, errors in form.errors.items())  # fmt: skip
            missing.append(f"{formset.model._meta.verbose_name.capitalize()} {number}: {words}")
    return found


def _with_authors(bylines: list[Byline]) -> list[Byline]:
    """With portraits, in one query."""
    authors = Author.objects.select_related("portrait").in_bulk({byline.author_id for byline in bylines})
    named = [byline for byline in bylines if byline.author_id in authors]
    for byline in named:
        byline.author = authors[byline.author_id]
    return named


def _tags(form: ArticleForm) -> list[Tag]:
    """In the order of the form, those among them that saving would make; of a refused field, those that there are."""
    if "tags" in form.cleaned_data:
        return form.tags_wanted
    return tags_today(tags_posted(form.data))  # type: ignore[arg-type]

"""TagOrder: the pages on which tags are merged, renamed, split and retired, and where that is undone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from articles.models import Article, ArticleTag, PublishedTag, Tag, TagAct
from articles.models.permits import visible_to
from articles.models.tags.order.acting import may_order, may_split
from articles.models.tags.order.merging import begin_merge, check_merge
from articles.models.tags.order.renaming import rename
from articles.models.tags.order.retiring import retire
from articles.models.tags.order.splitting import begin_split
from articles.models.tags.order.undoing import begin_undo
from articles.models.tags.order.working import go_on
from newsroom.desk import DeskAdmin, row_numbers

from .forms import MergeForm, RenameForm, SplitForm, WhichForm

SECONDS = 2.0  # a request works for about so long; then the page comes back, says how far it is, and goes on
A_PAGE = 50
MOST_MERGED = 100  # chosen in the list
SHOWN = 200  # articles of a split that can be ticked one by one
ACTS = "admin:articles_tag_acts"
_page = method_decorator(require_http_methods(["GET", "HEAD", "POST"]))


class TagOrder(DeskAdmin):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("merge/", view(self.merge_view), name="articles_tag_merge"),
            path("acts/", view(self.acts_view), name="articles_tag_acts"),
            path("<int:pk>/rename/", view(self.rename_view), name="articles_tag_rename"),
            path("<int:pk>/split/", view(self.split_view), name="articles_tag_split"),
            path("<int:pk>/retire/", view(self.retire_view), name="articles_tag_retire"),
            *super().get_urls(),
        ]

    def get_actions(self, request: HttpRequest) -> Any:
        found = super().get_actions(request)
        if may_order(request.user, TagAct.Kind.MERGE):
            found["merge_tags"] = (_merge_chosen, "merge_tags", "Merge into one…")  # type: ignore[assignment]
        return found

    # --- the pages --------------------------------------------------------------------------------------------------

    @_page
    def merge_view(self, request: HttpRequest) -> HttpResponse:
        _require(request, TagAct.Kind.MERGE)
        if request.method != "POST":
            first = {
                "tags": row_numbers(request.GET.getlist("tags"))[:MOST_MERGED],
                "into": _number(request.GET.get("into", "")),
            }
            return self._show(request, "merge", "Merge tags", {"form": MergeForm(initial=first)})
        form = MergeForm(request.POST)
        rows: list[dict[str, Any]] = []
        if form.is_valid():
            tags, into = list(form.cleaned_data["tags"]), form.cleaned_data["into"]
            try:
                for tag in tags:
                    check_merge(tag, into)
                if "_confirm" in request.POST:
                    begin_merge(tags, into, by=request.user)
                    return self._at_work(request)
                rows = [_counts(tag) for tag in tags]
            except ValidationError as error:
                form.add_error(None, error.messages)
        context = {"form": form, "rows": rows, "into": form.cleaned_data.get("into")}
        return self._show(request, "merge", "Merge tags", context, status=400 if form.errors else 200)

    @_page
    def rename_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        tag = self._tag(request, pk, TagAct.Kind.RENAME)
        form = RenameForm(request.POST or None, initial={"name": tag.name, "slug": tag.slug}, label_suffix="")
        if request.method == "POST" and form.is_valid():
            try:
                act = rename(tag, form.cleaned_data["name"], slug=form.cleaned_data["slug"], by=request.user)
            except ValidationError as error:
                _add(form, error)
            else:
                return self._back(request, tag, f"Renamed: {act.said}." if act else "It is called that already.")
        return self._show(request, "rename", f"Rename “{tag}”", {"form": form, "tag": tag}, bad=bool(form.errors))

    @_page
    def retire_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        tag = self._tag(request, pk, TagAct.Kind.RETIRE)
        if request.method == "POST":
            try:
                retire(tag, by=request.user)
            except ValidationError as error:
                self.message_user(request, " ".join(error.messages), messages.ERROR)
                return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[tag.pk]))
            return self._back(request, tag, f"“{tag}” is retired. Undo brings it back: see the history of tags.")
        return self._show(request, "retire", f"Retire “{tag}”?", {"tag": tag, "counts": _counts(tag)})

    @_page
    def split_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        tag = self._tag(request, pk, TagAct.Kind.SPLIT)
        if not may_split(request.user):
            raise PermissionDenied
        which = WhichForm(request.POST if request.method == "POST" else request.GET, label_suffix="")
        bearing: Any = Article.objects.filter(pk__in=ArticleTag.objects.filter(tag=tag).values("content_object"))
        found = which.narrowed(visible_to(request.user, bearing)).order_by("-created_at", "-pk")
        form = SplitForm(request.POST if request.method == "POST" else None, label_suffix="")
        if request.method == "POST" and form.is_valid():
            chosen = found
            if "every" not in request.POST:
                chosen = found.filter(pk__in=row_numbers(request.POST.getlist("article"))[:SHOWN])
            try:
                begin_split(tag, by=request.user, articles=chosen, **form.cleaned_data)
            except ValidationError as error:
                _add(form, error)
            else:
                return self._at_work(request)
        count = found.count()
        ticked = set(request.POST.getlist("article")) if request.method == "POST" else set()
        rows = [(one, str(one.pk) in ticked) for one in found.select_related("section").defer("body")[:SHOWN]]
        context = {"tag": tag, "form": form, "which": which, "rows": rows, "count": count, "more": count > SHOWN}
        return self._show(request, "split", f"Split “{tag}”", context, bad=bool(form.errors))

    @_page
    def acts_view(self, request: HttpRequest) -> HttpResponse:
        """What was done to tags, with what is still at work; each page of it is a look at the rows of some acts."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (number := _number(request.POST.get("undo", ""))):
            return self._undo(request, int(number))
        if request.method == "POST":
            for act in TagAct.objects.at_work().order_by("pk"):
                go_on(act, seconds=SECONDS)
                break
            if "application/json" in request.headers.get("Accept", ""):
                return JsonResponse(_progress())
            return HttpResponseRedirect(request.get_full_path())
        rows: Any = TagAct.objects.select_related("tag", "other", "by", "undone_by")
        if number := _number(request.GET.get("tag", "")):
            rows = rows.filter(tag=int(number)) | rows.filter(other=int(number))
        page = Paginator(rows.order_by("-at", "-pk"), A_PAGE).get_page(request.GET.get("p"))
        may = {kind for kind in TagAct.Kind if may_order(request.user, kind)}
        context = {"page": page, "may": may, "work": _progress(), "of_tag": number}
        return self._show(request, "acts", "What was done to tags", context)

    def _undo(self, request: HttpRequest, number: int) -> HttpResponse:
        act = TagAct.objects.filter(pk=number).first()
        if act is None:
            raise Http404("There is no such act.")
        try:
            begin_undo(act, by=request.user)
        except ValidationError as error:
            self.message_user(request, f"Not undone. {' '.join(error.messages)}", messages.ERROR)
        else:
            go_on(act, seconds=SECONDS)
            told = f"“{act}” is undone." if act.undone_at else f"“{act}” is being undone."
            if skipped := act.data.get("skipped"):
                told += f" {skipped} rows stay as they are: somebody has changed or deleted them since."
            self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(request.get_full_path())

    # --- around them ------------------------------------------------------------------------------------------------

    def _tag(self, request: HttpRequest, pk: int, kind: str) -> Tag:
        _require(request, kind)
        tag = Tag.objects.filter(pk=pk, merged_into=None).first()
        if tag is None:
            raise Http404("There is no such tag, or it was merged into another.")
        return tag

    def _at_work(self, request: HttpRequest) -> HttpResponse:
        """As much as fits into a request; most acts are done then."""
        for act in TagAct.objects.at_work().order_by("pk"):
            go_on(act, seconds=SECONDS)
        return HttpResponseRedirect(reverse(ACTS))

    def _back(self, request: HttpRequest, tag: Tag, told: str) -> HttpResponse:
        self.message_user(request, told, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:articles_tag_change", args=[tag.pk]))

    def _show(
        self,
        request: HttpRequest,
        page: str,
        title: str,
        context: dict[str, Any],
        *,
        bad: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        form = context.get("form")
        whole = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "media": self.media + form.media if form is not None else self.media,
            **context,
        }
        return render(request, f"admin/articles/tag/{page}.html", whole, status=400 if bad else status)


def _merge_chosen(admin: TagOrder, request: HttpRequest, queryset: Any) -> HttpResponse | None:
    numbers = list(queryset.order_by("name").values_list("pk", flat=True)[: MOST_MERGED + 1])
    if len(numbers) > MOST_MERGED:
        admin.message_user(request, f"At most {MOST_MERGED} tags at once: choose fewer.", messages.ERROR)
        return None
    return HttpResponseRedirect(f"{reverse('admin:articles_tag_merge')}?{'&'.join(f'tags={pk}' for pk in numbers)}")


def _require(request: HttpRequest, kind: str) -> None:
    if not may_order(request.user, kind):
        raise PermissionDenied


def _number(sent: str) -> str:
    """'' for what can't be the number of a row: as if nothing had been sent."""
    return next(iter(row_numbers([sent])), "")


def _add(form: Any, error: ValidationError) -> None:
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, error.messages)


def _counts(tag: Tag) -> dict[str, Any]:
    return {
        "tag": tag,
        "desk": ArticleTag.objects.filter(tag=tag).count(),
        "readers": PublishedTag.objects.filter(tag=tag, published_at__isnull=False).aggregate(
            articles=Count("content_object__article", distinct=True)
        )["articles"],
    }


def _progress() -> dict[str, Any]:
    """Of all that is at work together, as the page's script reads it."""
    acts = list(TagAct.objects.at_work().select_related("tag").order_by("pk"))
    done, of = (sum(act.progress[place] for act in acts) for place in (0, 1))
    said = f"{acts[0]}: {done:,} of {of:,} rows" if acts else "Done"
    return {"is_going_on": bool(acts), "done": done, "of": of, "said": said}

"""What the tag field asks while somebody types: which tags begin like that, and which the text is about."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST
from js_asset import Media

from articles.models import Tag, Vocabulary
from articles.models.check_facts import retired_among, tag_uses
from articles.models.tags.finding import LONGEST_ASKED, Match, find
from articles.models.tags.names import LONGEST_NAME, folded
from articles.models.tags.near_names import near
from articles.models.tags.suggestions import Draft, suggest
from articles.models.tags.suggestions.weighing import only_common
from newsroom.slugs import one_line

from ..saving import readable
from ..saving.desk_scripts import desk_media
from ..saving.posted import number
from ..view import ArticleDesk
from .asked import MOST, raw, understood

CSS = Media(css={"all": ["articles/desk/tag_field.css"]})
NONE_YET = "No tags yet."
COMMON = "Only very common tags: readers find little by them."


class AskingForTags(ArticleDesk):
    def get_urls(self) -> list[URLPattern]:
        find_, new, one = (
            self.admin_site.admin_view(view)
            for view in (
                require_GET(self.tags_view),
                require_POST(self.tag_suggestions_new_view),
                require_POST(self.tag_suggestions_view),
            )
        )
        return [
            path("tags/", find_, name="articles_article_tags"),
            path("add/tag-suggestions/", new, name="articles_article_tag_suggestions_new"),
            path("<int:pk>/tag-suggestions/", one, name="articles_article_tag_suggestions"),
            *super().get_urls(),
        ]

    def tags_view(self, request: HttpRequest) -> JsonResponse:
        """?q=text → {"results": [{id, name, kind, uses, alias, exact}], "create": the name, "near": [{…}], "told": "…"}.

        Ten at most. `create` only for who may make tags and when none is called so; `near` are those that look like it;
        `told` says why one that is called so is not among them. With ?for=removal none is made, and a retired one is
        found. Seven queries at most, of the login's and the person's own; three more when names changed (tags/index.py).
        """
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        text = one_line(request.GET.get("q", ""))[:LONGEST_ASKED]
        for_removal = request.GET.get("for") == "removal"
        found = find(text, with_retired=for_removal)
        answer: dict[str, Any] = {
            "results": [as_result(one.tag, alias=one.alias, exact=one.match is Match.EXACT) for one in found],
            "create": "",
            "near": [],
            "told": "",
        }
        is_new = text and len(text) <= LONGEST_NAME and not any(one.match is Match.EXACT for one in found)
        if for_removal or not is_new:
            return _private(answer)
        if (retired := _called(text)) is not None:
            answer["told"] = f"“{retired}” is retired: it can’t be put on articles any more."
        elif Vocabulary.current().may_create(request.user):
            shown = {one.tag.pk for one in found}
            answer["create"] = text
            answer["near"] = [as_result(tag) for tag, _alike in near(text) if tag.pk not in shown]
        return _private(answer)

    def tag_suggestions_view(self, request: HttpRequest, pk: int) -> JsonResponse:
        """POST, the form as it stands: {"suggestions": [{id, name, kind, uses, why}], "warnings": […], "count": n}."""
        self.article_or_404(request, pk, to="change")
        return self._suggested(request)

    def tag_suggestions_new_view(self, request: HttpRequest) -> JsonResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._suggested(request)

    def _suggested(self, request: HttpRequest) -> JsonResponse:
        """Seven queries, beside those of the login; what is posted is only read."""
        asked = understood(raw(request.POST))[:MOST]
        chosen = [one for one in asked if isinstance(one, int)]
        dismissed = [pk for one in request.POST.get("dismissed", "").split(",")[:MOST] if (pk := number(one))]
        draft = Draft(
            one_line(request.POST.get("headline", "")),
            one_line(request.POST.get("standfirst", "")),
            readable.paragraphs(body) if (body := request.POST.get("body", "").strip()) else "",
        )
        told = suggest(draft, chosen, but=dismissed)
        return _private(
            {
                "suggestions": [{**as_result(one.tag), "why": one.why} for one in told],
                "warnings": _warnings(chosen, len(asked)),
            }
        )

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        article = kwargs.get("obj")
        if article is None or self.has_change_permission(request, article):
            context["media"] = context["media"] + desk_media("tag_field") + CSS
        return super().render_change_form(request, context, *args, **kwargs)


def _called(name: str) -> Tag | None:
    """The tag of this name. Where none of those in use is called so, it is one that is retired, and not made anew."""
    return Tag.objects.filter(names__folded=folded(name)).first()


def _warnings(chosen: list[int], count: int) -> list[str]:
    """Of what is chosen without retired tags, which do nothing for the article."""
    retired = retired_among(chosen)
    chosen, count = [pk for pk in chosen if pk not in retired], count - len(retired)
    if not count:
        return [NONE_YET]
    common = [pk for pk, uses in tag_uses(chosen).items() if uses["is_common"]]
    return [COMMON] if count == len(chosen) and only_common(chosen, common) else []


def as_result(tag: Tag, *, alias: str = "", exact: bool = False) -> dict[str, Any]:
    return {
        "id": tag.pk,
        "name": tag.name,
        "kind": "" if tag.kind == Tag.Kind.TOPIC else tag.get_kind_display(),
        "uses": tag.uses,
        "alias": alias,
        "exact": exact,
    }


def _private(answer: dict[str, Any]) -> JsonResponse:
    response = JsonResponse(answer)
    response["Cache-Control"] = "private, no-store"
    return response

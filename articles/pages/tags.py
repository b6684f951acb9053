"""The pages of tags: of one, and of up to three together; and their feeds."""

from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models.lists import about
from articles.models.tags.company import about_all, company, family
from articles.models.tags.tagging import Tag
from newsroom.middleware import gone

from .feeds.forms import Form, answer, feeds_of, hubs
from .feeds.newest import Newest, newest
from .feeds.telling import Feed
from .feeds.views import feed_id, title_of
from .head import Crumb, head_of_list
from .paging import articles_of, page_of
from .series import Parts
from .showing import keys_of_cards, show
from .tag_slugs import MOST_SLUGS, MOST_TAGS, tags_at
from .tags_together import address_of, name_of

INDEXED = 2  # of more tags together there are too many for search engines


class SlugsConverter:
    """Slugs with + between them: two or more."""

    regex = r"[-\w]+(?:\+[-\w]+)+"

    def to_python(self, value: str) -> list[str]:
        return value.split("+")

    def to_url(self, value: str) -> str:
        return value


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """A tag that no live article bears is not found: its name may be an embargoed article's secret. Eight queries: what
    stands beside it is looked for on the first page alone, and not for a series, which is read from its first part on.
    """
    tag = _tag_at(slug)
    parts = Parts.asked_for(request, tag) if tag.kind == Tag.Kind.SERIES else None
    page = parts.page if parts else articles_of(request, about(tag))
    if not page.items:
        raise Http404("Nothing is filed under this tag.")
    if tag.retired_at:
        return gone(request, tag.key)
    parent, children = family(tag)
    near = company(tag, but=[one for one in (parent, *children) if one]) if page.number == 1 and not parts else []
    beside = [{"tag": one.tag, "both": address_of([tag, one.tag])} for one in near]
    head = head_of_list(
        tag.name,
        tag.get_absolute_url(),
        page.items,
        number=page.number,
        description=tag.description,
        thing=tag.key,
        picture=tag.picture,
        parents=[Crumb(parent.name, parent.get_absolute_url())] if parent else (),
        feeds=feeds_of(tag),
    )
    context = {
        "tag": tag,
        "page": page,
        "parent": parent,
        "children": children,
        "beside": beside,
        "head": head,
        "parts": parts,
    }
    shown = [tag, *(one.tag for one in near)]
    lists = [one for one in (tag, parent, *children) if one]  # whose links hang on what they list, too
    keys = {one.key for one in [*shown, *lists]} | {one.list_key for one in lists} | keys_of_cards(page.items)
    keys.add(tag.parts_key)  # a part that nothing was about is named from its first article on, and so is the whole
    if tag.parent_id:
        keys.add(f"list-tag:{tag.parent_id}")
    if tag.picture_id:
        keys.add(f"image:{tag.picture_id}")
    return show(request, "articles/tag.html", context, keys=keys)


@require_safe
def tags(request: HttpRequest, slugs: list[str]) -> HttpResponse:
    """What bears all of these tags. Three queries, one more where all of them are common."""
    found = _tags_at(slugs)
    page = page_of(request, about_all(found).cards())
    if not page.items:
        raise Http404("Nothing is filed under all of these.")
    if moved := _moved(request, slugs, found):
        return moved
    name, address = name_of(found), address_of(found)
    head = head_of_list(
        name,
        address,
        page.items,
        number=page.number,
        description=gettext("Everything that is about %(names)s at once.") % {"names": name},
        feeds=feeds_of(found),
        is_indexed=len(found) <= INDEXED,
    )
    context = {
        "tags": [{"tag": one, "without": address_of(_without(found, one))} for one in found],
        "name": name,
        "address": address,
        "page": page,
        "head": head,
    }
    return show(request, "articles/tags.html", context, keys=_keys(found) | keys_of_cards(page.items))


@require_safe
def tag_feed(request: HttpRequest, form: Form, slug: str) -> HttpResponse:
    """Seven queries."""
    tag = _tag_at(slug)
    told = _newest([tag])
    if tag.retired_at:
        return gone(request, tag.key)
    page = tag.get_absolute_url()
    feed = Feed(feed_id(tag.key), title_of(tag.name), page, tag.description, told.entries, hubs())
    return answer(request, form, feed, _keys([tag]) | told.keys)


@require_safe
def tags_feed(request: HttpRequest, form: Form, slugs: list[str]) -> HttpResponse:
    """Seven queries, one more where all of them are common. No hub is told of these: there are too many of them."""
    found = _tags_at(slugs)
    told = _newest(found)
    if moved := _moved(request, slugs, found, form.tail):
        return moved
    key = f"tags-{'-'.join(str(tag.pk) for tag in sorted(found, key=lambda tag: tag.pk))}"
    feed = Feed(feed_id(key), title_of(name_of(found)), address_of(found), "", told.entries)
    return answer(request, form, feed, _keys(found) | told.keys)


def _tag_at(slug: str) -> Tag:
    """One that was merged is not found: where it leads to is told by its redirect. A retired one is, to be gone."""
    shown = Tag.objects.filter(is_hidden=False, merged_into=None).select_related("picture")
    return get_object_or_404(shown, slug=slug)


def _tags_at(slugs: list[str]) -> list[Tag]:
    found = tags_at(slugs) if len(slugs) <= MOST_SLUGS else None
    if found is None or len(found) > MOST_TAGS:
        raise Http404("There are no such tags together.")
    return found


def _newest(tags: list[Tag]) -> Newest:
    told = newest(about_all(tags))
    if not told.entries:
        raise Http404("Nothing is filed under this.")
    return told


def _moved(
    request: HttpRequest, slugs: list[str], found: list[Tag], rest: str = ""
) -> HttpResponsePermanentRedirect | None:
    """To the one address that these tags have together; after it is known that something is there."""
    if slugs == [tag.slug for tag in found]:
        return None
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponsePermanentRedirect(f"{address_of(found)}{rest}{'?' if query else ''}{query}")
    response["Cache-Control"] = "no-cache"  # a slug may come back; browsers keep a bare 301 for ever
    return response


def _without(tags: list[Tag], one: Tag) -> list[Tag]:
    return [tag for tag in tags if tag is not one]


def _keys(tags: Iterable[Tag]) -> set[str]:
    return {key for tag in tags for key in (tag.key, tag.list_key)}

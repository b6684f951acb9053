"""The one door of drawn share pictures: only for what readers see, and only with the words that it has now."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from articles.models.published import PublishedArticle
from articles.models.section import Section
from articles.models.standing import StandingPage
from articles.models.tags.tagging import Tag
from authors.models import Author
from newsroom import uploads
from newsroom.addresses import address_of

from .cards import SITE, Card, card_of, card_of_article, site_card
from .drawing import draw

PATIENCE = 3  # seconds that a reader's request may wait for its turn


@require_safe
def share_picture(request: HttpRequest, kind: str, number: str, digest: str) -> HttpResponse | FileResponse:
    """Drawn when it is first asked for, then kept: one picture for each thing that readers see and that shows none of its
    own, so nobody can fill the disk. An address with words of yesterday leads to today's. Four queries at most.
    """
    card = card_at(f"{kind}:{int(number)}")
    if card is None:
        raise Http404("There is no such picture.")
    if card.digest != digest:
        moved = HttpResponseRedirect(card.address)
        moved["Cache-Control"] = "no-cache"
        return moved
    name = f"{card.folder}/{digest}.png"
    if not default_storage.exists(name) and not _make(card, name):
        return HttpResponse("Too many pictures at once. Try again.\n", "text/plain", 503, headers={"Retry-After": "5"})
    try:
        file = default_storage.open(name, "rb")
    except OSError:  # its words were changed this very moment, and who drew the new picture has taken it away
        raise Http404("There is no such picture.") from None
    response = FileResponse(file, content_type="image/png")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def card_at(key: str) -> Card | None:
    """The card of this thing as it is now; None for what readers don't see, and for what has a picture."""
    if key == SITE:
        return site_card()
    kind, _, number = key.partition(":")
    find = _FINDERS.get(kind)
    if find is None or address_of(key) is None:
        return None
    return find(int(number))


def _make(card: Card, name: str) -> bool:
    """False when others are still drawing. The picture with the words of before goes: nothing leads to it any more."""
    if not uploads.one_at_a_time.acquire(timeout=PATIENCE):
        return False
    try:
        png = draw(card)
    finally:
        uploads.one_at_a_time.release()
    default_storage.save(name, ContentFile(png))
    for one in default_storage.listdir(card.folder)[1]:
        if f"{card.folder}/{one}" != name:
            default_storage.delete(f"{card.folder}/{one}")
    return True


def _article(number: int) -> Card | None:
    live = PublishedArticle.objects.live().select_related("section", "lead_image")
    found = live.filter(article_id=number).first()
    if found is None or (found.lead_image and found.lead_image.ladder):
        return None
    return card_of_article(found)


def _section(number: int) -> Card | None:
    found = Section.objects.filter(pk=number).first()
    return card_of(found.key, found.name) if found else None


def _tag(number: int) -> Card | None:
    found = Tag.objects.for_readers().filter(pk=number).select_related("picture").first()
    if found is None or (found.picture and found.picture.ladder):
        return None
    return card_of(found.key, found.name)


def _author(number: int) -> Card | None:
    found = Author.objects.filter(pk=number).select_related("portrait").first()
    if found is None or (found.portrait and found.portrait.ladder):
        return None
    return card_of(found.key, found.name, found.role)


def _standing_page(number: int) -> Card | None:
    found = StandingPage.objects.filter(pk=number, is_public=True).first()
    return card_of(found.key, found.title) if found else None


_FINDERS = {
    "article": _article,
    "section": _section,
    "tag": _tag,
    "author": _author,
    "standingpage": _standing_page,
}

"""What the site itself answers, besides its pages."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from newsroom import theme
from newsroom.models import SiteIdentity
from newsroom.responses import for_all_readers


@require_safe
def theme_css(request: HttpRequest, digest: str) -> HttpResponse:
    """The stylesheet of a site with a look of its own. A page that a cache has kept may ask by an old address: it gets
    today's, and no cache keeps that.
    """
    said = theme.whole(SiteIdentity.current())
    response = HttpResponse(said, content_type="text/css; charset=utf-8")
    response = for_all_readers(request, response, keys=(), until=None)
    is_todays = digest == theme.digest(said)
    response["Cache-Control"] = "public, max-age=31536000, immutable" if is_todays else "no-cache"
    return response

"""Serving public files where no web server in front does it."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

# Written out: what the system knows of WebP depends on the machine, and a browser shows no picture of unknown type.
TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """A rendition, or the site's logo. Their names change with their content, so they are kept for ever.

    The URL pattern lets nothing but generated names through; originals live in another storage altogether.
    """
    kind = TYPES.get(name.rpartition(".")[2])
    if kind is None:
        raise Http404("No such file.")
    try:
        file = default_storage.open(name, "rb")
    except (OSError, ValueError):
        raise Http404("No such file.") from None
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # A picture asks for nothing, and what it is called its address tells. Said in few words: a page has twenty pictures.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    del response["Content-Disposition"]
    return response

"""The pictures of an export: found in the uploads folder, or fetched, or kept as places to fill later."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from articles.wordpress.content.pictures import ImageRef, original
from articles.wordpress.fetching import FetchError
from articles.wordpress.report import Report
from articles.wordpress.wxr import Attachment, Survey
from images.models import Image
from newsroom.slugs import one_line

Fetch = Callable[[str, int], bytes]


class Pictures:
    """Gives each picture of the export one row of the library, the same at every run.

    A picture whose file is not found gets its row too, without a file: readers see nothing in its place, the desk
    finds it under “needs its file”, and the next run with the right folder fills it in.
    """

    def __init__(
        self, survey: Survey, site_key: str, report: Report, folder: Path | None = None, fetching: Fetch | None = None
    ) -> None:
        self._survey = survey
        self._site_key = site_key
        self._report = report
        self._folder = folder.resolve() if folder else None
        self._fetch = fetching
        self._known: dict[str, int] = {}
        self._by_url = {original(one.url): one for one in survey.attachments.values() if one.url}

    def attachment(self, number: int) -> int | None:
        """The library's id for an attachment; None when the export has no such attachment."""
        found = self._survey.attachments.get(number)
        return self._image(found.url, found, "", "") if found else None

    def __call__(self, ref: ImageRef) -> int | None:
        """For a picture in a text: by number where the export has it, else by address."""
        found = self._survey.attachments.get(ref.attachment_id or 0) or self._by_url.get(original(ref.url))
        url = (found.url if found else "") or ref.url
        return self._image(url, found, ref.alt, ref.caption) if url else None

    def fill_waiting(self) -> None:
        """Try once more for the pictures that an earlier run could not find."""
        if self._report.dry_run:
            return
        waiting = Image.objects.filter(import_key__startswith=f"{self._site_key}/media/", digest="")
        for image in waiting.order_by("pk").iterator(chunk_size=200):
            if image.import_key not in self._known:
                self._fill(image, image.source, self._by_url.get(original(image.source)))

    def _image(self, url: str, attachment: Attachment | None, alt: str, caption: str) -> int:
        key = f"{self._site_key}/media/{attachment.wp_id if attachment and attachment.wp_id > 0 else original(url)}"[
            :400
        ]
        if key in self._known:
            return self._known[key]
        if self._report.dry_run:
            self._known[key] = 1
            if self._find(url, attachment) is None and self._fetch is None:
                self._report.missing_pictures[url] = None
            return 1
        image = Image.objects.filter(import_key=key).first() or self._described(key, url, attachment, alt, caption)
        if not image.digest:
            self._fill(image, url, attachment)
        self._known[key] = image.pk
        return image.pk

    def _described(self, key: str, url: str, attachment: Attachment | None, alt: str, caption: str) -> Image:
        title = (attachment.title if attachment else "") or Path(unquote(urlsplit(url).path)).stem or "Picture"
        self._report.made["pictures"] += 1
        return Image(
            import_key=key,
            title=one_line(title)[:200],
            alt=one_line((attachment.alt if attachment else "") or alt)[:500],
            caption=one_line((attachment.caption if attachment else "") or caption)[:1000],
            source=url[:500],
        )

    def _fill(self, image: Image, url: str, attachment: Attachment | None) -> None:
        """Give it its file if there is one; keep the row in any case."""
        try:
            data = self._bytes(url, attachment)
            if data is not None:
                image.file = ContentFile(data, name=Path(unquote(urlsplit(url).path)).name or "picture")
                image.save()
                return
            self._report.missing_pictures[url] = None
        except (FetchError, OSError) as error:
            self._report.missing_pictures[f"{url} ({error})"] = None
        except ValidationError as error:
            image.file = None
            self._report.missing_pictures[f"{url} ({' '.join(error.messages)})"] = None
        image.save()

    def _bytes(self, url: str, attachment: Attachment | None) -> bytes | None:
        most = settings.IMAGE_MAX_MEGABYTES * 1024 * 1024
        if found := self._find(url, attachment):
            if found.stat().st_size > most:
                raise OSError(f"larger than {settings.IMAGE_MAX_MEGABYTES} MB")
            return found.read_bytes()
        return self._fetch(original(url), most) if self._fetch else None

    def _find(self, url: str, attachment: Attachment | None) -> Path | None:
        """The file below the uploads folder, by the parts of its address. Never outside that folder, whatever it says."""
        if self._folder is None:
            return None
        for name in (attachment.file if attachment else "", _below_uploads(original(url)), _below_uploads(url)):
            path = (self._folder / name).resolve() if name and "\0" not in name else None
            if path and path.is_relative_to(self._folder) and path.is_file():
                return path
        return None


def _below_uploads(url: str) -> str:
    """2019/05/photo.jpg, of https://example.org/wp-content/uploads/2019/05/photo.jpg; else the file's name."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    _, found, below = path.rpartition("/uploads/")
    return below if found else path.rpartition("/")[2]

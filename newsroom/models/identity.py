"""SiteIdentity: what the publication calls itself. One row."""

import hashlib
import io
import re
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator, validate_email
from django.db import models

from newsroom import contrast, theme, uploads
from newsroom.addresses import is_local
from newsroom.icons import Icons
from newsroom.links import LinksField
from newsroom.pagecache import Remembered

from .addressable import Keyed


class Typeface(models.TextChoices):
    """Stacks of typefaces that readers' machines have: none is loaded."""

    SERIF = "serif", "Serif, like Charter or Georgia"
    OLD_STYLE = "old-style", "Old style, like Palatino"
    SANS = "sans", "Sans serif of the system"
    HUMANIST = "humanist", "Humanist sans serif, like Seravek or Calibri"
    SLAB = "slab", "Slab serif, like Rockwell"


# What PostgreSQL has a dictionary for, under its names.
SEARCH_LANGUAGES = [
    (name, name.capitalize())
    for name in (
        "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french", "german",
        "greek", "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali", "norwegian",
        "portuguese", "romanian", "russian", "serbian", "spanish", "swedish", "tamil", "turkish", "yiddish",
    )
]  # fmt: skip


class SiteIdentity(Keyed):
    """Read through `SiteIdentity.current()`, which costs no query on most pages.

    Saving it puts every page out of date. Whatever is saved is the one row.
    """

    key = "site"

    name = models.CharField(max_length=80, default="Newsroom", help_text="The publication's name, as readers see it.")
    tagline = models.CharField(max_length=160, blank=True, help_text="A few words under the name on the home page.")
    description = models.TextField(
        max_length=400, blank=True, help_text="One or two sentences for search engines and shared links."
    )
    logo = models.ImageField(
        upload_to="identity/", blank=True, help_text="Shown in place of the name. A PNG or WebP about 80 pixels high."
    )
    disclosure = models.TextField(
        "affiliate disclosure",
        max_length=600,
        blank=True,
        help_text="Shown on articles that are marked as having affiliate links.",
    )
    disclosure_url = models.CharField(
        "“Learn more” address",
        max_length=300,
        blank=True,
        help_text="Where the disclosure's “Learn more” leads: an address on this site, or https://…",
    )
    shows_changes = models.BooleanField(
        "list of changes",
        default=False,
        help_text="Show readers under each article when it changed in substance, and what you said of it.",
    )
    social_links = LinksField(help_text="One a line: the address, a space, what to call it.")

    accent = models.CharField(
        "accent colour", max_length=7, blank=True, help_text="Of links and labels, like #a3271c. Empty: ours."
    )
    accent_dark = models.CharField(
        "accent colour on dark", max_length=7, blank=True, help_text="The same where readers prefer dark pages."
    )
    headline_font = models.CharField("headlines", max_length=20, choices=Typeface.choices, blank=True)
    text_font = models.CharField("text", max_length=20, choices=Typeface.choices, blank=True)
    footer_text = models.TextField(
        max_length=600, blank=True, help_text="At the end of every page: who is responsible, copyright."
    )
    search_language = models.CharField(
        max_length=20,
        choices=SEARCH_LANGUAGES,
        blank=True,
        help_text="Whose words search knows in all their forms. Empty: words are found as they are written.",
    )
    ads_txt = models.TextField("ads.txt", max_length=20_000, blank=True, help_text="Served as /ads.txt as it stands.")
    humans_txt = models.TextField("humans.txt", max_length=5_000, blank=True, help_text="Served as /humans.txt.")
    security_contact = models.CharField(
        max_length=300,
        blank=True,
        help_text="Who is told of a hole in this site: an e-mail address, or https://… For /.well-known/security.txt.",
    )

    class Meta:
        verbose_name = "site identity"
        verbose_name_plural = "site identity"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def icons(self) -> Icons:
        """Made from the logo; ours where there is none. One look at a file, once for each object."""
        found = _LOGO.fullmatch(self.logo.name or "")
        made = Icons(found[1] if found else "")
        return made if made.are_there else Icons()

    @classmethod
    def current(cls) -> "SiteIdentity":
        return _current.get()

    def clean(self) -> None:
        self.tidy()
        errors: dict[str, Any] = self._colour_errors()
        if self.disclosure_url and not is_local(self.disclosure_url):
            try:
                URLValidator(schemes=["http", "https"])(self.disclosure_url)
            except ValidationError:
                errors["disclosure_url"] = "Begin with / for an address on this site, or with https://."
        if self.security_contact and not self.security_contact.startswith("https://"):
            try:
                validate_email(self.security_contact)
            except ValidationError:
                errors["security_contact"] = "Write an e-mail address, or an address that begins with https://."
        if uploads.is_new(self.logo):
            try:
                uploads.check(self.logo.file)
            except ValidationError as error:
                errors["logo"] = error.messages
        if errors:
            raise ValidationError(errors)

    def _colour_errors(self) -> dict[str, str]:
        """By field: what is no colour, and what can't be read on our pages."""
        errors = {}
        for field, grounds, pages, advice in (
            ("accent", theme.LIGHT, "light", "darker"),
            ("accent_dark", theme.DARK, "dark", "lighter"),
        ):
            colour = getattr(self, field)
            if not colour:
                continue
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                errors[field] = "Write a colour as # and six digits, like #a3271c."
            elif (reached := contrast.least(colour, grounds)) < theme.LEAST:
                errors[field] = (
                    f"Text in this colour is hard to read on our {pages} pages: its contrast is {_down(reached)} to 1, and "
                    f"4.5 to 1 is the least. Choose a {advice} one."
                )
        return errors

    @cached_property
    def theme_address(self) -> str:
        """Of the stylesheet with this site's own colours and typefaces; empty when it has none."""
        return theme.address(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError for a logo that is no picture."""
        self.pk = 1
        if uploads.is_new(self.logo):
            self.logo = drawn_anew(self.logo.file)
        elif not self.icons.digest:
            self._make_icons()
        for worked_out in ("icons", "theme_address"):
            self.__dict__.pop(worked_out, None)
        super().save(*args, **kwargs)

    def _make_icons(self) -> None:
        """For a logo that was saved before there were icons."""
        found = _LOGO.fullmatch(self.logo.name or "")
        if found and self.logo.storage.exists(str(self.logo.name)):
            with self.logo.open("rb") as file, uploads.one_at_a_time:
                Icons(found[1]).make(uploads.open_upright(file))


def _down(ratio: float) -> str:
    """One decimal, never rounded up to what it isn't."""
    return f"{int(ratio * 10) / 10:.1f}"


_current: Remembered[SiteIdentity] = Remembered("site", lambda: SiteIdentity.objects.first() or SiteIdentity())


_LOGO = re.compile(r"identity/logo-([0-9a-f]{16})(?:_\w+)?\.png")  # the storage adds to a name that is there already


def drawn_anew(upload: Any) -> ContentFile:
    """The picture of an upload as a PNG of ours: what else its file held is gone. At most 800 x 400 pixels.

    Named by its content: caches keep it for ever. Its icons are made on the way, before any row names them.
    """
    png = io.BytesIO()
    with uploads.one_at_a_time:
        picture = uploads.open_upright(upload, at_most=(800, 400))
        picture.thumbnail((800, 400))
        picture.save(png, "PNG", optimize=True)
        name = hashlib.blake2b(png.getvalue(), digest_size=8).hexdigest()
        Icons(name).make(picture)
    return ContentFile(png.getvalue(), name=f"logo-{name}.png")

"""A field for a short list of web addresses with a label each: an author's links, social links, videos.

Stored as JSON [{"url": …, "title": …}]; edited as one line each, the address first, then the label.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.text import capfirst

from newsroom.slugs import one_line

MOST_LINKS = 30
_check_address = URLValidator(schemes=["http", "https"])

Link = dict[str, str]


def parse_links(text: str) -> list[Link]:
    """Lines into links. Raises ValidationError that names the line."""
    lines = [(number, one_line(line)) for number, line in enumerate(text.splitlines(), 1)]
    lines = [(number, line) for number, line in lines if line]
    _refuse_too_many(len(lines))
    links = []
    for number, line in lines:
        url, _, title = line.partition(" ")
        links.append({"url": _address(url, f"Line {number}"), "title": title or url.partition("//")[2].rstrip("/")})
    return links


def _refuse_too_many(count: int) -> None:
    if count > MOST_LINKS:
        raise ValidationError(f"{count} links are too many: {MOST_LINKS} at most.")


def _address(url: str, where: str) -> str:
    try:
        _check_address(url)
    except ValidationError:
        raise ValidationError(
            f"{where}: “{url[:80]}” is no web address. Write https://…, a space, and what to call it."
        ) from None
    return url


def validate_links(value: Any) -> None:
    """What is stored must be links, whatever path it came by."""
    if not isinstance(value, list):
        raise ValidationError("Links are a list.")
    _refuse_too_many(len(value))
    for number, link in enumerate(value, 1):
        if (
            not isinstance(link, dict)
            or set(link) != {"url", "title"}
            or not all(isinstance(text, str) and one_line(text) for text in link.values())
        ):
            raise ValidationError(f"Link {number} needs an address and a title, and nothing else.")
        _address(link["url"], f"Link {number}")


class LinksFormField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField links", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(f"{link['url']} {link['title']}" for link in value)
        return value

    def to_python(self, value: Any) -> Any:
        return value if isinstance(value, list) else parse_links(super().to_python(value) or "")

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        validate_links(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return (initial or []) != self.to_python(data)
        except ValidationError:
            return True


class LinksField(models.JSONField):
    """A list of links. Empty by default; validated by `validate_links`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        # The admin passes its own widget for text areas; ours is part of what the field means.
        kwargs.pop("widget", None)
        return LinksFormField(
            required=not self.blank, label=kwargs.get("label", capfirst(self.verbose_name)), help_text=self.help_text
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        validate_links(value)

"""A field for a short list of web addresses with a label each: an author's links, social links, videos.

Stored as JSON [{"url": …, "title": …}]; edited as one line each, the address first, then the label.
"""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from newsroom.slugs import one_line

MOST_LINKS = 30
_check_address = URLValidator(schemes=["http", "https"])

Link = dict[str, str]


def parse_links(text: str) -> list[Link]:
    """Lines into links. Raises ValidationError that names the line."""
    links = []
    for number, line in enumerate(text.splitlines(), 1):
        url, _, title = one_line(line).partition(" ")
        if url:
            links.append({"url": _address(url, f"Line {number}"), "title": title or url.split("//")[-1].rstrip("/")})
    if len(links) > MOST_LINKS:
        raise ValidationError(f"{len(links)} lines are too many: {MOST_LINKS} at most.")
    return links


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
    for number, link in enumerate(value, 1):
        if (
            not isinstance(link, dict)
            or set(link) != {"url", "title"}
            or not all(isinstance(v, str) for v in link.values())
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
            required=not self.blank, label=kwargs.get("label", self.verbose_name.capitalize()), help_text=self.help_text
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        validate_links(value)

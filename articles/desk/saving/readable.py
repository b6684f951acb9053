"""Values of the form as people read them: side by side in a conflict, and in what an autosave would change."""

from collections.abc import Mapping
from typing import Any

import lxml.html
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

from articles.richtext import sanitise

EMPTY = "(empty)"


def as_text(form_field: forms.Field, value: Any) -> str:
    """A field's value. One query for a field that chooses a row."""
    if isinstance(form_field, forms.ModelChoiceField):
        row = form_field.queryset.filter(pk=value).first() if isinstance(value, int) else None  # type: ignore[union-attr]
        return str(row) if row else EMPTY
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(form_field, forms.ChoiceField):
        if value is None:
            return EMPTY
        return str(dict(form_field.choices).get(value, value))  # type: ignore[arg-type]
    shown = form_field.prepare_value(value)
    return str(shown) if shown not in (None, "", []) else EMPTY


def row(fields: dict[str, forms.Field], values: Mapping[str, Any]) -> str:
    """A byline or a correction, a field a line."""
    return "\n".join(f"{fields[name].label}: {as_text(fields[name], value)}" for name, value in values.items())


def body(html: str, other: str) -> SafeString:
    """A body for the desk's eyes: safe, its placeholders named, blocks that the other one has not marked."""
    known = {_serialised(block) for block in _blocks(other)}
    root = _parsed(html)
    for block in root:
        if _serialised(block) not in known:
            block.set("class", f"{block.get('class', '')} differs".strip())
    for figure in root.iter("figure"):
        _name_placeholder(figure)
    for card in root.iter("aside"):
        card.text = f"[{(card.get('data-module') or 'article card').replace('-', ' ')}]"
    for link in root.iter("a"):
        link.attrib.pop("href", None)  # to be read, not to be followed away from what is not saved
    inner = "".join(etree.tostring(block, method="html", encoding="unicode") for block in root)
    return mark_safe(inner) if inner else format_html("<p>{}</p>", EMPTY)  # sanitised in _parsed


def _name_placeholder(figure: Any) -> None:
    kind = figure.get("data-embed") or f"picture {figure.get('data-image', '')}"
    about = figure.get("data-url") or figure.get("data-alt") or ""
    name = etree.Element("p")
    name.text = f"[{kind}{': ' if about else ''}{about}]"
    figure.insert(0, name)


def _parsed(html: str) -> Any:
    return lxml.html.fragment_fromstring(sanitise(html), create_parent="div")


def _blocks(html: str) -> list[Any]:
    return list(_parsed(html))


def _serialised(block: Any) -> bytes:
    return bytes(etree.tostring(block, with_tail=False))


def paragraphs(html: str) -> str:
    """A body's words, a paragraph a line; empty for none."""
    return "\n".join(filter(None, (" ".join(block.itertext()).strip() for block in _blocks(html))))

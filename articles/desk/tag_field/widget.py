"""TagChips: a list of what is chosen and a line to type names into; with JavaScript chips and a list that finds."""

import json
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Tag
from articles.models.house_rules import HouseRules

from . import asked
from .asked import NEW, TYPED


class TagChips(forms.SelectMultiple):
    """`article`: whose form it is, None for a new one's. `suggests`: does the form hold a text? `for_removal`: of tags to
    be taken away none is made, and those that are retired are found.
    """

    article: int | None = None
    suggests = True
    for_removal = False

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return asked.raw(data, name) if hasattr(data, "getlist") else [str(one) for one in data.get(name) or ()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # no tag is an answer

    def optgroups(self, name: str, value: Any, attrs: Any = None) -> Any:
        """Only what is chosen, in its order. One query, none for no tags."""
        parts = asked.understood(str(one) for one in value or ())
        numbers = [one for one in parts if isinstance(one, int)]
        tags = Tag.objects.in_bulk(numbers) if numbers else {}
        options = [
            self.create_option(name, f"{NEW}{one}" if isinstance(one, str) else one, label, True, place)
            for place, one in enumerate(parts)
            if (label := one if isinstance(one, str) else tags.get(one)) is not None
        ]
        return [(None, options, 0)]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        attrs = {**(attrs or {}), "class": "tag-select", "size": 4}
        select = super().render(name, value, attrs, renderer)
        identity = attrs.get("id") or f"id_{name}"
        return format_html(
            '<div class="tag-field" data-tag-field="{}">{}'
            '<label for="{}" class="tag-typed-label">Add by name, commas between</label>'
            '<input type="text" name="{}" id="{}" class="vTextField" autocomplete="off" maxlength="2000"></div>',
            json.dumps(self._config()), select, f"{identity}{TYPED}", f"{name}{TYPED}", f"{identity}{TYPED}",
        )  # fmt: skip

    def _config(self) -> dict[str, Any]:
        find = reverse("admin:articles_article_tags")
        if self.for_removal:
            return {"find": f"{find}?for=removal", "none": "No tag is called so."}
        if not self.suggests:
            return {"find": find}
        rules = HouseRules.current()
        one = ("admin:articles_article_tag_suggestions", [self.article])
        suggestions = (
            reverse(one[0], args=one[1]) if self.article else reverse("admin:articles_article_tag_suggestions_new")
        )
        return {
            "find": find,
            "suggest": suggestions,
            "least": rules.tags_at_least,
            "most": rules.tags_at_most,
        }

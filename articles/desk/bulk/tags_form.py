"""Which tags many articles get, and which go: the tag field of the article's form, twice."""

from typing import Any

from django.core.exceptions import ValidationError
from js_asset import Media

from articles.models import Tag
from articles.models.tags.order.resolving import tags_today

from ..saving.desk_scripts import desk_media
from ..tag_field.asked import posted
from ..tag_field.asking import CSS
from ..tag_field.field import TagsField, listed
from .forms import Choosing


class TagsForm(Choosing):
    """What is chosen are numbers of tags, and names of such as are to be made with the first article that gets them."""

    add = TagsField(required=False, label="Add")
    remove = TagsField(required=False, label="Remove")

    def prepare(self) -> None:
        add, remove = self._fields()
        add.made_by = remove.made_by = self.user
        add.widget.suggests = remove.widget.suggests = remove.makes_new = False
        remove.widget.for_removal = True

    def _fields(self) -> tuple[Any, Any]:
        return self.fields["add"], self.fields["remove"]

    @property
    def media(self) -> Any:
        return Media() + super().media + desk_media("tag_field") + CSS

    def clean_add(self) -> list[Tag | str]:
        wanted = self._today("add")
        if retired := [one for one in wanted if isinstance(one, Tag) and one.retired_at is not None]:
            raise ValidationError(f"Retired, and not to be added any more: {listed(retired)}.")
        return wanted

    def clean_remove(self) -> list[Tag | str]:
        return self._today("remove")

    def _today(self, name: str) -> list[Tag | str]:
        """In their order. One that was merged since the page was opened is what it was merged into."""
        field: Any = self.fields[name]
        today: list[Tag | str] = []
        for one in field.wanted:
            today += tags_today([one.pk]) if isinstance(one, Tag) and one.merged_into_id else [one]
        return list(dict.fromkeys(today))

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        add, remove = (values.get(name) or [] for name in ("add", "remove"))
        if not add and not remove and not self.errors:
            self.add_error("add", "Choose at least one tag, to add or to remove.")
        if both := [one for one in add if one in remove]:
            self.add_error("remove", f"To add and to remove at once: {listed(both)}.")
        return values

    def as_initial(self, chosen: dict[str, Any]) -> dict[str, Any]:
        return {name: posted(parts) for name, parts in chosen.items()}

    def chosen(self) -> dict[str, Any]:
        return {
            name: [one.pk if isinstance(one, Tag) else one for one in self.cleaned_data[name]]
            for name in ("add", "remove")
        }

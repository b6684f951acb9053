"""The tag's form: what it is called and what else, what kind of thing it is, what it belongs to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Tag, TagName
from articles.models.tags.names import LONGEST_NAME, folded
from articles.models.tags.order.acting import one_at_a_time
from newsroom.models.audit import log
from newsroom.slugs import one_line

from .opened import FromWhatWasOpened

MOST_ALIASES = 200


class TagForm(FromWhatWasOpened, forms.ModelForm):
    aliases = forms.CharField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        label="Also called",
        help_text="One a line. Typing one of these finds this tag; case, accents, spaces and hyphens never matter.",
    )

    class Meta:
        model = Tag
        fields = ["name", "slug", "kind", "parent", "description", "picture", "weight", "is_hidden"]
        widgets = {"description": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        aliases = list(self.instance.aliases) if self.instance.pk else []
        self.known = {alias.folded for alias in aliases}
        self.fields["aliases"].initial = "\n".join(alias.name for alias in aliases)
        self.begin_from_opened()

    def clean_parent(self) -> Tag | None:
        parent: Tag | None = self.cleaned_data["parent"]
        if parent is not None and "parent" in self.changed_data:
            check_parent(self.instance, parent)
        return parent

    def clean_aliases(self) -> dict[str, str]:
        """By folded names. Refused with the name of the tag that has it."""
        lines = [one_line(line) for line in self.cleaned_data["aliases"].splitlines()]
        wanted = {folded(line): line for line in lines if line}
        if len(wanted) > MOST_ALIASES:
            raise ValidationError(f"{MOST_ALIASES} other names at most.")
        if long := [f"“{line[:40]}…”" for line in wanted.values() if len(line) > LONGEST_NAME]:
            raise ValidationError(f"{LONGEST_NAME} characters at most: {', '.join(long)}.")
        owners = {key: tag for key, tag in TagName.tags_of(wanted).items() if tag.pk != self.instance.pk}
        if owners:
            raise ValidationError(
                [f"“{wanted[key]}” is a name of the tag “{tag}”: merge the two, or take it from there first."
                 for key, tag in owners.items()]
            )  # fmt: skip
        return wanted

    def save_aliases(self, tag: Tag, *, by: Any) -> None:
        """After the tag itself. What was an alias when the form was read and stands there no more goes; not what a merge
        has brought since.
        """
        wanted = {key: name for key, name in self.cleaned_data["aliases"].items() if key != tag.folded_name}
        with transaction.atomic():
            one_at_a_time()
            before = {row.folded: row for row in TagName.objects.filter(tag=tag).exclude(folded=tag.folded_name)}
            old = sorted(row.name for row in before.values())
            if "name" in self.changed_data and self.initial.get("name"):
                wanted.setdefault(folded(self.initial["name"]), self.initial["name"])  # a rename keeps it
                wanted.pop(tag.folded_name, None)
            gone = {key: row for key, row in before.items() if key not in wanted and key in self.known}
            TagName.objects.filter(pk__in=[row.pk for row in gone.values()]).delete()
            wanted |= {key: row.name for key, row in before.items() if key not in wanted and key not in gone}
            for key, name in wanted.items():
                if key not in before:
                    TagName.objects.create(folded=key, name=name, tag=tag)
                elif before[key].name != name:
                    TagName.objects.filter(pk=before[key].pk).update(name=name)
            new = sorted(wanted.values())
            if new != old:
                log("changed", tag, by=by, before={"also called": old}, after={"also called": new})


def check_parent(tag: Tag, parent: Tag) -> None:
    """May it be part of this one, as things are stored now? Raises ValidationError. One query for each step upwards."""
    above, path = Tag.objects.filter(pk=parent.pk).first(), dict[int, str]()
    if above is None or above.merged_into_id or above.retired_at:
        raise ValidationError(f"“{parent}” is not in use: it was merged or retired.")
    while above is not None and above.pk not in path:
        path[above.pk] = above.name
        if above.pk == tag.pk:
            if len(path) == 1:
                raise ValidationError("A tag can't be part of itself.")
            raise ValidationError(f"“{parent}” is part of “{above}” already: {' → '.join(path.values())}.")
        above = above.parent

"""What the tag's form began from: who saves after a colleague changes what he changed, and takes back nothing else.

Else whoever had the form open while two tags were merged would take the old names away from the one that stays, and an
older form would show readers what was hidden from them meanwhile.
"""

import json
from typing import Any

from django import forms

from articles.models.tags.names import folded
from newsroom.slugs import one_line

ALIASES = "aliases"


class FromWhatWasOpened(forms.ModelForm):
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def begin_from_opened(self) -> None:
        """Once all fields have their initial values."""
        if self.instance.pk:
            stored = self._stored()
            self.initial["opened"] = json.dumps(stored)
            if self.is_bound and (base := _read(self.data.get("opened", ""))):
                self.data = self._today(base, stored)

    def _stored(self) -> dict[str, str]:
        """As a browser posts it; an unticked box is ''."""
        values = {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}
        return {name: _as_posted(value) for name, value in values.items() if name != "opened"}

    def _today(self, base: dict[str, str], stored: dict[str, str]) -> Any:
        """What this person changed, over what is stored now. Where both changed one thing, his stands."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, or a test's dict
        for name in stored.keys() & base.keys():
            mine = data.get(name) or ""
            if name == ALIASES:
                data[name] = "\n".join(_brought_together(*(_lines(one) for one in (base[name], mine, stored[name]))))
            elif one_line(mine) == one_line(base[name]):
                data[name] = stored[name]
        data["opened"] = self.initial["opened"]
        return data

    @property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != "opened"]


def _as_posted(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def _read(text: str) -> dict[str, str]:
    """Nothing for what no form of ours said. It comes back from the browser, so anything may be in it."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return (
        {str(name): value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}
    )


def _lines(text: str) -> dict[str, str]:
    """By folded names."""
    lines = [one_line(line) for line in text.splitlines()]
    return {folded(line): line for line in lines if line}


def _brought_together(base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """What either side added is in, what either side took out is out."""
    kept = {key: line for key, line in mine.items() if key in theirs or key not in base}
    return list((kept | {key: line for key, line in theirs.items() if key not in {*base, *mine}}).values())

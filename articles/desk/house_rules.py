"""The house rules at the desk: a table of all rules, and how much each weighs here."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest

from articles.models import HouseRules
from articles.models.house_rules import Level
from articles.models.rules import RULES
from newsroom.one_row import OneRowAdmin

FIXED = "Always blocks: readers have no page without it."
PREFIX = "level_"


class HouseRulesForm(forms.ModelForm):
    """A choice for each rule that may be set, beside the numbers."""

    named: ClassVar[dict[str, str]] = {f"{PREFIX}{name}": name for name, rule in RULES.items() if not rule.is_fixed}

    class Meta:
        model = HouseRules
        fields = ["tags_at_least", "tags_at_most"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, name in self.named.items():
            rule = RULES[name]
            self.fields[field] = forms.ChoiceField(
                label=rule.name,
                choices=[(level, Level(level).label) for level in rule.levels],
                initial=self.instance.level(name),
                widget=forms.RadioSelect,
                help_text=f"Unless you say otherwise: {Level(rule.level).label.lower()}.",
            )

    def rows(self) -> list[dict[str, Any]]:
        """For the table: each rule with its field, those without one said to be fixed."""
        by_name = {name: self[field] for field, name in self.named.items()}
        return [
            {"name": rule.name, "sentence": rule.text.replace("{words}", "…"), "field": by_name.get(name)}
            for name, rule in RULES.items()
        ]

    def save(self, commit: bool = True) -> Any:
        chosen = {name: self.cleaned_data[field] for field, name in self.named.items()}
        self.instance.levels = {name: level for name, level in chosen.items() if level != RULES[name].level}
        return super().save(commit)


class HouseRulesAdmin(OneRowAdmin):
    form = HouseRulesForm
    change_form_template = "admin/articles/houserules/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return [(None, {"fields": ["tags_at_least", "tags_at_most"]})]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any) -> Any:
        rules: HouseRules = kwargs["obj"]
        bound = context["adminform"].form
        form = (
            bound
            if isinstance(bound, HouseRulesForm) and "tags_at_least" in bound.fields
            else HouseRulesForm(instance=rules)
        )
        context["rows"] = form.rows()
        context["may_change"] = self.has_change_permission(request, rules)
        context["levels"] = {name: Level(rules.level(name)).label for name in RULES}
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: HouseRules, form: Any, change: bool) -> None:
        obj.changed_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)

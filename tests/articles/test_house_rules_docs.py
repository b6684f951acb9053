"""docs/house-rules.md says what rules there are, what check_articles takes, and how long a reason may be."""

from pathlib import Path

from django.core.management import load_command_class

from articles.models import gate
from articles.models.house_rules import Level
from articles.models.rules import RULES

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "house-rules.md").read_text("utf-8")


def table() -> str:
    head = ["rule", "name", "what is said", "unless you say otherwise"]
    rows = [
        [
            f"`{name}`",
            rule.name,
            rule.text.replace("{words}", "…"),
            "always Block" if rule.is_fixed else Level(rule.level).label,
        ]
        for name, rule in RULES.items()
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in [head, ["---"] * 4, *rows])


def test_the_table_of_rules_is_that_of_the_code() -> None:
    assert table() in DOCS, f"docs/house-rules.md should hold:\n\n{table()}"


def test_the_options_of_check_articles_are_told() -> None:
    parser = load_command_class("articles", "check_articles").create_parser("manage.py", "check_articles")
    own = {"--rule", "--section", "--at-least", "--json"}
    assert own <= {name for action in parser._actions for name in action.option_strings}
    assert not {name for name in own if f"`{name}" not in DOCS}


def test_how_long_a_reason_may_be_is_told() -> None:
    assert f"up to {gate.LONGEST_REASON} characters" in DOCS

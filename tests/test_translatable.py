"""Every word that a public page says by itself can be said in another language."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
# The desk speaks English, and so do its mails; these are names.
DESK = ("admin/", "mail/", "articles/fronts/preview_bar.html", "collision.html")
NAMES = {"partials/share.html": {"Bluesky", "Mastodon", "Facebook", "WhatsApp"}}
# Of an HTML element what is read out or shown besides its text.
SAID = re.compile(r'\b(?:alt|aria-label|placeholder|title)="([^"]*)"')


def bare_words(text: str) -> list[str]:
    """What is neither of the template's language, nor HTML, nor within a translation."""
    text = re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*block body_class\s*%}.*?{%\s*endblock", "{%", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", "\0", text, flags=re.DOTALL)
    said = SAID.findall(text)
    text = re.sub(r"<(script|style|svg)\b.*?</\1>|<!.*?>|<[^>]*>", "\0", text, flags=re.DOTALL)
    parts = [*text.split("\0"), *(part for one in said for part in one.split("\0"))]
    return [words for part in parts if re.search(r"[^\W\d_]{2}", words := " ".join(re.sub(r"&\w+;", "", part).split()))]


def public_templates() -> list[str]:
    found = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    return sorted(name for name in found if not name.startswith(DESK))


@pytest.mark.parametrize("name", public_templates())
def test_no_word_of_a_public_page_is_bare(name: str) -> None:
    words = set(bare_words((TEMPLATES / name).read_text())) - NAMES.get(name, set())
    assert not words, "put these into {% translate %}"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<p class="a b">By {{ name }}</p>', ["By"]),
        ('<nav aria-label="Pages">{% if a %}Newer{% endif %}</nav>', ["Newer", "Pages"]),
        ('{% translate "By" %} <a href="/x/">{{ a }}</a> · {% comment %}words{% endcomment %}{# and more #}', []),
        ("{% blocktranslate with a=b %}Part {{ a }}{% endblocktranslate %}", []),
    ],
)
def test_bare_words_are_seen(html: str, found: list[str]) -> None:
    assert bare_words(html) == found

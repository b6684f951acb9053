"""What the article's form sends to the browser for the body's editor."""

import gzip
import re
from pathlib import Path

import pytest
from django.urls import reverse

from articles.desk.writing.editor import FOLDER, MODULES, BodyEditor, needed_at_once
from articles.models import Article

ADD = "admin:articles_article_add"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def page(desk):
    return desk.get(reverse(ADD)).content.decode()


def test_every_import_of_the_modules_is_in_the_import_map():
    wanted = set()
    for path in FOLDER.glob("*.js"):
        wanted |= set(re.findall(r'(?:from|import\()\s*"newsroom-editor/([\w-]+)"', path.read_text(encoding="utf-8")))
    assert wanted <= set(MODULES)


def test_what_opens_on_demand_is_not_fetched_at_once():
    at_once = needed_at_once("extensions")
    assert {"dom", "picture-view", "toolbar", "serialise"} <= set(at_once)
    assert not {"chooser", "upload", "library", "help"} & set(at_once)


@pytest.mark.django_db
def test_the_form_loads_no_icon_font_and_nothing_that_it_does_not_use(desk):
    html = page(desk)
    assert "articles/editor/editor.css" in html
    assert not re.search(r"material-icons|django_prose_editor/\w+\.css|xregexp|urlify|/prepopulate\.js", html)
    assert len(re.findall(r'<script type="importmap"', html)) == 1


@pytest.mark.django_db
def test_the_form_is_compressed_for_who_can_read_that(desk):
    plain = desk.get(reverse(ADD))
    assert "Content-Encoding" not in plain
    packed = desk.get(reverse(ADD), headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 3
    assert b'id="id_body"' in gzip.decompress(packed.content)
    assert "sha256-" in packed["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_line_ends_of_a_browser_are_no_change(make_article):
    article = make_article(body="<p>One</p><p>Two</p>")
    sent = article.body.replace("\n", "\r\n")
    assert sent != article.body
    assert BodyEditor().value_from_datadict({"body": sent}, {}, "body") == Article.objects.get(pk=article.pk).body


def test_the_editors_files_are_small():
    long = {path.name: n for path in Path(FOLDER).glob("*.js") if (n := len(path.read_text().splitlines())) > 250}
    assert long == {}

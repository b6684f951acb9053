"""The readers' stylesheet: one file, small enough, made of parts that nobody forgets."""

import gzip
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from django.contrib.staticfiles import finders

from newsroom import stylesheet


def test_it_is_small_enough():
    assert len(gzip.compress(stylesheet.joined().encode(), 6)) < 12 * 1024


def test_every_part_is_joined_and_each_in_a_layer():
    assert {path.stem for path in stylesheet.FOLDER.glob("*.css")} == set(stylesheet.PARTS)
    named = re.findall(r"@layer (\w+)\s*\{", "".join(path.read_text() for path in stylesheet.FOLDER.glob("*.css")))
    assert set(named) | {"theme"} == set(stylesheet.LAYERS)


def test_what_stands_in_quotes_stays_to_the_letter_and_comments_go():
    css = '/* a: b */ a :is( b, c ) > d { content: " /,  ; }" ; color: red; }\n@media (min-width: 1rem) and (x) { }'
    assert (
        stylesheet.small(css).strip() == 'a :is( b,c )>d{content:" /,  ; }";color:red}@media (min-width:1rem) and (x){}'
    )


def test_braces_are_balanced_part_by_part():
    for name in stylesheet.PARTS:
        css = re.sub(r'"[^"]*"', "", (stylesheet.FOLDER / f"{name}.css").read_text())
        assert css.count("{") == css.count("}"), name


def test_static_files_find_it_and_it_is_made_anew_when_a_part_changed(tmp_path, settings, monkeypatch):
    settings.VAR_DIR = tmp_path
    finder = stylesheet.Finder()
    path = finder.find(stylesheet.NAME)
    assert Path(path).read_text() == stylesheet.joined()
    assert [name for name, _storage in finder.list([])] == [stylesheet.NAME]
    assert finder.find("newsroom/other.css") == []
    monkeypatch.setattr(stylesheet, "joined", lambda: "a{}")
    assert Path(finder.find(stylesheet.NAME)).read_text() == "a{}"
    assert finders.find(stylesheet.NAME)


def test_many_that_make_it_at_once_find_it_whole(tmp_path, settings):
    settings.VAR_DIR = tmp_path
    together = Barrier(8)

    def make(turn: int) -> str:
        together.wait()
        return Path(stylesheet.Finder().find(stylesheet.NAME)).read_text()

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(make, range(8))) == {stylesheet.joined()}
    assert [path.name for path in tmp_path.rglob("*.*")] == ["readers.css"]


def test_a_page_asks_for_one_stylesheet(client, db):
    page = client.get("/").content.decode()
    assert re.findall(r'rel="stylesheet" href="([^"]*)"', page) == ["/static/newsroom/readers.css"]


def test_nothing_physical_that_another_direction_would_get_wrong():
    css = stylesheet.joined()
    assert (
        re.findall(r"[;{](?:margin|padding|border)-(?:left|right)|[;{](?:left|right):|text-align:(?:left|right)", css)
        == []
    )

"""What is wrong in an export and has only one meaning is mended, and said."""

from pathlib import Path

import pytest

from articles.wordpress.wxr import posts, survey


def written(folder: Path, text: str) -> Path:
    path = folder / "export.xml"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("name", "mended"),
    [
        (
            "control_characters",
            (
                "control bytes left out (4 times, first in line 12)",
                "references to control characters left out (2 times, first in line 24)",
            ),
        ),
        ("bare_ampersands", ("bare & read as an ampersand (2 times, first in line 23)",)),
        ("html_entities", ("names of characters replaced (3 times, first in line 12)",)),
        ("undeclared_atom", ("undeclared prefix atom: read as Atom's (1 times)",)),
        ("undeclared_entity", ("bare & read as an ampersand (1 times, first in line 12)",)),
        ("whole", ()),
        ("utf8_bom", ()),
    ],
)
def test_what_has_one_meaning_is_mended_and_reported(exports, name, mended):
    assert survey(exports / f"{name}.xml").mended == mended


def test_mended_texts_read_as_they_were_meant(exports):
    first, second = posts(exports / "control_characters.xml")
    assert (first.title, first.content, second.title) == ("A bell", "onetwo", "ref")
    (entity,) = posts(exports / "undeclared_entity.xml")
    assert entity.title == "a &secret; b"
    address = survey(exports / "bare_ampersands.xml").attachments[1].url
    assert address == "https://gazette.example/a.jpg?w=1&h=2&copy=3"


def test_declared_atom_is_no_repair(exports, tmp_path):
    text = (exports / "undeclared_atom.xml").read_text()
    declared = text.replace("<rss ", '<rss xmlns:atom="http://www.w3.org/2005/Atom" ', 1)
    assert survey(written(tmp_path, declared)).mended == ()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
def test_mending_does_not_depend_on_where_the_pieces_are_cut(exports, size, monkeypatch):
    names = ["control_characters", "bare_ampersands", "html_entities", "undeclared_atom", "split_cdata"]
    at_once = [survey(exports / f"{name}.xml") for name in names]
    monkeypatch.setattr("articles.wordpress.export.source.PIECE", size)
    monkeypatch.setattr("articles.wordpress.export.source.HEAD", size)
    monkeypatch.setattr("articles.wordpress.export.source.refuse_other_text", lambda start: None)
    assert [survey(exports / f"{name}.xml") for name in names] == at_once

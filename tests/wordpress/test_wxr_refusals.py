"""What is refused, in which words; and that nothing costs much memory or time."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from articles.wordpress.wxr import ExportError, posts, survey

PROJECT = Path(__file__).resolve().parent.parent.parent
WRAPPED = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>\n<item>\n{}</item></channel></rss>'
)

DAMAGED = gzip.compress(b"<rss>" * 5000, mtime=0)[:10] + b"\xff" * 40


def refusal(path) -> str:
    with pytest.raises(ExportError) as caught:
        survey(path)
    return str(caught.value)


on_linux = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is measured by /proc")


def measured(code: str) -> tuple[str, float, int]:
    """What `code` puts into `told`, its seconds, and by how many kB it made a fresh process grow."""
    program = (
        "import re, time; from articles.wordpress.wxr import ExportError, posts\n"
        # Not getrusage: its maximum includes that of the process this one was forked from.
        "peak = lambda: int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        f"before, start = peak(), time.monotonic()\n{code}\n"
        "print(told, time.monotonic() - start, peak() - before, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=60
    )
    told, seconds, grown = done.stdout.rsplit("\n", 3)[:3]
    return told, float(seconds), int(grown)


def written(folder, text):
    path = folder / "export.xml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("doctype", "The file has a DOCTYPE, which WordPress never writes; refused (line 3)."),
        ("billion_laughs", "The file has a DOCTYPE, which WordPress never writes; refused (line 2)."),
        ("xxe_file", "The file has a DOCTYPE, which WordPress never writes; refused (line 2)."),
        ("xxe_parameter_entity", "The file has a DOCTYPE, which WordPress never writes; refused (line 2)."),
        ("empty", "The file is empty."),
        ("blank", "The file is empty."),
        ("not_xml_html_page", "The file is a web page (HTML), not a WordPress export (line 1)."),
        ("not_xml_json", "The file is JSON, not a WordPress export (which is XML) (line 2)."),
        (
            "not_xml_warning_before",
            "The file begins with a text (a warning of PHP?); delete all before <?xml (line 1).",
        ),
        (
            "no_wp_namespace",
            "The file is an RSS feed without the wp: namespace, so no WordPress export (line 2).",
        ),
        ("other_xml", "The file begins with <feed>; a WordPress export begins with <rss> (line 2)."),
        (
            "single_item",
            "The file is one item cut out of an export; export the whole site again (line 1).",
        ),
        ("truncated", "The file is cut off; export or upload it again (line 28)."),
        ("truncated_in_cdata", "The file is cut off; export or upload it again (line 16)."),
        (
            "mismatched_tags",
            "The file is not well-formed XML: Opening and ending tag mismatch: title and titel (line 12).",
        ),
        (
            "wrong_encoding",
            "A character is not valid UTF-8, the encoding the file claims to have (line 12).",
        ),
        (
            "encoding_nobody_knows",
            "The file claims to be encoded as x-martian, which is not so; save it as UTF-8 (line 1).",
        ),
        ("undeclared_prefix", "The file uses the prefix itunes: on <author> without declaring it (line 9)."),
    ],
)
def test_file_is_refused_in_one_plain_sentence(exports, name, sentence):
    assert refusal(exports / f"{name}.xml") == sentence


def test_doctype_is_refused_with_its_line(exports):
    with pytest.raises(ExportError) as caught:
        next(posts(exports / "doctype.xml"))
    assert caught.value.line == 3
    assert "DOCTYPE" in caught.value.message


def test_doctype_inside_the_channel_is_refused(exports, tmp_path):
    text = (exports / "wxr_1_1.xml").read_text().replace("<item>", "<!doctype x><item>")
    assert "has a DOCTYPE" in refusal(written(tmp_path, text))


def test_doctype_as_text_of_a_post_is_text(tmp_path):
    content = "<content:encoded><![CDATA[<!DOCTYPE html>]]></content:encoded>"
    (post,) = posts(written(tmp_path, WRAPPED.format(content)))
    assert post.content == "<!DOCTYPE html>"


@on_linux
@pytest.mark.parametrize("name", ["billion_laughs", "xxe_file", "xxe_parameter_entity", "undeclared_entity"])
def test_entities_cost_nothing_and_tell_nothing(exports, name):
    told, seconds, grown = measured(
        f"try: told = repr([*posts({str(exports / name)!r} + '.xml')])\nexcept ExportError as e: told = str(e)"
    )
    assert seconds < 1
    assert grown < 20_000  # kB; the limit is 100 MB
    assert "root:" not in told and "lollol" not in told


def test_xinclude_includes_nothing(exports):
    (post,) = posts(exports / "xinclude.xml")
    assert post.title == ""


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "The file is a PNG picture, not a WordPress export."),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "The file is a JPEG picture, not a WordPress export."),
        (b"PK\x03\x04\x14\0", "The file is a ZIP archive; unpack it and import the XML file inside."),
        (b"%PDF-1.7", "The file is a PDF document, not a WordPress export."),
        (b"<rss>" + bytes(500), "The file is binary data, not a WordPress export."),
        (b"Hello", "The file is plain text, not a WordPress export (which is XML) (line 1)."),
        (gzip.compress(b"<rss>" * 5000, mtime=0)[:-20], "The compressed file is cut off; export or upload it again."),
        (DAMAGED, "The compressed file is damaged; export or upload it again."),
    ],
)
def test_file_of_another_kind_is_called_by_its_name(tmp_path, data, what):
    assert refusal(written(tmp_path, data)) == what


def test_text_of_more_than_ten_million_characters_is_refused(tmp_path):
    huge = f"<content:encoded><![CDATA[{'x' * 10_000_100}]]></content:encoded>"
    for text in (huge, f"<title>{'x' * 10_000_100}</title>"):
        sentence = refusal(written(tmp_path, WRAPPED.format(text)))
        assert sentence.startswith("The file has a text of more than 10 million characters")
        assert sentence.endswith("(line 3).")


def test_nesting_without_end_is_refused(tmp_path):
    deep = WRAPPED.format("<a>" * 5000 + "</a>" * 5000)
    assert refusal(written(tmp_path, deep)).startswith("The file nests elements more than 250 deep")


@pytest.mark.parametrize(
    "inside",
    ['<category nicename="x">x</category>' * 20_001, f"<deep>{'<x/>' * 20_001}</deep>"],
)
def test_element_with_parts_without_end_is_refused(tmp_path, inside):
    sentence = "An element has more parts than any post; refused (line 3)."
    assert refusal(written(tmp_path, WRAPPED.format(inside))) == sentence
    assert refusal(written(tmp_path, WRAPPED.replace("item", "image").format(f"<x>{inside}</x>"))) == sentence


def test_export_cut_anywhere_is_refused(exports, tmp_path):
    whole = (exports / "whole.xml").read_bytes()
    for length in range(400, whole.rindex(b"</rss>"), 97):
        sentence = refusal(written(tmp_path, whole[:length]))
        assert sentence.startswith(("The file is cut off", "The file is empty")), (length, sentence)


def test_export_joined_to_another_is_refused(exports, tmp_path):
    text = (exports / "wxr_1_1.xml").read_text()
    assert refusal(written(tmp_path, text * 2)).startswith("Something follows after the end of the export")


@on_linux
def test_memory_does_not_grow_with_the_file(exports, tmp_path):
    text = (exports / "whole.xml").read_text()
    start, end = text.index("<item>"), text.index("</channel>")
    large = written(tmp_path, text[:start] + text[start:end] * 5000 + text[end:])  # 20 MB
    told, _, grown = measured(f"told = sum(1 for _ in posts({str(large)!r}))")
    assert told == "10000"
    assert grown < 10_000  # kB


@on_linux
def test_memory_does_not_grow_with_the_comments_of_a_post(exports, tmp_path):
    text = (exports / "whole.xml").read_text()
    start, end = text.index("<wp:comment>"), text.index("</wp:comment>") + len("</wp:comment>")
    comment = text[start:end].replace("Finally.", "Finally. " * 500)
    large = written(tmp_path, text[:start] + comment * 5000 + text[end:])  # 20 MB
    told, _, grown = measured(f"told = sum(1 for _ in posts({str(large)!r}))")
    assert told == "2"
    assert grown < 10_000  # kB

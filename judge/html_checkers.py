"""The Nu HTML checker and html-validate on every kind of page, and on the HTML inside the feeds."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from judge import tools
from judge.table import Line, none_of, skipped

Documents = dict[str, bytes]  # by the name that the report uses


def judge(documents: Documents) -> Iterator[Line]:
    for name, check in (("Nu HTML checker: errors", nu), ("html-validate: errors", html_validate)):
        try:
            faults = check(documents)
        except tools.Missing as reason:
            yield skipped(name, str(reason))
        else:
            yield none_of(f"{name} on {len(documents)} documents", faults)


def nu(documents: Documents) -> list[str]:
    """Errors alone: its warnings and hints are advice."""
    with tempfile.TemporaryDirectory() as folder:
        names = _write(documents, Path(folder))
        command = [tools.java(), "-jar", str(tools.nu_jar()), "--format", "json", "--exit-zero-always", *names]
        done = tools.run(command)
        messages = tools.json_of(done, done.stderr or done.stdout)["messages"]
    return [
        f"{names[_file(one['url'])]}, line {one.get('lastLine')}: {one['message']}"
        for one in messages
        if one["type"] != "info"
    ]


def _file(url: str) -> str:
    return url.removeprefix("file:")


def html_validate(documents: Documents) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        names = _write(documents, Path(folder))
        program = tools.node("html-validate", "bin", "html-validate.mjs")
        done = tools.run([*program, "--config", str(tools.HERE / ".htmlvalidate.json"), "--formatter=json", *names])
        files = tools.json_of(done, done.stdout)
    return [
        f"{names[file['filePath']]}, line {one['line']}: {one['message']} ({one['ruleId']})"
        for file in files
        for one in file["messages"]
        if one["severity"] == 2
    ]


def _write(documents: Documents, folder: Path) -> dict[str, str]:
    """The files' paths, each with the name of what it holds."""
    names = {}
    for number, (name, body) in enumerate(documents.items()):
        path = folder / f"{number}-{re.sub(r'[^a-z0-9]+', '-', name.lower())[:60]}.html"
        path.write_bytes(body)
        names[str(path)] = name
    return names


def as_document(fragment: str, title: str) -> bytes:
    """A piece of HTML, as in a feed, as a whole page."""
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{json.dumps(title[:60])}</title>\n</head>\n<body>\n{fragment}\n</body>\n</html>\n"
    ).encode()

"""The programs that judge: where they are, or why they can't be used here."""

import json
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.run import LeftOut, find_chromium

HERE = Path(__file__).resolve().parent
NODE_MODULES = HERE / "node_modules"
SCHEMAS, STRINGS = "JUDGE_SCHEMAS", "JUDGE_STRINGS"  # variables that name folders


@dataclass(frozen=True)
class Done:
    """A program that has ended."""

    command: list[str]
    returncode: int
    stdout: str
    stderr: str


class Missing(Exception):
    """What a judge needs is not here. Its text is the reason, for the table."""


def node(*script: str) -> list[str]:
    """The start of a command that runs a program of judge/node_modules."""
    program = shutil.which("node")
    if program is None:
        raise Missing("no Node.js on PATH")
    path = NODE_MODULES.joinpath(*script)
    if not path.is_file():
        raise Missing(f"{script[0]} is not installed: run `make judge`, or `npm ci` in judge/")
    return [program, str(path)]


def nu_jar() -> Path:
    path = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not path.is_file():
        raise Missing("vnu-jar is not installed: run `make judge`, or `npm ci` in judge/")
    return path


def java() -> str:
    program = shutil.which("java")
    if program is None:
        raise Missing("no Java on PATH")
    return program


def chromium() -> str:
    try:
        return find_chromium()
    except LeftOut as reason:
        raise Missing(str(reason)) from None


def folder(variable: str) -> Path:
    """The folder that an environment variable names."""
    named = os.environ.get(variable, "")
    if not named:
        raise Missing(f"{variable} is not set")
    if not Path(named).is_dir():
        raise Missing(f"{variable} names no folder")
    return Path(named)


def run(command: list[str], *, seconds: float = 300, env: dict[str, str] | None = None) -> Done:
    """Run a judge's program. What its status means differs between them, so the caller looks at it.

    Into files and not through pipes: Node.js leaves off the end of what it prints when a program ends with much to print.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as problems:
        done = subprocess.run(
            command, stdout=out, stderr=problems, timeout=seconds, cwd=HERE, env={**os.environ, **(env or {})}
        )
        texts = []
        for file in (out, problems):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    return Done(command, done.returncode, *texts)


def json_of(done: Done, text: str) -> Any:
    """What a program printed as JSON. Raises RuntimeError with the program's own words when it printed none."""
    try:
        return json.loads(text)
    except ValueError:
        program, words = " ".join(done.command)[:100], (done.stderr or done.stdout)[-1000:]
        raise RuntimeError(f"{program} gave no result ({done.returncode}): {words}") from None

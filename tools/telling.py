"""What a played year tells: the commands as they are typed, what they print, and a word on what that shows."""

from __future__ import annotations

import io
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from evalkit.cli import main

SHOWN = 3  # lines of what a command prints
LISTED = 4  # files or codes that are named in a command
REFUSED = 2


class RefusedError(Exception):
    """A command that the year rests on was refused."""


@dataclass(frozen=True)
class Teller:
    """Runs commands in a project, and tells of them in one language."""

    words: Mapping[str, Mapping[str, str]]
    language: str
    project: Path

    def say(self, key: str, **values: object) -> None:
        """Say what a step shows."""
        print(self.word(key, **values), flush=True)

    def word(self, key: str, **values: object) -> str:
        """Give words, filled in."""
        return self.words[key][self.language].format(**values)

    def run(self, *arguments: object, shown: int = SHOWN) -> list[str]:
        """Run a command, tell of it, and give the lines that it prints. Raises RefusedError where it is refused.

        Of the lines the first are shown, or the last where `shown` is negative.
        """
        line = [str(each) for each in arguments]
        if shown:
            print(f"$ evalkit {_typed(line)}", flush=True)
        told = io.StringIO()
        with redirect_stdout(told):
            code = main(line)
        lines = told.getvalue().splitlines()
        if code >= REFUSED:
            raise RefusedError(f"evalkit {shlex.join(line)}")
        some = lines[:shown] if shown >= 0 else lines[shown:]
        print(*(f"  {each}" for each in some), sep="\n", end="\n" if some else "")
        if len(lines) > shown > 0:
            print(f"  {self.word('more', lines=len(lines) - shown)}")
        return lines


@contextmanager
def within(project: Path) -> Iterator[None]:
    """Have commands run in a project."""
    before, root = Path.cwd(), os.environ.get("EVALKIT_ROOT")
    os.environ["EVALKIT_ROOT"] = str(project)
    os.chdir(project)
    try:
        yield
    finally:
        os.chdir(before)
        os.environ.pop("EVALKIT_ROOT")
        if root is not None:
            os.environ["EVALKIT_ROOT"] = root


def _typed(line: Sequence[str]) -> str:
    """Write a command as it is typed, without all but a few of the files and codes that it names."""
    found: list[str] = []
    run = 0
    for each in line:
        run = 0 if each.startswith("--") else run + 1
        if run <= LISTED:
            found.append(shlex.quote(each) if "/" not in each else each)
        elif run == LISTED + 1:
            found.append("…")
    return " ".join(found)

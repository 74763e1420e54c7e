"""The manifest of a run: from what it was made, with what, and what came out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evalkit.base import fingerprint
from evalkit.base.errors import ParamsError, Problem

PACKAGES = ("evalkit", "numpy", "pandas", "pydantic", "matplotlib", "papermill", "mistune", "xlsxwriter")
NAME = "manifest.json"
JOURNAL = "manifest.journal"  # what has happened since the manifest was written, one line each


class _Shape(BaseModel):
    """What of a manifest is read again; what it says beyond that is for people."""

    model_config = ConfigDict(extra="allow", strict=True)


class Said(_Shape):
    """What a manifest says of a report."""

    status: str
    seconds: float
    made_from: str | None
    formats: list[str]


class Manifest(_Shape):
    """A manifest, whole or not."""

    study: str = ""
    as_of: str | None = None
    year: int = 0
    language: str = ""
    finished: bool = False
    inputs: dict[str, str] = {}
    reports: dict[str, Said] = {}
    outputs: dict[str, str] = {}


class Noted(_Shape):
    """A line of the journal."""

    report: str
    said: Said | None
    files: dict[str, str | None]


def made_from(found: dict[str, str]) -> str:
    """Give one SHA-256 over all inputs and versions: two reports that share it were made from the same."""
    return fingerprint.digest({"inputs": found, "versions": versions()})


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that shape a report."""
    return fingerprint.versions(PACKAGES)


def commit(root: Path) -> str | None:
    """Give the git commit of the project, marked when files differ from it; None outside a repository."""
    git = ["git", "-C", str(root), "-c", "core.fsmonitor=false"]  # a program that the project may name
    try:
        head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{head} (with uncommitted changes)" if changed.strip() else head


def read(folder: Path) -> dict:
    """Read the manifest of a folder, with what its journal adds; an empty one where there is none.

    Raises ParamsError where one of them is not what a run writes.
    """
    path, journal = folder / NAME, folder / JOURNAL
    found = _taken(Manifest, path.read_bytes(), path) if path.is_file() else {}
    if found and journal.is_file():
        for number, line in enumerate(journal.read_bytes().splitlines(keepends=True), 1):
            if line.endswith(b"\n"):  # the last one of a run that was killed may be cut off
                _apply(_taken(Noted, line, f"{journal}, line {number}"), found)
    return found


def left(folder: Path) -> dict:
    """Read the manifest that a run left in a folder; an empty one, too, where that cannot be read any more."""
    try:
        return read(folder)
    except ParamsError:
        return {}


def _taken(shape: type[_Shape], text: bytes, where: object) -> dict:
    """Take JSON that has a shape. Raises ParamsError, which names all that is otherwise."""
    try:
        return shape.model_validate_json(text).model_dump(exclude_unset=True)
    except ValidationError as error:
        told = (("".join(f"[{key!r}]" for key in one["loc"]), one["msg"].lower()) for one in error.errors())
        wrong = [Problem(f"{where}{place}", said, "what a run writes there") for place, said in told]
        raise ParamsError("the manifest cannot be read as one that a run has left", wrong) from None


def write(manifest: dict, path: Path) -> None:
    """Write a manifest."""
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def note(folder: Path, report: str, said: dict | None, files: Mapping[str, str | None]) -> None:
    """Add to the journal of a folder what is said of a report and of its files from now on; None of what is gone.

    A line costs the same however many reports there are, which a manifest written anew does not.
    """
    line = json.dumps({"report": report, "said": said, "files": files}, ensure_ascii=False)
    with (folder / JOURNAL).open("a", encoding="utf-8", newline="\n") as journal:
        journal.write(f"{line}\n")


def _apply(noted: dict, found: dict) -> None:
    """Put a line of the journal into a manifest; a second time it changes nothing."""
    for key, news in (("reports", {noted["report"]: noted["said"]}), ("outputs", noted["files"])):
        there = found.setdefault(key, {})
        for name, value in news.items():
            if value is None:
                there.pop(name, None)
            else:
                there[name] = value


def outputs(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of everything below a folder, its own manifest and journal left out; of a link where it leads.

    A run leaves no links: what one leads to may change with nothing in the folder.
    """
    own = {folder / NAME, folder / JOURNAL}
    files = sorted(path for path in folder.rglob("*") if (path.is_symlink() or path.is_file()) and path not in own)
    return {path.relative_to(folder).as_posix(): _digest(path) for path in files}


def _digest(path: Path) -> str:
    return f"a link to {os.readlink(path)}" if path.is_symlink() else fingerprint.sha256(path)

"""The manifest of a run: from what it was made, with what, and what came out."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from evalkit.base import fingerprint

PACKAGES = ("evalkit", "numpy", "pandas", "pydantic", "matplotlib", "papermill", "mistune", "xlsxwriter")
NAME = "manifest.json"
JOURNAL = "manifest.journal"  # what has happened since the manifest was written, one line each


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
    """Read the manifest of a folder, with what its journal adds; an empty one where there is none."""
    path, journal = folder / NAME, folder / JOURNAL
    found = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    if found and journal.is_file():
        for line in journal.read_text(encoding="utf-8").splitlines(keepends=True):
            if line.endswith("\n"):  # the last one of a run that was killed may be cut off
                _apply(json.loads(line), found)
    return found


def left(folder: Path) -> dict:
    """Read the manifest that a run left in a folder; an empty one, too, where that cannot be read any more."""
    try:
        found = read(folder)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


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
        for name, value in news.items():
            if value is None:
                found[key].pop(name, None)
            else:
                found[key][name] = value


def outputs(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of everything below a folder, the manifest itself and its journal left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in (NAME, JOURNAL))
    return {path.relative_to(folder).as_posix(): fingerprint.sha256(path) for path in files}

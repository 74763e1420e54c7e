"""The manifest of a run: from what it was made, with what, and what came out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from evalkit.base import fingerprint

PACKAGES = ("evalkit", "numpy", "pandas", "pydantic", "matplotlib", "papermill", "mistune", "xlsxwriter")
NAME = "manifest.json"


def made_from(found: dict[str, str]) -> str:
    """Give one SHA-256 over all inputs and versions: two reports that share it were made from the same."""
    return fingerprint.digest({"inputs": found, "versions": versions()})


def versions() -> dict[str, str]:
    """Give the versions of Python and of the packages that shape a report."""
    return fingerprint.versions(PACKAGES)


def commit(root: Path) -> str | None:
    """Give the git commit of the project, marked when files differ from it; None outside a repository."""
    git = ["git", "-C", str(root)]
    try:
        head = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return f"{head} (with uncommitted changes)" if changed.strip() else head


def read(folder: Path) -> dict:
    """Read the manifest of a folder; an empty one where there is none."""
    path = folder / NAME
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


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


def outputs(folder: Path) -> dict[str, str]:
    """Give the SHA-256 of everything below a folder, the manifest itself left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): fingerprint.sha256(path) for path in files}

"""Fingerprints: what tells two inputs apart, down to the byte."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
DATA = {"datasets", "starter"}  # folders of the package that hold no code
EPOCH = datetime(2000, 1, 1)  # a file that carries a date carries this one: the same content is the same bytes


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def digest(found: object) -> str:
    """Give the SHA-256 of plain data, in whatever order their keys are."""
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def inputs(files: Iterable[Path], root: Path) -> dict[str, str]:
    """Give the SHA-256 of every input, by its path in the project, or in the library where that is elsewhere."""
    return {_name(path, root): sha256(path) for path in files}


def source_files() -> list[Path]:
    """Every file of the library that can change a result."""
    kinds = {".py", ".yaml", ".j2", ".css", ".js", ".typ"}
    files = (path for path in PACKAGE.rglob("*") if path.suffix in kinds)
    return sorted(path for path in files if DATA.isdisjoint(path.relative_to(PACKAGE).parts))


def versions(packages: Iterable[str]) -> dict[str, str]:
    """Give the versions of Python and of those packages that are installed."""
    return {"python": platform.python_version()} | {p: found for p in packages if (found := _version(p))}


@cache  # asked anew for every report that a process makes
def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _name(path: Path, root: Path) -> str:
    path = path.resolve()
    folders = (folder for folder in (root.resolve(), PACKAGE.parent) if path.is_relative_to(folder))
    return next((path.relative_to(folder).as_posix() for folder in folders), path.name)

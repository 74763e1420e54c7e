"""The chapters of the reports: a folder for each topic, with its tables, sentences, figures and words.

A module of a chapter declares which of its tables each kind of report shows, by the names of their files; a name means
one table everywhere. A chapter knows those before it in `CHAPTERS`, and none after it.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

# In this order their tables stand in files and workbooks; a chapter that is not named here comes after these.
ORDER = (
    "summary",
    "grade",
    "targets",
    "lagging",
    "province_grades",
    "province_targets",
    "rectification",
    "duties",
    "department",
    "incentives",
    "supervision",
    "consequences",
    "county",
    "county_projects",
    "basis",
    "afterwards",
    "position",
    "robustness",
    "indicators",
    "weaknesses",
    "resources",
    "inequality",
    "gaps",
    "census",
    "convergence",
    "efficiency",
    "fiscal",
    "regression",
    "coherence",
    "sources",
    "quality",
    "editions",
    "data_quality",
    "province",
    "leadership",
    "objections",
    "overview",
    "reporters",
)
_FOLDER = Path(__file__).parent
CHAPTERS = (*ORDER, *sorted({path.parent.name for path in _FOLDER.glob("*/*.py")} - {*ORDER}))


def _names(chapter: str) -> list[str]:
    """Name the modules of a chapter: `tables` first, then by name."""
    return sorted((path.stem for path in (_FOLDER / chapter).glob("*.py")), key=lambda name: (name != "tables", name))


MODULES = [import_module(f"{__name__}.{chapter}.{name}") for chapter in CHAPTERS for name in _names(chapter)]


def joined(declared: str) -> dict[str, Callable]:
    """Join what the modules of all chapters declare under one name, such as `OF_A_CITY`: tables by their files."""
    return {name: table for module in MODULES for name, table in getattr(module, declared, {}).items()}

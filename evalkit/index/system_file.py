"""An index system as a file: written down whole, with every extension applied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem
from evalkit.base.reading import shortened, unwritable
from evalkit.index.system import IndexSystem
from evalkit.index.system_workbook import write_system_workbook
from evalkit.tabular.xlsx.sheets import Sheet


def declared(system: IndexSystem) -> dict:
    """Give an index system as plain data, without what its fields say by default."""
    data = system.model_dump(mode="json", exclude_defaults=True)
    return {**data, "tree": _without_the_unsaid(data["tree"])}


def save(system: IndexSystem, path: Path, *, force: bool = False, more: Sequence[Sheet] = ()) -> None:
    """Write an index system to a .yaml file, or to an .xlsx workbook with `more` sheets: whole or not at all.

    Raises
    ------
    ParamsError
        The file is there and `force` is not given, its folder is not, its suffix is another one, or a cell cannot
        carry what it should.
    """
    check_writable(path, (".yaml", ".xlsx"), force=force)
    if path.suffix.lower() == ".xlsx":
        write_system_workbook(system, path, more=more)
        return
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(params.dump(declared(system)), encoding="utf-8", newline="\n")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def namesake(system: IndexSystem, path: Path) -> IndexSystem | None:
    """Load the system that bears the same code: in the file that is there already, or in one beside it."""
    likeliest = (path.stem, system.code)
    for other in sorted(path.parent.glob("*.yaml"), key=lambda file: (file.stem not in likeliest, file != path, file)):
        data, _ = params.parse(other)
        if isinstance(data, dict) and data.get("code") == system.code:
            return IndexSystem.load(other)
    return None


def check_writable(path: Path, suffixes: Sequence[str], *, force: bool = False) -> None:
    """Raise ParamsError for a file that is there, unless by `force`, a folder that is not, or another suffix."""
    if path.suffix.lower() not in suffixes:
        wrong = Problem("the file", repr(path.suffix), f"one of {', '.join(suffixes)}")
    elif not path.parent.is_dir():
        wrong = Problem("the folder", f"no {path.parent}", "a folder that is there")
    elif why := unwritable(path):
        wrong = Problem(f"the file {shortened(path)}", why, "a file that can be written")
    elif path.is_dir():
        wrong = Problem("the file", "a folder", "a file")
    elif path.exists() and not force:
        wrong = Problem("the file", "one that is there already", "another name, or --force to replace it")
    else:
        return
    raise ParamsError(f"{shortened(path)} is not written", [wrong])


def _without_the_unsaid(node: dict) -> dict:
    """Leave out the weight of what is not scored: the reason says it."""
    if "children" in node:
        return {**node, "children": [_without_the_unsaid(child) for child in node["children"]]}
    return {key: value for key, value in node.items() if not (key == "weight" and "unscored" in node)}

"""An index system as a file: written down whole, with every extension applied."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evalkit.base import params
from evalkit.base.reading import check_writable
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


def _without_the_unsaid(node: dict) -> dict:
    """Leave out the weight of what is not scored: the reason says it."""
    if "children" in node:
        return {**node, "children": [_without_the_unsaid(child) for child in node["children"]]}
    return {key: value for key, value in node.items() if not (key == "weight" and "unscored" in node)}

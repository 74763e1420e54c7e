"""One Excel workbook for an index system, in which a domain expert proposes changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.errors import Problem, one_of
from evalkit.index.hierarchy import NODE_KEYS, faults, grow, is_group
from evalkit.index.indicator import Indicator
from evalkit.index.system import IndexSystem
from evalkit.index.system_columns import (
    DEPARTMENT_COLUMNS,
    DEPARTMENTS,
    PLAN,
    PLAN_COLUMNS,
    SYSTEM,
    SYSTEM_FIELDS,
    TREE,
    TREE_COLUMNS,
)
from evalkit.tabular.xlsx.book import open_workbook
from evalkit.tabular.xlsx.checking import Cells, checked, refuse
from evalkit.tabular.xlsx.entries import read_form, read_table
from evalkit.tabular.xlsx.sheets import Row, Sheet, flat
from evalkit.tabular.xlsx.writer import write_sheets

if TYPE_CHECKING:
    from openpyxl import Workbook

NAME_KEYS = ("name.zh", "name.en", "since", "until")
OF_THE_FIRST_ROW = ("source", "in_city")
SOURCE_KEYS = tuple(f"{key}.{language}" for key in OF_THE_FIRST_ROW for language in ("zh", "en"))
OF_A_DEPARTMENT = (*SOURCE_KEYS, "reports")
GOAL_KEYS = tuple(column.key for column in PLAN_COLUMNS if column.key != "kind")
KINDS = ("goals", "targets")
# What a blank cell means anyway, and would only be in the way of a person who reads.
UNSAID = {
    **{"since": 0, "until": 9999, "per": 1, "transform": "none", "uptake": "due", "reports": False},
    **{"target.assessed": ("city",), "target.tolerance": 0},
}


def write_system_workbook(system: IndexSystem, path: Path, *, more: Sequence[Sheet] = ()) -> None:
    """Write an index system, and `more` sheets after its own, to one workbook: whole or not at all.

    Raises ParamsError for text that a cell cannot carry.
    """
    write_sheets([*system_sheets(system), *more], path)


def read_system_workbook(path: Path) -> IndexSystem:
    """Read the index system of a workbook; other sheets are passed over.

    Raises
    ------
    ParamsError
        Anything is wrong with the sheets, the tree that the parents make, or what the system declares: every offender
        by sheet and cell.
    """
    book, wrong = open_workbook(path), []
    data, cells = _beside_the_tree(book, wrong)
    rows = read_table(book, TREE, TREE_COLUMNS, wrong)
    astray = list(faults(rows)) if rows or not wrong else []
    if astray or not rows:
        refuse(path, wrong, [*astray, *(problem for row in rows for problem in _of_an_indicator(row))])
    tree, below = grow(rows)
    cells |= {("tree", *at): cell for at, cell in below.items()}
    system, found = checked(IndexSystem, {**data, "tree": tree}, cells)
    refuse(path, wrong, found)
    return system


def system_sheets(system: IndexSystem) -> list[Sheet]:
    """Give the sheets of an index system."""
    data = system.model_dump()
    plan = data["plan"] or {}
    goals = [{"kind": kind, **flat(goal, PLAN_COLUMNS)} for kind in KINDS for goal in plan.get(kind, ())]
    return [
        Sheet(SYSTEM, SYSTEM_FIELDS, [flat(data, SYSTEM_FIELDS)], form=True),
        Sheet(TREE, TREE_COLUMNS, [_node(system, node) for node in system.nodes]),
        Sheet(DEPARTMENTS, DEPARTMENT_COLUMNS, list(_names(data["departments"]))),
        Sheet(PLAN, PLAN_COLUMNS, goals),
    ]


def _beside_the_tree(book: Workbook, wrong: list[Problem]) -> tuple[dict, Cells]:
    form = read_form(book, SYSTEM, SYSTEM_FIELDS, wrong)
    data, cells = form.nested(), form.at(()) if form.cells else {}
    for key, (found, below) in {
        "departments": _departments(read_table(book, DEPARTMENTS, DEPARTMENT_COLUMNS, wrong), wrong),
        "plan": _goals(read_table(book, PLAN, PLAN_COLUMNS, wrong), wrong),
    }.items():
        data |= {key: {**data.get(key, {}), **found}} if found else {}
        cells |= below
    return data, cells


def _node(system: IndexSystem, node) -> dict[str, object]:
    parent = {"parent": system.parents[node.code].code} if node.code in system.parents else {}
    row = _said(flat(node.model_dump(exclude={"children"}), TREE_COLUMNS)) | parent
    return {key: value for key, value in row.items() if not ("unscored" in row and key == "weight")}


def _names(departments: Mapping[str, dict]) -> Iterator[dict]:
    for code, department in departments.items():
        for number, name in enumerate(department["names"]):
            told = (key for key in (*OF_THE_FIRST_ROW, "reports") if department[key] is not None)
            own = {} if number else {key: department[key] for key in told}
            yield _said({"code": code, **flat({**name, **own}, DEPARTMENT_COLUMNS)})


def _said(row: dict) -> dict:
    return {key: value for key, value in row.items() if not (key in UNSAID and UNSAID[key] == value)}


def _of_an_indicator(row: Row) -> list[Problem]:
    if is_group(row) or "code" not in row.values:
        return []
    return checked(Indicator, row.nested(*NODE_KEYS), row.at((), *NODE_KEYS))[1]


def _departments(rows: Sequence[Row], wrong: list[Problem]) -> tuple[dict, Cells]:
    data, cells = {}, {}
    for row in rows:
        code = row.values.get("code")
        if code is None:
            wrong.append(Problem(row.cells["code"], "nothing", "the code of the department"))
            continue
        if code not in data:
            data[code] = {"names": (), **row.nested(*OF_A_DEPARTMENT)}
            cells |= row.at(("departments", code), *OF_A_DEPARTMENT)
        elif other := [key for key, said in row.nested(*SOURCE_KEYS).items() if said != data[code].get(key)]:
            expected = f"that of the first row of {code!r}, or nothing"
            wrong.append(Problem(row.cells[f"{other[0]}.zh"], f"another {other[0]}", expected))
        cells |= row.at(("departments", code, "names", len(data[code]["names"])), *NAME_KEYS)
        data[code]["names"] += (row.nested(*NAME_KEYS),)
    return data, cells


def _goals(rows: Sequence[Row], wrong: list[Problem]) -> tuple[dict, Cells]:
    data, cells = {}, {}
    for row in rows:
        kind = row.values.get("kind")
        if kind in KINDS:
            cells |= row.at(("plan", kind, len(data.get(kind, ()))), *GOAL_KEYS)
            data[kind] = (*data.get(kind, ()), row.nested(*GOAL_KEYS))
        else:
            wrong.append(Problem(row.cells["kind"], repr(kind), one_of(kind, KINDS)))
    return data, cells

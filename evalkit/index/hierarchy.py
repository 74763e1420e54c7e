"""The hierarchy that rows make when each names the one above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.base.errors import Problem, one_of
from evalkit.base.limits import LEVELS
from evalkit.index.system_columns import COMMON_FIELDS, INDICATOR_FIELDS, NODE_FIELDS, TREE
from evalkit.tabular.xlsx.checking import Cells
from evalkit.tabular.xlsx.sheets import Row

INDICATOR_KEYS = tuple(column.key for column in INDICATOR_FIELDS)
GROUP_KEYS = tuple(column.key for column in (*NODE_FIELDS, *COMMON_FIELDS) if column.key != "parent")
NODE_KEYS = (*GROUP_KEYS, *INDICATOR_KEYS)


def grow(rows: Sequence[Row]) -> tuple[dict, Cells]:
    """Give the tree of rows without fault as nested data, and the cell of every place in it."""
    below: dict[str | None, list[Row]] = {}
    for row in rows:
        below.setdefault(row.values.get("parent"), []).append(row)
    return _branch(below[None][0], below, ())


def faults(rows: Sequence[Row]) -> Iterator[Problem]:
    """Find what keeps rows from being one tree: roots, circles, too many levels, codes twice, unknown parents."""
    standing: dict[str, Row] = {}
    for row in rows:
        if "code" not in row.values:
            yield Problem(row.cells["code"], "nothing", "the code of the node")
        elif row.values["code"] in standing:
            yield _again(row, standing[row.values["code"]])
        else:
            standing[row.values["code"]] = row
    yield from _roots([row for row in standing.values() if "parent" not in row.values])
    yield from _parents(standing)
    yield from _circles({code: row for code, row in standing.items() if "parent" in row.values})
    yield from (problem for row in rows if is_group(row) for problem in _beyond_a_group(row))


def is_group(row: Row) -> bool:
    """Whether a row is a group: it says its level."""
    return "level" in row.values


def _branch(row: Row, below: dict, at: tuple) -> tuple[dict, Cells]:
    if not is_group(row):
        return row.nested(*NODE_KEYS), row.at(at, *NODE_KEYS)
    children, cells = [], row.at(at, *GROUP_KEYS)
    for number, child in enumerate(below.get(row.values["code"], ())):
        data, found = _branch(child, below, (*at, "children", number))
        children.append(data)
        cells |= found
    return {**row.nested(*GROUP_KEYS), "children": tuple(children)}, cells


def _again(row: Row, first: Row) -> Problem:
    parents = [each.values.get("parent") for each in (row, first)]
    if parents[0] == parents[1]:
        return Problem(row.cells["code"], f"{row.values['code']!r} again", f"once, as {first.cells['code']} has it")
    expected = f"one parent: it stands under {parents[1]!r} in {first.cells['parent']}"
    return Problem(row.cells["parent"], f"{row.values['code']!r} under {parents[0]!r} too", expected)


def _roots(rows: Sequence[Row]) -> Iterator[Problem]:
    if not rows:
        yield Problem(TREE, "no root", "one row whose parent is blank")
    for row in rows[1:]:
        expected = f"the code of its parent: {rows[0].values['code']!r} is the root already"
        yield Problem(row.cells["parent"], f"a second root, {row.values['code']!r}", expected)


def _parents(standing: dict[str, Row]) -> Iterator[Problem]:
    groups = [code for code, row in standing.items() if is_group(row)]
    for row in standing.values():
        parent = row.values.get("parent")
        if parent in standing and parent not in groups:
            expected = f"a group; or a level for {parent!r} in {standing[parent].cells['level']}"
            yield Problem(row.cells["parent"], f"{parent!r}, an indicator", expected)
        elif parent not in {None, *standing}:
            yield Problem(row.cells["parent"], repr(parent), one_of(parent, groups))


def _circles(rows: dict[str, Row]) -> Iterator[Problem]:
    """Follow every row upwards, and tell of those that come back to themselves or never seem to end."""
    above: dict[str, int] = {}
    for code in rows:
        way: dict[str, None] = {}
        while code in rows and code not in way and code not in above:
            way[code] = None
            code = rows[code].values["parent"]
        if code in way:
            circle = " → ".join([*list(way)[list(way).index(code) :], code])
            yield Problem(rows[code].cells["parent"], f"a circle of parents: {circle}", "parents that lead to the root")
            above |= dict.fromkeys(way, 0)
        else:
            start = above.get(code, 0) + 1
            above |= {each: levels for levels, each in enumerate(reversed(way), start)}
    deepest = max(above, key=above.get, default=None)
    if deepest and above[deepest] > LEVELS:
        yield Problem(rows[deepest].cells["parent"], f"{above[deepest]} levels above {deepest!r}", f"at most {LEVELS}")


def _beyond_a_group(row: Row) -> Iterator[Problem]:
    for key in INDICATOR_KEYS:
        if key in row.values:
            expected = f"nothing: {row.values.get('code')!r} is a group, for its level is filled in"
            yield Problem(row.cells[key], repr(row.values[key]), expected)

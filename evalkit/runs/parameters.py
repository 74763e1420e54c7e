"""What a notebook declares in its cell tagged `parameters`, and whether given values fit it."""

import ast
import json
from collections.abc import Mapping
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem, one_of

TAG = "parameters"


def declared_parameters(notebook: Path) -> dict[str, object]:
    """Read the names and default values that a notebook declares, without running it.

    Raises
    ------
    ParamsError
        The file is no notebook, has not exactly one cell tagged `parameters`, or the cell holds anything
        but assignments of plain values.
    """
    sources = [cell["source"] for cell in cells_of(notebook) if TAG in cell.get("metadata", {}).get("tags", [])]
    if len(sources) != 1:
        found = f"{len(sources)} cells tagged {TAG!r}" if sources else f"no cell tagged {TAG!r}"
        raise ParamsError(f"{notebook.name} cannot be run", [Problem(str(notebook), found, "exactly one")])
    return literal_assignments("".join(sources[0]), where=notebook.name)


def literal_assignments(source: str, *, where: str) -> dict[str, object]:
    """Read `name = value` lines, where a value is written out."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        problem = Problem(f"line {error.lineno}", repr((error.text or "").strip()), "Python")
        raise ParamsError(f"{where}: the parameters cell is not Python", [problem]) from None
    declared, problems = {}, []
    for statement in statements:
        try:
            declared.update(_assignment(statement))
        except (ValueError, TypeError):
            found = ast.get_source_segment(source, statement)
            problems.append(Problem(f"line {statement.lineno}", repr(found), "a name = a plain value"))
    if problems:
        raise ParamsError(f"{where}: the parameters cell may only assign plain values", problems)
    return declared


def check_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Raise ParamsError with every value whose name the notebook does not declare, or with another type of default."""
    declared, wrong = declared_parameters(notebook), []
    for name, value in given.items():
        if name not in declared:
            wrong.append(Problem(name, "a parameter that it does not declare", one_of(name, declared)))
        elif type(declared[name]) is not type(value):
            wrong.append(Problem(name, f"the default {declared[name]!r}", f"one such as {value!r}"))
    if wrong:
        raise ParamsError(f"{notebook.name} cannot be run with these parameters", wrong)


def cells_of(notebook: Path) -> list[dict]:
    """Read the cells of a notebook. Raises ParamsError where the file is none."""
    try:
        return json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    except FileNotFoundError:
        raise ParamsError(f"there is no notebook {notebook}") from None
    except (ValueError, KeyError, TypeError):
        raise ParamsError(f"{notebook} is not a notebook of format 4") from None


def _assignment(statement: ast.stmt) -> dict[str, object]:
    match statement:
        case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(ast.Name(name), _, ast.expr() as value):
            return {name: ast.literal_eval(value)}
    raise ValueError("not an assignment to one name")

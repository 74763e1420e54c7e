"""What a notebook declares in its cell tagged `parameters`, and whether given values fit it."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evalkit.base.errors import ParamsError, Problem, one_of

TAG = "parameters"


@dataclass(frozen=True)
class Declared:
    """A parameter: its default value, the types that it takes, how its annotation is written, and the comment on it."""

    default: object
    types: frozenset[str]
    annotation: str
    comment: str


def declared_parameters(notebook: Path) -> dict[str, Declared]:
    """Read the parameters that a notebook declares, by name, without running it.

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
    return parameters_in("".join(sources[0]), where=notebook.name)


def parameters_in(source: str, *, where: str) -> dict[str, Declared]:
    """Read `name = value` lines, where a value is written out. Raises ParamsError with every line that is none."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        problem = Problem(f"line {error.lineno}", repr((error.text or "").strip()), "Python")
        raise ParamsError(f"{where}: the parameters cell is not Python", [problem]) from None
    declared, problems = {}, []
    for statement in statements:
        try:
            declared.update(_declared(statement, source))
        except (ValueError, TypeError, SyntaxError):
            found = ast.get_source_segment(source, statement)
            problems.append(Problem(f"line {statement.lineno}", repr(found), "a name = a plain value"))
    if problems:
        raise ParamsError(f"{where}: the parameters cell may only assign plain values", problems)
    return declared


def check_parameters(notebook: Path, given: Mapping[str, object]) -> None:
    """Raise ParamsError with every value whose name the notebook does not declare, or whose type it does not take.

    It takes those of the annotation, as in `year: int | None = None`, or else that of the default.
    """
    declared, wrong = declared_parameters(notebook), []
    for name, value in given.items():
        if name not in declared:
            wrong.append(Problem(name, "a parameter that it does not declare", one_of(name, declared)))
        elif type(value).__name__ not in declared[name].types:
            found = declared[name].annotation or f"the default {declared[name].default!r}"
            wrong.append(Problem(name, found, f"one such as {value!r}"))
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


def _declared(statement: ast.stmt, source: str) -> dict[str, Declared]:
    match statement:
        case ast.Assign([ast.Name(name)], value):
            default = ast.literal_eval(value)
            types, annotation = {type(default).__name__}, ""
        case ast.AnnAssign(ast.Name(name), noted, ast.expr() as value):
            default = ast.literal_eval(value)
            types, annotation = _types(noted), ast.get_source_segment(source, noted)
        case _:
            raise ValueError("not an assignment to one name")
    rest_of_line = source.splitlines()[statement.end_lineno - 1].encode()[statement.end_col_offset :].decode()
    return {name: Declared(default, frozenset(types), annotation, rest_of_line.strip().removeprefix("#").strip())}


def _types(annotation: ast.expr) -> set[str]:
    """Name the types of an annotation: those of a union, and of a generic the type that it is made of."""
    match annotation:
        case ast.BinOp(one, ast.BitOr(), other):
            return _types(one) | _types(other)
        case ast.Constant(None):
            return {"NoneType"}
        case ast.Constant(str() as quoted):
            return _types(ast.parse(quoted, mode="eval").body)
        case ast.Subscript(ast.Name("Optional"), one):
            return _types(one) | {"NoneType"}
        case ast.Subscript(ast.Name(name)) | ast.Name(name) | ast.Attribute(attr=name):
            return {name}
    raise ValueError("not a type, nor several with | between them")

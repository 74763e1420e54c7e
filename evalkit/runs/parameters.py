"""What a notebook declares in its cell tagged `parameters`, and whether given values fit it."""

import ast
import json
import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path, PurePath

import numpy as np

from evalkit.errors import Offence, ParamsError, one_of

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
        raise ParamsError(f"{notebook.name} cannot be run", [Offence(str(notebook), found, "exactly one")])
    return literal_assignments("".join(sources[0]), where=notebook.name)


def literal_assignments(source: str, *, where: str) -> dict[str, object]:
    """Read `name = value` lines, where a value is text, a number, a bool, None, or a list or dict of them."""
    try:
        statements = ast.parse(source).body
    except SyntaxError as error:
        offence = Offence(f"line {error.lineno}", repr((error.text or "").strip()), "Python")
        raise ParamsError(f"{where}: the parameters cell is not Python", [offence]) from None
    declared, offences = {}, []
    for statement in statements:
        try:
            declared.update(_assignment(statement))
        except (ValueError, TypeError):
            found = ast.get_source_segment(source, statement)
            offences.append(Offence(f"line {statement.lineno}", repr(found), "a name = a plain value"))
    if offences:
        raise ParamsError(f"{where}: the parameters cell may only assign plain values", offences)
    return declared


def check_parameters(notebook: Path, given: Mapping[str, object]) -> dict[str, object]:
    """Give the given values as plain Python of the type that each parameter's default has.

    Raises
    ------
    ParamsError
        A name is not declared by the notebook, or a value does not fit its default: every offender at once.
    """
    declared = declared_parameters(notebook)
    fitting, offences = {}, []
    for name, value in given.items():
        if name not in declared:
            offences.append(Offence(name, "a parameter that it does not declare", one_of(name, declared)))
            continue
        try:
            fitting[name] = _fit(value, declared[name])
        except ValueError as error:
            offences.append(Offence(name, repr(value).splitlines()[0], str(error)))
    if offences:
        raise ParamsError(f"{notebook.name} cannot be run with these parameters", offences)
    return fitting


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
            return {name: _plain(ast.literal_eval(value))}
    raise ValueError("not an assignment to one name")


def _fit(value: object, default: object) -> object:
    if default is None:
        return _plain(value)
    return FITTING[type(default)](_plain(value), default)


def _plain(value: object) -> object:
    """Convert to what can be written as a Python literal and as JSON, and means the same in both."""
    if isinstance(value, np.bool_ | np.number):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a finite number")
    for plain, convert in PLAIN.items():
        if isinstance(value, plain):
            return convert(value)
    raise ValueError("text, a number, true or false, None, a list or a dictionary")


def _truth(value: object, default: bool) -> bool:
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    return _require(value, isinstance(value, bool), "true or false")


def _whole(value: object, default: int) -> int:
    if isinstance(value, str) and re.fullmatch(r"[+-]?(0|[1-9][0-9]*)", value):
        return int(value)
    return _require(value, type(value) is int, f"a whole number, such as {default}")


def _number(value: object, default: float) -> float:
    if isinstance(value, str) and re.fullmatch(r"[+-]?[0-9]+(\.[0-9]*)?(e[+-]?[0-9]+)?", value):
        value = _plain(float(value))
    return float(_require(value, type(value) in (int, float), f"a number, such as {default}"))


def _text(value: object, default: str) -> str:
    return _require(value, isinstance(value, str), f"text, such as {default!r}")


def _list(value: object, default: list) -> list:
    kinds = {type(item) for item in default}
    _require(value, isinstance(value, list), "a list")
    return [_fit(item, default[0]) for item in value] if len(kinds) == 1 else value


def _dictionary(value: object, default: dict) -> dict:
    return _require(value, isinstance(value, dict), "a dictionary")


def _keyed(value: dict) -> dict:
    _require(value, all(isinstance(key, str) for key in value), "text as the keys of a dictionary")
    return {_plain(key): _plain(item) for key, item in value.items()}


def _require(value: object, fits: bool, expected: str) -> object:
    if not fits:
        raise ValueError(expected)
    return value


# bool stands before int, whose kind it is; str.__str__ because an Enum's own gives its name
PLAIN: dict[type, Callable] = {
    type(None): lambda value: None,
    bool: bool,
    int: int,
    float: float,
    str: str.__str__,
    PurePath: str,
    date: lambda value: value.isoformat(),
    list: lambda value: [_plain(item) for item in value],
    tuple: lambda value: [_plain(item) for item in value],
    dict: _keyed,
}
FITTING = {bool: _truth, int: _whole, float: _number, str: _text, list: _list, dict: _dictionary}

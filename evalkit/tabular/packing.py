"""Cells as plain data that JSON holds, each with its type and its value: nothing has to parse what is printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import inf, isfinite, isnan, nan

from evalkit.tabular.cells import WHOLE, Cell, Figures, Lamp, Number, Printed, Range, Sign

PRINTED = {"figures": Figures, "range": Range, "lamp": Lamp, "sign": Sign, "printed": Printed}
NAMES = {kind: name for name, kind in PRINTED.items()}
NOT_FINITE = {"inf": inf, "-inf": -inf, "nan": nan}  # which JSON has no numbers for


def packed(cell: Cell) -> object:
    """Give a cell as what JSON holds."""
    if isinstance(cell, Number):
        return {"number": _plain(cell.value), "decimals": -cell.as_tuple().exponent}
    if isinstance(cell, Decimal):
        return {"decimal": str(cell)}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, Printed):
        return {NAMES[type(cell)]: str(cell), "value": _plain(cell.value)}
    return int(cell) if not isinstance(cell, str) else cell


def _plain(value: object) -> object:
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, WHOLE):
        return int(value)
    number = float(value)
    return number if isfinite(number) else {"float": "nan" if isnan(number) else f"{number}"}


def unpacked(cell: object) -> Cell:
    """Give the cell that `packed` was given."""
    if not isinstance(cell, Mapping):
        return cell
    if "number" in cell:
        return Number(_value(cell["number"]), cell["decimals"])
    if "decimal" in cell:
        return Decimal(cell["decimal"])
    if "day" in cell:
        return date.fromisoformat(cell["day"])
    name = next(name for name in PRINTED if name in cell)
    return PRINTED[name](cell[name], _value(cell["value"]))


def _value(found: object) -> object:
    if isinstance(found, list):
        return tuple(_value(each) for each in found)
    if isinstance(found, Mapping):
        return date.fromisoformat(found["day"]) if "day" in found else NOT_FINITE[found["float"]]
    return found

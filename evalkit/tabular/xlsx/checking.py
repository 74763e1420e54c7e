"""What records of filled-in sheets declare, held against a model: every offender by its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem

Cells = dict[tuple, str]  # the cell of each place in nested data


def checked(model: type[params.Model], data: object, cells: Cells) -> tuple[params.Model | None, list[Problem]]:
    """Take data as `model`, or give every offender by its cell."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, params.problems(error, model, data, partial(place, cells=cells))


def refuse(path: Path, unread: Sequence[Problem], found: Iterable[Problem]) -> None:
    """Raise ParamsError if anything is wrong; of a cell that cannot be read, nothing else is said."""
    told = {problem.where for problem in unread}
    wrong = [*unread, *(problem for problem in found if problem.where not in told)]
    if wrong:
        raise ParamsError(f"{path.name} is not valid ({path})", wrong)


def place(at: tuple, cells: Mapping[tuple, str]) -> str:
    """Name the cell of a place in the data: its own, the first one below it, or the nearest one above."""
    for size in range(len(at), 0, -1):
        near = at[:size]
        if near in cells:
            return cells[near]
        below = next((cell for path, cell in cells.items() if path[:size] == near), None)
        if below:
            return below
    return cells.get((), "the workbook")

"""Where figures stand, as messages name it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from evalkit.data.metadata import METADATA


@dataclass(frozen=True)
class Places:
    """How messages name a cell of a table, by its row and column there; a row; and what declares the variables."""

    cell: Callable[[int, str], str]
    row: Callable[[int], str]
    metadata: str = METADATA


def in_files(table: pd.DataFrame) -> Places:
    """Name the rows of a table by `file` and `row`, as it tells them."""

    def row(place: int) -> str:
        return f"{table.file[place]} row {table.row[place]}"

    return Places(lambda place, column: f"{row(place)}, column {column!r}", row)

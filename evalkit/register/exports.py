"""Figures on record as a file of their own: Parquet or CSV."""

from __future__ import annotations

import csv
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from evalkit.base.errors import ParamsError, Problem
from evalkit.register.entries import FIGURE_COLUMNS
from evalkit.register.latest import latest
from evalkit.register.schema import FIGURE
from evalkit.register.statuses import COUNTING, Status
from evalkit.tabular.csv import guarded

if TYPE_CHECKING:
    from evalkit.register.register import Register

COLUMNS = ("id", *FIGURE_COLUMNS, "submission", "status", "day", "by", "counts")


def exported(register: Register, *, day: date | None = None, accepted: Status = "submitted") -> pd.DataFrame:
    """Give every version of every figure that was on record on a day, in the order of record; columns `COLUMNS`.

    `status` is that of its submission, `day` and `by` say when and by whom it was put on record, and `counts` whether
    it is the version that counts.
    """
    found, known = register.rows(FIGURE, day), register.submissions(day)
    counting = latest(found, known.index[known.status.isin(COUNTING[accepted])])
    status = found.submission.map(known.status)
    return found.assign(status=status, counts=found.id.isin(counting.id))[[*COLUMNS]]


def write_parquet(figures: pd.DataFrame, path: Path) -> None:
    """Write figures as Parquet: whole or not at all. Raises ParamsError where DuckDB is not installed."""
    try:
        import duckdb
    except ModuleNotFoundError:
        wrong = Problem("duckdb", "not installed", "the extra `register`: pip install 'evalkit[register]'")
        raise ParamsError("no Parquet can be written", [wrong]) from None
    columns = {name: _values(figures[name]) for name in figures}
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as beside, duckdb.connect() as connection:
        part = Path(beside, "part")
        connection.register("figures", columns)
        connection.sql(f"SELECT {_typed(figures)} FROM figures").write_parquet(str(part))
        os.replace(part, path)


def write_csv(figures: pd.DataFrame, path: Path) -> None:
    """Write figures as CSV for a spreadsheet: whole or not at all, numbers to their last digit, no text a formula."""
    columns = [_printed(figures[name]) for name in figures]
    with TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as beside:
        part = Path(beside, "part")
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, lineterminator="\r\n")
            writer.writerow(figures)
            writer.writerows(zip(*columns, strict=True))
        os.replace(part, path)


WRITERS: Mapping = {".parquet": write_parquet, ".csv": write_csv}


def _values(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=object if _is_text(column) else None)


def _typed(figures: pd.DataFrame) -> str:
    """Name the columns with their types, which a table without a row does not show."""
    types = {name: _type(figures[name]) for name in figures}
    return ", ".join(f'CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())


def _type(column: pd.Series) -> str:
    if column.name in ("id", "year", "revises"):
        return "BIGINT"
    return "DOUBLE" if column.name == "value" else "BOOLEAN" if column.name == "counts" else "VARCHAR"


def _is_text(column: pd.Series) -> bool:
    return _type(column) == "VARCHAR"


def _printed(column: pd.Series) -> list:
    cells = column.tolist()
    if _is_text(column):
        return [guarded(cell) for cell in cells]
    if column.name == "counts":
        return [str(cell).lower() for cell in cells]
    blank = column.isna().tolist()
    return ["" if none else np.format_float_positional(cell, trim="-") for none, cell in zip(blank, cells, strict=True)]

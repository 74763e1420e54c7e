"""Figures that come to a dataset: beside those that its folder holds, or in their place."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from evalkit.base.errors import ParamsError, Problem
from evalkit.data.contract import COLUMNS, KEY, check_table, read_table, refuse
from evalkit.data.coverage import coverage, places_among
from evalkit.data.dataset_folder import FIGURES, replace
from evalkit.data.intake import Intake, said
from evalkit.data.labels import Labels
from evalkit.data.metadata import METADATA
from evalkit.data.places import in_files


@dataclass(frozen=True)
class Added:
    """How many rows have come to a dataset, and how many figures it lacks still.

    Of the `new` ones, `blank` are blank, `filled` are figures where the dataset had a blank, and `replaced` took the
    place of something else. `kept` are figures in whose place a sign is printed that nobody gave a meaning.
    """

    new: int
    replaced: int
    lacking: int
    blank: int = 0
    filled: int = 0
    kept: tuple[Problem, ...] = ()


def add(intake: Intake, labels: Labels, metadata: Path, folder: Path, *, force: bool = False) -> Added:
    """Add figures to the dataset in a folder, whose metadata are a copy of that file: whole or not at all.

    What is there as it is printed stays, and so does what is blank in print, or a sign that nobody gave a meaning; so
    do all files that lose no row. A figure takes the place of a blank without `force`.

    Raises
    ------
    ParamsError
        The folder cannot be written, or has other metadata and `force` is not given.
    DataError
        A table that is there does not meet the metadata, or has figures that are printed otherwise and `force` is not
        given.
    """
    _check_metadata(metadata, folder, force)
    there = _there(folder, labels)
    known = {_key(row): row for row in there.to_dict("records")}
    new = [row for row in intake.table.to_dict("records") if not _stands(row, known)]
    kept = [row for row in new if row["sign"] and known.get(_key(row), row)["value"]]
    if not force:
        changes = [_otherwise(row, known[_key(row)]) for row in new if _key(row) in known and not _fills(row, known)]
        refuse("stand otherwise in the dataset", changes)
    new = [row for row in new if row not in kept]
    again = {_key(row) for row in new} & known.keys()
    left = there[[key not in again for key in known]]
    table = pd.concat([left, pd.DataFrame(new, columns=COLUMNS).assign(file=FIGURES, row=0)], ignore_index=True)
    figures = table.assign(year=table.year.astype(float))
    absent, _ = coverage(figures, labels.metadata, labels.regions.table, in_files(table))
    changed = {FIGURES, *(known[key]["file"] for key in again)}

    def write(to: Path) -> None:
        shutil.copyfile(metadata, to / METADATA)
        for file in folder.glob("*.csv"):
            shutil.copyfile(file, to / file.name)
        for name in changed:
            _write(table[table.file == name], labels, to / name)

    replace(folder, write, force=True)
    filled = sum(_fills(row, known) for row in new)
    unmoved = tuple(_otherwise(row, known[_key(row)]) for row in kept)
    return Added(len(new), len(again) - filled, len(absent), sum(map(_is_blank, new)), filled, unmoved)


def _check_metadata(metadata: Path, folder: Path, force: bool) -> None:
    there = folder / METADATA
    if there.is_file() and there.read_bytes() != metadata.read_bytes() and not force:
        wrong = Problem(str(there), "other metadata", f"those of {metadata}, or --force to replace them")
        raise ParamsError(f"{folder} is not written", [wrong])


def _there(folder: Path, labels: Labels) -> pd.DataFrame:
    """Read the tables of a folder as text."""
    if not any(folder.glob("*.csv")):
        return pd.DataFrame(columns=[*COLUMNS, "file", "row"])
    table = read_table(folder)
    check_table(table, labels.metadata, labels.regions.table, whole=False)
    return table


def _key(row: Mapping) -> tuple:
    return tuple(row[name] for name in KEY)


def _stands(row: Mapping, known: Mapping[tuple, Mapping]) -> bool:
    there = known.get(_key(row))
    if there is None:
        return False
    return row["blank"] or (_is_blank(row) and _is_blank(there)) or said(row) == said(there)


def _fills(row: Mapping, known: Mapping[tuple, Mapping]) -> bool:
    """Whether a row has a figure where the dataset has a blank: nothing is lost by it."""
    there = known.get(_key(row))
    return there is not None and _is_blank(there) and row["value"] != ""


def _is_blank(row: Mapping) -> bool:
    return row["state"] == "missing"


def _otherwise(row: Mapping, there: Mapping) -> Problem:
    found, before = (f"{one['value'] or one['state']} ({one['publication']})" for one in (row, there))
    to_replace = f"--sign {row['sign']} missing and --force" if row["sign"] and there["value"] else "--force"
    return Problem(row["cell"], found, f"{before}, as {there['file']} row {there['row']} has it; or {to_replace}")


def _write(table: pd.DataFrame, labels: Labels, file: Path) -> None:
    """Write a table in the order of the metadata and the regions."""
    places = {
        "variable": places_among(table.variable, labels.metadata.variables),
        "region": places_among(table.region, labels.regions.by_code),
    }
    order = pd.DataFrame({**places, "unit": table.unit, "year": table.year}, index=table.index)
    columns = [name for name in COLUMNS if name != "unit" or (table.unit != "").any()]
    rows = table.loc[order.sort_values([*order], kind="stable").index, columns]
    rows.to_csv(file, index=False, encoding="utf-8", lineterminator="\n")

"""The figures that stand on record, as a dataset."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base.errors import DataError, ParamsError, Problem, one_of
from evalkit.data.contract import COLUMNS
from evalkit.data.coverage import held_against
from evalkit.data.dataset import Dataset
from evalkit.data.metadata import Metadata
from evalkit.data.places import Places
from evalkit.register.design import RegisterDesign

if TYPE_CHECKING:
    from evalkit.register.register import Register

UNSAID = "missing"  # of what nobody has said anything


def recorded(
    register: Register, design: RegisterDesign, metadata: Metadata, regions: pd.DataFrame, day: date | None = None
) -> Dataset:
    """Give the figures that counted on a day, of all that the metadata declare; what is not on record is missing.

    Figures of what is not declared are left out. Raises ParamsError where the publication of the register is not
    declared, and DataError where nothing was on record, or figures do not meet the metadata: each by its submission.
    """
    _check_publication(design, metadata)
    if not register.until(day):
        found = f"nothing up to {day.isoformat()}" if day else "nothing"
        raise DataError("nothing was on record", [Problem("the register", found, "a submission at least")])
    years = sorted({year for variable in metadata.variables.values() for year in variable.calendar})
    found = register.figures(years, day=day, accepted=design.accepted, columns=COLUMNS)
    own, lacking = held_against(found, metadata, regions)
    table = pd.concat([found[own], lacking.assign(state=UNSAID)], ignore_index=True)
    table["publication"] = table.publication.replace("", design.publication).fillna(design.publication)
    texts = table.assign(value=_texts(table.value), year=table.year.astype(int).astype("str"))
    checked = Dataset.checked(_filled(texts), metadata, regions, places=_places(table))
    return Dataset(metadata, checked.table.assign(value=table.value.astype(float)), checked.parents)


def _check_publication(design: RegisterDesign, metadata: Metadata) -> None:
    if design.publication not in metadata.publications:
        expected = one_of(design.publication, metadata.publications)
        wrong = Problem("register.publication", repr(design.publication), expected)
        raise ParamsError(f"the metadata of {design.variables} do not declare the register's publication", [wrong])


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    return table[[*COLUMNS]].astype("str").fillna("")


def _texts(values: pd.Series) -> pd.Series:
    return values.astype(float).map(repr, na_action="ignore").astype("str")


def _places(table: pd.DataFrame) -> Places:
    def row(place: int) -> str:
        unit = table.unit[place]
        of = f"{table.region[place]} {unit}" if isinstance(unit, str) and unit else table.region[place]
        return f"submission {table.submission[place]}, {table.variable[place]} of {of} in {table.year[place]}"

    return Places(lambda place, column: f"{row(place)}, {column!r}", row)

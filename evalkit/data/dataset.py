"""A dataset: tables of published figures, beside what is declared of them."""

import os
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from evalkit.base.errors import ParamsError, Problem, all_of, one_of
from evalkit.base.fields import is_code
from evalkit.base.project import check_kept, inside
from evalkit.data.contract import check_table, read_table
from evalkit.data.coverage import places_among
from evalkit.data.metadata import METADATA, Metadata
from evalkit.data.places import Places

SHIPPED = Path(__file__).parent / "datasets"


@dataclass(frozen=True)
class Dataset:
    """Figures with their metadata.

    Attributes
    ----------
    table : one row a figure: variable, region, unit (the facility that it is of; else blank), year, value, state,
        publication. A disputed figure keeps the value that is in dispute.
    parents : the region above each region.
    """

    metadata: Metadata
    table: pd.DataFrame
    parents: pd.Series = field(default_factory=lambda: pd.Series(dtype=object))

    @classmethod
    def load(cls, folder: Path, regions: pd.DataFrame) -> "Dataset":
        """Read a dataset from its folder (metadata.yaml and *.csv).

        Raises
        ------
        ParamsError
            The metadata are malformed.
        DataError
            A table does not meet the metadata: every offender by file and row.
        """
        metadata = Metadata.load(folder / METADATA)
        return cls.checked(read_table(folder), metadata, regions)

    @classmethod
    def checked(
        cls, table: pd.DataFrame, metadata: Metadata, regions: pd.DataFrame, *, places: Places | None = None
    ) -> "Dataset":
        """Take a table as `read_table` reads it. Raises DataError where it does not meet the metadata."""
        return cls(metadata, check_table(table, metadata, regions, places=places), regions.parent)

    @cached_property
    def values(self) -> pd.DataFrame:
        """Figures in printed units, but disputed ones: index (region, year), one float column a variable."""
        return self._wide(self.table.value.astype(float).where(self.table.state == "value"))

    @cached_property
    def printed(self) -> pd.DataFrame:
        """Figures in printed units, disputed ones too, shaped like `values`: what is to be looked at, not counted."""
        return self._wide(self.table.value.astype(float))

    @cached_property
    def states(self) -> pd.DataFrame:
        """The state of every figure, shaped like `values`; blank where the series does not run."""
        return self._wide(self.table.state)

    @cached_property
    def publications(self) -> pd.DataFrame:
        """The publication of every figure, shaped like `values`."""
        return self._wide(self.table.publication)

    @cached_property
    def _publications_by_variable(self) -> dict[str, tuple[str, ...]]:
        by_year = self.table.sort_values("year", kind="stable").groupby("variable").publication
        return {variable: tuple(column.unique()) for variable, column in by_year}

    def publications_of(self, variable: str) -> tuple[str, ...]:
        """Give the publications of a variable's figures, in the order of their years."""
        return self._publications_by_variable[variable]

    @cached_property
    def units(self) -> pd.DataFrame:
        """The rows of `table` that are of facilities, with the region above theirs (`parent`)."""
        table = self.table[self.table.unit != ""]
        return table.assign(parent=table.region.map(self.parents))

    @cached_property
    def _places(self) -> tuple[pd.MultiIndex, np.ndarray]:
        """The regions and years that have figures, and for each variable and these the row of the figure; else -1."""
        rows = np.flatnonzero(self.table.unit == "")
        table = self.table.iloc[rows]
        (region, regions), (year, years) = (pd.factorize(table[name], sort=True) for name in ("region", "year"))
        keys, place = np.unique(region * len(years) + year, return_inverse=True)
        codes = np.divmod(keys, max(len(years), 1))
        index = pd.MultiIndex(levels=[regions, years], codes=codes, names=["region", "year"])
        places = np.full((len(self.metadata.variables), len(keys)), -1)
        places[places_among(table.variable, self.metadata.variables), place] = rows
        return index, places

    def _wide(self, cells: pd.Series) -> pd.DataFrame:
        index, places = self._places
        there = {name: rows for name, rows in zip(self.metadata.variables, places, strict=True) if (rows >= 0).any()}
        columns = {name: take(cells.array, rows, allow_fill=True) for name, rows in there.items()}
        wide = pd.DataFrame(columns, index=index).rename_axis(columns="variable")
        return wide.reindex(columns=list(self.metadata.variables))


def dataset_folder(name: str, root: Path, key: str = "dataset") -> Path:
    """Find a dataset: one of the project (a folder) comes before one that is shipped with evalkit (a name).

    Raises ParamsError, which names the `key` that declares it, where there is none.
    """
    own = inside(root, name, key)
    folder = own if os.path.isdir(own) or not is_code(name) else SHIPPED / name
    if not os.path.isdir(folder):
        known = sorted(path.name for path in SHIPPED.iterdir() if path.is_dir())
        raise ParamsError(f"there is no dataset {name!r}", [Problem(key, repr(name), one_of(name, known))])
    all_of(partial(check_kept, folder, path, key) for path in (*sorted(folder.glob("*.csv")), folder / METADATA))
    return folder

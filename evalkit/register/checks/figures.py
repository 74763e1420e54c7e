"""The answers of a form, and all that they are held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.base.limits import LAST_YEAR
from evalkit.data.metadata import Metadata, Variable
from evalkit.index import IndexSystem
from evalkit.register.checks.known import Coding, Known, standings_of, units_of, values_of

YEARS = 10  # before the year of an answer: how far its history goes back


@dataclass(frozen=True)
class Figures:
    """Answers with the figures that were accepted, in the units in which they are handed in.

    Attributes
    ----------
    answers : one row a figure that was asked for, as `evalkit.register.remarks` tells it.
    history : accepted figures of all regions, of the years before and of the year itself; beside a region's own one
        there may be that of a department.
    regions : by code: level, parent, since, until.
    system : the indicators, of which those with two terms are held against their valid range.
    """

    answers: pd.DataFrame
    history: pd.DataFrame
    metadata: Metadata
    regions: pd.DataFrame
    system: IndexSystem | None = None

    @cached_property
    def coding(self) -> Coding:
        """Numbers for the variables, regions and facilities."""
        units = pd.unique(np.concatenate([[""], units_of(self.history), units_of(self.answers)]).astype(object))
        variables, regions = (pd.Index(names, dtype=object) for names in (self.metadata.variables, self.regions.index))
        return Coding(variables, regions, pd.Index(units, dtype=object))

    @cached_property
    def accepted(self) -> Known:
        """The figures accepted before."""
        return Known.of([self.history], self.coding)

    @cached_property
    def known(self) -> Known:
        """All figures; what is handed in now stands in the place of what was accepted."""
        return Known.of([self.history, self.answers], self.coding)

    @cached_property
    def keys(self) -> np.ndarray:
        """The key of each answer."""
        return self.coding.keys(self.answers)

    @cached_property
    def variable(self) -> np.ndarray:
        """The number of each answer's variable."""
        return self.coding.variable(self.answers.variable)

    @cached_property
    def region(self) -> np.ndarray:
        """The number of each answer's region."""
        return self.coding.region(self.answers.region)

    @cached_property
    def year(self) -> np.ndarray:
        """The year of each answer."""
        return self.answers.year.to_numpy(dtype=int)

    @cached_property
    def value(self) -> np.ndarray:
        """The value of each answer; blank without one."""
        return values_of(self.answers)

    @cached_property
    def standing(self) -> np.ndarray:
        """Whether each answer is of the region itself (0) or of a department (1)."""
        return standings_of(self.answers)

    @cached_property
    def spot(self) -> np.ndarray:
        """A number for each answer's region, year and standing."""
        return (self.region * (LAST_YEAR + 1) + self.year) * 2 + self.standing

    @cached_property
    def history_of_years(self) -> pd.DataFrame:
        """What was accepted of the years of the answers."""
        return self.history[self.history.year.isin(np.unique(self.year))] if len(self.history) else self.history

    @cached_property
    def is_region(self) -> np.ndarray:
        """Whether each answer is of a region, and not of one of its facilities."""
        return np.asarray(units_of(self.answers) == "")

    @cached_property
    def past(self) -> np.ndarray:
        """What is known of the years before, answers × years; the last column is the year before."""
        back = np.arange(YEARS, 0, -1)
        return self.known.at(self.keys[:, None], self.year[:, None] - back, self.standing[:, None])

    @property
    def last(self) -> np.ndarray:
        """What is known of the year before."""
        return self.past[:, -1]

    @cached_property
    def is_count(self) -> np.ndarray:
        """Whether each answer counts things one by one."""
        counts = [variable.kind == "count" and variable.scale == 1 for variable in self.metadata.variables.values()]
        return np.array([*counts, False])[self.variable]  # −1, of what is not known, is the last one

    def of_same(self, rows: np.ndarray | slice, variable: np.ndarray | int) -> np.ndarray:
        """Give the values of another variable for the region and year of answers."""
        keys = self.coding.key(np.broadcast_to(variable, self.region[rows].shape), self.region[rows])
        return self.known.at(keys, self.year[rows], self.standing[rows])

    def among(self, names: Iterable[str]) -> np.ndarray:
        """Say which answers are of these variables."""
        return np.isin(self.variable, self.coding.variable(names))

    def about(self, row: int) -> Variable:
        """Give what is declared of an answer's variable."""
        return self.metadata.variables[self.coding.variables[self.variable[row]]]

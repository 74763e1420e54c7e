"""Every figure that is known, by key and year, for whole columns of look-ups at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.data.units import LEFT_OUT

OWN, DEPARTMENT = 0, 1
VALUED = ("value", "disputed")
UNKNOWN = -1


@dataclass(frozen=True)
class Coding:
    """Numbers for names, so that variable, region and unit make one number; what is not known has the number −1."""

    variables: pd.Index
    regions: pd.Index
    units: pd.Index

    def variable(self, names: Iterable[str]) -> np.ndarray:
        """Give the numbers of variables."""
        return self.variables.get_indexer(pd.Index(names, dtype=object))

    def region(self, codes: Iterable[str]) -> np.ndarray:
        """Give the numbers of regions."""
        return self.regions.get_indexer(pd.Index(codes, dtype=object))

    def key(self, variable: np.ndarray, region: np.ndarray, unit: np.ndarray | int = 0) -> np.ndarray:
        """Give the numbers of figures by those of their parts; the unit 0 is none."""
        key = (np.asarray(variable, dtype=np.int64) * len(self.regions) + region) * len(self.units) + unit
        return np.where((variable == UNKNOWN) | (region == UNKNOWN), UNKNOWN, key)

    def keys(self, frame: pd.DataFrame) -> np.ndarray:
        """Give the number of each row of a frame of figures."""
        unit = self.units.get_indexer(units_of(frame))
        return self.key(self.variable(frame.variable), self.region(frame.region), unit)


@dataclass(frozen=True)
class Known:
    """Figures by key (rising), year (from `first` on) and standing.

    `values` is (standing, key, year), blank where none is known; `left_out` (key, year) says what is not applicable or
    not due.
    """

    keys: np.ndarray
    first: int
    values: np.ndarray
    left_out: np.ndarray

    @classmethod
    def of(cls, frames: Iterable[pd.DataFrame], coding: Coding) -> Known:
        """Take frames of figures; where one has a figure again, the later one counts."""
        frames = [frame for frame in frames if len(frame)]
        key = np.concatenate([coding.keys(frame) for frame in frames] or [np.array([], dtype=np.int64)])
        year, value, standing, left_out = (
            np.concatenate([of(frame) for frame in frames] or [np.array([])])
            for of in (_years, values_of, standings_of, _left_out)
        )
        there = key != UNKNOWN
        keys, place = np.unique(key[there], return_inverse=True)
        years = year[there].astype(int)
        first = int(years.min()) if len(years) else 0
        shape = (len(keys), int(years.max()) - first + 1 if len(years) else 0)
        values, passed = np.full((2, *shape), np.nan), np.zeros(shape, dtype=bool)
        values[standing[there].astype(int), place, years - first] = value[there]
        passed[place, years - first] = left_out[there].astype(bool)
        return cls(keys, first, values, passed)

    def at(self, keys: np.ndarray, years: np.ndarray, standing: np.ndarray | int = OWN) -> np.ndarray:
        """Give the values of one standing, or else of the other; blank where there is none."""
        given = self.exactly(keys, years, standing)
        return np.where(np.isnan(given), self.exactly(keys, years, 1 - np.asarray(standing)), given)

    def exactly(self, keys: np.ndarray, years: np.ndarray, standing: np.ndarray | int) -> np.ndarray:
        """Give the values of one standing; blank where there is none."""
        there, place, year = self._places(keys, years)
        found = np.full(there.shape, np.nan)
        found[there] = self.values[np.broadcast_to(standing, there.shape)[there], place, year]
        return found

    def passed(self, keys: np.ndarray, years: np.ndarray) -> np.ndarray:
        """Say which figures are not applicable or not due."""
        there, place, year = self._places(keys, years)
        found = np.zeros(there.shape, dtype=bool)
        found[there] = self.left_out[place, year]
        return found

    def _places(self, keys: np.ndarray, years: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Say which are there, and where those are."""
        keys, columns = np.broadcast_arrays(keys, np.asarray(years) - self.first)
        if not self.left_out.size:
            return np.zeros(keys.shape, dtype=bool), np.array([], dtype=int), np.array([], dtype=int)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        there = (self.keys[place] == keys) & (columns >= 0) & (columns < self.left_out.shape[1])
        return there, place[there], columns[there]


def units_of(frame: pd.DataFrame) -> pd.Index:
    """Give the facilities of a frame; empty where a figure is of none."""
    return pd.Index(frame.unit.fillna("") if "unit" in frame else [""] * len(frame), dtype=object)


def values_of(frame: pd.DataFrame) -> np.ndarray:
    """Give the values that are known; blank for those of a state without one, and for what is no finite number."""
    value = pd.to_numeric(frame.value, errors="coerce").to_numpy(dtype=float)
    known = frame.state.isin(VALUED).to_numpy() if "state" in frame else True
    return np.where(known & np.isfinite(value), value, np.nan)


def standings_of(frame: pd.DataFrame) -> np.ndarray:
    """Say whose figures they are: of the region itself (0) or of a department (1)."""
    department = frame.standing == "department" if "standing" in frame else [False] * len(frame)
    return np.where(department, DEPARTMENT, OWN)


def _years(frame: pd.DataFrame) -> np.ndarray:
    return frame.year.to_numpy(dtype=int)


def _left_out(frame: pd.DataFrame) -> np.ndarray:
    return frame.state.isin(LEFT_OUT).to_numpy() if "state" in frame else np.zeros(len(frame), dtype=bool)

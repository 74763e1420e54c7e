"""Distances: each value as a share of a target, of a reference region's value, or of the leader's.

Where less is better the share is turned over: the reference divided by the value. So values need a true zero.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from evalkit.base.errors import one_of
from evalkit.base.fields import Code
from evalkit.index import OFFICIAL, IndexSystem
from evalkit.scoring.relative import Over
from evalkit.scoring.scales import Scale, ascending, cells, finite, refuse, samples


def attained(x, reference, higher_is_better):
    """Give the share of a reference that is reached: `x / reference`, or `reference / x` where less is better.

    >>> float(attained(8.0, 10.0, True)), float(attained(8.0, 10.0, False))
    (0.8, 1.25)
    """
    return np.where(higher_is_better, x, reference) / np.where(higher_is_better, reference, x)


class DistanceToTarget(Scale):
    """The share of the official target that is reached: 0 at the low end of the range, the target at the high end.

    The target is the indicator's own, by region where it says so; not its better goalpost.
    """

    kind: Literal["distance_to_target"] = "distance_to_target"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give uncapped scores. Raises MethodError where a target is absent or not official."""
        wrong = [(i.code, f"a target {i.target_status}") for i in system.scored if i.target_status not in OFFICIAL]
        refuse("distance to target needs official targets", wrong, f"one of {', '.join(OFFICIAL)}")
        regions = values.index.get_level_values("region")
        targets = [[i.target.at(region) for i in system.scored] for region in regions]
        reference = np.array(targets, dtype=float).reshape(len(values), -1)
        total = [
            (i.code, "the province's total") for i in system.scored if i.target.is_total and not i.target.by_region
        ]
        refuse("distance to target needs the regions' own targets", total, "a target of every region, or no such scale")
        return self._points(_shares(values, reference, system), values, system)


class DistanceToReference(Scale):
    """The share of one region's value that is reached.

    `over: year` takes that region's value of the same year; `over: panel` its value of the panel's first year.
    """

    kind: Literal["distance_to_reference"] = "distance_to_reference"
    region: Code
    over: Over = "year"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give uncapped scores. Raises MethodError where the region is unknown, alone, or without a value."""
        regions = values.index.unique("region")
        if self.region not in regions:
            refuse("distance to a reference needs its values", [("region", self.region)], one_of(self.region, regions))
        _refuse_single(values, "distance to a reference")
        years = values.index.get_level_values("year")
        wanted = years if self.over == "year" else np.full(len(years), years.min())
        keys = pd.MultiIndex.from_arrays([np.full(len(years), self.region, dtype=object), wanted])
        reference = values.reindex(keys)
        x = finite(reference, system)
        blanks = list(dict.fromkeys(cells(np.isnan(x), x, reference, system)))
        refuse("the reference region has no value", [(where, "a blank") for where, _ in blanks], "a value")
        return self._points(_shares(values, x, system), values, system)


class DistanceToLeader(Scale):
    """The share of the best value in the sample that is reached: the leader stands at the high end of the range."""

    kind: Literal["distance_to_leader"] = "distance_to_leader"
    over: Over = "panel"

    def __call__(self, values: pd.DataFrame, system: IndexSystem) -> pd.DataFrame:
        """Give scores by sample. Raises MethodError where there is one region only, or a column is empty."""
        _refuse_single(values, "distance to the leader")
        x, reference = finite(values, system), np.empty((len(values), len(system.scored)))
        higher, empty = ascending(system), []
        for name, rows in samples(values.index, self.over):
            none = np.isnan(x[rows]).all(axis=0)
            empty += [f"{i.code} in {name}" if name else i.code for i, e in zip(system.scored, none, strict=True) if e]
            best = np.where(higher, np.fmax.reduce(x[rows]), np.fmin.reduce(x[rows]))
            reference[rows] = best
        refuse("distance to the leader needs values", [(code, "no value") for code in empty], "one at least")
        return self._points(_shares(values, reference, system), values, system)


def _shares(values: pd.DataFrame, reference: np.ndarray, system: IndexSystem) -> np.ndarray:
    logs = [(i.code, "`transform: log`") for i in system.scored if i.transform == "log"]
    refuse("the share of a logarithm depends on the unit", logs, "no transform, or another normalisation")
    x, higher = finite(values, system), ascending(system)
    low = np.where(higher, x < 0, x <= 0)
    refuse("a share needs values above 0", cells(low, x, values, system), "above 0, or another normalisation")
    zero = cells(reference <= 0, reference, values, system)
    refuse("a share needs a reference above 0", zero, "above 0, or another normalisation")
    return attained(x, reference, higher)


def _refuse_single(values: pd.DataFrame, what: str) -> None:
    regions = values.index.unique("region")
    if len(regions) == 1:
        refuse(f"{what} needs regions to compare", [("the panel", f"{regions[0]} only")], "two at least, or goalposts")

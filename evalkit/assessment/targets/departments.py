"""Departments: who answers for which target, how far it is met, and which regions hold it back."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pandas as pd

from evalkit.assessment.targets.achievement import Achievement
from evalkit.assessment.targets.trajectories import Lamp
from evalkit.base.errors import ParamsError, Problem, one_of
from evalkit.index import IndexSystem

LAMPS = get_args(Lamp)
ROLES = ("lead", "joint", "report")


def duties(system: IndexSystem) -> pd.DataFrame:
    """Give a row for every target and every department that answers for it: `indicator`, `department`, `role`.

    The first of the departments that are named leads, the others take part (proposed); those that only report figures
    come after them. An indicator without departments has those of the nearest group above it.
    """
    rows = [
        (
            indicator.code,
            department,
            "lead" if place == 0 else "report" if system.departments[department].reports else "joint",
        )
        for indicator in system.indicators
        if indicator.target
        for place, department in enumerate(system.departments_of(indicator.code))
    ]
    return pd.DataFrame(rows, columns=["indicator", "department", "role"])


def _role(system: IndexSystem, department: str, place: int) -> str:
    if place == 0:
        return "lead"
    return "report" if system.departments[department].reports else "joint"


def scorecard(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    """Give the targets that one department answers for: index indicator.

    `role`; the number of regions under each lamp (`met`, `on_schedule`, `behind`, `not_applicable`, `no_data`,
    `disputed`); `completion`, the mean of the `n` regions that have it; `behind_regions`, the furthest behind first,
    those without completion last. Raises ParamsError for a department or a year that is not there.
    """
    own = _own(achievement, duties, department, year)
    lamps, completion = (_of_year(frame, own.index, year) for frame in (achievement.lamps, achievement.completion))
    return own.join(_counts(lamps, axis=0)).assign(
        completion=completion.mean(),
        n=completion.notna().sum(),
        behind_regions=pd.Series(_behind(lamps, completion), dtype=object),
    )


def effects_of_regions(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    """Say how each region stands in a department's targets, and by how much it moves their mean: index region.

    The number of targets under each lamp; `completion`, the mean over the targets that have one; `effect`, the mean
    over all regions and targets less what it would be without the region: below 0 for a region that pulls it down.
    """
    own = _own(achievement, duties, department, year)
    lamps, completion = (_of_year(frame, own.index, year) for frame in (achievement.lamps, achievement.completion))
    cells = completion.to_numpy()
    without = [_mean(np.delete(cells, place, axis=0)) for place in range(len(cells))]
    return _counts(lamps, axis=1).assign(completion=completion.mean(axis=1), effect=_mean(cells) - np.array(without))


def _counts(lamps: pd.DataFrame, axis: int) -> pd.DataFrame:
    """Count every lamp among the regions (axis 0) or among the targets (axis 1)."""
    cells = lamps.to_numpy()
    return pd.DataFrame({lamp: (cells == lamp).sum(axis=axis) for lamp in LAMPS}, index=lamps.axes[1 - axis])


def _behind(lamps: pd.DataFrame, completion: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Give the regions that are behind by target, the furthest first and those without completion last."""
    behind, order = lamps.to_numpy() == "behind", completion.to_numpy().argsort(axis=0, kind="stable")
    return {
        code: tuple(lamps.index[order[behind[order[:, place], place], place]])
        for place, code in enumerate(lamps.columns)
    }


def _mean(cells: np.ndarray) -> float:
    return pd.Series(cells.ravel(), dtype=float).mean()


def _own(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    years, known = achievement.lamps.index.unique("year"), duties.department.unique()
    asked = {"department": (department, known), "year": (year, years)}
    wrong = [Problem(name, repr(x), one_of(x, options)) for name, (x, options) in asked.items() if x not in options]
    if wrong:
        raise ParamsError("there is no such scorecard", wrong)
    return duties[duties.department == department].set_index("indicator")[["role"]]


def _of_year(frame: pd.DataFrame, codes: pd.Index, year: int) -> pd.DataFrame:
    return frame.xs(year, level="year")[list(codes)]

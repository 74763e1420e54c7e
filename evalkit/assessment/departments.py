"""Departments: who answers for which target, how far it is met, and which regions hold it back."""

from __future__ import annotations

from typing import get_args

import pandas as pd

from evalkit.assessment.achievement import Achievement
from evalkit.assessment.courses import Lamp
from evalkit.errors import Offence, ParamsError, one_of
from evalkit.index import IndexSystem

LAMPS = get_args(Lamp)
ROLES = ("lead", "joint")


def duties(system: IndexSystem) -> pd.DataFrame:
    """Give a row for every target and every department that answers for it: `indicator`, `department`, `role`.

    The first of the departments that are named leads, the others take part (proposed: the plan names, it does not
    order them). An indicator without departments has those of the nearest group above it.
    """
    rows = [
        (indicator.code, department, ROLES[place > 0])
        for indicator in system.indicators
        if indicator.target
        for place, department in enumerate(system.departments_of(indicator.code))
    ]
    return pd.DataFrame(rows, columns=["indicator", "department", "role"])


def scorecard(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    """Give the targets that one department answers for: index indicator.

    `role`; the number of regions under each lamp (`met`, `on_schedule`, `behind`, `not_applicable`, `no_data`,
    `disputed`); `completion`, the mean of the `n` regions that have it; `behind_regions`, the furthest behind first,
    those without completion last. Raises ParamsError for a department or a year that is not there.
    """
    own = _own(achievement, duties, department, year)
    lamps, completion = (_of_year(frame, own.index, year) for frame in (achievement.lamps, achievement.completion))
    counts = pd.DataFrame({lamp: (lamps == lamp).sum() for lamp in LAMPS}, index=own.index)
    behind = {code: completion[code][lamps[code] == "behind"].sort_values(kind="stable") for code in own.index}
    return own.join(counts).assign(
        completion=completion.mean(),
        n=completion.notna().sum(),
        behind_regions=pd.Series({code: tuple(found.index) for code, found in behind.items()}, dtype=object),
    )


def pulls(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    """Say how each region stands in a department's targets, and by how much it moves their mean: index region.

    The number of targets under each lamp; `completion`, the mean over the targets that have one; `pull`, the mean over
    all regions and targets less what it would be without the region: below 0 for a region that pulls it down.
    """
    own = _own(achievement, duties, department, year)
    lamps, completion = (_of_year(frame, own.index, year) for frame in (achievement.lamps, achievement.completion))
    counts = pd.DataFrame({lamp: (lamps == lamp).sum(axis=1) for lamp in LAMPS})
    whole = completion.stack().mean()
    without = {region: completion.drop(index=region).stack().mean() for region in completion.index}
    return counts.assign(completion=completion.mean(axis=1), pull=whole - pd.Series(without, dtype=float))


def _own(achievement: Achievement, duties: pd.DataFrame, department: str, year: int) -> pd.DataFrame:
    years, known = achievement.lamps.index.unique("year"), duties.department.unique()
    asked = {"department": (department, known), "year": (year, years)}
    wrong = [Offence(name, repr(x), one_of(x, options)) for name, (x, options) in asked.items() if x not in options]
    if wrong:
        raise ParamsError("there is no such scorecard", wrong)
    return duties[duties.department == department].set_index("indicator")[["role"]]


def _of_year(frame: pd.DataFrame, codes: pd.Index, year: int) -> pd.DataFrame:
    return frame.xs(year, level="year")[list(codes)]

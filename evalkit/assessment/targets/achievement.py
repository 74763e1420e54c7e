"""Achievement: how far every region is, year by year, on the way to every target that it is assessed by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evalkit.assessment.targets.apportionment import Parts, apportion
from evalkit.assessment.targets.kinds import trajectory_of
from evalkit.assessment.targets.trajectories import EXCUSED, Trajectory
from evalkit.base.errors import DataError, MethodError, ParamsError, Problem, one_of
from evalkit.data import Panel
from evalkit.data.panel import cube, thresholds
from evalkit.data.units import judge_units
from evalkit.index import IndexSystem, Indicator
from evalkit.index.plain_target import Level, Target

_FRAMES = ("completion", "progress", "lamps", "milestones", "states", "reasons", "values", "gaps", "acceptance")
_ENDS = ("targets", "baselines")
_SHARES = ("share", "low", "high")


@dataclass(frozen=True)
class Achievement:
    """What was reached of every target: frames with index (region, year) and one column an indicator with a target.

    Attributes
    ----------
    completion : 0 at the baseline, 100 at the year's milestone; blank where the state is not "value".
    progress : the year's change as a share of the change required, 0–1; blank also without an earlier value.
    lamps : met (the target itself), on_schedule (the year's milestone), behind, not_applicable, no_data, disputed.
    milestones : what the year should have reached; blank where no milestone applies.
    states : value, missing, not applicable, not due or disputed: of the judgement, not of the figure alone.
    reasons : why the state is what it is, a key of `trajectories.REASONS`; "" where a value was judged like any other.
    values : what was judged: the panel's value, or the share of units that reach their threshold.
    gaps : what the value lacks to the milestone, in its own unit whichever direction is better; below 0 where ahead.
    acceptance : what the next year must reach to be in order.
    targets, baselines : index region; what each region was measured against. Blank where it is not assessed.
    parts : by indicator, how a province's total was split; these targets are inferred, and flagged wherever shown.
    units : of `judge_units`; None without a table of units.
    """

    completion: pd.DataFrame
    progress: pd.DataFrame
    lamps: pd.DataFrame
    milestones: pd.DataFrame
    states: pd.DataFrame
    reasons: pd.DataFrame
    values: pd.DataFrame
    gaps: pd.DataFrame
    acceptance: pd.DataFrame
    targets: pd.DataFrame
    baselines: pd.DataFrame
    parts: dict[str, Parts]
    units: pd.DataFrame | None = None

    @property
    def without_base(self) -> pd.DataFrame:
        """Where `lacks_base` holds."""
        return lacks_base(self.states, self.lamps)

    def work_plan(self, region: str) -> pd.DataFrame:
        """Give one region's annual work plan: index indicator; `baseline`, each year's milestone, `target`.

        Raises ParamsError for a region that is not there.
        """
        if region not in self.targets.index:
            wrong = Problem("region", repr(region), one_of(region, self.targets.index))
            raise ParamsError("there is no work plan for that region", [wrong])
        plan = self.milestones.xs(region, level="region").T.assign(target=self.targets.loc[region])
        plan.insert(0, "baseline", self.baselines.loc[region])
        return plan.rename_axis(index="indicator", columns=None)


def lacks_base(states: pd.DataFrame | pd.Series, lamps: pd.DataFrame | pd.Series) -> pd.DataFrame | pd.Series:
    """Say where a figure is judged, but for want of a baseline has no completion: missing to the weights, and lit."""
    return (states == "missing") & (lamps != "no_data")


def achieve(
    panel: Panel,
    system: IndexSystem,
    years: Iterable[int],
    *,
    level: Level = "city",
) -> Achievement:
    """Hold every region of a panel against every target of a system.

    `years` are those of the round, from the first to the last: targets without a declared baseline start from the
    region's own value in the year before them (or before `valid_from`, where that is later), which the panel should
    hold too.
    A threshold share is judged by the panel's `units` alone. `level` is the one at which the panel's regions stand:
    targets that are not assessed there are not applicable.
    Raises ParamsError without years, and DataError where units are not valid or a total cannot be split by its base.
    """
    years = sorted(years)
    if not years:
        raise ParamsError("nothing can be assessed", [Problem("years", "none", "the years of the round")])
    regions, years = panel.values.index.unique("region"), range(years[0], years[-1] + 1)
    aimed = [indicator for indicator in system.indicators if indicator.target]
    judged = None if panel.units.empty else _judged(panel.units, system, regions)
    parts = _parts(panel, aimed, level)
    cells = _Cells.of(panel, judged, aimed, years)
    trajectories = {
        indicator.code: _trajectory(indicator, cells, place, _own(indicator, regions, level, parts))
        for place, indicator in enumerate(aimed)
    }
    index = pd.MultiIndex.from_product([regions, years], names=["region", "year"])
    return Achievement(
        **{name: _framed(trajectories, name, index) for name in _FRAMES},
        **{name: _framed(trajectories, name, regions.rename(None)) for name in _ENDS},
        parts=parts,
        units=judged,
    )


@dataclass(frozen=True)
class _Cells:
    """A panel in arrays of indicator × region × calendar: values, states, and the shares that units come to.

    The calendar has the years of the round, the one before them, and every base year.
    """

    regions: pd.Index
    years: range
    calendar: range
    values: np.ndarray
    states: np.ndarray
    shares: dict[str, np.ndarray]

    @classmethod
    def of(cls, panel: Panel, judged: pd.DataFrame | None, aimed: list[Indicator], years: range) -> _Cells:
        regions, codes = panel.values.index.unique("region"), [indicator.code for indicator in aimed]
        bases = [indicator.target.base_year(years[0]) for indicator in aimed]
        calendar = range(min([years[0] - 1, *bases]), max([years[-1], *bases]) + 1)
        values, states = (cube(table, codes, regions, calendar) for table in (panel.values, panel.states))
        tables = {} if judged is None else {name: judged[name].unstack("indicator") for name in _SHARES}
        shares = {name: cube(tables.get(name, panel.values[[]]), codes, regions, calendar) for name in _SHARES}
        return cls(regions, years, calendar, values.astype(float), states, shares)


def _judged(units: pd.DataFrame, system: IndexSystem, regions: pd.Index) -> pd.DataFrame:
    judged = judge_units(units, thresholds(system))
    unknown = units.region[~units.region.isin(regions)].unique()
    if len(unknown):
        raise DataError(
            "the table of units names other regions", [Problem("region", repr(r), one_of(r, regions)) for r in unknown]
        )
    return judged


def _trajectory(indicator: Indicator, cells: _Cells, place: int, own: list[Target | None]) -> Trajectory:
    """Take one indicator from a panel, or, for a share of units, from what was judged unit by unit alone."""
    target, gap = indicator.aim, indicator.is_gap
    given, known, bounds = cells.values[place], cells.states[place], None
    if target.by_unit:
        given, low, high = (cells.shares[name][place] for name in _SHARES)
        kept = np.isin(known, [*EXCUSED, "disputed"])
        known = np.select([kept, np.isnan(low), np.isnan(given)], [known, "no_units", "units_unknown"], "value")
        start = cells.years[0] - cells.calendar[0]
        bounds = tuple(share[:, start : start + len(cells.years)] for share in (low, high))
    else:
        known = np.where((known == "value") & np.isnan(given), "missing", known)
    since, judged_as = target.base_year(cells.years[0]), trajectory_of(target)
    return judged_as(target, cells.regions, own, cells.years, since, cells.calendar, given, known, bounds, gap)


def _own(indicator: Indicator, regions: pd.Index, level: Level, parts: dict[str, Parts]) -> list[Target | None]:
    """Give the target as every region has it that is assessed; a province's total is no other region's target."""
    target, part = indicator.aim, parts.get(indicator.code)
    if level not in target.assessed:
        return [None] * len(regions)
    if part:
        return [target.of(region, int(part.values[region])) for region in regions]
    total = target.is_total and level != "province"
    return [target.of(region) if not total or region in target.by_region else None for region in regions]


def _parts(panel: Panel, aimed: list[Indicator], level: Level) -> dict[str, Parts]:
    """Split every total that has a declared rule, among the regions of the panel."""
    found, wrong = {}, []
    for indicator in aimed:
        rule = indicator.target.split
        if rule is None or level == "province" or level not in indicator.target.assessed:
            continue
        if rule.base not in panel.variables:
            expected = one_of(rule.base, panel.variables.columns)
            wrong.append(Problem(f"apportionment of {indicator.code}", f"the base {rule.base!r}", expected))
            continue
        base = panel.variables[rule.base].unstack("year").reindex(columns=[rule.year])[rule.year]
        try:
            found[indicator.code] = apportion(indicator.target.value, base)
        except MethodError as error:
            at = f"{rule.base} in {rule.year}, apportionment of {indicator.code}"
            wrong += [Problem(f"{at}: {each.where}", each.found, each.expected) for each in error.problems]
    if wrong:
        raise DataError("a province's total cannot be split", wrong)
    return found


def _framed(trajectories: Mapping[str, Trajectory], name: str, index: pd.Index) -> pd.DataFrame:
    return pd.DataFrame({code: getattr(way, name).ravel() for code, way in trajectories.items()}, index=index)

"""One city under the weights of its study and under weights of a reader's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import nan

import pandas as pd

from evalkit.analysis.ranks import rank_range
from evalkit.base.errors import MethodError
from evalkit.index import Group, IndexSystem
from evalkit.reporting.city import CityReport
from evalkit.scoring import Evaluation, Method, evaluate
from evalkit.scoring.draws import Draws
from evalkit.scoring.uncertainty import uncertainty
from evalkit.study import Study

Ends = tuple[float, float]


@dataclass(frozen=True, eq=False)
class WhatIf:
    """The report of a city on the study's own evaluation, and on that of the same figures under other weights.

    `groups` are those among whose children the weights are others; none where nothing was asked.
    """

    own: CityReport
    other: CityReport
    groups: tuple[Group, ...]

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """What each scored indicator gives to the score: `own`, `other` and `change`, the largest change first.

        It has no rows where the aggregation cannot be split.
        """
        try:
            parts = {name: self._contributions(report) for name, report in self._both.items()}
        except MethodError:
            return pd.DataFrame(columns=["own", "other", "change"], dtype=float)
        table = pd.DataFrame(parts).assign(change=lambda given: given.other - given.own)
        return table.loc[table.change.abs().sort_values(ascending=False, kind="stable").index]

    @cached_property
    def rank_intervals(self) -> dict[str, Ends]:
        """The lowest and the highest rank that either may as well have, under `own` and `other`; blank without one."""
        return {name: rank_interval(report) for name, report in self._both.items()}

    @property
    def _both(self) -> dict[str, CityReport]:
        return {"own": self.own, "other": self.other}

    def _contributions(self, report: CityReport) -> pd.Series:
        return report.result.contributions(report.city, report.year)


def what_if(
    study: Study,
    weights: Mapping[str, float] | None = None,
    *,
    city: str = "",
    year: int | None = None,
    language: str | None = None,
) -> WhatIf:
    """Score a city (the first, if none is named) under weights of a reader's own, by the code of the node.

    They are given for all children of a group or for none, count in proportion to their siblings', and may be 0; where
    none are given, the study's stay. Nothing is stored.

    Raises
    ------
    ParamsError
        The study has no such city, year or language; a weight is no size.
    MethodError
        A node is unknown, a sibling has no weight, or all have 0.
    """
    code = city or study.regions.index[0]
    own = CityReport(study, study.evaluate(), code, study.year(year), language or study.round.language)
    if not weights:
        return WhatIf(own, own, ())
    method = reweighted(study, weights)
    other = replace(own, result=evaluate(study.panel(), study.system, method))
    return WhatIf(own, other, _touched(study.system, weights))


def reweighted(study: Study, weights: Mapping[str, float]) -> Method:
    """Give the method of a study with other weights; whatever it weighs by, those of other groups stay as they came."""
    touched, found = _touched(study.system, weights), study.evaluate().weights
    kept = {
        child.code: float(found[child.code])
        for group in study.system.scored_groups
        if group not in touched
        for child in group.scored_children
    }
    return study.method.but(weighting={"kind": "given", "weights": kept | dict(weights)})


def adjustable(system: IndexSystem) -> tuple[Group, ...]:
    """Give the groups whose children are areas or projects that weigh against one another; the root where none is."""
    several = [group for group in system.scored_groups if len(group.scored_children) > 1]
    above_groups = [group for group in several if all(isinstance(child, Group) for child in group.scored_children)]
    return tuple(above_groups or several[:1])


def rank_interval(report: CityReport) -> Ends:
    """Give the lowest and the highest rank of a city: over the draws that its study declares, else its alternatives.

    An alternative with weights of its own says nothing of those that are tried. Blank where nothing is declared, the
    city has no score, or what is declared cannot be had under these weights.
    """
    try:
        return _of_draws(report) if report.study.uncertainty else _of_alternatives(report)
    except MethodError:
        return nan, nan


def _of_draws(report: CityReport) -> Ends:
    table = draws_of(report).rank_interval(report.readings.declared.level)
    row = table.reindex([report.city]).iloc[0]
    return float(row.low), float(row.high)


def draws_of(report: CityReport) -> Draws:
    """Draw around the evaluation of a report what its study declares uncertain, by the study's seed."""
    study = report.study
    if report.result is study.evaluate():
        return study.draws(report.year)
    return uncertainty(report.result, study.uncertainty, seed=study.seed, year=report.year)


def _of_alternatives(report: CityReport) -> Ends:
    if not report.study.round.alternatives:
        return nan, nan
    ranks = partial(_ranks, report)
    if report.result is report.study.evaluate():
        found = report.rank_range
    else:
        found = rank_range({"main": ranks(report.result)} | {code: ranks(e) for code, e in _ways(report).items()})
    row = found.loc[report.city]
    return float(row.best), float(row.worst)


def _ways(report: CityReport) -> dict[str, Evaluation]:
    study, method = report.study, report.result.method
    return {
        way.code: evaluate(study.panel(population_base=way.population_base), study.system, method.but(**way.method))
        for way in study.round.alternatives
        if "weighting" not in way.method
    }


def _ranks(report: CityReport, result: Evaluation) -> pd.Series:
    return result.ranks[result.root].xs(report.year, level="year")


def _touched(system: IndexSystem, weights: Mapping[str, float]) -> tuple[Group, ...]:
    return tuple(
        group for group in system.scored_groups if any(child.code in weights for child in group.scored_children)
    )

"""What another base of population does to ranks: of the index, and of every indicator per head."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from evalkit.analysis.rank_mobility import Mobility, mobility
from evalkit.base.errors import MethodError
from evalkit.base.once import once
from evalkit.index import Group, Indicator
from evalkit.reporting.conditions import rebased, shown_where
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.round import Alternative
from evalkit.scoring import Evaluation
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number

SPEARMAN_DECIMALS = 2
READ = ("input",)  # indicators that are ranked beside the scored ones


@dataclass(frozen=True)
class Moved:
    """How far the ranks of a node move in a year where people are counted in another way."""

    way: Alternative
    node: Group | Indicator
    mobility: Mobility

    @property
    def most(self) -> int:
        """By how many places a region moves at most."""
        return int(self.mobility.ranks.change.abs().max())


@round_table
@shown_where(rebased)
def rebased_ranks(report: RoundReport) -> Table:
    """One row an indicator per head, and the index first: rank correlation, and who moves how far, under each base."""
    rows = [
        {
            "population_base": report.word(moved.way.population_base),
            "indicator": report.node(moved.node.code),
            "ranks_alike": number(moved.mobility.spearman, SPEARMAN_DECIMALS),
            "places": moved.most,
            "movers": movers(report, moved) or NOT_PRINTED,
        }
        for moved in moves(report)
    ]
    return report.table(rows, ("population_base", "indicator", "ranks_alike", "places", "movers"))


@once
def moves(report: RoundReport) -> list[Moved]:
    """Give how far the index and each indicator per head move under each base that the round declares."""
    ways = [way for way in report.study.round.alternatives if way.population_base]
    return [moved for way in ways for moved in _under(report, way)]


def _under(report: RoundReport, way: Alternative) -> Iterator[Moved]:
    results = (report.result, report.study.alternatives[way.code])
    yield from _moved(way, report.system.tree, *(_scores(result, report.year) for result in results))
    other = report.study.panel(population_base=way.population_base).values
    for indicator in report.system.indicators:
        ranked = indicator in report.system.scored or indicator.unscored in READ
        if ranked and indicator.population_base not in (None, way.population_base):
            own = (panel[indicator.code].xs(report.year, level="year") for panel in (report.panel.values, other))
            yield from _moved(way, indicator, *own)


def _scores(result: Evaluation, year: int) -> pd.Series:
    return result.published[result.root].xs(year, level="year")


def _moved(way: Alternative, node: Group | Indicator, before: pd.Series, after: pd.Series) -> Iterator[Moved]:
    """Compare the ranks of the regions that have both; nothing where these carry none."""
    known = before.notna() & after.notna()
    better = getattr(node, "higher_is_better", True) is not False
    try:
        yield Moved(way, node, mobility(before[known], after[known], higher_is_better=better))
    except MethodError:
        return


def movers(report: Report, moved: Moved) -> str:
    """Name the regions that move most, each with its rank before and after; nothing where none moves."""
    ranks = moved.mobility.movers[["before", "after"]].to_dict("index")
    told = [report.word("moved_from", name=report.region(city), **both) for city, both in ranks.items()]
    return report.listed(told) if told else ""


OF_ROBUSTNESS = {
    "rebased_ranks": rebased_ranks,
}

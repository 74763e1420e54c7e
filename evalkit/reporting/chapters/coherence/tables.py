"""Tables of an index system: what it measures with, and whether its parts hold together."""

from __future__ import annotations

import pandas as pd

from evalkit.base.errors import MethodError
from evalkit.reporting.conditions import more_cities_than_indicators, shown_where
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.scoring import coherence
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank

_FLAGS = {coherence.IDENTICAL: "flag_nearly_identical", coherence.NEGATIVE: "flag_negatively_related"}


@round_table
def coverage(report: RoundReport) -> Table:
    """The share of each project's indicators that have data in the year: one row a city."""
    shares = coherence.coverage(report.result.panel, report.system).xs(report.year, level="year")
    projects = [p for p in report.projects if report.system.indicators_of(p)]
    rows = [
        {"city": report.region(city)} | {Column(p.code, p.name): number(100 * row[p.code], 0) for p in projects}
        for city, row in shares.iterrows()
    ]
    return report.table(rows)


@round_table
def statistics(report: RoundReport) -> Table:
    """Every scored indicator over all cities and the years so far: moments and shape."""
    codes = [i.code for i in report.system.scored]
    found = coherence.summary(report.panel.values[codes])
    rows = [
        {
            "indicator": report.node(code),
            "n": int(row.n),
            "mean": number(row["mean"], 2),
            "sd": number(row["sd"], 2),
            "minimum": number(row["min"], 2),
            "median": number(row["median"], 2),
            "maximum": number(row["max"], 2),
            "skewness": number(row["skewness"], 2),
            "kurtosis": number(row["kurtosis"], 2),
        }
        for code, row in found.iterrows()
    ]
    return report.table(rows)


@round_table
def correlations(report: RoundReport) -> Table:
    """Every pair of scored indicators and groups in the year, flagged where nearly identical or negative."""
    found = coherence.correlations(_in_year(report), report.system)
    rows = [
        {
            "indicator": report.node(pair.first),
            "with": report.node(pair.second),
            "relation": report.word(f"relation_{pair.relation}"),
            "correlation": number(pair.correlation, 2),
            "n": int(pair.n),
            "flag": report.word(_FLAGS[pair.flag]) if pair.flag else NOT_PRINTED,
        }
        for pair in found.itertuples()
        if pair.relation != "parent"
    ]
    return report.table(rows)


@round_table
@shown_where(more_cities_than_indicators)
def components(report: RoundReport) -> Table | None:
    """Principal components of the scored indicators in the year: share of variance, and loadings.

    None where one of them does not vary, or too few cities have all of them.
    """
    try:
        found = coherence.principal_components(_in_year(report)[[i.code for i in report.system.scored]])
    except MethodError:
        return None
    rows = [
        {"component": int(place), "share": number(100 * row.share, 1)}
        | {
            Column(code, report.system.node(code).name): number(found.loadings.loc[code, place], 2)
            for code in found.loadings.index
        }
        for place, row in found.table.iterrows()
    ]
    return report.table(rows)


@round_table
def reliability(report: RoundReport) -> Table:
    """Cronbach's alpha of each node's children in the year, and with each of them deleted."""
    found = coherence.reliability(_in_year(report), report.system)
    level = report.level_of(report.system.node(code) for code in found.node)
    rows = [
        {
            level: report.node(row.node),
            "below_it": report.node(row["item"]),
            "alpha": number(row.alpha, 2),
            "alpha_without": number(row.alpha_without, 2, blank=NOT_PRINTED),
        }
        for _, row in found.iterrows()
    ]
    return report.table(rows, (level, "below_it", "alpha", "alpha_without"))


@round_table
def influence(report: RoundReport) -> Table:
    """What each indicator does to the index in the year, beside its declared weight."""
    found = coherence.influence(_in_year(report), report.result.weights, report.system, over="indicators")
    rows = [
        {
            "indicator": report.node(code),
            "weight": number(100 * row.declared, 1),
            "correlation": number(row["correlation"], 2),
            "influence": number(100 * row.influence, 1),
        }
        for code, row in found.iterrows()
    ]
    return report.table(rows)


@round_table
def departments(report: RoundReport) -> Table:
    """Who answers for each project in the year, and how sure that is."""
    rows = [
        {
            "project": report.node(project.code),
            "departments": report.system.departments[key].name_in(report.year)[report.language],
            "basis": report.system.departments[key].source[report.language],
            "scored_count": rank(sum(i in report.system.scored for i in report.system.indicators_of(project))),
        }
        for project in report.projects
        for key in report.system.departments_of(project.code)
    ]
    return report.table(rows)


def _in_year(report: RoundReport) -> pd.DataFrame:
    return report.result.scores.xs(report.year, level="year", drop_level=False)


OF_INDEX_SYSTEM = {
    "index_departments": departments,
    "index_coverage": coverage,
    "index_statistics": statistics,
    "index_correlations": correlations,
    "index_components": components,
    "index_reliability": reliability,
    "index_influence": influence,
}

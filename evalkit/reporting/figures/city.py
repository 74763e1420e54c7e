"""The figures of a city report: each a function of the report, giving a Figure that carries one point."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_census, shown_where
from evalkit.reporting.figures.canvas import ABOVE, BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, done, explain
from evalkit.reporting.fonts import chinese_type

ROWS, COLUMNS = 20, 3  # of a page


@chinese_type()
def profile(report: CityReport) -> Figure:
    """The city on every scored node, between the lowest and the highest city, beside all cities together.

    Where the nodes would be too many for a page, on those that have others below them.
    """
    nodes = [n for n in report.system.nodes if n.code in report.result.scores and _adds_something(report, n.code)][::-1]
    if len(nodes) > ROWS:
        nodes = [node for node in nodes if not isinstance(node, Indicator)]
    scores = report.result.published.xs(report.year, level="year")[[n.code for n in nodes]]
    whole = report.study.province.published.xs(report.year, level="year").iloc[0]
    figure, axes = canvas(8, 0.5 * len(nodes) + 1.2)
    places, own = range(len(nodes)), scores.loc[report.city]
    axes.hlines(places, scores.min(), scores.max(), color=OTHERS, lw=5, capstyle="round")
    axes.plot(whole[scores.columns], places, "|", color=PROVINCE, ms=16, mew=2.5)
    axes.plot(own, places, "o", color=CITY, ms=9)
    for place, score in enumerate(own):
        axes.annotate(f"{score:.1f}", (score, place), (0, 9), **ABOVE, color=CITY)
    axes.set_yticks(places, [n.name[report.language] for n in nodes])
    axes.set_xlim(0, 105)
    axes.set_xlabel(report.word("score"))
    axes.set_title(report.word("figure_key", city=report.city_name), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@chinese_type()
def ranks(report: CityReport) -> Figure:
    """Ranks over the years; cities that tie meet in one point."""
    table = report.result.ranks[report.result.root].unstack("year")
    figure, axes = canvas(8, 4.6)
    for code, row in table.iterrows():
        own = code == report.city
        axes.plot(row.index, row, "-o", color=CITY if own else OTHERS, lw=3 if own else 1.5, zorder=3 if own else 1)
    for rank, tied in table.iloc[:, -1].groupby(table.iloc[:, -1]):
        names = ("、" if report.language == "zh" else ", ").join(map(report.region, tied.index))
        own = report.city in tied.index
        axes.annotate(names, (table.columns[-1], rank), (9, 0), **BESIDE, color=CITY if own else INK, fontsize=9)
    for year, rank in table.loc[report.city].items():
        axes.annotate(f"{rank:.0f}", (year, rank), (0, 8), **ABOVE, color=CITY)
    axes.set_xticks(list(table.columns))
    axes.set_yticks(range(1, len(table) + 1))
    axes.invert_yaxis()
    axes.set_ylabel(report.word("rank"))
    return done(figure, report)


@chinese_type()
def contributions(report: CityReport) -> Figure | None:
    """Points earned out of the points to be had, by indicator; where these are too many, of those that lack most.

    None where nothing was earned, since nothing is known.
    """
    earned = report.earned.loc[report.year].dropna()
    if earned.empty:
        return None
    lacking = (report.points[earned.index] - earned).nlargest(ROWS).index
    parts = earned[earned.index.isin(lacking)][::-1]
    weights = report.points[parts.index]
    names = [report.node(code) for code in parts.index]
    figure, axes = canvas(8, 0.45 * len(parts) + 1)
    axes.barh(names, weights, color="white", edgecolor=OTHERS, height=0.6)
    axes.barh(names, parts, color=CITY, height=0.6)
    for place, (got, weight) in enumerate(zip(parts, weights, strict=True)):
        axes.annotate(f"{got:.2f} / {weight:.1f}", (max(got, weight), place), (6, 0), **BESIDE, color=INK)
    axes.set_xlim(0, max(weights.max(), parts.max()) * 1.25)
    axes.set_xlabel(report.word("contribution"))
    if len(parts) < len(earned):
        axes.set_title(report.word("contributions_key", n=len(parts)), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@chinese_type()
def paths(report: CityReport) -> Figure:
    """The index and each scored project over the years: the city, the other cities, all of them together."""
    groups = [report.system.tree, *report.scored_projects]
    columns = min(len(groups), COLUMNS)
    rows = -(-len(groups) // columns)
    height = 3.4 if rows == 1 else 2.4 * rows
    figure, panels = canvas(9, height, rows=rows, columns=columns, sharex=True, sharey=True)
    whole = report.study.province.published.droplevel("region")
    panels = np.ravel(panels)
    for axes in panels[::columns]:
        axes.set_ylabel(report.word("score"))
    for axes in panels[len(groups) :]:
        axes.axis("off")
    for axes, group in zip(panels, groups, strict=False):
        table = report.result.published[group.code].unstack("year")
        others = table.drop(index=report.city)
        axes.plot(*_joined(table.columns, others), color=OTHERS, lw=1)
        axes.plot(whole.index, whole[group.code], color=PROVINCE, lw=1.8, ls="--")
        axes.plot(table.columns, table.loc[report.city], "-o", color=CITY, lw=2.5, ms=4)
        axes.set_title(group.name[report.language], fontsize=10)
    panels[0].set_xticks(list(whole.index), [f"{y % 100:02d}" for y in whole.index])
    explain(figure, report.word("paths_key", city=report.city_name))
    return done(figure, report)


@chinese_type()
def resources(report: CityReport) -> Figure | None:
    """The rank of the city in spending per resident beside its rank in the project that it serves, a row a project.

    None where neither is known of any.
    """
    values = report.result.panel.values.xs(report.year, level="year")
    spending = values.rank(method="min", ascending=False).loc[report.city]
    rows = [
        (group.name[report.language], spending[indicator.code], report.rank(group.code))
        for group in report.scored_projects[::-1]
        for indicator in report.system.indicators_of(group)
        if indicator.layer == "input" and indicator.population_base
    ]
    rows = [row for row in rows if not np.isnan(row[1:]).any()]
    if not rows:
        return None
    names, inputs, results = zip(*rows, strict=True)
    figure, axes = canvas(8, 0.42 * len(rows) + 1.2)
    places = range(len(rows))
    axes.hlines(places, inputs, results, color=OTHERS, lw=4)
    axes.plot(inputs, places, "|", color=PROVINCE, ms=16, mew=2.5)
    axes.plot(results, places, "o", color=CITY, ms=9)
    axes.set_yticks(places, names)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    axes.set_xticks(range(1, len(values) + 1))
    axes.set_xlim(0.5, len(values) + 0.5)
    axes.set_xlabel(report.word("rank"))
    axes.set_title(report.word("resources_key"), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@shown_where(has_census)
@chinese_type()
def counties(report: CityReport) -> Figure:
    """The counties of the city on the census shares: how far apart they lie, and which is lowest."""
    shares = [i for i in report.census if i.unit.zh == "%"][::-1]
    values, city = report.county_values, report.census_values
    figure, axes = canvas(8, 0.75 * len(shares) + 1)
    for place, indicator in enumerate(shares):
        column = values[indicator.code]
        axes.plot([column.min(), column.max()], [place, place], color=OTHERS, lw=2)
        axes.plot(column, [place] * len(column), "o", color=OTHERS, ms=7)
        axes.plot(city[indicator.code], place, "D", color=CITY, ms=7)
        for end, side in ((column.idxmin(), "right"), (column.idxmax(), "left")):
            shift = -8 if side == "right" else 8
            axes.annotate(report.region(end), (column[end], place), (shift, 0), **{**BESIDE, "ha": side}, fontsize=8.5)
    axes.set_yticks(range(len(shares)), [_name_with_sense(report, i) for i in shares])
    axes.set_xlim(-14, 116)
    axes.set_xticks(range(0, 101, 20))
    axes.set_ylim(-0.6, len(shares) - 0.4)
    axes.set_xlabel("%")
    return done(figure, report)


def _joined(x: pd.Index, lines: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give lines, a row each, as one that is broken between them: many are slow to draw."""
    gap = np.full((len(lines), 1), np.nan)
    return np.tile([*x, np.nan], len(lines)), np.hstack([lines, gap]).ravel()


def _name_with_sense(report: CityReport, indicator: Indicator) -> str:
    name = indicator.name[report.language]
    return name if indicator.higher_is_better else report.word("lower_is_better", name=name)


def _adds_something(report: CityReport, code: str) -> bool:
    """An only scored child has its parent's score."""
    parent = report.system.parents.get(code)
    return parent is None or len(parent.scored_children) > 1

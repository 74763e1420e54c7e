"""The figures of a city report: each a function of the report, giving a Figure that carries one point."""

from __future__ import annotations

import numpy as np
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
def contributions(report: CityReport) -> Figure:
    """Points earned out of the points to be had, by indicator; where these are too many, of those that lack most."""
    earned = report.earned.loc[report.year].dropna()
    lacking = (report.points[earned.index] - earned).nlargest(ROWS).index
    parts = earned[earned.index.isin(lacking)][::-1]
    weights = report.points[parts.index]
    names = [report.node(code) for code in parts.index]
    figure, axes = canvas(8, 0.6 * len(parts) + 1)
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
    figure, panels = _panels(len(groups), 3.2, sharex=True, sharey=True)
    whole = report.study.province.published.droplevel("region")
    for axes, group in zip(panels, groups, strict=True):
        table = report.result.published[group.code].unstack("year")
        axes.plot(table.columns, table.drop(index=report.city).T, color=OTHERS, lw=1)
        axes.plot(whole.index, whole[group.code], color=PROVINCE, lw=1.8, ls="--")
        axes.plot(table.columns, table.loc[report.city], "-o", color=CITY, lw=2.5, ms=4)
        axes.set_title(group.name[report.language], fontsize=10)
        axes.set_xticks(list(table.columns), [f"{y % 100:02d}" for y in table.columns])
    explain(figure, report.word("paths_key", city=report.city_name))
    return done(figure, report)


@chinese_type()
def resources(report: CityReport) -> Figure:
    """Spending per resident against the score of the project that it serves, one panel a project."""
    pairs = [(g, i) for g in report.scored_projects for i in g.children if i.layer == "input" and i.population_base]
    figure, panels = _panels(len(pairs), 3.9)
    values = report.result.panel.values.xs(report.year, level="year")
    scores = report.result.published.xs(report.year, level="year")
    for axes, (group, indicator) in zip(panels, pairs, strict=True):
        x, y = values[indicator.code], scores[group.code]
        axes.scatter(x, y, color=[CITY if c == report.city else OTHERS for c in x.index], s=45)
        _name_points(report, axes, x, y)
        axes.margins(0.12)
        axes.set_xlabel(f"{indicator.name[report.language]} ({indicator.unit[report.language]})")
        axes.set_ylabel(group.name[report.language])
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


def _panels(number: int, height: float, **shared: bool):
    """Give a figure with a number of panels, a few in a row."""
    columns = min(number, COLUMNS)
    rows = -(-number // columns)
    figure, axes = canvas(9, height * rows, rows=rows, columns=columns, **shared)
    panels = np.ravel(axes)
    for left in panels[number:]:
        left.axis("off")
    return figure, panels[:number]


def _name_points(report: CityReport, axes, x, y) -> None:
    """Write each city above its point, or below where another point is in the way."""
    near_x, near_y = 0.12 * (x.max() - x.min()), 0.07 * (y.max() - y.min())
    right, up = (np.subtract.outer(one.to_numpy(), one.to_numpy()) for one in (x, y))
    near = (np.abs(right) < near_x) & (up >= 0) & (up <= near_y)  # of each row to each column
    np.fill_diagonal(near, False)
    for code, crowded in zip(x.index, near.any(axis=0), strict=True):
        axes.annotate(
            report.region(code),
            (x[code], y[code]),
            (0, -14 if crowded else 6),
            **ABOVE,
            fontsize=8,
            color=CITY if code == report.city else INK,
        )


def _name_with_sense(report: CityReport, indicator: Indicator) -> str:
    name = indicator.name[report.language]
    return name if indicator.higher_is_better else report.word("lower_is_better", name=name)


def _adds_something(report: CityReport, code: str) -> bool:
    """An only scored child has its parent's score."""
    parent = report.system.parents.get(code)
    return parent is None or len(parent.scored_children) > 1

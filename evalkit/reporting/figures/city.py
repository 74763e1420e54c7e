"""The figures of a city report: each a function of the report, giving a Figure that carries one point."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_census, shown_where
from evalkit.reporting.drawing.canvas import (
    ABOVE,
    BESIDE,
    CITY,
    INK,
    LABEL,
    OTHERS,
    PROVINCE,
    canvas,
    done,
    explain,
    leaders,
    others,
    say,
)
from evalkit.reporting.drawing.selection import MANY, rank_ticks, tied
from evalkit.reporting.render.fonts import chinese_type

ROWS, COLUMNS = 20, 3  # of a page
BESIDE_OWN, AT_THE_ENDS = 3, 3  # of too many cities, those drawn on either side of the own one and at either end


@chinese_type()
def profile(report: CityReport) -> Figure | None:
    """The city on every scored node, between the lowest and the highest city, beside all cities together.

    Where the nodes would be too many for a page, on those that have others below them; a node that no city has a score
    of is left out. None where no city has any.
    """
    known = report.result.published.xs(report.year, level="year").dropna(axis="columns", how="all")
    nodes = [n for n in report.system.nodes if n.code in known and _adds_something(report, n.code)][::-1]
    if len(nodes) > ROWS:
        nodes = [node for node in nodes if not isinstance(node, Indicator)]
    if not nodes:
        return None
    scores = known[[n.code for n in nodes]]
    whole = report.study.province.published.xs(report.year, level="year").iloc[0]
    figure, axes = canvas(8, 0.5 * len(nodes) + 1.2)
    places, own = range(len(nodes)), scores.loc[report.city]
    axes.hlines(places, scores.min(), scores.max(), color=OTHERS, lw=5, capstyle="round")
    axes.plot(whole[scores.columns], places, "|", color=PROVINCE, ms=16, mew=2.5)
    axes.plot(own, places, "o", color=CITY, ms=9)
    for place, score in enumerate(own):
        if np.isnan(score):
            axes.annotate(report.word("lamp_no_data"), (105, place), (6, 0), **BESIDE, color=INK, fontsize=9)
        else:
            axes.annotate(f"{score:.1f}", (score, place), (0, 9), **ABOVE, color=CITY)
    axes.set_yticks(places, [n.name[report.language] for n in nodes])
    axes.set_xlim(0, 105)
    axes.set_xlabel(report.word("score"))
    say(axes, report.word("figure_key", city=report.city_name))
    return done(figure, report)


@chinese_type()
def ranks(report: CityReport) -> Figure | None:
    """Ranks over the years so far; cities that tie meet in one point. Of too many, the nearest and those at the ends.

    None where the city has no rank in any year.
    """
    every = report.result.ranks[report.result.root].unstack("year").loc[:, : report.year]
    if every.loc[report.city].isna().all():
        return None
    table = every if len(every) <= MANY else every.loc[_near(every.iloc[:, -1], report.city)]
    figure, axes = canvas(8, max(4.6, LABEL * len(table) + 0.8))
    axes.set_ylim(0.5, len(every) + 0.5)
    for code, row in table.iterrows():
        own = code == report.city
        axes.plot(row.index, row, "-o", color=CITY if own else OTHERS, lw=3 if own else 1.5, zorder=3 if own else 1)
    last = table.iloc[:, -1]
    names = tied(report, last, report.city)
    leaders(axes, names, last.name, "left", {rank: CITY if rank == last[report.city] else INK for rank in names})
    for year, rank in table.loc[report.city].dropna().items():
        axes.annotate(f"{rank:.0f}", (year, rank), (0, 8), **ABOVE, color=CITY)
    axes.set_xticks(list(table.columns))
    rank_ticks(axes.yaxis, len(every))
    axes.invert_yaxis()
    axes.set_ylabel(report.word("rank"))
    if len(table) < len(every):
        say(axes, report.word("figure_near", total=len(every), n=BESIDE_OWN, ends=AT_THE_ENDS))
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
    figure, axes = canvas(8, 0.45 * len(parts) + 1)
    places = range(len(parts))
    axes.barh(places, weights, color="white", edgecolor=OTHERS, height=0.6)
    axes.barh(places, parts, color=CITY, height=0.6)
    axes.set_yticks(places, [report.node(code) for code in parts.index])
    for place, (got, weight) in enumerate(zip(parts, weights, strict=True)):
        axes.annotate(f"{got:.2f} / {weight:.1f}", (max(got, weight), place), (6, 0), **BESIDE, color=INK)
    axes.set_xlim(0, max(weights.max(), parts.max()) * 1.25)
    axes.set_xlabel(report.word("contribution"))
    if len(parts) < len(earned):
        say(axes, report.word("contributions_key", n=len(parts)))
    return done(figure, report)


@chinese_type()
def paths(report: CityReport) -> Figure:
    """The index and each scored project over the years: the city, the other cities, all of them together."""
    groups = list(dict.fromkeys([report.system.tree, *report.scored_projects]))
    columns = min(len(groups), COLUMNS)
    rows = -(-len(groups) // columns)
    height = 3.4 if rows == 1 else 2.4 * rows
    figure, panels = canvas(9, height, rows=rows, columns=columns, sharex=True, sharey=True)
    whole = report.study.province.published.droplevel("region").loc[: report.year]
    panels = np.ravel(panels)
    for axes in panels[::columns]:
        axes.set_ylabel(report.word("score"))
    for axes in panels[len(groups) :]:
        axes.axis("off")
    for axes, group in zip(panels, groups, strict=False):
        table = report.result.published[group.code].unstack("year").loc[:, : report.year]
        others(axes, table.drop(index=report.city))
        axes.plot(whole.index, whole[group.code], color=PROVINCE, lw=1.8, ls="--")
        axes.plot(table.columns, table.loc[report.city], "-o", color=CITY, lw=2.5, ms=4)
        axes.set_title(group.name[report.language], fontsize=10)
    panels[0].set_xticks(list(whole.index), [f"{y % 100:02d}" for y in whole.index])
    key = "paths_key" if len(report.study.regions) <= MANY else "paths_key_band"
    explain(figure, report.word(key, city=report.city_name))
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
        if report.system.project_of(indicator.code).code == group.code
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
    rank_ticks(axes.xaxis, len(values))
    axes.set_xlim(0.5, len(values) + 0.5)
    axes.set_xlabel(report.word("rank"))
    say(axes, report.word("resources_key"))
    return done(figure, report)


@shown_where(has_census)
@chinese_type()
def counties(report: CityReport) -> Figure | None:
    """The counties of the city on the census shares: how far apart they lie, and which is lowest; None without."""
    shares = [i for i in report.census if i.unit.zh == "%"][::-1]
    if not shares:
        return None
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


def _near(ranks: pd.Series, city: str) -> list[str]:
    """Give the cities next to one in the order of their ranks, and those at both ends of it."""
    order = list(ranks.dropna().sort_values(kind="stable").index)
    own = order.index(city) if city in order else 0
    beside = order[max(own - BESIDE_OWN, 0) : own + BESIDE_OWN + 1]
    return list(dict.fromkeys([*order[:AT_THE_ENDS], *beside, *order[-AT_THE_ENDS:], city]))


def _name_with_sense(report: CityReport, indicator: Indicator) -> str:
    name = indicator.name[report.language]
    return name if indicator.higher_is_better else report.word("lower_is_better", name=name)


def _adds_something(report: CityReport, code: str) -> bool:
    """An only scored child has its parent's score."""
    parent = report.system.parents.get(code)
    return parent is None or len(parent.scored_children) > 1

"""The figures of position: ranks by every way of scoring, and the path of every project."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.city import CityReport
from evalkit.reporting.drawing.canvas import (
    ABOVE,
    CITY,
    INK,
    LABEL,
    OTHERS,
    PROVINCE,
    canvas,
    describe,
    done,
    explain,
    leaders,
    others,
)
from evalkit.reporting.drawing.selection import MANY, rank_ticks, tied
from evalkit.reporting.render.fonts import chinese_type

COLUMNS = 3  # of a page
BESIDE_OWN, AT_THE_ENDS = 3, 3  # of too many cities, those drawn on either side of the own one and at either end


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
        describe(axes, report.word("figure_near", total=len(every), n=BESIDE_OWN, ends=AT_THE_ENDS))
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


def _near(ranks: pd.Series, city: str) -> list[str]:
    """Give the cities next to one in the order of their ranks, and those at both ends of it."""
    order = list(ranks.dropna().sort_values(kind="stable").index)
    own = order.index(city) if city in order else 0
    beside = order[max(own - BESIDE_OWN, 0) : own + BESIDE_OWN + 1]
    return list(dict.fromkeys([*order[:AT_THE_ENDS], *beside, *order[-AT_THE_ENDS:], city]))

"""The figures of position: ranks by every way of scoring, and the path of every project."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.city import CityReport
from evalkit.reporting.drawing.canvas import (
    ABOVE,
    CITY,
    INK,
    LABEL,
    OTHERS,
    canvas,
    done,
    explain,
    leaders,
)
from evalkit.reporting.drawing.selection import MANY, rank_ticks, tied
from evalkit.reporting.render.fonts import chinese_type

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
    figure, axes = canvas(max(4.0, LABEL * len(table) + 0.8))
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
        explain(figure, report.word("figure_near", total=len(every), n=BESIDE_OWN, ends=AT_THE_ENDS))
    return done(figure, report, _title(report, every.loc[report.city].dropna()))


def _near(ranks: pd.Series, city: str) -> list[str]:
    """Give the cities next to one in the order of their ranks, and those at both ends of it."""
    order = list(ranks.dropna().sort_values(kind="stable").index)
    own = order.index(city) if city in order else 0
    beside = order[max(own - BESIDE_OWN, 0) : own + BESIDE_OWN + 1]
    return list(dict.fromkeys([*order[:AT_THE_ENDS], *beside, *order[-AT_THE_ENDS:], city]))


def _title(report: CityReport, ranks: pd.Series) -> str:
    """Say where the city stood first and last, and its best and worst rank in between."""
    ends = {"first": ranks.index[0], "before": int(ranks.iloc[0]), "last": ranks.index[-1], "now": int(ranks.iloc[-1])}
    if len(ranks) == 1:
        return report.word("ranks_title_one", city=report.city_name, year=ends["last"], now=ends["now"])
    return report.word("ranks_title", city=report.city_name, best=int(ranks.min()), worst=int(ranks.max()), **ends)

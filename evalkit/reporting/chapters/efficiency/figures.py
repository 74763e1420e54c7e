"""The figures of efficiency: scores, and ranks of input beside ranks of result."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.reporting.chapters.efficiency.tables import DECIMALS, per_head, results
from evalkit.reporting.conditions import reads_efficiency, shown_where
from evalkit.reporting.drawing.canvas import CITY, INK, LABEL, OTHERS, canvas, done, explain, leaders
from evalkit.reporting.drawing.selection import ENDS, MANY, ends, rank_ticks, tied
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, signed


@shown_where(reads_efficiency)
@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city's score on the frontier of the year."""
    found = report.efficiency.frontier.scores.sort_values(kind="stable")
    rows = ends(found.index)
    figure, axes = canvas(0.28 * len(rows.cities) + 1)
    axes.plot(found[rows.shown], rows.places, "o", color=CITY, ms=7)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    axes.set_xlabel(report.word("efficiency"))
    explain(figure, report.word("efficiency_key"), rows.note(report))
    named = {"n": int(report.efficiency.frontier.efficient.sum()), "city": report.region(found.index[0])}
    return done(figure, report, report.word("efficiency_title", **named, score=number(found.iloc[0], DECIMALS)))


@shown_where(reads_efficiency)
@chinese_type()
def ranks(report: RoundReport) -> Figure | None:
    """A line a city from its rank by input per head to its rank by result; of too many, those that rise and fall most.

    None where no city has both.
    """
    every = input_output_ranks(per_head(report), results(report)).dropna()
    if every.empty:
        return None
    order = every.difference.sort_values(kind="stable").index
    table = every if len(every) <= MANY else every.loc[ends(order).shown]
    figure, axes = canvas(max(4.2, LABEL * len(table) + 0.9))
    axes.set_ylim(0.5, len(every) + 0.5)
    for row in table.itertuples():
        rises = row.difference > 0
        axes.plot([0, 1], [row.input_rank, row.result_rank], "-o", color=CITY if rises else OTHERS, lw=2)
    for x, side in ((0, "right"), (1, "left")):
        names = tied(report, table.input_rank if x == 0 else table.result_rank)
        leaders(axes, names, x, side, dict.fromkeys(names, INK))
    axes.set_xticks([0, 1], [report.word("input_rank"), report.word("result_rank")])
    axes.set_xlim(-0.35, 1.35)
    rank_ticks(axes.yaxis, len(every))
    axes.invert_yaxis()
    if len(table) < len(every):
        explain(figure, report.word("figure_movers", total=len(every), n=ENDS))
    return done(figure, report, _title(report, every.difference))


def _title(report: RoundReport, difference: pd.Series) -> str:
    """Say how many cities rank higher by result than by input, how many lower, and who most of either."""
    counts = {"above": int((difference > 0).sum()), "below": int((difference < 0).sum())}
    ends_ = {"best": report.region(difference.idxmax()), "least": report.region(difference.idxmin())}
    steps = {"up": signed(difference.max(), 0), "down": signed(difference.min(), 0)}
    return report.word("efficiency_ranks_title", **counts, **ends_, **steps)

"""The figures of efficiency: scores, and ranks of input beside ranks of result."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.reporting.figures.canvas import BESIDE, CITY, INK, OTHERS, canvas, done
from evalkit.reporting.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.reporting.tables.efficiency import per_head, results


@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city's score on the frontier of the year."""
    found = report.yields.frontier.scores.sort_values(kind="stable") if report.yields else []
    figure, axes = canvas(8, 0.38 * len(found) + 1)
    if report.yields is None:
        return done(figure, report)
    places = range(len(found))
    axes.plot(found, places, "o", color=CITY, ms=7)
    axes.set_yticks(places, [report.region(city) for city in found.index])
    axes.set_xlabel(report.word("efficiency"))
    axes.set_title(report.word("efficiency_key"), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@chinese_type()
def ranks(report: RoundReport) -> Figure:
    """A line a city from its rank by input per head to its rank by result."""
    figure, axes = canvas(6, 4.8)
    if report.yields is None:
        return done(figure, report)
    table = input_output_ranks(per_head(report), results(report)).dropna()
    for city, row in table.iterrows():
        rises = row.difference > 0
        axes.plot([0, 1], [row.input_rank, row.result_rank], "-o", color=CITY if rises else OTHERS, lw=2)
        axes.annotate(report.region(city), (0, row.input_rank), (-9, 0), **{**BESIDE, "ha": "right"}, color=INK)
        axes.annotate(report.region(city), (1, row.result_rank), (9, 0), **BESIDE, color=INK)
    axes.set_xticks([0, 1], [report.word("input_rank"), report.word("result_rank")])
    axes.set_xlim(-0.35, 1.35)
    axes.set_yticks(range(1, len(table) + 1))
    axes.invert_yaxis()
    return done(figure, report)

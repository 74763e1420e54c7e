"""The figures of robustness: how far ranks move, and what moves them."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.reporting.conditions import drawn, drawn_of_several, shown_where
from evalkit.reporting.figures.canvas import BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, done
from evalkit.reporting.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.reporting.tables.robustness import sobol_of


@shown_where(drawn)
@chinese_type()
def intervals(report: RoundReport) -> Figure:
    """Every city's rank in force, median, and the interval that holds the share of draws that the readings declare."""
    table = report.draws.rank_interval(report.findings.declared.level).sort_values(["rank", "median"], ascending=False)
    figure, axes = canvas(8, 0.38 * len(table) + 1)
    places = range(len(table))
    axes.hlines(places, table.low, table.high, color=OTHERS, lw=7)
    axes.plot(table["median"], places, "|", color=PROVINCE, ms=15, mew=2.5)
    axes.plot(table["rank"], places, "o", color=CITY, ms=7)
    axes.set_yticks(places, [report.region(city) for city in table.index])
    axes.set_xticks(range(1, len(table) + 1))
    axes.set_xlabel(report.word("rank"))
    axes.set_title(report.word("intervals_key", level=report.level), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@shown_where(drawn)
@chinese_type()
def probabilities(report: RoundReport) -> Figure:
    """The share of draws in which each city has each rank: the darker, the likelier."""
    order = report.draws.rank_interval(report.findings.declared.level).sort_values(["rank", "median"]).index
    shares = report.draws.rank_probability().loc[order]
    figure, axes = canvas(8, 0.4 * len(order) + 1)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for (row, column), share in np.ndenumerate(shares.to_numpy()):
        if share >= 0.005:
            colour = "white" if share > 0.6 else INK
            axes.text(column, row, f"{100 * share:.0f}", ha="center", va="center", fontsize=8, color=colour)
    axes.set_yticks(range(len(order)), [report.region(city) for city in order])
    axes.set_xticks(range(len(order)), list(shares.columns))
    axes.set_xlabel(report.word("rank"))
    return done(figure, report)


@shown_where(drawn_of_several)
@chinese_type()
def sensitivity(report: RoundReport) -> Figure:
    """The total Sobol' index of each source, on average over the cities whose rank moves."""
    means = sobol_of(report).groupby("source", sort=False).total.mean().sort_values()
    names = [report.source(name) for name in means.index]
    figure, axes = canvas(8, 0.5 * len(means) + 1)
    axes.barh(names, means, color=CITY, height=0.6)
    for place, value in enumerate(means):
        axes.annotate(f"{value:.2f}", (value, place), (6, 0), **BESIDE, color=INK)
    axes.set_xlim(0, max(1, means.max()) * 1.1)
    axes.set_xlabel(report.word("total_effect"))
    return done(figure, report)

"""The figures of robustness: how far ranks move, and what moves them."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.robustness.tables import moved_by_choices, sobol_of
from evalkit.reporting.conditions import drawn, shown_where
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, done, explain, ink_on
from evalkit.reporting.drawing.selection import GAP, ends, rank_ticks
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, span

MUCH = 24  # ranks whose numbers have room side by side


@shown_where(drawn)
@chinese_type()
def intervals(report: RoundReport) -> Figure:
    """Every city's rank in force, median, and the interval that holds the share of draws that the readings declare."""
    table = report.draws.rank_interval(report.readings.declared.level).sort_values(["rank", "median"], ascending=False)
    rows = ends(table.index)
    found = table.loc[rows.shown]
    figure, axes = canvas(0.28 * len(rows.cities) + 1)
    axes.hlines(rows.places, found.low, found.high, color=OTHERS, lw=7)
    axes.plot(found["median"], rows.places, "|", color=PROVINCE, ms=15, mew=2.5)
    axes.plot(found["rank"], rows.places, "o", color=CITY, ms=7)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    rank_ticks(axes.xaxis, len(table))
    axes.set_xlabel(report.word("rank"))
    explain(figure, report.word("intervals_key", level=report.level), rows.note(report))
    widest = (table.high - table.low).idxmax()
    named = {"city": report.region(widest), "range": span(*table.loc[widest, ["low", "high"]])}
    return done(figure, report, report.word("intervals_title", level=report.level, **named))


@shown_where(drawn)
@chinese_type()
def probabilities(report: RoundReport) -> Figure:
    """The share of draws in which each city has each rank: the darker, the likelier; without numbers of too many."""
    order = report.draws.rank_interval(report.readings.declared.level).sort_values(["rank", "median"]).index
    rows, every = ends(order), report.draws.rank_probability()
    shares = every.reindex([city or GAP for city in rows.cities])
    many, most = len(order) > MUCH, every.max(axis=None)
    figure, axes = canvas(0.28 * len(shares) + 1)
    sides = (0.5, len(order) + 0.5, len(shares) - 0.5, -0.5)
    shaded = axes.imshow(shares, cmap="Blues", vmin=0, vmax=most if many else 1, aspect="auto", extent=sides)
    for (row, column), share in np.ndenumerate(shares.to_numpy()):
        if share >= 0.005 and not many:
            ink = ink_on(shaded.to_rgba(share))
            axes.text(column + 1, row, f"{100 * share:.0f}", ha="center", va="center", color=ink)
    axes.set_yticks(range(len(shares)), rows.names(report))
    rank_ticks(axes.xaxis, len(order))
    axes.set_xlabel(report.word("rank"))
    explain(figure, report.word("probabilities_key", most=f"{100 * most:.0f}") if many else "", rows.note(report))
    return done(figure, report, _surest(report, every.reindex(order)))


@shown_where(moved_by_choices)
@chinese_type()
def sensitivity(report: RoundReport) -> Figure:
    """The total Sobol' index of each source, on average over the cities whose rank moves."""
    means = sobol_of(report).groupby("source", sort=False).total.mean().sort_values()
    figure, axes = canvas(0.5 * len(means) + 1)
    axes.barh(range(len(means)), means, color=CITY, height=0.6)
    axes.set_yticks(range(len(means)), [report.source(name) for name in means.index])
    for place, value in enumerate(means):
        axes.annotate(f"{value:.2f}", (value, place), (6, 0), **BESIDE, color=INK)
    axes.set_xlim(0, max(1, means.max()) * 1.1)
    axes.set_xlabel(report.word("total_effect"))
    named = {"source": report.source(means.idxmax()), "index": number(means.max(), 2)}
    return done(figure, report, report.word("sensitivity_title", **named))


def _surest(report: RoundReport, shares: pd.DataFrame) -> str:
    """Name the cities of the surest and of the least sure rank, with the share of the likeliest rank of each."""
    likeliest = shares.max(axis=1)
    cities = {"sure": likeliest.idxmax(), "unsure": likeliest.idxmin()}
    named = {name: report.region(city) for name, city in cities.items()}
    named |= {f"{name}_rank": int(shares.loc[city].idxmax()) for name, city in cities.items()}
    named |= {f"{name}_share": number(100 * likeliest[city], 0) for name, city in cities.items()}
    return report.word("probabilities_title", **named)

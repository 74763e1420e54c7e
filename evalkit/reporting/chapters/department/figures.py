"""The figures of a department report: which cities pull its targets down, and how judgements fell over the years."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.assessment.targets.departments import LAMPS
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.drawing.canvas import LAMP_COLOURS, canvas, done, explain, ink_on, legend, signed_bars
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.lags import KEPT
from evalkit.reporting.render.fonts import chinese_type
from evalkit.tabular.cells import signed


@chinese_type()
def effects_of_cities(report: DepartmentReport) -> Figure | None:
    """By how much each city moves the department's mean, the one that lowers it most on top; None without any."""
    known = report.effects_of_cities.effect.dropna()[::-1]
    if known.empty:
        return None
    rows = ends(known.index)
    figure, axes = canvas(0.28 * len(rows.cities) + 1)
    signed_bars(axes, known[rows.shown], rows.places)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    explain(figure, report.word("effect_on_mean_key"), rows.note(report))
    return done(
        figure, report, report.word("effects_title", **_at(report, known, "lowest"), **_at(report, known, "highest"))
    )


@chinese_type()
def path(report: DepartmentReport) -> Figure:
    """How many judgements stood under each lamp in every year, with their numbers."""
    years = list(report.scorecards)
    figure, axes = canvas(0.5 * len(years) + 1.4)
    start = [0] * len(years)
    for lamp in LAMPS:
        counts = [int(report.scorecards[year][lamp].sum()) for year in years]
        axes.barh(
            range(len(years)),
            counts,
            left=start,
            color=LAMP_COLOURS[lamp],
            edgecolor="white",
            height=0.62,
            label=report.word(f"lamp_{lamp}"),
        )
        for place, n in enumerate(counts):
            _write(axes, n, start[place] + n / 2, place, sum(report.scorecards[years[0]][list(LAMPS)].sum()), lamp)
        start = [before + n for before, n in zip(start, counts, strict=True)]
    axes.set_yticks(range(len(years)), years)
    axes.invert_yaxis()
    axes.set_xlabel(report.word("lamp_count"))
    legend(axes)
    return done(figure, report, _judged(report, years))


def _at(report: DepartmentReport, effects: pd.Series, end: str) -> dict[str, str]:
    """Name the city at an end of the effects, with its own."""
    city = effects.idxmin() if end == "lowest" else effects.idxmax()
    return {end: report.region(city), f"by_{end}": signed(effects[city], 2)}


def _judged(report: DepartmentReport, years: list[int]) -> str:
    """Say how many judgements of the first and of the last year keep what it asks, and how many do not."""
    told = []
    for year in dict.fromkeys((years[0], years[-1])):
        sums = report.scorecards[year][list(LAMPS)].sum()
        told.append(report.word("path_of_year", year=year, kept=int(sums[list(KEPT)].sum()), short=int(sums["behind"])))
    return report.word("semicolon").join(told)


def _write(axes, n: int, x: float, y: float, total: float, lamp: str) -> None:
    """Write a number where its part of the bar has room for it."""
    if n > 0.02 * total:
        axes.annotate(n, (x, y), ha="center", va="center", color=ink_on(LAMP_COLOURS[lamp]))

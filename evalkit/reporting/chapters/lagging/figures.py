"""The figure of what lags: how far each target had come a year ago, and how far it has come."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.lagging.selection import lagging
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, MARK, OTHERS, PAPER, canvas, done, legend
from evalkit.reporting.lags import serious
from evalkit.reporting.render.fonts import chinese_type
from evalkit.tabular.cells import number

ROWS = 10
HALF = 50  # completion, in per cent


@of_an_assessed_round
@chinese_type()
def dumbbells(report: CityReport) -> Figure | None:
    """Completion of the year before and of the year, of the targets that lag most; red where it fell.

    None where no target lags by more than little.
    """
    found = serious(lagging(report)).completion.dropna()
    if found.empty:
        return None
    worst = found.head(ROWS)[::-1]
    before = _before(report, worst)
    figure, axes = canvas(0.32 * len(worst) + 1.1)
    places = range(len(worst))
    fell = [(worst < before)[code] for code in worst.index]
    axes.hlines(places, before.fillna(worst), worst, color=[MARK if down else OTHERS for down in fell], lw=3, zorder=1)
    axes.plot(before, places, "o", color="white", mec=INK, ms=6, label=str(report.year - 1))
    axes.plot(worst, places, "o", color=CITY, ms=7, label=str(report.year))
    for place, value, start in zip(places, worst, before.fillna(worst), strict=True):
        axes.annotate(f"{number(value, 1)}", (max(value, start), place), (8, 0), **BESIDE, color=INK, bbox=PAPER)
    axes.axvline(100, color=INK, lw=0.8)
    axes.set_yticks(places, [report.target_name(code) for code in worst.index])
    axes.set_xlim(-3, 112)
    axes.set_ylim(-0.6, len(worst) - 0.4)
    axes.set_xlabel(report.word("completion"))
    legend(axes)
    lowest = {"name": report.target_name(found.index[0]), "value": number(found.iloc[0], 1)}
    below = int((found < HALF).sum())
    counts = {"n": len(found), "shown": len(worst), "half": report.word("dumbbells_half", half=below) if below else ""}
    return done(figure, report, report.word("dumbbells_title", **counts, **lowest))


def _before(report: CityReport, of: pd.Series) -> pd.Series:
    """Give the completion of the year before; blank where the round has none."""
    every, key = report.achievement.completion, (report.city, report.year - 1)
    return every.loc[key, of.index] if key in every.index else of * float("nan")

"""The figure of the conclusion: every city's score, the own one marked."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, OTHERS, canvas, done
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.tabular.cells import number

ROOM = 0.08  # of the range of scores, on either side


@chinese_type()
def standing(report: CityReport) -> Figure | None:
    """The cities by their score, between the limits of the bands where there are some; None where none has a score."""
    scores, decimals = _scores(report)
    if scores.empty:
        return None
    rows = ends(scores.index, report.city)
    figure, axes = canvas(0.2 * len(rows.cities) + 0.8)
    shown = scores[rows.shown]
    colours = [CITY if city == report.city else OTHERS for city in shown.index]
    axes.scatter(shown, rows.places, c=colours, s=48, zorder=2)
    for place, (city, score) in zip(rows.places, shown.items(), strict=True):
        ink = CITY if city == report.city else INK
        axes.annotate(f"{number(score, decimals)}", (score, place), (8, 0), **BESIDE, color=ink)
    _bands(report, axes, shown)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    axes.set_ylim(len(rows.cities) - 0.4, -0.6)
    axes.set_xlabel(report.word("assessment_score" if assessed(report) else "score"))
    return done(figure, report, _title(report, scores, decimals))


def _scores(report: CityReport) -> tuple[pd.Series, int]:
    """Give the scores of the year, the highest first, with their decimals."""
    if assessed(report):
        found, decimals = report.study.assessed.assessment.results.score, 2
    else:
        found, decimals = report.result.published[report.result.root], report.result.decimals()
    in_year = found.xs(report.year, level="year").dropna()
    return in_year.sort_values(ascending=False, kind="stable"), decimals


def _bands(report: CityReport, axes, shown: pd.Series) -> None:
    """Draw the limits of the bands between the scores that are shown, each with the name of the band above it."""
    low, high = shown.min(), shown.max()
    room = max(ROOM * (high - low), 1.0)
    axes.set_xlim(low - room, high + 2 * room)
    if not assessed(report):
        return
    for band in report.study.rules.bands.scale:
        if low - room < band.least <= high + room:
            axes.axvline(band.least, color=INK, lw=0.8, ls=":", zorder=0)
            axes.annotate(
                report.band(band.code), (band.least, 1), (3, 2), xycoords=("data", "axes fraction"),
                textcoords="offset points", color=INK,
            )  # fmt: skip


def _title(report: CityReport, scores: pd.Series, decimals: int) -> str:
    city, n = report.city_name, len(scores)
    if report.city not in scores.index:
        return report.word("standing_unscored", city=city, n=n)
    own, best = scores[report.city], scores.iloc[0]
    named = {"city": city, "n": n, "score": number(own, decimals), "position": int((scores > own).sum()) + 1}
    if np.isclose(own, best):
        return report.word("standing_first", **named)
    return report.word(
        "standing_title", first=report.region(scores.index[0]), gap=number(best - own, decimals), **named
    )

"""The figure of the grades: this year's scores."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.province_grades.tables import ordered
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, MARK, OTHERS, PAPER, PROVINCE, canvas, done, explain
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number

APART = 8  # points of room beside the scale for those without a score
LEFT = BESIDE | {"ha": "right", "bbox": PAPER}


@of_an_assessed_round
@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city's score between the limits of the bands, with its grade; those without one outside the scale."""
    results = ordered(report)[::-1]
    rows = ends(results.index)
    figure, axes = canvas(0.27 * len(rows.cities) + 1.3)
    low = _limits(report, axes, results.score, len(rows.cities))
    for place, (_, row) in zip(rows.places, results.loc[rows.shown].iterrows(), strict=True):
        if pd.notna(row.score):
            axes.plot([low, 100], [place, place], color=OTHERS, lw=0.8, zorder=0)
            axes.plot(row.score, place, "o", color=CITY, ms=8)
            axes.annotate(f"{number(row.score, 2)}", (row.score, place), (-9, 0), **LEFT)
        else:
            axes.plot(low - APART / 2, place, "x", color=MARK, ms=8, mew=2)
        grade = _grade(report, row)
        axes.annotate(grade, (100, place), (10, 0), **BESIDE, color=INK if row.grade == row.band else MARK)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    axes.axvline(low, color=INK, lw=0.8)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= 100])
    axes.set_xlim(low - APART if results.score.isna().any() else low, 100.5)
    axes.set_xlabel(report.word("assessment_score"))
    explain(figure, report.word("scores_key"), rows.note(report))
    return done(figure, report, _title(report, results))


def _title(report: RoundReport, results: pd.DataFrame) -> str:
    """Say who has the highest and the lowest score, and how many grades are not those of the score."""
    known = results.score.dropna()
    lowered = int((results.grade != results.band).sum())
    if known.empty:
        return report.word("scores_title_none", cities=len(results))
    named = {end: report.region(city) for end, city in (("first", known.idxmax()), ("last", known.idxmin()))}
    scores = {"high": number(known.max(), 2), "low": number(known.min(), 2)}
    return report.word("scores_title", rated=len(known), lowered=lowered, **named, **scores)


def _limits(report: RoundReport, axes, scores: pd.Series, rows: int) -> float:
    """Draw the lower limit of every band with its name, and give where the axis starts."""
    scale = report.study.rules.bands.scale
    low = min(_floor(scores), scale[-2].least - 10 if len(scale) > 1 else 0)
    tops = [100, *(one.least for one in scale)]
    for one, top in zip(scale, tops, strict=False):
        if one.least > low:
            axes.axvline(one.least, color=PROVINCE, lw=1, ls="--", zorder=0)
        name = one.name[report.language]
        axes.text((max(one.least, low) + top) / 2, rows - 0.35, name, ha="center", color=PROVINCE)
    axes.set_ylim(-0.6, rows - 0.1)
    return low


def _floor(scores: pd.Series) -> float:
    """Give the ten below the lowest score."""
    return max(0.0, 10 * np.floor(scores.min() / 10) - 5) if scores.notna().any() else 0.0


def _grade(report: RoundReport, row: pd.Series) -> str:
    """Name the grade; beside another band also that, since it is the score's."""
    grade = report.band(row.grade)
    if row.grade == row.band:
        return grade
    return report.word("grade_of_band", grade=grade, band=report.band(row.band))

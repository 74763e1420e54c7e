"""The figures of the grades: this year's scores, and those of every year."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.province_grades.tables import ordered
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, MARK, OTHERS, PROVINCE, canvas, done, explain, others
from evalkit.reporting.drawing.selection import MANY, ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number

COLUMNS = 4
APART = 8  # points of room beside the scale for those without a score
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}
LEFT = BESIDE | {"ha": "right", "fontsize": 8.5, "bbox": PAPER}


@of_an_assessed_round
@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city's score between the limits of the bands, with its grade; those without one outside the scale."""
    results = ordered(report)[::-1]
    rows = ends(results.index)
    figure, axes = canvas(8.5, 0.4 * len(rows.cities) + 1.4)
    low = _limits(report, axes, results.score, len(rows.cities))
    for place, (_, row) in zip(rows.places, results.loc[rows.shown].iterrows(), strict=True):
        if pd.notna(row.score):
            axes.plot([low, 100], [place, place], color=OTHERS, lw=0.8, zorder=0)
            axes.plot(row.score, place, "o", color=CITY, ms=8)
            axes.annotate(f"{number(row.score, 2)}", (row.score, place), (-9, 0), **LEFT)
        else:
            axes.plot(low - APART / 2, place, "x", color=MARK, ms=8, mew=2)
        grade = _grade(report, row)
        axes.annotate(grade, (100, place), (10, 0), **BESIDE, color=INK if row.grade == row.band else MARK, fontsize=9)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    axes.axvline(low, color=INK, lw=0.8)
    axes.set_xticks([tick for tick in axes.get_xticks() if low <= tick <= 100])
    axes.set_xlim(low - APART if results.score.isna().any() else low, 100.5)
    axes.set_xlabel(report.word("assessment_score"))
    explain(figure, report.word("scores_key"), rows.note(report))
    return done(figure, report)


@of_an_assessed_round
@chinese_type()
def years(report: RoundReport) -> Figure | None:
    """The score of every year, one panel a city, the others pale; None in the first year.

    Of too many cities, those with the highest and the lowest score.
    """
    if report.previous is None:
        return None
    wide = report.study.assessed.assessment.results.score.unstack("year").loc[:, : report.year]
    chosen = ends(ordered(report).index)
    order = chosen.shown
    rows = -(-len(order) // COLUMNS)
    figure, panels = canvas(9, 1.75 * rows + 0.5, rows=rows, columns=COLUMNS, sharex=True, sharey=True)
    for one in panels[len(order) :]:
        one.axis("off")
    low = _floor(wide.stack())
    for one, city in zip(panels, order, strict=False):
        others(one, wide.drop(index=city))
        one.plot(wide.columns, wide.loc[city], "-o", color=CITY, lw=2, ms=4)
        unrated = wide.columns[wide.loc[city].isna()]
        one.plot(unrated, [low - APART / 2] * len(unrated), "x", color=MARK, ms=7, mew=2)
        _ends(one, wide.loc[city].dropna())
        one.set_title(report.region(city), fontsize=9.5, loc="left")
        one.set_xticks(list(wide.columns), [f"{year % 100:02d}" for year in wide.columns])
        one.set_xlim(wide.columns[0] - 0.5, wide.columns[-1] + 0.5)
        one.axhline(low, color=INK, lw=0.8)
        one.set_yticks([tick for tick in one.get_yticks() if low <= tick <= 100])
        one.set_ylim(low - APART if wide.isna().any(axis=None) else low, 112)
    key = "years_key" if len(wide) <= MANY else "years_key_band"
    explain(figure, report.word(key), chosen.note(report))
    return done(figure, report)


def _limits(report: RoundReport, axes, scores: pd.Series, rows: int) -> float:
    """Draw the lower limit of every band with its name, and give where the axis starts."""
    scale = report.study.rules.bands.scale
    low = min(_floor(scores), scale[-2].least - 10 if len(scale) > 1 else 0)
    tops = [100, *(one.least for one in scale)]
    for one, top in zip(scale, tops, strict=False):
        if one.least > low:
            axes.axvline(one.least, color=PROVINCE, lw=1, ls="--", zorder=0)
        name = one.name[report.language]
        axes.text((max(one.least, low) + top) / 2, rows - 0.35, name, ha="center", fontsize=9, color=PROVINCE)
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


def _ends(axes, known: pd.Series) -> None:
    """Write the first and the last score that there is."""
    for year in dict.fromkeys([*known.index[:1], *known.index[-1:]]):
        axes.annotate(f"{number(known[year], 1)}", (year, known[year]), (0, 6), textcoords="offset points",
                      ha="center", fontsize=7.5, color=INK)  # fmt: skip

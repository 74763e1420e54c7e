"""The figure of the rectification list: each city's open items by the step that they have reached."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.rectification.items import open_items, step_name
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.drawing.canvas import CITY, INK, PROVINCE, canvas, done, explain, legend
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number

# light to dark, so that the gravest step stands out in black and white too
PALE = "#dfe4ea"
HEIGHT = 0.62


@shown_where(called_to_account)
@chinese_type()
def by_city(report: RoundReport) -> Figure:
    """How many items each city has at every step, the city with most of them on top."""
    found, steps = open_items(report), [step.code for step in report.study.assessment_files.accountability.measures]
    counts = found.groupby(["region", "step"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=report.study.regions.index, columns=steps, fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(kind="stable").index]
    rows = ends(counts.index)
    every, counts = counts, counts.loc[rows.shown]
    figure, axes = canvas(0.27 * len(rows.cities) + 1.1)
    start = counts.sum(axis=1) * 0
    for place, step in enumerate(steps):
        colour = PALE if place == 0 else CITY if place == len(steps) - 1 else PROVINCE
        label = step_name(report, step)
        axes.barh(rows.places, counts[step], left=start, height=HEIGHT, color=colour, label=label)
        start = start + counts[step]
    for row, total in zip(rows.places, start, strict=True):
        axes.annotate(int(total), (total, row), (4, 0), textcoords="offset points", va="center", color=INK)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    explain(figure, rows.note(report))
    axes.set_xlabel(report.word("open_items"))
    legend(axes)
    return done(figure, report, _title(report, every.sum(axis=1)))


def _title(report: RoundReport, totals: pd.Series) -> str:
    """Say which city has most open items, and which share that is."""
    if not totals.sum():
        return report.word("items_title_none")
    named = {"city": report.region(totals.idxmax()), "n": int(totals.max()), "total": int(totals.sum())}
    return report.word("items_title", **named, share=number(100 * totals.max() / totals.sum(), 1))

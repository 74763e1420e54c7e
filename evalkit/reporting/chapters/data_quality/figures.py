"""The figure of the quality of the data: how much is asked of each city."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.readings.quality import GRAVITIES
from evalkit.reporting.chapters.data_quality.reasons import ASKED
from evalkit.reporting.chapters.data_quality.tables import asks_of_cities
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, done, explain, legend
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport

COLOURS = dict(zip(GRAVITIES, (INK, CITY, PROVINCE, OTHERS), strict=True))


def asks_anything(report: RoundReport) -> bool:
    """Whether there is anything to ask a city."""
    return any(counts.total() for counts in asks_of_cities(report.study, report.year).values())


@shown_where(asks_anything)
@chinese_type()
def asks(report: RoundReport) -> Figure:
    """How much is asked of each city and its counties, by what is asked: the most at the top."""
    counts = asks_of_cities(report.study, report.year)
    order = sorted(counts, key=lambda city: counts[city].total())
    rows = ends(order)
    figure, axes = canvas(0.25 * len(rows.cities) + 1.3)
    start = np.zeros(len(rows.shown))
    for gravity in GRAVITIES:
        width = np.array([counts[city][gravity] for city in rows.shown])
        if width.any():
            axes.barh(
                rows.places, width, left=start, height=0.65, color=COLOURS[gravity], label=report.word(ASKED[gravity])
            )
        start += width
    for place, total in zip(rows.places, start, strict=True):
        axes.annotate(f"{total:.0f}", (total, place), (5, 0), **BESIDE, color=INK)
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    axes.set_xlabel(report.word("asks_n"))
    axes.margins(x=0.08)
    legend(axes)
    explain(figure, rows.note(report))
    most = order[-1]
    return done(figure, report, report.word("asks_title", city=report.region(most), n=counts[most].total()))

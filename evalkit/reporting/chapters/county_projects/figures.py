"""The figure of a city's counties: a score for each county and project, the paler the lower."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.reporting.chapters.county_projects.tables import SCORE, graded_counties, results, scores
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.drawing.canvas import INK, canvas, done, head_columns
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.tabular.cells import NO_DATA, number

COLOURS, DARK = "OrRd_r", 0.25  # the darker the lower; up to which share of the scale letters are white


@shown_where(graded_counties)
@chinese_type()
def heat(report: CityReport) -> Figure:
    """The city's counties by score, its projects from the lowest mean to the highest; each cell with its value."""
    table = scores(report)
    rows = ends(table.index)
    values = table.loc[rows.shown].to_numpy(float)
    figure, axes = canvas(0.3 * len(rows.cities) + 1.1)
    grid = np.full((len(rows.cities), len(table.columns)), np.nan)
    grid[rows.places] = values
    low = min(60.0, float(np.nanmin(values)))
    axes.pcolormesh(np.ma.masked_invalid(grid), cmap=COLOURS, vmin=low, vmax=100, edgecolors="white", linewidth=1)
    _write(axes, grid, low)
    axes.invert_yaxis()
    axes.set_yticks(np.arange(len(rows.cities)) + 0.5, rows.names(report))
    head_columns(axes, np.arange(len(table.columns)) + 0.5, list(map(report.node, table)), above=True)
    axes.spines[:].set_visible(False)
    weakest, found = table.columns[0], results(report).score
    said = {"project": report.node(weakest), "mean": number(table[weakest].mean(), SCORE), "n": len(found)}
    return done(figure, report, report.word("county_heat_title", **said))


def _write(axes, grid: np.ndarray, low: float) -> None:
    """Write every score into its cell."""
    for (row, column), value in np.ndenumerate(grid):
        share = (value - low) / (100 - low) if low < 100 else 1
        ink = "white" if share < DARK else INK
        axes.text(
            column + 0.5, row + 0.5, str(number(value, SCORE, blank=NO_DATA)), ha="center", va="center",
            color=ink if value == value else INK,
        )  # fmt: skip

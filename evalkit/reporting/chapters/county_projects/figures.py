"""The figure of a city's counties: a score for each county and project, the paler the lower."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.reporting.chapters.county_projects.tables import SCORE, graded_counties, results, scores
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.drawing.canvas import INK, canvas, done, head_columns, ink_on
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.tabular.cells import NO_DATA, number

COLOURS = "OrRd_r"  # the darker the lower


@shown_where(graded_counties)
@chinese_type()
def heat(report: CityReport) -> Figure:
    """The city's counties by score, its projects from the lowest mean to the highest; each cell with its value."""
    table = scores(report)
    rows = ends(table.index)
    values = table.loc[rows.shown].to_numpy(float)
    figure, axes = canvas(0.26 * len(rows.cities) + 1)
    grid = np.full((len(rows.cities), len(table.columns)), np.nan)
    grid[rows.places] = values
    low = min(60.0, float(np.nanmin(values)))
    shaded = axes.pcolormesh(
        np.ma.masked_invalid(grid), cmap=COLOURS, vmin=low, vmax=100, edgecolors="white", linewidth=1
    )
    for (row, column), value in np.ndenumerate(grid):
        ink = ink_on(shaded.to_rgba(value)) if value == value else INK
        said = str(number(value, SCORE, blank=NO_DATA))
        axes.text(column + 0.5, row + 0.5, said, ha="center", va="center", color=ink)
    axes.invert_yaxis()
    axes.set_yticks(np.arange(len(rows.cities)) + 0.5, rows.names(report))
    head_columns(axes, np.arange(len(table.columns)) + 0.5, list(map(report.node, table)), above=True)
    axes.spines[:].set_visible(False)
    weakest, found = table.columns[0], results(report).score
    said = {"project": report.node(weakest), "mean": number(table[weakest].mean(), SCORE), "n": len(found)}
    return done(figure, report, report.word("county_heat_title", **said))

"""The map of the cities: tiles of equal size, or real boundaries where the user supplies them."""

from __future__ import annotations

from math import cos, radians

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from evalkit.data.boundaries import Rings
from evalkit.reporting.cells import number
from evalkit.reporting.conditions import mapped, shown_where
from evalkit.reporting.figures.canvas import INK, canvas, done
from evalkit.reporting.fonts import chinese_type
from evalkit.reporting.report import RoundReport

PAPER, EDGE = "#f2f4f7", "white"
DARK = 0.55


@shown_where(mapped)
@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city with its score and rank, the darker the higher; a city that is not rated is left pale."""
    root = report.result.root
    published = report.result.published[root].xs(report.year, level="year")
    ranks = report.result.ranks[root].xs(report.year, level="year")
    figure, axes = canvas(7.5, 6)
    declared = report.study.round.boundaries
    places = _tiles(report, axes) if declared is None else _areas(report, axes)
    low, high = published.min(), published.max()
    for city, (patch, x, y) in places.items():
        share = (published[city] - low) / (high - low) if high > low else 0.5
        patch.set_facecolor(_shade(share))
        colour = "white" if share > DARK else INK
        rank = "" if np.isnan(ranks[city]) else report.word("rank_cell", rank=int(ranks[city]))
        axes.text(
            x,
            y,
            f"{report.region(city)}\n{number(published[city], report.result.decimals())}  {rank}",
            color=colour,
            **_CENTRED,
        )
    axes.autoscale_view()
    axes.axis("off")
    axes.set_title(report.word("map_key" if declared is None else "map_key_boundaries"), fontsize=9, color=INK)
    return done(figure, report)


_CENTRED = {"ha": "center", "va": "center", "fontsize": 9, "linespacing": 1.5}


def _shade(share: float):
    """Give the colour of a share of the range of scores; none for a city without a score."""
    import matplotlib

    return PAPER if np.isnan(share) else matplotlib.colormaps["Blues"](0.12 + 0.75 * share)


def _tiles(report: RoundReport, axes) -> dict[str, tuple]:
    """Draw one square a city at its declared place."""
    axes.set_aspect("equal")
    axes.invert_yaxis()
    tiles = {city: report.study.all_regions.by_code[city].tile for city in report.study.regions.index}
    squares = {city: Rectangle((column, row), 0.96, 0.96) for city, (row, column) in tiles.items()}
    return {city: (axes.add_patch(s), s.get_x() + 0.48, s.get_y() + 0.48) for city, s in squares.items()}


def _areas(report: RoundReport, axes) -> dict[str, tuple]:
    """Draw each city within its boundaries, with the name in the middle of its largest ring."""
    areas = report.study.boundaries()
    latitude = np.concatenate([ring[:, 1] for rings in areas.values() for ring in rings]).mean()
    axes.set_aspect(1 / cos(radians(latitude)))
    patches = {city: PathPatch(_path(rings), edgecolor=EDGE, lw=0.8) for city, rings in areas.items()}
    return {city: (axes.add_patch(patch), *_middle(areas[city])) for city, patch in patches.items()}


def _path(rings: Rings) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def _middle(rings: Rings) -> np.ndarray:
    """Give the centre of gravity of the largest ring."""
    largest = max(rings, key=lambda ring: abs(_twice_areas(ring).sum()))
    (x, y), weights = largest.T, _twice_areas(largest)
    return np.array([(x[:-1] + x[1:]) @ weights, (y[:-1] + y[1:]) @ weights]) / (3 * weights.sum())


def _twice_areas(ring: np.ndarray) -> np.ndarray:
    """Twice the signed area of the triangle of the origin and each edge."""
    x, y = ring.T
    return x[:-1] * y[1:] - x[1:] * y[:-1]

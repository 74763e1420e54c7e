"""The map of the cities: tiles of equal size, or real boundaries where the user supplies them."""

from __future__ import annotations

from itertools import combinations
from math import cos, radians

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from evalkit.data.boundaries import Rings
from evalkit.reporting.conditions import mapped, shown_where
from evalkit.reporting.drawing.canvas import canvas, done, explain, ink_on
from evalkit.reporting.drawing.selection import MANY, ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number

PAPER, EDGE = "#f2f4f7", "white"


@shown_where(mapped)
@chinese_type()
def scores(report: RoundReport) -> Figure:
    """Every city with its score and rank, the darker the higher; a city that is not rated is left pale.

    Of too many cities, those with the highest and the lowest scores are named; all as far as there is room.
    """
    published = report.result.published[report.result.root].xs(report.year, level="year")
    figure, axes = canvas(4.2)
    declared = report.study.round.boundaries
    places = _tiles(report, axes) if declared is None else _areas(report, axes)
    low, spread = published.min(), published.max() - published.min()
    shares = (published - low) / spread if spread else 0.5 + 0 * published
    for city, (patch, *_) in places.items():
        patch.set_facecolor(_shade(shares[city]))
    axes.autoscale_view()
    axes.axis("off")
    key = report.word("map_key" if declared is None else "map_key_boundaries")
    many = len(places) > MANY
    ordered = published.dropna().sort_values(ascending=False, kind="stable").index
    explain(figure, key, _range(report, published) if many else "")
    for city in ends(ordered).shown if many else places:
        label = report.region(city) if many else f"{report.region(city)}\n{_standing(report, city)}"
        patch, *middle_of = places[city]
        axes.text(*middle_of, label, color=ink_on(patch.get_facecolor()), **_CENTRED)
    _make_room(figure, axes)
    return done(figure, report, _title(report, published.dropna()))


def _title(report: RoundReport, published: pd.Series) -> str:
    """Say which city has the highest and which the lowest score."""
    if published.empty:
        return report.word("map_title_none", headline=report.headline)
    named = {"first": report.region(published.idxmax()), "last": report.region(published.idxmin())}
    high, low = (number(score, report.result.decimals()) for score in (published.max(), published.min()))
    return report.word("map_title", headline=report.headline, high=high, low=low, **named)


_CENTRED = {"ha": "center", "va": "center", "linespacing": 1.5}


def _standing(report: RoundReport, city: str) -> str:
    """Write the score and the rank of a city."""
    key, root = (city, report.year), report.result.root
    score = number(report.result.published.loc[key, root], report.result.decimals())
    rank = report.result.ranks.loc[key, root]
    place = "" if np.isnan(rank) else report.word("rank_cell", rank=int(rank))
    return f"{score}  {place}"


def _range(report: RoundReport, published: pd.Series) -> str:
    low, high = (number(end, report.result.decimals()) for end in (published.min(), published.max()))
    return report.word("map_range", total=len(published), low=low, high=high)


def _make_room(figure: Figure, axes) -> None:
    """Leave scores and ranks out where labels would stand on each other, and then each name that stands on another."""
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in axes.texts]
    if any(box.overlaps(other) for box, other in combinations(boxes, 2)):
        for text in axes.texts:
            text.set_text(text.get_text().split("\n")[0])
    kept = []
    for text in list(axes.texts):
        box = text.get_window_extent()
        if any(box.overlaps(other) for other in kept):
            text.remove()
        else:
            kept.append(box)


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
    return {city: (axes.add_patch(patch), *middle(areas[city])) for city, patch in patches.items()}


def _path(rings: Rings) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=True) for ring in rings))


def middle(rings: Rings) -> np.ndarray:
    """Give the centre of gravity of the largest ring."""
    largest = max(rings, key=lambda ring: abs(_twice_areas(ring).sum()))
    (x, y), weights = largest.T, _twice_areas(largest)
    return np.array([(x[:-1] + x[1:]) @ weights, (y[:-1] + y[1:]) @ weights]) / (3 * weights.sum())


def _twice_areas(ring: np.ndarray) -> np.ndarray:
    """Twice the signed area of the triangle of the origin and each edge."""
    x, y = ring.T
    return x[:-1] * y[1:] - x[1:] * y[:-1]

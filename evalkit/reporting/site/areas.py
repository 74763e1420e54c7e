"""The map of the site where the study has boundaries: a path of each city, as small as a page can show."""

from __future__ import annotations

from math import cos, radians

import numpy as np

from evalkit.data.boundaries import Rings
from evalkit.reporting.chapters.position.map import middle
from evalkit.reporting.drawing.selection import MANY
from evalkit.reporting.report import Report

WIDTH = 900.0  # of the map, in its own units
Frame = tuple[np.ndarray, np.ndarray]


def areas(report: Report) -> dict | None:
    """Give `width`, `height`, and by code the `paths` of the cities; None where the round has no boundaries.

    `names` has the place of the name of each, nothing of too many for that.
    """
    declared = report.study.boundaries()
    if not declared:
        return None
    points = np.concatenate([ring for rings in declared.values() for ring in rings])
    low, high = points.min(axis=0), points.max(axis=0)
    across = np.array([cos(radians((low[1] + high[1]) / 2)), -1.0])
    origin, size = np.array([low[0], high[1]]), (high - low) * np.abs(across)
    scale = WIDTH / max(size[0], 1e-9)
    paths = {city: _path(rings, origin, across * scale) for city, rings in declared.items()}
    few = declared if len(declared) <= MANY else {}
    names = {
        city: np.rint((middle(rings) - origin) * across * scale).astype(int).tolist() for city, rings in few.items()
    }
    return {"width": round(WIDTH), "height": max(round(float(size[1] * scale)), 1), "paths": paths, "names": names}


def _path(rings: Rings, origin: np.ndarray, scale: np.ndarray) -> str:
    """Write rings on a grid of one unit; a point that is no other there is left out."""
    return "".join(_ring(np.rint((ring - origin) * scale).astype(int)) for ring in rings)


def _ring(points: np.ndarray) -> str:
    moved = np.any(np.diff(points, axis=0, prepend=points[:1] - 1) != 0, axis=1)
    kept = points[moved]
    return "M" + "L".join(f"{x} {y}" for x, y in kept) + "Z" if len(kept) > 2 else ""

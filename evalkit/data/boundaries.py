"""Boundaries of regions, from a GeoJSON file that the user supplies."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.limits import TABLE_BYTES
from evalkit.base.reading import read_text

Rings = list[np.ndarray]
AREAS = ("Polygon", "MultiPolygon")


def read_boundaries(path: Path, key: str, codes: Iterable[str]) -> dict[str, Rings]:
    """Read the rings of each region: arrays of longitude and latitude, shape (points, 2).

    `key` is the property of a feature that holds the region's code, as text or as a whole number; features of other
    regions are left out.

    Raises
    ------
    DataError
        No such file, no GeoJSON, a region without an area, or twice: every offender by its code.
    """
    codes = list(codes)
    features = _features(path)
    known = {str(feature["properties"][key]): feature for feature in features if key in feature["properties"]}
    found = [str(feature["properties"].get(key)) for feature in features]
    wrong = _absent(features, key, codes, known)
    wrong += [Problem(f"feature {code}", "twice", "once") for code in codes if found.count(code) > 1]
    areas = {code: _rings(known[code]["geometry"], code, wrong) for code in codes if code in known}
    if wrong:
        raise DataError(f"{path.name} cannot be drawn ({path})", wrong)
    return areas


def _features(path: Path) -> list[dict]:
    try:
        content = json.loads(read_text(path, most=TABLE_BYTES, error=DataError))
    except (ValueError, RecursionError) as error:
        raise DataError("the boundaries cannot be read", [Problem(path.name, str(error), "GeoJSON")]) from None
    features = content.get("features") if isinstance(content, dict) else None
    if not isinstance(features, list) or not all(isinstance(f, dict) for f in features):
        raise DataError("the boundaries cannot be read", [Problem(path.name, "no features", "a FeatureCollection")])
    return [{key: _mapping(feature.get(key)) for key in ("properties", "geometry")} for feature in features]


def _mapping(found: object) -> dict:
    return found if isinstance(found, dict) else {}


def _absent(features: list[dict], key: str, codes: list[str], known: dict[str, dict]) -> list[Problem]:
    """Name the regions without a feature, or the key itself where no feature has it."""
    if not known:
        properties = sorted({name for feature in features for name in feature["properties"]})
        return [Problem("boundaries, key", repr(key), one_of(key, properties))]
    return [Problem(f"region {code}", "no feature", f"one with {key} = {code}") for code in codes if code not in known]


def _rings(shape: dict, code: str, wrong: list[Problem]) -> Rings:
    """Give the rings of one geometry; what cannot be read is added to `wrong`."""
    kind, coordinates = shape.get("type"), shape.get("coordinates")
    if kind not in AREAS:
        wrong.append(Problem(f"feature {code}", f"the geometry {kind!r}", " or ".join(AREAS)))
        return []
    try:
        polygons = [coordinates] if kind == "Polygon" else coordinates
        rings = [np.asarray(ring, dtype=float)[:, :2] for polygon in polygons for ring in polygon]
    except (TypeError, ValueError, IndexError):
        rings = []
    if not rings or not all(np.isfinite(ring).all() for ring in rings):
        wrong.append(Problem(f"feature {code}", "other coordinates than those of an area", "rings of points"))
    return rings

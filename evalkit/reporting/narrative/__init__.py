"""Sentences that contain numbers: written from the result, so that they cannot go stale.

Those of a city report stand here; the chapters that came with the province report have modules of their own.
"""

from evalkit.reporting.narrative import (
    associations,
    efficiency,
    effort,
    equality,
    gaps,
    places,
    province,
    trends,
)
from evalkit.reporting.narrative.city import (
    basis,
    coherence,
    counties,
    draws,
    of_the_round,
    position,
    quality,
    resources,
    robustness,
    shortfalls,
    summary,
)

__all__ = [
    "associations",
    "basis",
    "coherence",
    "counties",
    "draws",
    "efficiency",
    "effort",
    "equality",
    "gaps",
    "of_the_round",
    "places",
    "position",
    "province",
    "quality",
    "resources",
    "robustness",
    "shortfalls",
    "summary",
    "trends",
]

"""Sentences that contain numbers: written from the result, so that they cannot go stale.

Those of a city report stand here; the chapters that came with the province report have modules of their own.
"""

from evalkit.reporting.narrative import (
    assessment,
    associations,
    consequences,
    department,
    efficiency,
    effort,
    equality,
    gaps,
    incentives,
    places,
    province,
    province_assessment,
    province_targets,
    rectification,
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
    "assessment",
    "associations",
    "basis",
    "coherence",
    "consequences",
    "counties",
    "department",
    "draws",
    "efficiency",
    "effort",
    "equality",
    "gaps",
    "incentives",
    "of_the_round",
    "places",
    "position",
    "province",
    "province_assessment",
    "province_targets",
    "quality",
    "rectification",
    "resources",
    "robustness",
    "shortfalls",
    "summary",
    "trends",
]

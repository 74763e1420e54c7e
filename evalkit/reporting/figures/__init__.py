"""The figures of the reports: each a function of a report, giving a Figure that carries one point."""

from evalkit.reporting.figures import (
    assessment,
    convergence,
    department,
    efficiency,
    equality,
    fiscal,
    incentives,
    map,
    province_assessment,
    rectification,
    supervision,
)
from evalkit.reporting.figures.city import contributions, counties, paths, profile, ranks, resources
from evalkit.reporting.figures.robustness import intervals, probabilities, sensitivity

__all__ = [
    "assessment",
    "contributions",
    "convergence",
    "counties",
    "department",
    "efficiency",
    "equality",
    "fiscal",
    "incentives",
    "intervals",
    "map",
    "paths",
    "probabilities",
    "profile",
    "province_assessment",
    "ranks",
    "rectification",
    "resources",
    "sensitivity",
    "supervision",
]

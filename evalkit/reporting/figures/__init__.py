"""The figures of the reports: each a function of a report, giving a Figure that carries one point."""

from evalkit.reporting.figures import convergence, efficiency, equality, fiscal, map
from evalkit.reporting.figures.city import contributions, counties, paths, profile, ranks, resources
from evalkit.reporting.figures.robustness import intervals, probabilities, sensitivity

__all__ = [
    "contributions",
    "convergence",
    "counties",
    "efficiency",
    "equality",
    "fiscal",
    "intervals",
    "map",
    "paths",
    "probabilities",
    "profile",
    "ranks",
    "resources",
    "sensitivity",
]

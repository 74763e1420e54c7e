"""evalkit: assess the equality of basic public services.

Declare the index system, evaluate the whole panel once, report a selection of the result.

What the package offers is imported at its first use, so that `import evalkit` costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

_OFFERED = {
    "base.errors": (
        "DataError",
        "EvalkitError",
        "MethodError",
        "ParamsError",
    ),
    "index": (
        "IndexSystem",
        "Indicator",
    ),
    "data": (
        "Dataset",
        "Panel",
        "Regions",
    ),
    "scoring": (
        "AnalyticHierarchy",
        "Arithmetic",
        "BudgetAllocation",
        "Categorical",
        "Copeland",
        "CriticWeights",
        "DeclaredWeights",
        "DistanceToLeader",
        "DistanceToReference",
        "DistanceToTarget",
        "Draws",
        "EntropyWeights",
        "EqualWeights",
        "Evaluation",
        "FloorToTarget",
        "Geometric",
        "GivenWeights",
        "GoalpostsScale",
        "Harmonic",
        "Interval",
        "MazziottaPareto",
        "Method",
        "MinMax",
        "PCAWeights",
        "PercentileRank",
        "PowerMean",
        "Rank",
        "Uncertainty",
        "ZScore",
        "ahp_weights",
        "benefit_of_the_doubt",
        "copeland",
        "critic_weights",
        "entropy_weights",
        "evaluate",
        "grey_relational_grade",
        "pca_weights",
        "rescale",
        "sensitivity",
        "topsis",
        "uncertainty",
        "vikor",
    ),
    "analysis": (
        "atkinson",
        "beta",
        "change_interval",
        "coefficient_of_variation",
        "concentration_index",
        "contributions",
        "coupling_coordination",
        "dagum",
        "dea",
        "efficiency_intervals",
        "gap",
        "gini",
        "group_gap",
        "inequality",
        "inequality_interval",
        "malmquist",
        "max_min_ratio",
        "mean_log_deviation",
        "order_m",
        "panel_regression",
        "returns_to_scale_test",
        "scale_efficiency",
        "shapley",
        "share_ratio",
        "sigma",
        "super_efficiency",
        "theil",
        "theil_decomposition",
        "theil_permutation_test",
    ),
    "study": ("Study",),
    "loading": ("load_study",),
}
_ROOMS = {name: room for room, names in _OFFERED.items() for name in names}

__all__ = sorted(_ROOMS)


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module 'evalkit' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"evalkit.{_ROOMS[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

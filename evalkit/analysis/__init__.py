"""How regions differ, what they yield, and where one stands among them."""

from evalkit.analysis.concentration import concentration_index
from evalkit.analysis.convergence import beta, sigma
from evalkit.analysis.coupling_coordination import coupling_coordination
from evalkit.analysis.dea import dea, scale_efficiency, super_efficiency
from evalkit.analysis.dea_bootstrap import efficiency_intervals
from evalkit.analysis.decomposition import contributions, dagum, theil_decomposition
from evalkit.analysis.gaps import gap, group_gap
from evalkit.analysis.inequality import (
    atkinson,
    coefficient_of_variation,
    gini,
    inequality,
    max_min_ratio,
    mean_log_deviation,
    share_ratio,
    theil,
)
from evalkit.analysis.inequality_bootstrap import change_interval, inequality_interval
from evalkit.analysis.malmquist import malmquist
from evalkit.analysis.order_m import order_m
from evalkit.analysis.regression import panel_regression
from evalkit.analysis.returns_to_scale import returns_to_scale_test
from evalkit.analysis.shapley import shapley
from evalkit.analysis.theil_permutation import theil_permutation_test

__all__ = [
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
]

"""From values to scores: normalisation, weighting, aggregation, evaluation."""

from evalkit.scoring.aggregation import Arithmetic, Copeland, Geometric, Harmonic, MazziottaPareto, PowerMean
from evalkit.scoring.ahp import AnalyticHierarchy, ahp_weights
from evalkit.scoring.benefit_of_the_doubt import benefit_of_the_doubt
from evalkit.scoring.budget_allocation import BudgetAllocation
from evalkit.scoring.coherence import cronbach_alpha, principal_components
from evalkit.scoring.copeland import copeland
from evalkit.scoring.data_weights import (
    CriticWeights,
    EntropyWeights,
    PCAWeights,
    critic_weights,
    entropy_weights,
    pca_weights,
)
from evalkit.scoring.declared_weights import DeclaredWeights, EqualWeights, GivenWeights
from evalkit.scoring.distances import DistanceToLeader, DistanceToReference, DistanceToTarget
from evalkit.scoring.draws import Draws
from evalkit.scoring.evaluation import Evaluation, evaluate
from evalkit.scoring.grey_relational import grey_relational_grade
from evalkit.scoring.intervals import Categorical, Interval
from evalkit.scoring.method import Method
from evalkit.scoring.normalisation import FloorToTarget, GoalpostsScale
from evalkit.scoring.relative import MinMax, PercentileRank, Rank, ZScore
from evalkit.scoring.scales import rescale
from evalkit.scoring.sensitivity import sensitivity
from evalkit.scoring.topsis import topsis
from evalkit.scoring.uncertainty import uncertainty
from evalkit.scoring.uncertainty_sources import Uncertainty
from evalkit.scoring.vikor import vikor
from evalkit.scoring.weighting import effective_weights

__all__ = [
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
    "cronbach_alpha",
    "effective_weights",
    "entropy_weights",
    "evaluate",
    "grey_relational_grade",
    "pca_weights",
    "principal_components",
    "rescale",
    "sensitivity",
    "topsis",
    "uncertainty",
    "vikor",
]

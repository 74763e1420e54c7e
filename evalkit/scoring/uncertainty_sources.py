"""Sources of uncertainty: which choices of a round could have been made otherwise, and how far."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Annotated, Any, Literal

import numpy as np
import pandas as pd
from pydantic import Discriminator, Field, model_validator

from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.fields import Code, Codes, Draws
from evalkit.base.model import DeclaredModel
from evalkit.index import Group, IndexSystem, Indicator
from evalkit.scoring.budget_allocation import Points


class WeightNoise(DeclaredModel):
    """Every weight moves by up to `spread` of itself, either way, uniformly; then siblings sum to 1 again.

    With a `level` (of groups, such as project, or indicator) only the weights of its nodes move: levels may have a
    source each, with spreads of their own.
    """

    kind: Literal["weight_noise"] = "weight_noise"
    spread: float = Field(default=0.25, gt=0, le=1)
    level: Code | None = None

    def dimensions(self, system: IndexSystem) -> int:
        """One for each scored node that moves. Raises MethodError for a level that no weighted node has."""
        if not any(self._moved(system)):
            levels = dict.fromkeys(_level(system.node(code)) for code in weighted_nodes(system))
            wrong = [Problem("level of weight noise", repr(self.level), one_of(self.level, levels))]
            raise MethodError("there are no weights of that level", wrong)
        return sum(self._moved(system))

    def weights(self, base: pd.DataFrame, u: np.ndarray, system: IndexSystem) -> pd.DataFrame:
        """Give (draws, nodes) weights, not yet normalised."""
        factors = np.ones(base.shape)
        factors[:, self._moved(system)] += self.spread * (2 * u - 1)
        return base * factors

    def _moved(self, system: IndexSystem) -> list[bool]:
        return [self.level in (None, _level(system.node(code))) for code in weighted_nodes(system)]


class DirichletWeights(DeclaredModel):
    """The weights of each node's children are drawn around the declared ones from a Dirichlet distribution.

    `concentration` is the sum of its parameters: 100 leaves weights of 0.5 with a standard deviation of 0.05.
    """

    kind: Literal["dirichlet"] = "dirichlet"
    concentration: float = Field(default=100, gt=0)

    def dimensions(self, system: IndexSystem) -> int:
        """One for each scored node."""
        return len(weighted_nodes(system))

    def weights(self, base: pd.DataFrame, u: np.ndarray, system: IndexSystem) -> pd.DataFrame:
        """Give (draws, nodes) weights, not yet normalised: gamma variates, whose shares are Dirichlet's."""
        shapes = self.concentration * base.to_numpy()
        gammas = library("scipy.special").gammaincinv(np.where(shapes > 0, shapes, 1.0), u)
        return pd.DataFrame(np.where(shapes > 0, gammas, 0.0), columns=base.columns)


class ExpertWeights(DeclaredModel):
    """Each draw takes the weights of one expert, all alike.

    An expert weighs all children of a node or none of them; nodes that an expert leaves out keep their weights.
    """

    kind: Literal["expert_weights"] = "expert_weights"
    experts: dict[str, dict[Code, Points]] = Field(min_length=1)

    def dimensions(self, system: IndexSystem) -> int:
        """One: which expert. Raises MethodError for unknown nodes, gaps among siblings, and siblings all at 0."""
        wrong = list(self._unusable(system))
        if wrong:
            raise MethodError("the experts' weights do not fit the index system", wrong)
        return 1

    def picks(self, u: np.ndarray, system: IndexSystem) -> np.ndarray:
        """Name the expert of each draw."""
        return np.array(list(self.experts), dtype=object)[pick(u[:, 0], len(self.experts))]

    def weights(self, base: pd.DataFrame, u: np.ndarray, system: IndexSystem) -> pd.DataFrame:
        """Give (draws, nodes) weights, not yet normalised."""
        changed, expert = base.copy(), self.picks(u, system)
        for name, weights in self.experts.items():
            changed.loc[expert == name, list(weights)] = list(weights.values())
        return changed

    def _unusable(self, system: IndexSystem) -> Iterator[Problem]:
        nodes = weighted_nodes(system)
        for expert, weights in self.experts.items():
            where = f"weights of {expert}"
            yield from (Problem(where, repr(code), one_of(code, nodes)) for code in weights if code not in nodes)
            for group in system.scored_groups:
                codes = [child.code for child in group.scored_children]
                given = [code for code in codes if code in weights]
                if given and given != codes:
                    missing = ", ".join(code for code in codes if code not in weights)
                    yield Problem(where, f"no weight for {missing}", f"weights for all of {', '.join(codes)}")
                elif given and not any(weights[code] for code in codes):
                    yield Problem(where, f"0 for {', '.join(codes)}", "a weight above 0 for one of them")


class Choice(DeclaredModel):
    """One choice of the method is drawn from the one in force and the options, all alike."""

    kind: Literal["choice"] = "choice"
    of: Literal["normalisation", "weighting", "aggregation", "aggregation_at", "treatment", "imputation", "cap"]
    options: tuple[Any, ...] = Field(min_length=1)

    def dimensions(self, system: IndexSystem) -> int:
        """One: which option."""
        return 1

    def picks(self, u: np.ndarray, system: IndexSystem) -> np.ndarray:
        """Number the option of each draw; 0 is the one in force."""
        return pick(u[:, 0], len(self.options) + 1)


class Inclusion(DeclaredModel):
    """One of the named indicators (of all scored ones, if none is named) is left out, or none is, all alike."""

    kind: Literal["inclusion"] = "inclusion"
    indicators: Codes = ()

    def dimensions(self, system: IndexSystem) -> int:
        """One: which indicator. Raises MethodError for unknown ones, and for those alone in their node."""
        scored = [i.code for i in system.scored]
        wrong = [
            Problem("inclusion", repr(code), one_of(code, scored)) for code in self.indicators if code not in scored
        ]
        alone = [c for c in self._named(system) if c in scored and len(system.parents[c].scored_children) == 1]
        wrong += [Problem("inclusion", f"{c!r}, alone in its node", "an indicator with siblings") for c in alone]
        if wrong:
            raise MethodError("indicators cannot be left out", wrong)
        return 1

    def picks(self, u: np.ndarray, system: IndexSystem) -> np.ndarray:
        """Name the indicator that each draw leaves out; empty where it leaves out none."""
        options = np.array(["", *self._named(system)], dtype=object)
        return options[pick(u[:, 0], len(options))]

    def weights(self, base: pd.DataFrame, u: np.ndarray, system: IndexSystem) -> pd.DataFrame:
        """Give (draws, nodes) weights, not yet normalised."""
        left_out = self.picks(u, system)[:, None] == base.columns.to_numpy(dtype=object)
        return base.mask(left_out, 0.0)

    def _named(self, system: IndexSystem) -> tuple[str, ...]:
        return self.indicators or tuple(i.code for i in system.scored)


class MeasurementError(DeclaredModel):
    """Every value is off by a normal error, whose standard deviation is `relative` times the value."""

    kind: Literal["measurement_error"] = "measurement_error"
    relative: float = Field(default=0.02, gt=0, lt=1)

    def dimensions(self, system: IndexSystem) -> int:
        """One: the seed of the errors."""
        return 1

    def picks(self, u: np.ndarray, system: IndexSystem) -> np.ndarray:
        """Give the seed of each draw's errors."""
        return (u[:, 0] * 2**53).astype(np.int64)

    def factors(self, seeds: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
        """Give (draws, rows, indicators) factors for the values."""
        return 1 + self.relative * np.stack([np.random.default_rng(seed).standard_normal(shape) for seed in seeds])


Source = Annotated[
    WeightNoise | DirichletWeights | ExpertWeights | Choice | Inclusion | MeasurementError, Discriminator("kind")
]


class Uncertainty(DeclaredModel):
    """A design: how many draws, over which sources; each source under a name of its own."""

    draws: Draws = Field(default=1000, ge=1)
    sources: dict[str, Source] = Field(min_length=1)

    def of_kind(self, *kinds: type) -> dict[str, Source]:
        """Give the sources of some kinds, by name, kind after kind."""
        return {name: s for kind in kinds for name, s in self.sources.items() if isinstance(s, kind)}

    @model_validator(mode="after")
    def _one_choice_each(self):
        chosen = [source.of for source in self.sources.values() if isinstance(source, Choice)]
        kinds = [source.kind for source in self.sources.values()]
        twice = sorted({of for of in chosen if chosen.count(of) > 1})
        twice += [kind for kind in ("expert_weights", "dirichlet", "measurement_error") if kinds.count(kind) > 1]
        if twice:
            raise ValueError(f"each choice in one source, not {', '.join(twice)} in several")
        return self


def weighted_nodes(system: IndexSystem) -> list[str]:
    """Name every scored node but the root."""
    return [child.code for group in system.scored_groups for child in group.scored_children]


def _level(node: Group | Indicator) -> str:
    return node.level if isinstance(node, Group) else "indicator"


def pick(u: np.ndarray, options: int) -> np.ndarray:
    """Turn uniform numbers into the places of options, all alike."""
    return np.minimum((u * options).astype(int), options - 1)


def library(name: str):
    """Import a library of the extra `uncertainty`. Raises MethodError where it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        wrong = [Problem(name.split(".")[0], "not installed", "the extra: pip install 'evalkit[uncertainty]'")]
        raise MethodError("this analysis needs another library", wrong) from None

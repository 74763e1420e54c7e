"""Uncertainty: every draw of a design evaluated at once, as arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, ParamsError, Problem, one_of
from evalkit.base.exact import at_least
from evalkit.data import Panel
from evalkit.data.imputation import IMPUTED
from evalkit.index import Group
from evalkit.scoring.draws import Draws
from evalkit.scoring.evaluation import Evaluation, check
from evalkit.scoring.measurement_error import on_goalposts
from evalkit.scoring.method import Method
from evalkit.scoring.uncertainty_sources import (
    Choice,
    DirichletWeights,
    ExpertWeights,
    Inclusion,
    MeasurementError,
    Uncertainty,
    WeightNoise,
    weighted_nodes,
)
from evalkit.scoring.weighting import effective_weights

# each is drawn around the weights that those before it leave, and what is left out stays out
WEIGHTS = (ExpertWeights, DirichletWeights, WeightNoise, Inclusion)
CELLS = 2**22  # draws × rows × indicators held at once


def uncertainty(result: Evaluation, design: Uncertainty, *, seed: int, year: int | None = None) -> Draws:
    """Draw what a design declares, and rank the regions of one year (the last, if none is given) in every draw.

    Raises
    ------
    ParamsError
        An option of a choice is not valid.
    MethodError
        A source cannot apply: it matches nothing, an alternative method refuses the data, or a region with a score in
        force has none in some draw. Regions without a score in force are in no draw.
    """
    experiment = Experiment(result, design, year)
    u = np.random.default_rng(seed).random((design.draws, experiment.dimensions))
    return experiment.run(u)


@dataclass(frozen=True)
class Experiment:
    """A design over one evaluation and year: a function from uniform numbers to scores."""

    result: Evaluation
    design: Uncertainty
    year: int | None = None

    def __post_init__(self):
        years = self.result.scores.index.unique("year")
        if self.year is not None and self.year not in years:
            raise MethodError("the year is not evaluated", [Problem("year", f"{self.year}", one_of(self.year, years))])
        if len(self.rows) < 2:
            found = f"{len(self.rows)} with a score in force"
            raise MethodError("ranks compare regions", [Problem("regions", found, "two at least")])
        self._check_options()

    @cached_property
    def columns(self) -> dict[str, slice]:
        """The columns of uniform numbers that each source takes."""
        ends = np.cumsum([source.dimensions(self.result.system) for source in self.design.sources.values()])
        return {name: slice(a, b) for name, a, b in zip(self.design.sources, [0, *ends[:-1]], ends, strict=True)}

    @cached_property
    def dimensions(self) -> int:
        """How many uniform numbers a draw takes."""
        return max(columns.stop for columns in self.columns.values())

    @cached_property
    def rows(self) -> pd.MultiIndex:
        """The rows of the year that have a score in force."""
        index = self.result.scores.index[self.result.scores[self.result.root].notna()]
        year = self.result.scores.index.get_level_values("year").max() if self.year is None else self.year
        return index[index.get_level_values("year") == year]

    def run(self, u: np.ndarray) -> Draws:
        """Score every row of `u`, a draw each."""
        picked, nodes = self._picked(u), weighted_nodes(self.result.system)
        weights, scores = np.empty((len(u), len(nodes))), np.empty((len(u), len(self.rows)))
        decimals = np.empty(len(u), dtype=int)
        for places, method in self._methods(picked):
            values, scored = self._normalised(method)
            decimals[places] = method.decimals(self.result.root)
            weights[places] = self._weights(method.weighting(scored, self.result.system), u[places])
            for part in self._parts(places):
                leaves = self._leaves(values, scored, method, picked.iloc[part])
                scores[part] = self._climb(leaves, weights[part], method)
        self._refuse_blanks(scores)
        return Draws(
            scores=scores,
            regions=tuple(self.rows.get_level_values("region")),
            year=int(self.rows.get_level_values("year")[0]),
            base=self.result.scores.loc[self.rows, self.result.root].to_numpy(),
            choices=picked,
            weights=pd.DataFrame(weights, index=picked.index, columns=nodes),
            decimals=decimals,
            base_decimals=self.result.decimals(),
        )

    def _check_options(self) -> None:
        """Refuse options that are no method of this system, whether or not they would be drawn."""
        wrong = []
        for name, source in self.design.of_kind(Choice).items():
            for number, option in enumerate(source.options, start=1):
                try:
                    check(self.result.system, self.result.method.but(**{source.of: option}))
                except (ParamsError, MethodError) as error:
                    place = f"option {number} of {name}"
                    wrong += [Problem(f"{place}: {o.where}", o.found, o.expected) for o in error.problems]
        if wrong:
            raise ParamsError("options of the uncertainty are not valid", wrong)

    def _picked(self, u: np.ndarray) -> pd.DataFrame:
        sources = {name: source for name, source in self.design.sources.items() if hasattr(source, "picks")}
        picked = {name: s.picks(u[:, self.columns[name]], self.result.system) for name, s in sources.items()}
        return pd.DataFrame(picked, index=pd.RangeIndex(len(u), name="draw"))

    def _methods(self, picked: pd.DataFrame) -> Iterator[tuple[np.ndarray, Method]]:
        """Give the draws that share a method, with that method."""
        choices = self.design.of_kind(Choice)
        if not choices:
            yield np.arange(len(picked)), self.result.method
            return
        for options, draws in picked.groupby(list(choices)):
            taken = zip(choices.values(), options, strict=True)
            changes = {choice.of: choice.options[option - 1] for choice, option in taken if option}
            method = self.result.method.but(**changes)
            check(self.result.system, method)
            yield draws.index.to_numpy(), method

    def _normalised(self, method: Method) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the values and the scores of the whole panel; methods that differ later on share them."""
        system, steps = self.result.system, (method.imputation, method.treatment, method.normalisation)
        panel = self.result.panel
        if method.imputation != self.result.method.imputation:
            panel = self._once(steps[:1], lambda: method.imputation(_published(self.result.panel), system))
        values = self._once(steps[:2], lambda: method.treatment(panel.values, system)[0])
        uncapped = self._once(steps, lambda: method.normalisation(values, system))
        return values, uncapped.clip(*method.normalisation.bounds) if method.cap else uncapped

    def _once(self, steps: tuple, compute: Callable):
        if repr(steps) not in self._found:
            self._found[repr(steps)] = compute()
        return self._found[repr(steps)]

    @cached_property
    def _found(self) -> dict[str, Panel | pd.DataFrame]:
        return {}

    @cached_property
    def _siblings(self) -> dict[str, slice]:
        """The weights of each scored group's children among those of all nodes; children before their parents."""
        groups = self.result.system.scored_groups
        ends = np.cumsum([len(group.scored_children) for group in groups])
        return {group.code: slice(a, b) for group, a, b in zip(groups, [0, *ends[:-1]], ends, strict=True)}

    def _weights(self, base: pd.Series, u: np.ndarray) -> np.ndarray:
        """Give (draws, nodes) weights, which sum to 1 within each parent."""
        nodes = weighted_nodes(self.result.system)
        drawn = pd.DataFrame(np.tile(base[nodes].to_numpy(), (len(u), 1)), columns=nodes)
        for name, source in self.design.of_kind(*WEIGHTS).items():
            changed = source.weights(drawn, u[:, self.columns[name]], self.result.system).to_numpy(dtype=float)
            drawn = pd.DataFrame(self._shares(changed, name), columns=nodes)
        return drawn.to_numpy()

    def _shares(self, weights: np.ndarray, source: str) -> np.ndarray:
        totals = {group: weights[:, places].sum(axis=1, keepdims=True) for group, places in self._siblings.items()}
        wrong = [
            Problem(source, f"weights of 0 on all children of {group} in {(total == 0).sum()} draws", "one above 0")
            for group, total in totals.items()
            if not total.all()
        ]
        if wrong:
            raise MethodError("a node is left without weights", wrong)
        return np.hstack([weights[:, places] / totals[group] for group, places in self._siblings.items()])

    def _parts(self, places: np.ndarray) -> list[np.ndarray]:
        """Split draws into parts that memory holds with ease."""
        cells = len(places) * len(self.rows) * len(self.result.system.scored)
        return np.array_split(places, min(len(places), cells // CELLS + 1))

    def _leaves(self, values: pd.DataFrame, scored: pd.DataFrame, method: Method, picked: pd.DataFrame) -> np.ndarray:
        """Give the year's normalised values: (rows, indicators), or (draws, rows, indicators) under errors."""
        errors = self.design.of_kind(MeasurementError)
        if not errors:
            return scored.loc[self.rows].to_numpy()
        ((name, source),) = errors.items()
        used = values.loc[self.rows, list(scored)].to_numpy()
        noisy = on_goalposts(used * source.factors(picked[name], used.shape), self.result.system, method.normalisation)
        return np.clip(noisy, *method.normalisation.bounds) if method.cap else noisy

    def _climb(self, leaves: np.ndarray, weights: np.ndarray, method: Method) -> np.ndarray:
        """Aggregate from the leaves to the root, for all draws at once: (draws, rows)."""
        system, found = self.result.system, {}
        place = {indicator.code: place for place, indicator in enumerate(system.scored)}
        for group in reversed(system.scored_groups):
            codes = [child.code for child in group.scored_children]
            if any(isinstance(child, Group) for child in group.scored_children):
                layers = [found.pop(code) if code in found else leaves[..., place[code]] for code in codes]
                children = np.stack(np.broadcast_arrays(*layers), axis=-1)
            else:
                children = leaves[..., [place[code] for code in codes]]
            found[group.code] = self._combine(method, group, children, weights[:, self._siblings[group.code]], leaves)
        return found[system.tree.code]

    def _rated(self, method: Method, group: Group, leaves: np.ndarray, children: np.ndarray) -> np.ndarray:
        """Say of each row whether it has enough of a group by the weights in force: of (rows, k) what is known."""
        if method.min_weight_of == "index" and group.code != self.result.root:
            return children.any(axis=-1)
        if method.min_weight_of == "index":
            return at_least(leaves @ effective_weights(self.result.weights, self.result.system), method.min_weight)
        shares = self.result.weights[[child.code for child in group.scored_children]]
        return at_least(children @ shares.to_numpy(), method.min_weight)

    def _combine(self, method: Method, group: Group, children: np.ndarray, weights: np.ndarray, leaves: np.ndarray):
        """Combine the children, or those that a row has, where these are enough."""
        blank = _blank(children)
        if not np.isnan(leaves).any():
            return self._whole(method, group, children, weights)
        rated = self._rated(method, group, ~_blank(leaves), ~blank)
        scores = np.full((len(weights), len(blank)), np.nan)
        for pattern in np.unique(blank[rated], axis=0):
            rows, known = np.flatnonzero(rated & (blank == pattern).all(axis=1)), np.flatnonzero(~pattern)
            part = weights[:, known]
            with np.errstate(invalid="ignore"):  # all that is known may weigh nothing in a draw
                part = part / part.sum(axis=1, keepdims=True)
            scores[:, rows] = method.at(group.code).combine(children[..., rows[:, None], known], part)
        return scores

    def _whole(self, method: Method, group: Group, children: np.ndarray, weights: np.ndarray) -> np.ndarray:
        aggregation, codes = method.at(group.code), [child.code for child in group.scored_children]
        try:
            return aggregation.combine(children, weights)
        except MethodError:  # told by places: the same on frames names regions and nodes
            for draw, weight in enumerate(weights):
                rows = children[draw] if children.ndim > 2 else children
                aggregation(pd.DataFrame(rows, index=self.rows, columns=codes), pd.Series(weight, index=codes))
            raise

    def _refuse_blanks(self, scores: np.ndarray) -> None:
        blank = np.isnan(scores).any(axis=0)
        if blank.any():
            where = [
                Problem(
                    f"{r} in {y}", "a score in force, and none in some draw", "enough data under every option drawn"
                )
                for r, y in self.rows[blank]
            ]
            raise MethodError("ranks of draws need a score of the same regions in all of them", where)


def _blank(cells: np.ndarray) -> np.ndarray:
    """Say of (…, rows, k) cells which of a row's are blank in any draw: (rows, k)."""
    return np.isnan(cells).any(axis=tuple(range(cells.ndim - 2)))


def _published(panel: Panel) -> Panel:
    """Give the panel as it was before imputation."""
    imputed = panel.states == IMPUTED
    return replace(panel, values=panel.values.mask(imputed), states=panel.states.mask(imputed, "missing"))

"""The evaluation: every score of every region and year, with all that it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from evalkit.base.errors import MethodError, Problem, one_of
from evalkit.base.exact import above, at_least, decimals_of
from evalkit.base.once import once
from evalkit.data import Panel
from evalkit.index import Group, IndexSystem
from evalkit.scoring.method import Method
from evalkit.scoring.normalisation import FIXED
from evalkit.scoring.ranking import competition_ranks, published

BLANK = (float("nan"), float("nan"))


@dataclass(frozen=True)
class Evaluation:
    """Scores of a panel under one method; all frames have the index (region, year).

    Attributes
    ----------
    weights : Series by node, within its parent.
    uncapped, normalised : scores of the scored indicators before and after the cap.
    scores : one column a scored node, indicators and the root included; blank where not rated.
    coverage : share of each scored group's weight that has data, as the method's `min_weight` counts it.
    treated : the values that outlier treatment changed, point by point.
    """

    panel: Panel
    system: IndexSystem
    method: Method
    weights: pd.Series
    uncapped: pd.DataFrame
    normalised: pd.DataFrame
    scores: pd.DataFrame
    coverage: pd.DataFrame
    treated: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def root(self) -> str:
        """The code of the index itself."""
        return self.system.tree.code

    @cached_property
    def published(self) -> pd.DataFrame:
        """The scores as they are printed, with the decimals of each node: two on a scale of 100 points."""
        return published(self.scores, [self.decimals(node) for node in self.scores])

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """Competition ranks within each year, on published scores."""
        return competition_ranks(self.scores, [self.decimals(node) for node in self.scores])

    def decimals(self, node: str | None = None) -> int:
        """Give the decimals of a node's published scores; of the root's, if no other is named."""
        code, scale = node or self.root, self.method.normalisation
        return decimals_of(scale.span) if code in self.normalised else self.method.decimals(code)

    def blurred(self, node: str | None = None) -> pd.DataFrame:
        """List the regions that a node's scale (the root's, if no other is named) cannot tell apart.

        One row a year and published score that stands for different scores: year, score, regions (a tuple of codes),
        `apart`, the distance of the two that lie furthest from each other.
        """
        code = node or self.root
        table = pd.DataFrame({"score": self.published[code], "exact": self.scores[code]}).dropna().reset_index()
        groups = table.groupby(["year", "score"], sort=False)
        ends, regions, places = groups.exact.agg(["min", "max"]), table.region.to_numpy(), groups.indices
        rows = [
            {"year": key[0], "score": key[1], "regions": tuple(regions[places[key]]), "apart": high - low}
            for key, low, high in ends[above(ends["max"], ends["min"])].itertuples()
        ]
        return pd.DataFrame(rows, columns=["year", "score", "regions", "apart"])

    @property
    def at_cap(self) -> pd.DataFrame:
        """Whether an indicator's score reached or passed the top of its scale: 100, where nothing else is declared."""
        return at_least(self.uncapped, self.method.normalisation.bounds[1])

    def unrated(self) -> pd.DataFrame:
        """List what is not rated, with the reason: region, year, node, share of weight with data, share needed."""
        blank = self.scores[self.coverage.columns].isna().stack()
        table = self.coverage.stack()[blank].rename("coverage").rename_axis(["region", "year", "node"]).reset_index()
        whole = (table.node == self.root) | (self.method.min_weight_of == "node")
        return table.assign(needed=self.method.min_weight * whole)

    @cached_property
    def scored_on(self) -> pd.Series:
        """The share of the whole weight, 0 to 1, on which each score of the root rests: index (region, year).

        A group that is not rated gives nothing, whatever figures stand below it.
        """
        return self._rests_on(self.weights)[self.root]

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The number of scored indicators on which the score of each node rests, shaped like `scores`."""
        return self._rests_on(pd.Series(1.0, self.weights.index)).astype(int)[list(self.scores)]

    def _rests_on(self, weights: pd.Series) -> pd.DataFrame:
        """Add up, from the leaves to the root, the weights of what stands behind each score."""
        found = self.normalised.notna().astype(float)
        for group in reversed(self.system.scored_groups):
            codes = [child.code for child in group.scored_children]
            found[group.code] = (found[codes] @ weights[codes]).where(self.scores[group.code].notna(), 0.0)
        return found

    @once
    def on_common_base(self, first: int, last: int) -> pd.DataFrame:
        """Publish the scores of two years on the indicators that each region has in both, shaped like `published`.

        Where a region lacks nothing in either, these are its scores; blank where it has none in the year, or too
        little in common.
        """
        rows = self.scores.index.get_level_values("year").isin([first, last])
        both = self.normalised[rows]
        common = both.where(both.notna().groupby(level="region").transform("all"))
        scores, _ = _climb(common, self.weights, self.system, self.method)
        return published(scores.where(self.scores[rows].notna()), [self.decimals(node) for node in scores])

    @property
    def adds_points(self) -> bool:
        """Whether a score of the root is the sum of weight times score along the path of each indicator."""
        return self._kinds <= {"arithmetic"}

    def contributions(self, region: str, year: int) -> pd.Series:
        """Split one score of the root into what each scored indicator gives; they sum to it, blank where unrated.

        Points under arithmetic nodes: weight times score along the path. Under a geometric node a split by logarithm,
        under the other means one in proportion to weight times score, and the name of the series (`log share` or
        `proportional share` instead of `points`) says so. Raises MethodError under Copeland's rule, which has no such
        split.
        """
        scores = self.scores.loc[(region, year)].to_dict()
        found = {self.root: (scores[self.root], 1.0)}
        for group in self.system.scored_groups:
            if pd.notna(found.get(group.code, BLANK)[0]):
                found |= self._split(group, scores, *found[group.code])
        shares = {i.code: found.get(i.code, BLANK)[0] for i in self.system.scored}
        return pd.Series(shares, dtype=float, name=_split_name(self._kinds))

    @property
    def _kinds(self) -> set[str]:
        return {self.method.at(group.code).kind for group in self.system.scored_groups}

    def weights_behind(self, region: str, year: int) -> pd.Series:
        """Give the weight of each scored indicator in one score of the root: 0 without a figure; they sum to 1."""
        rated = self.scores.loc[(region, year)].notna()
        weights = self.weights.where(rated.reindex(self.weights.index), 0.0)
        totals = weights.groupby({code: group.code for code, group in self.system.parents.items()}).transform("sum")
        shares = self.system.root_shares((weights / totals.where(totals > 0)).fillna(0.0))
        return (
            pd.Series({indicator.code: shares[indicator.code] for indicator in self.system.scored}) * rated[self.root]
        )

    def change(self, region: str, first: int, last: int) -> pd.Series:
        """Split the change of the root's score between two years, indicator by indicator; the parts sum to it."""
        return self.contributions(region, last) - self.contributions(region, first)

    def _split(
        self, group: Group, scores: Mapping[str, float], share: float, factor: float
    ) -> dict[str, tuple[float, float]]:
        """Divide a group's share of the root among the children that have a score, as its score rests on them.

        `factor` is what the root has of each point of the group, blank where the group has a share without a score
        (a floor lifts it). Returns the share of each child, and its factor.
        """
        codes = [child.code for child in group.scored_children if pd.notna(scores[child.code])]
        known, weights = np.array([scores[code] for code in codes]), self.weights[codes].to_numpy()
        weights = weights / weights.sum()
        aggregation = self.method.at(group.code)
        if aggregation.kind == "arithmetic" and pd.notna(factor):
            shares, factors = factor * (known * weights), factor * weights
        else:
            row = pd.DataFrame([known], columns=codes)
            parts = aggregation.shares(row, pd.Series(weights, codes)).iloc[0].to_numpy()
            whole = parts.sum()
            shares = share * (parts / whole if above(abs(whole), 0) else weights)
            factors = shares / np.where(above(np.abs(known), 0), known, np.nan)
        return dict(zip(codes, zip(shares.tolist(), factors.tolist(), strict=True), strict=True))


def _split_name(kinds: set[str]) -> str:
    if kinds <= {"arithmetic"}:
        return "points"
    return "log share" if kinds <= {"arithmetic", "geometric"} else "proportional share"


def evaluate(panel: Panel, system: IndexSystem, method: Method | None = None) -> Evaluation:
    """Score every region and year of a panel at once.

    Raises
    ------
    MethodError
        The method names a node that the system does not have, or cannot be applied to the values at hand.
    """
    method = method or Method()
    check(system, method)
    panel = method.imputation(panel, system)
    values, treated = method.treatment(panel.values, system)
    uncapped = method.normalisation(values, system)
    normalised = uncapped.clip(*method.normalisation.bounds) if method.cap else uncapped
    weights = method.weighting(normalised, system)
    scores, coverage = _climb(normalised, weights, system, method)
    return Evaluation(panel, system, method, weights, uncapped, normalised, scores, coverage, treated)


def _climb(normalised: pd.DataFrame, weights: pd.Series, system: IndexSystem, method: Method):
    """Aggregate from the leaves to the root; a group's children stand before it in the result."""
    index, coverage = normalised.index, {}
    scores = dict(zip(normalised.columns, normalised.to_numpy(dtype=float).T, strict=True))
    for group in reversed(system.scored_groups):
        codes = [child.code for child in group.scored_children]
        children = pd.DataFrame(np.column_stack([scores[code] for code in codes]), index=index, columns=codes)
        known = _known(children, coverage, method)
        coverage[group.code] = known @ weights[codes].to_numpy()
        rated = at_least(coverage[group.code], method.min_weight)
        if method.min_weight_of == "index" and group.code != system.tree.code:
            rated = coverage[group.code] > 0
        scores[group.code] = _node(children, weights[codes], method.at(group.code), rated)
    order = [node.code for node in system.nodes if node.code in scores]
    found = np.column_stack([scores[code] for code in order])
    return pd.DataFrame(found, index=index, columns=order), pd.DataFrame(coverage, index=index)


def _known(children: pd.DataFrame, coverage: Mapping[str, np.ndarray], method: Method) -> np.ndarray:
    """Say of each child how much of it has data: all of what has a score, or the share that a group rests on."""
    present = children.notna().to_numpy().astype(float)
    if method.min_weight_of == "node":
        return present
    shares = [coverage.get(code, np.ones(len(children))) for code in children]
    return present * np.column_stack(shares)


def _node(children: pd.DataFrame, weights: pd.Series, aggregation, rated: np.ndarray) -> np.ndarray:
    """Score one group where it is rated, once for each pattern of blanks."""
    present = children.notna().to_numpy()
    if present.all() and rated.all():
        return aggregation(children, weights / weights.sum()).to_numpy()
    scores = np.full(len(children), np.nan)
    patterns = {row.tobytes(): row for row in present[rated]}
    if aggregation.by_year and len(patterns) > 1:
        _refuse_blanks(children.loc[rated])
    for pattern in patterns.values():
        rows = rated & (present == pattern).all(axis=1)
        known = weights[pattern]
        scores[rows] = aggregation(children.loc[rows, pattern], known / known.sum())
    return scores


def _refuse_blanks(children: pd.DataFrame) -> None:
    blanks = children.isna().sum()
    wrong = [
        Problem(f"{code}", f"{count} blanks", "none: `min_weight: 1`, or imputation")
        for code, count in blanks[blanks > 0].items()
    ]
    raise MethodError("regions can be held against each other only on the same nodes", wrong)


def check(system: IndexSystem, method: Method) -> None:
    """Raise MethodError where a method names unknown nodes, or takes a logarithm of what has fixed goalposts."""
    groups = [node.code for node in system.nodes if isinstance(node, Group)]
    wrong = [
        Problem("aggregation_at", repr(code), one_of(code, groups))
        for code in method.aggregation_at
        if code not in groups
    ]
    if wrong:
        raise MethodError("the method names nodes that the index system does not have", wrong)
    kinds = method.treatment.kind, method.normalisation.kind
    if kinds[0] == "log" and kinds[1] in FIXED:
        wrong = [Problem("treatment", "log", f"winsorise or none beside {kinds[1]}, whose ends are in the unit")]
        raise MethodError("a treatment by logarithm leaves the indicator's unit", wrong)

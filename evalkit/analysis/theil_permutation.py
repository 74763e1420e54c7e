"""Whether groups of regions differ more than any groups of the same sizes would: a permutation test."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from evalkit.analysis.decomposition import Entropy, theil_decomposition
from evalkit.base.errors import MethodError, Problem
from evalkit.base.exact import NOISE


class PermutationTest(NamedTuple):
    """What lies between groups, its share of the total, and how often groups at random have as much.

    `expected` is the mean share between over the permutations: with few regions much lies between any groups.
    """

    between: float
    share: float
    expected: float
    p: float
    permutations: int
    n: int


def theil_permutation_test(
    values: pd.Series,
    groups: pd.Series,
    weights: pd.Series | None = None,
    *,
    measure: Entropy = "theil",
    permutations: int = 999,
    seed: int,
) -> PermutationTest:
    """Test whether more of Theil's T or L lies between the groups than between groups of the same sizes at random.

    Of one cross-section. Regions keep their values and people, and exchange their groups. p is the share of the
    permutations, the one in force among them, with at least as much between, up to rounding; so it is not below
    1/(permutations + 1). Raises MethodError as `theil_decomposition` does, where all regions are equal, and for
    fewer than 1 permutation.
    """
    found = theil_decomposition(values, groups, weights, measure=measure)
    _check(found, permutations)
    codes, _ = pd.factorize(groups.reindex(values.index.get_level_values("region")))
    w = np.ones(len(values)) if weights is None else weights.reindex(values.index).to_numpy(dtype=float)
    random = np.random.default_rng(seed)
    drawn = np.array([random.permutation(codes) for _ in range(permutations)])
    between = _between(np.vstack([codes, drawn]), w / w.sum(), values.to_numpy(dtype=float), measure)
    total = float(found.total.iloc[0])
    p = np.mean(between >= between[0] - NOISE * total)
    return PermutationTest(
        float(between[0]), float(between[0]) / total, float(between[1:].mean()) / total, float(p), permutations, len(w)
    )


def _between(codes: np.ndarray, people: np.ndarray, x: np.ndarray, measure: Entropy) -> np.ndarray:
    """Give what lies between groups for each row of group codes."""
    held = people * x / (people @ x)
    p, s = (np.stack([(codes == g) @ part for g in range(codes.max() + 1)]) for part in (people, held))
    first, second = (s, p) if measure == "theil" else (p, s)
    ratio = np.divide(first, second, out=np.ones_like(first), where=first > 0)
    return (first * np.log(ratio)).sum(axis=0)


def _check(found: pd.DataFrame, permutations: int) -> None:
    wrong = []
    if len(found) > 1:
        wrong.append(Problem("years", ", ".join(map(str, found.index)), "one of them"))
    if found.between_share.isna().any():
        wrong.append(Problem("the values", "all equal", "values that differ"))
    if permutations < 1:
        wrong.append(Problem("permutations", f"{permutations}", "1 at least"))
    if wrong:
        raise MethodError("the groups cannot be tested", wrong)

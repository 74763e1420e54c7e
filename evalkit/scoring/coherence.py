"""Statistical coherence: what the data say about an index before, and beside, its scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from evalkit.base.errors import DataError, MethodError, Problem
from evalkit.base.exact import at_least, at_most
from evalkit.data import Panel
from evalkit.index import Group, IndexSystem
from evalkit.scoring.weighting import effective_weights

IDENTICAL, NEGATIVE = "nearly identical", "negatively related"


@dataclass(frozen=True)
class Components:
    """Principal components, the largest first.

    Attributes
    ----------
    table : one row a component (1, 2, …): eigenvalue, share of the variance, cumulative share.
    loadings : one row a column of the data, one column a component: their correlation with each other.
    """

    table: pd.DataFrame
    loadings: pd.DataFrame


def check_finite(values: pd.DataFrame) -> None:
    """Raise DataError that names every infinite cell."""
    cells = values.stack()
    wrong = [
        Problem(f"{column} of {' in '.join(map(str, key))}", f"{x:g}", "a finite value, or a blank")
        for (*key, column), x in cells[np.isinf(cells)].items()
    ]
    if wrong:
        raise DataError("values are infinite", wrong)


def coverage(panel: Panel, system: IndexSystem) -> pd.DataFrame:
    """Give the share of each group's indicators that have a published value; an imputed value is none.

    Index (region, year), one column a group, the root first. Every indicator that is shown counts, and counts once.
    """
    known = panel.states.reindex(columns=[i.code for i in system.indicators]).eq("value")
    shares = {group.code: known[_leaves(group)].mean(axis=1) for group in system.groups}
    return pd.DataFrame(shares, index=known.index)


def skewness(x) -> float:
    """Give the bias-corrected skewness G1, blanks left out; blank for fewer than 3 values or for equal ones.

    >>> round(skewness([1, 2, 3, 10]), 4)
    1.7636
    """
    deviations = _deviations(x)
    n = len(deviations)
    if n < 3 or np.ptp(deviations) == 0:
        return float("nan")
    z = deviations / deviations.std(ddof=1)
    return float(n / ((n - 1) * (n - 2)) * (z**3).sum())


def kurtosis(x) -> float:
    """Give the bias-corrected excess kurtosis G2 (0 for a normal distribution); blank for fewer than 4 values.

    >>> round(kurtosis([1, 2, 3, 10]), 4)
    3.228
    """
    deviations = _deviations(x)
    n = len(deviations)
    if n < 4 or np.ptp(deviations) == 0:
        return float("nan")
    z = deviations / deviations.std(ddof=1)
    scale = n * (n + 1) / ((n - 1) * (n - 2) * (n - 3))
    return float(scale * (z**4).sum() - 3 * (n - 1) ** 2 / ((n - 2) * (n - 3)))


def summary(values: pd.DataFrame) -> pd.DataFrame:
    """Describe each column over all its rows: n, mean, sd, min, q1, median, q3, max, skewness, kurtosis.

    The standard deviation divides by n - 1, quartiles are interpolated linearly, skewness and kurtosis are the
    bias-corrected G1 and G2 of Joanes & Gill (1998), as pandas and `scipy.stats` (`bias=False`) give them.
    """
    check_finite(values)
    quantiles = values.quantile([0, 0.25, 0.5, 0.75, 1]).set_axis(["min", "q1", "median", "q3", "max"])
    moments = pd.DataFrame({"n": values.count(), "mean": values.mean(), "sd": values.std()})
    shape = {"skewness": values.apply(skewness), "kurtosis": values.apply(kurtosis)}
    return moments.join(quantiles.T).assign(**shape)


def correlations(
    scores: pd.DataFrame, system: IndexSystem, *, identical: float = 0.92, negative: float = -0.4
) -> pd.DataFrame:
    """Correlate every two scored nodes, over all rows of `scores` in which both have one.

    Returns one row a pair: `relation` (siblings, across, or parent for a node and its own group), `node`, the nearest
    group above both, `first`, `second`, `correlation` (Pearson), `n`, and `flag`: negatively related at `negative` or
    below, nearly identical at `identical` or above (not for a node and its own group, which are meant to agree).
    """
    check_finite(scores)
    paths = {path[-1]: path for path in _paths(system.tree, ()) if path[-1] in scores}
    pairs = pd.DataFrame(_pairs(paths), columns=["relation", "node", "first", "second"])
    matrix, present = scores[list(paths)].corr(min_periods=3), scores[list(paths)].notna().astype(int)
    counts = present.T @ present
    places = matrix.index.get_indexer(pairs["first"]), matrix.index.get_indexer(pairs["second"])
    r = matrix.to_numpy()[places]
    alike = at_least(r, identical) & (pairs.relation != "parent")
    flags = np.select([at_most(r, negative), alike], [NEGATIVE, IDENTICAL], "")
    return pairs.assign(correlation=r, n=counts.to_numpy()[places], flag=flags)


def principal_components(normalised: pd.DataFrame) -> Components:
    """Find the principal components of the correlation matrix, over rows without a blank.

    A component's sign is the one under which its loadings sum to 0 or more.
    Raises MethodError where there are fewer than 2 columns or 3 rows, or a column does not vary.
    """
    matrix = _complete(normalised, "principal components").corr()
    values, vectors = (found[..., ::-1] for found in np.linalg.eigh(matrix))
    values = values.clip(min=0)
    numbers = pd.RangeIndex(1, len(values) + 1, name="component")
    share = values / values.sum()
    table = pd.DataFrame({"eigenvalue": values, "share": share, "cumulative": share.cumsum()}, index=numbers)
    signs = np.where(vectors.sum(axis=0) < 0, -1, 1)
    return Components(table, pd.DataFrame(vectors * signs * np.sqrt(values), index=matrix.index, columns=numbers))


def cronbach_alpha(items: pd.DataFrame, *, standardise: bool = True) -> float:
    """Give Cronbach's alpha of the columns over rows without a blank; `standardise` brings them to one scale first.

    Raises MethodError where there are fewer than 2 columns or 3 rows, or a column does not vary.
    """
    return _alpha(_spread(_complete(items, "Cronbach's alpha"), standardise))


def reliability(scores: pd.DataFrame, system: IndexSystem, *, standardise: bool = True) -> pd.DataFrame:
    """Give Cronbach's alpha of the children of every scored node, and with each of them deleted.

    Returns one row a child of a node that has two at least: node, item, alpha, alpha_without, with_rest; blank where
    a child does not vary.
    """
    check_finite(scores)
    tables = []
    for group in system.scored_groups:
        codes = [child.code for child in group.scored_children]
        if len(codes) > 1:
            spread = _spread(scores[codes].dropna(), standardise)
            tables.append(_deleted(spread).rename_axis("item").assign(node=group.code, alpha=_alpha(spread)))
    columns = ["node", "item", "alpha", "alpha_without", "with_rest"]
    return pd.concat(tables).reset_index()[columns] if tables else pd.DataFrame(columns=columns)


def influence(
    scores: pd.DataFrame,
    weights: pd.Series,
    system: IndexSystem,
    *,
    over: Literal["siblings", "indicators"] = "siblings",
) -> pd.DataFrame:
    """Hold what each node does to the score above it against its declared weight.

    `influence` is the squared correlation with that score as a share of its siblings' sum: the linear estimate of
    Pearson's correlation ratio. `weights` are within parents, as in `Evaluation.weights`; `over: indicators` holds
    every indicator against the root. Returns one row a node: parent, declared, correlation, influence, and `ratio`,
    influence over declared.
    """
    check_finite(scores)
    declared = effective_weights(weights, system) if over == "indicators" else weights
    root = system.tree.code if over == "indicators" else None
    parents = pd.Series({code: root or system.parents[code].code for code in declared.index})
    matrix = scores.corr(min_periods=3)
    r = pd.Series({code: matrix.loc[code, parent] for code, parent in parents.items()})
    explained = (r**2).fillna(0)
    shares = explained / explained.groupby(parents).transform("sum")
    table = {"parent": parents, "declared": declared, "correlation": r, "influence": shares}
    return pd.DataFrame(table).assign(ratio=shares / declared).rename_axis("node")


def _leaves(group: Group) -> list[str]:
    return [code for child in group.children for code in (_leaves(child) if isinstance(child, Group) else [child.code])]


def _deviations(x) -> np.ndarray:
    known = np.asarray(x, dtype=float)
    known = known[~np.isnan(known)]
    return known - known.mean() if len(known) else known


def _paths(group: Group, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Give the codes from the root down to each scored node."""
    path = (*above, group.code)
    yield path
    for child in group.scored_children:
        if isinstance(child, Group):
            yield from _paths(child, path)
        else:
            yield (*path, child.code)


def _pairs(paths: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str, str, str]]:
    for (a, above), (b, below) in combinations(paths.items(), 2):
        if a == below[-2]:
            yield "parent", a, a, b
        elif a not in below:
            common = next(code for code in reversed(above) if code in below)
            yield "siblings" if above[:-1] == below[:-1] else "across", common, a, b


def _complete(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    check_finite(frame)
    rows = frame.dropna()
    wrong = [Problem(str(c), "one value only", "two at least") for c in rows if rows[c].nunique() < 2]
    if rows.shape[1] < 2:
        wrong.append(Problem("columns", f"{rows.shape[1]}", "2 at least"))
    if len(rows) < 3:
        wrong = [Problem("rows without a blank", f"{len(rows)}", "3 at least")]
    if wrong:
        raise MethodError(f"{what} cannot be computed", wrong)
    return rows


def _spread(rows: pd.DataFrame, standardise: bool) -> pd.DataFrame:
    return rows.corr() if standardise else rows.cov()


@np.errstate(divide="ignore", invalid="ignore")
def _alpha(spread: pd.DataFrame) -> float:
    k, matrix = len(spread), spread.to_numpy()
    return float(k / (k - 1) * (1 - np.trace(matrix) / matrix.sum())) if k > 1 else float("nan")


@np.errstate(divide="ignore", invalid="ignore")
def _deleted(spread: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for item in spread:
        rest = spread.drop(index=item, columns=item)
        together = spread.loc[rest.index, item].sum() / np.sqrt(spread.loc[item, item] * rest.to_numpy().sum())
        rows[item] = {"alpha_without": _alpha(rest), "with_rest": together}
    return pd.DataFrame.from_dict(rows, orient="index")

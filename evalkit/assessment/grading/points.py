"""From evidence to points: weighted means by part, rescaled where a part has no data."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.grading.evidence import VALID, WEIGHING, Evidence
from evalkit.assessment.grading.rules import PartCode, Rules
from evalkit.base.exact import publish
from evalkit.base.once import once

SHARE_DECIMALS = 4


def weight_shares(frame: pd.DataFrame, weights: pd.Series) -> pd.DataFrame:
    """Give each cell its share of the weight of its row's cells that are not blank; blank in a row without weight."""
    weighed = frame.notna() * weights
    total = weighed.sum(axis=1)
    return weighed.div(total.where(total > 0), axis=0).where(frame.notna())


@once
def shares_in(evidence: Evidence, part: PartCode) -> pd.DataFrame:
    """Give the `weight_shares` of all cells of a part, shaped like its basis."""
    return weight_shares(*evidence.basis(part))


def points_by_part(evidence: Evidence, rules: Rules) -> pd.DataFrame:
    """Turn each part's weighted mean into points; parts without data are dropped and the others rescaled.

    Returns index (region, year, part): `n` (indicators that count), `mean` (0–100), `declared` points, `factor` (100
    over the declared points of the parts that have data), `available` = declared × factor, and
    `points` = mean / 100 × available. A dropped part has n = 0 and blanks.
    """
    tables = {part: _part(evidence, part, points) for part, points in rules.points.items()}
    table = pd.concat(tables, names=["part"]).reorder_levels(["region", "year", "part"])
    keys = [(*key, part) for key in evidence.index for part in rules.points]
    table = table.reindex(pd.MultiIndex.from_tuples(keys, names=table.index.names))
    counted = table.declared.where(table.n > 0)
    total = counted.groupby(level=["region", "year"], sort=False).transform("sum")
    table["factor"] = (100 / total).where(table.n > 0)
    table["available"] = counted * table.factor
    table["points"] = table["mean"] / 100 * table.available
    return table


def valid_shares(evidence: Evidence) -> pd.Series:
    """Give the share of weight with a valid value, published to four decimals; blank where nothing has weight.

    Of the weight of indicators that are applicable and due: a missing or disputed one counts as not valid.
    """
    states = evidence.given("states")[evidence.completion.columns]
    weights = evidence.weights[evidence.completion.columns].astype(float)
    weighing = (states.isin(WEIGHING) * weights).sum(axis=1)
    valid = ((states == VALID) * weights).sum(axis=1)
    return (valid / weighing.where(weighing > 0)).map(lambda share: publish(share, SHARE_DECIMALS))


def project_scores(evidence: Evidence) -> pd.DataFrame:
    """Give each project its indicators' weighted mean completion, published; blank without a valid value.

    Index (region, year), one column a project, in the order in which `evidence.projects` names them.
    """
    frame, weights = evidence.basis("completion")
    found = {project: _mean(frame[codes], weights[codes]) for project, codes in project_codes(evidence).items()}
    return pd.DataFrame(found, index=frame.index, dtype=float).map(publish)


@once
def project_codes(evidence: Evidence) -> dict[str, list[str]]:
    """Give the indicators of each project that have completion and weight; projects without one are left out."""
    weighted = [code for code in evidence.completion if evidence.weights[code] > 0]
    projects = evidence.projects.dropna()
    found = {name: [code for code in weighted if projects.get(code) == name] for name in projects.unique()}
    return {name: codes for name, codes in found.items() if codes}


def score_of(points: float, counted: float) -> float:
    """Give the published score of the parts' points and the counted points of events, held within 0 and 100.

    >>> score_of(97.5, 5), score_of(59.99499999999999, 0)
    (100.0, 60.0)
    """
    return publish(min(max(points + counted, 0), 100))


def _part(evidence: Evidence, part: PartCode, points: float) -> pd.DataFrame:
    frame, weights = evidence.basis(part)
    n = (frame.notna() & (weights > 0)).sum(axis=1)
    mean = (frame * shares_in(evidence, part)).sum(axis=1, min_count=1)
    return pd.DataFrame({"n": n, "mean": mean, "declared": float(points)}, index=evidence.index)


def _mean(frame: pd.DataFrame, weights: pd.Series) -> pd.Series:
    return (frame * weight_shares(frame, weights)).sum(axis=1, min_count=1)

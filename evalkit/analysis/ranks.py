"""Where a region stands: ranks on every indicator, its neighbours, and its ranks over several ways of scoring."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from evalkit.data import Panel
from evalkit.index import IndexSystem


def latest(panel: Panel, system: IndexSystem, year: int) -> pd.DataFrame:
    """Give every indicator's values for a year; a census snapshot stands with its own, earlier year.

    Returns index (code, region): `value`, `as_of`. Blank where there is no value.
    """
    values = {y: panel.values.xs(y, level="year") for y in sorted(panel.values.index.unique("year")) if y <= year}
    frames = []
    for indicator in system.indicators:
        years = list(values) if indicator.unscored == "snapshot" else [year]
        known = [y for y in years if values[y][indicator.code].notna().any()]
        as_of = known[-1] if known else year
        frames.append(pd.DataFrame({"value": values[as_of][indicator.code], "as_of": as_of}))
    return pd.concat(frames, keys=[i.code for i in system.indicators], names=["code"])


def indicator_ranks(values: pd.Series, system: IndexSystem, *, from_the_bottom: bool = False) -> pd.Series:
    """Rank regions on each indicator, the best first (or the worst), ties sharing a rank.

    `values` has the index (code, region); so has the result, blank where neither way is better. Counted from the
    bottom, 1 is last and 2 next to last, and regions that tie for last are all last.
    """
    better = {i.code: i.higher_is_better for i in system.indicators}
    wide = values.unstack("region")
    ranked = [code for code in wide.index if better[code] is not None]
    upwards = pd.Series({code: 1.0 if better[code] != from_the_bottom else -1.0 for code in ranked})
    ranks = wide.loc[ranked].mul(upwards, axis=0).rank(axis=1, method="min", ascending=False)
    return ranks.stack().reindex(values.index)


def neighbours(scores: pd.Series, region: str) -> dict[str, tuple[str, float] | None]:
    """Name the nearest region above and below on published scores, with the distance in points.

    `scores` has one value a region. Regions with the same score are neither above nor below.
    """
    own = scores[region]
    higher, lower = scores[scores > own], scores[scores < own]
    return {
        "above": (higher.idxmin(), higher.min() - own) if len(higher) else None,
        "below": (lower.idxmax(), own - lower.max()) if len(lower) else None,
    }


def rank_range(ranks: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Give the best and the worst rank of each region over several ways of scoring.

    `ranks` maps the name of each way to a Series by region; the result has the columns `best` and `worst`.
    """
    table = pd.DataFrame(dict(ranks))
    return pd.DataFrame({"best": table.min(axis=1), "worst": table.max(axis=1)})

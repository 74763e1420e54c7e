"""The score of a period: the mean of its earlier years, and its final year."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.grading.rules import Rules
from evalkit.base.errors import DataError, Problem, one_of
from evalkit.base.exact import publish


def period_scores(scores: pd.Series, rules: Rules, *, final: int | None = None) -> pd.DataFrame:
    """Put the years up to `final` (the last one, by default) together by the declared shares.

    `scores` are published, index (region, year), blank where a region is not rated. Returns index region: `earlier`
    (mean of the earlier years that are rated), `final`, `score` (published), `band`, `rank`, and the `years` that
    the score rests on beside the years that are `missing`. Without the final year, or without any earlier
    one, there is no score. Raises DataError where `final` is not among the years.
    """
    years = sorted(scores.index.unique("year"))
    last = years[-1] if final is None else final
    if last not in years:
        raise DataError("the period has no such final year", [Problem("final", str(last), one_of(last, years))])
    wide = scores.unstack("year").reindex(scores.index.unique("region"))[[y for y in years if y <= last]]
    table = pd.DataFrame({"earlier": wide.drop(columns=last).mean(axis=1), "final": wide[last]})
    table["score"] = (rules.period.earlier * table.earlier + rules.period.final * table.final).map(publish)
    table["band"] = table.score.map(rules.bands.of)
    table["rank"] = table.score.rank(method="min", ascending=False)
    table["years"] = [tuple(row.dropna().index) for _, row in wide.iterrows()]
    table["missing"] = [tuple(row.index[row.isna()]) for _, row in wide.iterrows()]
    return table

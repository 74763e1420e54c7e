"""The simple reading beside the frontier: where a unit stands by what it spends, and where by what it shows for it."""

from __future__ import annotations

import pandas as pd

from evalkit.base.errors import MethodError, Problem, unit_name


def input_output_ranks(inputs: pd.Series, results: pd.Series) -> pd.DataFrame:
    """Rank units by input and by result, the most first, ties sharing a rank.

    Both series have one value a unit; of results more is better. Returns one row a unit, in the inputs' order:
    `input`, `result`, `input_rank`, `result_rank`, `difference` (input rank less result rank: above 0 the results
    rank higher than the means) and `n`, the number of units ranked. A unit with a blank in either has no rank, and
    the others are ranked without it. Raises MethodError where the units differ or are repeated.

    >>> input_output_ranks(pd.Series({"A": 9, "B": 5}), pd.Series({"A": 70, "B": 80}))["difference"].tolist()
    [-1.0, 1.0]
    """
    _check(inputs.index, results.index)
    table = pd.DataFrame({"input": inputs, "result": results.reindex(inputs.index)})
    known = table.dropna()
    ranks = known.rank(method="min", ascending=False).add_suffix("_rank").reindex(table.index)
    return table.join(ranks).assign(difference=ranks.input_rank - ranks.result_rank, n=len(known))


def _check(inputs: pd.Index, results: pd.Index) -> None:
    wrong = [
        Problem(f"{unit_name(unit)} in the {name}", "several values", "one a unit")
        for name, index in (("inputs", inputs), ("results", results))
        for unit in index[index.duplicated()].unique()
    ]
    for unit in inputs.symmetric_difference(results, sort=False):
        found = "an input but no result" if unit in inputs else "a result but no input"
        wrong.append(Problem(unit_name(unit), found, "both, or a blank where one is not known"))
    if wrong:
        raise MethodError("inputs and results cannot be ranked side by side", wrong)

"""Tables of a what-if: each holds the study's own result beside that of the weights that are tried."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

import pandas as pd

from evalkit.reporting.city import CityReport
from evalkit.reporting.explore.what_if import WhatIf
from evalkit.tabular import Table
from evalkit.tabular.cells import number, rank, signed, span

WAYS = {"own": "weights_own", "other": "weights_other"}
GIVEN = ("weighs_within", "weighted_node", "weight_own", "weight_tried")
MOVED = ("project", "indicator", "weight_own", "weight_tried", "gives_own", "gives_tried", "gives_more")


def _titled(make: Callable[[WhatIf], Table]) -> Callable[[WhatIf], Table]:
    @wraps(make)
    def titled(found: WhatIf) -> Table:
        return replace(make(found), title=found.own.word(f"title_explore_{make.__name__}"))

    return titled


@_titled
def standing(found: WhatIf) -> Table:
    """Score, rank and interval of ranks under the study's own weights and under those that are tried."""
    own, other = (_standing(found, name) for name in ("own", "other"))
    return found.own.table([own, other] if found.groups else [own])


@_titled
def weights(found: WhatIf) -> Table:
    """The weights among the children of each group that are others, in per cent of the group."""
    own, other = (report.result.weights for report in (found.own, found.other))
    rows = [
        {
            "weighs_within": found.own.node(group.code),
            "weighted_node": found.own.node(child.code),
            "weight_own": number(100 * own[child.code], 1),
            "weight_tried": number(100 * other[child.code], 1),
        }
        for group in found.groups
        for child in group.scored_children
    ]
    return found.own.table(rows, GIVEN)


@_titled
def moved(found: WhatIf) -> Table:
    """What each scored indicator weighs in the city's score and gives to it, the largest change first."""
    own, other = found.own, found.other
    decimals = own.result.decimals()
    rows = [
        {
            "project": own.project_of(own.system.node(code)),
            "indicator": own.node(code),
            "weight_own": number(own.points_of_the_year[code], 1),
            "weight_tried": number(other.points_of_the_year[code], 1),
            "gives_own": number(parts.own, decimals),
            "gives_tried": number(parts.other, decimals),
            "gives_more": signed(parts.change, decimals),
        }
        for code, parts in found.contributions.iterrows()
    ]
    return own.table(rows, MOVED)


@_titled
def ranking(found: WhatIf) -> Table:
    """Score and rank of every city under both, the best under the weights that are tried first."""
    own, other = (_scores(report) for report in (found.own, found.other))
    decimals = found.own.result.decimals()
    rows = [
        {
            "city": found.own.region(city),
            "score_own": number(own.score[city], decimals),
            "rank_own": rank(own["rank"][city]),
            "score_tried": number(row.score, decimals),
            "rank_tried": rank(row["rank"]),
            "places_up": signed(own["rank"][city] - row["rank"], 0),
        }
        for city, row in other.sort_values("rank", kind="stable").iterrows()
    ]
    return found.own.table(rows)


def _standing(found: WhatIf, name: str) -> dict:
    report: CityReport = getattr(found, name)
    decimals, root = report.result.decimals(), report.result.root
    return {
        "weighted_by": report.word(WAYS[name]),
        "score": number(report.score(root), decimals),
        "rank": rank(report.rank(root)),
        "ranks_as_well": span(*found.rank_intervals[name]),
    }


def _scores(report: CityReport) -> pd.DataFrame:
    tables = {"score": report.result.published, "rank": report.result.ranks}
    root, year = report.result.root, report.year
    return pd.DataFrame({name: table[root].xs(year, level="year") for name, table in tables.items()})

"""Schedule: when the visits of a year are made, by whom, and what is visited in the place of a unit that cannot be."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.supervision.rules import Visits

UNKNOWN = 0  # the month or team of a visit where none is declared


def schedule(selection: pd.DataFrame, visits: Visits) -> pd.DataFrame:
    """Give each chosen unit, the riskiest first, its month, team and replacement: index (region, project).

    `month` is one of those declared, over which the visits are spread evenly in order, and `team` the number of the
    team, which take turns; both are 0 where none is declared. `region` and `project` name the replacement: the
    riskiest unit of the same city that is not chosen, or else of any city, each once; blank where none is left.
    `selection` is what `select_visits` gives.
    """
    chosen = selection[selection.chosen].sort_values("place").index
    spare = list(selection[~selection.chosen].sort_values("place").index)
    rows = []
    for number, (region, _) in enumerate(chosen):
        instead = next((unit for unit in spare if unit[0] == region), spare[0] if spare else ("", ""))
        spare = [unit for unit in spare if unit != instead]
        month = visits.months[number * len(visits.months) // len(chosen)] if visits.months else UNKNOWN
        team = number % len(visits.teams) + 1 if visits.teams else UNKNOWN
        rows.append({"month": month, "team": team, "region": instead[0], "project": instead[1]})
    return pd.DataFrame(rows, index=chosen, columns=["month", "team", "region", "project"])

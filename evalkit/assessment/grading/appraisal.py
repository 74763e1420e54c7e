"""Appraisal: what a region's leadership can be held against, reading by reading, and never in one sum."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from evalkit.assessment.grading.assessment import Assessment
from evalkit.assessment.targets.achievement import Achievement
from evalkit.base.exact import publish
from evalkit.scoring.ranking import competition_ranks

KEPT = ("met", "on_schedule")
LIT = (*KEPT, "behind")
UNKNOWN = ("no_data", "disputed")


def appraisal(assessment: Assessment, cities: Achievement) -> pd.DataFrame:
    """Give every region's readings of every year: index (region, year).

    `score`, `grade` and `rank` of `rated` regions; `change` of the published score on the year before with
    `change_rank` among `changed`, and `since` the first year with `since_rank` among `since_n`; `group`, `group_rank`
    of `group_rated`, `group_change_rank` of `group_changed`; `equality`, the mean of that part, with `equality_rank`
    among the `equality_n` that are rated; of the year's milestones what `milestones_kept` counts. Blank where a term is
    not rated or not known; ties share a rank; the highest is first. No reading is added to another.
    """
    results = assessment.results
    group = results.group if "group" in results else pd.Series("", index=results.index)
    table = results[["score", "grade", "rank"]].assign(rated=_counted(results.score), group=group)
    years = sorted(results.index.unique("year"))
    steps = {
        "change": _change(results.score, lambda year: year - 1),
        "since": _change(results.score, lambda year: years[0] if year > years[0] else None),
    }
    for name, change in steps.items():
        table[name] = change
        table[f"{name}_rank"] = _ranked(change)
    table["changed"], table["since_n"] = _counted(table.change), _counted(table.since)
    table["group_rank"], table["group_change_rank"] = _ranked(table.score, group), _ranked(table.change, group)
    table["group_rated"], table["group_changed"] = _counted(table.score, group), _counted(table.change, group)
    table["equality"] = _part(assessment, "equality")
    placed = table.equality.where(results.score.notna())
    table["equality_rank"], table["equality_n"] = _ranked(placed.map(publish)), _counted(placed)
    return table.join(milestones_kept(cities, assessment.evidence.weights))


def milestones_kept(reached: Achievement, weights: pd.Series | None = None) -> pd.DataFrame:
    """Count the targets of every region and year that are kept, lit and unknown: index (region, year).

    `kept` are met or on schedule, `lit` kept or behind. With `weights` by indicator also `weighted`: the share, 0–1,
    of the weight of what is lit that is kept; an indicator without a weight counts by number alone.
    """
    lamps = reached.lamps
    counts = {"kept": KEPT, "lit": LIT, "unknown": UNKNOWN}
    shown = {name: lamps.isin(list(which)) for name, which in counts.items()}
    table = pd.DataFrame({name: cells.sum(axis=1) for name, cells in shown.items()})
    if weights is None:
        return table
    weighing = weights.reindex(lamps.columns, fill_value=0).astype(float)
    kept, lit = (shown[name] @ weighing for name in ("kept", "lit"))
    return table.assign(weighted=kept / lit.where(lit > 0))


def _change(scores: pd.Series, of: Callable[[int], int | None]) -> pd.Series:
    """Subtract from every published score that of the year which `of` gives; blank where there is none."""
    before = {key: scores.get((key[0], of(key[1])), float("nan")) for key in scores.index}
    return (scores - pd.Series(before).rename_axis(scores.index.names)).map(publish)


def _ranked(values: pd.Series, group: pd.Series | None = None) -> pd.Series:
    """Rank within each year, or within each group of a year."""
    if group is None:
        return competition_ranks(values.to_frame()).iloc[:, 0]
    return values.groupby([group, values.index.get_level_values("year")]).rank(method="min", ascending=False)


def _counted(values: pd.Series, group: pd.Series | None = None) -> pd.Series:
    """Count who has a value in each year, or in each group of a year."""
    keys = values.index.get_level_values("year") if group is None else [group, values.index.get_level_values("year")]
    return values.groupby(keys).transform("count").fillna(0).astype(int)  # none in a group that is none


def _part(assessment: Assessment, code: str) -> pd.Series:
    means = assessment.parts["mean"]
    if code not in means.index.unique("part"):
        return pd.Series(float("nan"), index=assessment.results.index)
    return means.xs(code, level="part").reindex(assessment.results.index)

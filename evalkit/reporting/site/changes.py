"""What the site shows of what changed since the edition and the year before: cities, indicators, figures, verdicts."""

from __future__ import annotations

import pandas as pd

from evalkit.base.exact import publish
from evalkit.reporting.chapters.editions.tables import changed_figures, changed_scores
from evalkit.reporting.chapters.province_targets.tables import lamps_of
from evalkit.reporting.chapters.province_targets.verdicts import turned_cells
from evalkit.reporting.chapters.rectification.tables import balance
from evalkit.reporting.chapters.summary.tables import changes_of
from evalkit.reporting.chapters.weaknesses.selection import all_worsened
from evalkit.reporting.conditions import assessed
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed

POINTS = 2  # decimals of points


def changes(report: Report) -> dict[str, Table]:
    """Give tables by the key of their title; none of a year or an edition before where there is none."""
    found = {"site_edition_scores": changed_scores(report), "site_edition_figures": changed_figures(report)}
    if report.previous is not None:
        found |= {"site_cities_moved": _moved(report), "site_turned": None, "site_together": _together(report)}
        if assessed(report):
            found |= {"site_turned": _turned(report), "site_balance": balance(report)}
    return {title: table for title, table in found.items() if table is not None and table.rows}


def _moved(report: Report) -> Table:
    """Give each city with its grade, score and rank, then and now, in the order of the round's ranks."""
    result, root, decimals = report.result, report.result.root, report.result.decimals()
    now, then = (result.published[root].xs(year, level="year") for year in (report.year, report.previous))
    change = changes_of(report, root)
    after, before = (result.ranks[root].xs(year, level="year") for year in (report.year, report.previous))
    rows = [
        {
            "city": report.region(city),
            **_graded(report, city),
            "site_score_then": number(then[city], decimals),
            "site_score_now": number(now[city], decimals),
            "change": signed(change.get(city), decimals),
            "site_rank_then": rank(before[city]),
            "site_rank_now": rank(after[city]),
        }
        for city in after.sort_values(kind="stable").index
    ]
    return report.table(rows)


def _graded(report: Report, city: str) -> dict:
    if not assessed(report):
        return {}
    results = report.study.assessed.assessment.results
    then, now = (results.loc[(city, year)] for year in (report.previous, report.year))
    return {
        "site_grade_then": report.band(then.grade),
        "site_grade_now": report.band(now.grade),
        "site_points_then": number(then.score, POINTS, blank=NOT_PRINTED),
        "site_points_now": number(now.score, POINTS, blank=NOT_PRINTED),
    }


def _turned(report: Report) -> Table:
    """Give the targets that a city keeps since the year before, or no longer keeps; the latter first."""
    gained, lost = turned_cells(report)
    then, now = (lamps_of(report, year) for year in (report.previous, report.year))
    rows = [
        {
            "city": report.region(city),
            "indicator": report.target_name(code),
            "site_verdict_then": report.lamp(then.loc[city, code]),
            "site_verdict_now": report.lamp(now.loc[city, code]),
        }
        for city, code in [*lost, *gained]
    ]
    return report.table(rows)


def _together(report: Report) -> Table:
    """Give each indicator of all cities together, then and now, with the cities that worsened."""
    together = report.study.province.panel.values.xs(report.study.all_regions.code, level="region")
    rows = []
    for indicator in report.system.indicators:
        then, now = (publish(float(together[indicator.code][y]), indicator.decimals) for y in _years(report))
        if pd.isna(then) or pd.isna(now):
            continue
        worse = int(all_worsened(report, indicator).sum())
        rows.append(
            {
                "indicator": indicator.name[report.language],
                "unit": indicator.unit[report.language],
                "site_value_then": number(then, indicator.decimals),
                "site_value_now": number(now, indicator.decimals),
                "site_difference": signed(now - then, indicator.decimals),
                "site_cities_worse": worse if _rated(report, indicator.code) else NOT_PRINTED,
            }
        )
    return report.table(rows)


def _rated(report: Report, code: str) -> bool:
    indicator = report.system.node(code)
    return indicator.layer != "input" and indicator.higher_is_better is not None


def _years(report: Report) -> tuple[int, int]:
    return report.previous, report.year

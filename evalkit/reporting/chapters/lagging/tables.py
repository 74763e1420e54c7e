"""Short tables of a city's projects and targets: how each project stands, the plan's targets, and what else lags."""

from __future__ import annotations

import pandas as pd

from evalkit.index import Indicator
from evalkit.reporting.aims import goal, levels
from evalkit.reporting.chapters.lagging.selection import (
    lagging,
    of_the_plan,
    pace,
    value_before,
)
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.lags import nearly, serious
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed

SHOWN = 10  # rows of what lags in the body
SCORE = 2  # decimals
_COUNTED = {
    "targets_done": ("met", "on_schedule"),
    "targets_missed": ("behind",),
    "without_figure": ("no_data", "disputed"),
}
_OWN = ("indicator", "target", "milestone", "actual_value", "value_before", "lamp", "pace")
OTHERS = ("indicator", "target", "actual_value", "value_before", "completion", "pace", "target_status")


@report_table
@of_an_assessed_round
def project_status(report: CityReport) -> Table:
    """Each project: its targets by how they stand, and its score, with the change and the rank among the cities."""
    lit = report.judged.lamps
    project_of = lit.index.map(lambda code: report.system.project_of(code).code)
    scores = report.study.assessed.assessment.projects
    places = scores.xs(report.year, level="year").rank(method="min", ascending=False).loc[report.city]
    rows = [
        {
            "project": report.node(project),
            **{name: int(lit[project_of == project].isin(lamps).sum()) for name, lamps in _COUNTED.items()},
            "project_score": number(score, SCORE, blank=NOT_PRINTED),
            "project_change": signed(_change(report, scores[project]), SCORE),
            "project_rank": rank(places[project]),
        }
        for project, score in report.assessed.projects.items()
    ]
    return report.table(rows, ("project", *_COUNTED, "project_score", "project_change", "project_rank"))


@report_table
@of_an_assessed_round
def plan_targets(report: CityReport) -> Table:
    """The targets that a document of the round gives, one by one; the pace where one of them is missed."""
    rows = []
    for indicator in of_the_plan(report):
        code = indicator.code
        more = {"lamp": report.lamp(report.judged.lamps[code]), "pace": pace(report, code)}
        rows.append(_figures(report, indicator) | more)
    missed = any(row["lamp"].value == "behind" for row in rows)
    dropped = {"milestone": report.at_the_end, "pace": not missed}
    return report.table(rows, [name for name in _OWN if not dropped.get(name)])


@report_table
@of_an_assessed_round
def others_behind(report: CityReport) -> Table:
    """The other targets that are seriously behind, the furthest first."""
    return report.table([_behind(report, code) for code in others(report)[:SHOWN]], OTHERS)


@report_table
@of_an_assessed_round
def every_pace(report: CityReport) -> Table:
    """Every target that is behind, the furthest first, with what it would take at the present pace."""
    return report.table([_behind(report, code) for code in lagging(report).index], OTHERS)


def others(report: CityReport, among=serious) -> list[str]:
    """Give the codes of targets behind that are not the plan's own: those that miss by more, or `among` those."""
    own = {indicator.code for indicator in of_the_plan(report)}
    return [code for code in among(lagging(report)).index if code not in own]


def small_misses(report: CityReport) -> list[str]:
    """Give the codes of the others that miss by little."""
    return others(report, nearly)


def _behind(report: CityReport, code: str) -> dict:
    indicator = report.system.node(code)
    more = {"completion": number(report.judged.completion[code], 1), "pace": pace(report, code)}
    return _figures(report, indicator) | more | {"target_status": report.word(indicator.target_status)}


def _figures(report: CityReport, indicator: Indicator) -> dict:
    named = report.word("with_value", name=report.target_name(indicator.code), value=indicator.unit[report.language])
    known = levels(report, indicator)
    before = number(value_before(report, indicator.code), indicator.decimals, blank=NOT_PRINTED)
    shown = {name: known[name] for name in ("milestone", "actual_value")}
    return {"indicator": named, "target": goal(report, indicator), **shown, "value_before": before}


def _change(report: CityReport, scores: pd.Series) -> float | None:
    return None if report.previous is None else scores[report.city, report.year] - scores[report.city, report.previous]


OF_A_CITY = {
    "project_status": project_status,
    "plan_targets_met": plan_targets,
    "others_behind": others_behind,
    "pace": every_pace,
}

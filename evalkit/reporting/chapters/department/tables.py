"""Tables of a department report: its targets, and where the cities stand on them."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from evalkit.assessment.targets.departments import LAMPS
from evalkit.index import Indicator
from evalkit.reporting.aims import aim, flagged
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, number, signed
from evalkit.tabular.table import of_columns

BEHIND = ("code", "indicator", "target_status", "lamp_behind", "cities_behind")


@report_table
def scorecard(report: DepartmentReport) -> Table:
    """The department's targets by role, and all cities' judgements on them by lamp, above those of the year before."""
    roles = report.scorecard.role
    duty = {"role_leads": int((roles == "lead").sum()), "role_joins": int((roles == "joint").sum())}
    shown = [year for year in (report.year, report.previous) if year]
    return report.table([{"year": year} | duty | _year(report, year) for year in shown])


@report_table
def path(report: DepartmentReport) -> Table:
    """The same counts in every year of the round so far."""
    return report.table([{"year": year} | _year(report, year) for year in report.years])


@report_table
def targets(report: DepartmentReport) -> Table:
    """Every target that the department answers for: its role, what is asked, who says so, and who else answers."""
    rows = [
        {
            "code": indicator.code,
            "indicator": indicator.name[report.language],
            "role": report.word(f"role_{report.scorecard.role[indicator.code]}"),
            "kind": report.word(f"kind_{indicator.aim.kind}"),
            "target": aim(report, indicator),
            "target_status": _status(report, indicator.code),
            "clause": indicator.target.clause or NOT_PRINTED,
            "other_departments": _others(report, indicator),
        }
        for indicator in report.indicators
    ]
    return report.table(rows)


@report_table
def standing(report: DepartmentReport) -> Table:
    """How many cities stand under each lamp of every target, and their mean completion."""
    change = report.change(report.year).mean()
    rows = [
        {
            "code": code,
            "indicator": flagged(report, code),
            "target_status": _status(report, code),
            **_counts(row),
            "mean_completion": number(row.completion, 1),
            "like_change": signed(change[code], 1),
        }
        for code, row in report.scorecard.iterrows()
    ]
    return report.table(rows)


@report_table
def behind(report: DepartmentReport) -> Table:
    """Every target on which a city is behind, with those cities and their completion, the lowest first."""
    rows = [
        {
            "code": code,
            "indicator": flagged(report, code),
            "target_status": _status(report, code),
            "lamp_behind": len(row.behind_regions),
            "cities_behind": _named(report, code, row.behind_regions),
        }
        for code, row in report.scorecard.iterrows()
        if row.behind_regions
    ]
    return report.table(rows, BEHIND)


@report_table
def province(report: DepartmentReport) -> Table | None:
    """The targets that are the province's own: what the year asks, what was done, and who has not reported."""
    own = [indicator for indicator in report.indicators if "province" in indicator.target.assessed]
    return report.table([_province(report, indicator) for indicator in own], year=report.year) if own else None


@report_table
def lamps(report: DepartmentReport) -> Table:
    """The sign of every city on every target, a row a target."""
    signs = report.of_the_year(report.achieved.lamps).map(LAMP_SIGNS.get)
    by_city = {report.of_region(code): list(signs.loc[code]) for code in signs.index}
    first = {"code": list(signs), "indicator": [flagged(report, code) for code in signs]}
    return report.table(of_columns(first | by_city))


@report_table
def effects_of_cities(report: DepartmentReport) -> Table:
    """Every city on the department's targets, the one that lowers their mean most first."""
    rows = [
        {
            "city": report.region(city),
            **_counts(row),
            "mean_completion": number(row.completion, 1),
            "effect_on_mean": signed(row.effect, 2),
        }
        for city, row in report.effects_of_cities.iterrows()
    ]
    return report.table(rows)


def _status(report: DepartmentReport, code: str) -> str:
    return report.word(report.system.node(code).target.status)


def _year(report: DepartmentReport, year: int) -> dict:
    cells, change = report.of_the_year(report.achieved.completion, year).stack(), report.change(year).stack()
    return _counts(report.scorecards[year].sum()) | {
        "judged": int(cells.count()),
        "mean_completion": number(cells.mean(), 1),
        "like_change": signed(change.mean(), 1),
    }


def _counts(row: pd.Series) -> dict[str, int]:
    return {f"lamp_{lamp}": int(row[lamp]) for lamp in LAMPS}


def _others(report: DepartmentReport, indicator: Indicator) -> str:
    others = [code for code in report.system.departments_of(indicator.code) if code != report.department]
    return report.listed(report.named_department(code) for code in others)


def _named(report: DepartmentReport, code: str, cities: tuple[str, ...]) -> str:
    completion = report.of_the_year(report.achieved.completion)[code]
    cells = {report.region(city): number(completion[city], 1) for city in cities}
    return report.listed(report.word("with_value", name=name, value=cell) for name, cell in cells.items())


def _province(report: DepartmentReport, indicator: Indicator) -> dict:
    found, key, code = report.study.assessed.province, (report.study.all_regions.code, report.year), indicator.code
    return {
        "code": code,
        "indicator": indicator.name[report.language],
        "target": aim(report, indicator),
        "target_status": _status(report, code),
        "milestone_in": number(found.milestones.loc[key, code], indicator.decimals, blank=NOT_PRINTED),
        "done_in": number(found.values.loc[key, code], indicator.decimals),
        "sum_so_far": _so_far(report, indicator),
        "lamp": report.lamp(found.lamps.loc[key, code]),
        "reason": report.word(f"reason_{reason}") if (reason := found.reasons.loc[key, code]) else "",
        "silent_cities": report.listed(map(report.region, report.silent_cities(indicator))),
    }


def _so_far(report: DepartmentReport, indicator: Indicator) -> Decimal | str:
    """Add up the years of what is judged by the year; the other kinds count what was done so far as they are."""
    if not indicator.target.judged_by_year:
        return NOT_PRINTED
    found = report.study.assessed.province
    tables = (
        frame[indicator.code].droplevel("region").loc[: report.year] for frame in (found.values, found.milestones)
    )
    done, asked = (number(table.sum(skipna=False), indicator.decimals) for table in tables)
    return report.word("of_asked", done=done, asked=asked)


OF_A_DEPARTMENT = {
    "department_scorecard": scorecard,
    "department_targets": targets,
    "department_standing": standing,
    "department_behind": behind,
    "department_province": province,
    "department_lamps": lamps,
    "department_effects_of_cities": effects_of_cities,
    "department_path": path,
}

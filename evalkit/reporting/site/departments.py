"""What the site shows of departments: their targets under each lamp, and the cities that are behind on them."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.targets.departments import LAMPS, ROLES, scorecard
from evalkit.reporting.conditions import assessed
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number

NAMED = 15  # cities that are named where more are behind


def departments(report: Report) -> list[dict]:
    """Give each department: `code`, `name`, its `counts` in a table of one row, its `targets`; none without targets."""
    return [_department(report, code) for code in _codes(report)]


def counted(report: Report, found: list[dict]) -> Table:
    """Put what is counted of all departments into one table, in their order."""
    return report.table([{"site_department": one["name"], **one["counts"]} for one in found])


def _codes(report: Report) -> list[str]:
    return list(report.study.assessed.duties.department.unique()) if assessed(report) else []


def _department(report: Report, code: str) -> dict:
    achieved, duties = report.study.assessed.cities, report.study.assessed.duties
    now = scorecard(achieved, duties, code, report.year)
    then = _behind(achieved.lamps, now.index, report.previous) if report.previous else NOT_PRINTED
    counts = {"site_leads": int((now.role == "lead").sum()), "site_takes_part": int((now.role != "lead").sum())}
    counts |= {f"lamp_{lamp}": int(now[lamp].sum()) for lamp in LAMPS} | {"site_behind_before": then}
    return {
        "code": code,
        "name": report.named_department(code),
        "counts": counts,
        "targets": report.table([_target(report, *row) for row in _ordered(now).iterrows()]),
    }


def _behind(lamps: pd.DataFrame, codes: pd.Index, year: int) -> int:
    """Count the judgements of a year by which a city is behind."""
    return int((lamps.xs(year, level="year")[list(codes)].to_numpy() == "behind").sum())


def _ordered(card: pd.DataFrame) -> pd.DataFrame:
    """Put what the department leads first, and of that what most cities are behind on."""
    role = card.role.map(ROLES.index)
    return card.assign(first=role).sort_values(["first", "behind"], ascending=[True, False], kind="stable")


def _target(report: Report, code: str, row: pd.Series) -> dict:
    return {
        "indicator": report.target_name(code),
        "site_role": report.word(f"site_role_{row.role}"),
        "target_status": report.word(report.system.node(code).target_status),
        **{f"lamp_{lamp}": int(row[lamp]) for lamp in LAMPS},
        "site_completion": number(row.completion, 1),
        "site_cities_behind": _named(report, row.behind_regions),
    }


def _named(report: Report, regions: tuple[str, ...]) -> str:
    names = report.listed(map(report.region, regions[:NAMED]))
    return report.word("site_in_all", names=names, n=len(regions)) if len(regions) > NAMED else names

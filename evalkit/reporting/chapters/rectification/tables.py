"""Tables of the rectification list: of the round, of one city, and of one department."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from evalkit.assessment.rectification.lists import BY_VALUE
from evalkit.reporting.chapters.rectification.items import CLOSED, EVERY, OF_A_CITY_ITEM, OF_AN_ITEM, listed, open_items
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED
from evalkit.tabular.table import of_columns


@round_table
@shown_where(called_to_account)
def balance(report: RoundReport) -> Table:
    """What each year took over, opened, closed and left open, up to the year of the report."""
    lists = report.study.consequences.rectification
    rows = []
    for year in report.years:
        left = lists.closing(year)
        counts = {name: len(getattr(lists, name)(year)) for name in ("opening", "new", "closed")}
        rows.append({"year": year, **counts, "left_open": len(left)})
    return report.table(rows)


@round_table
@shown_where(called_to_account)
def by_city(report: RoundReport) -> Table:
    """What the year opened, closed and left open in every city, by step, and the day of its written report."""
    table = _tallied(report, "region", "city", {code: report.region(code) for code in report.study.regions.index})
    rules, grades = report.study.assessment_files.accountability, report.study.assessed.assessment.results.grade
    lists = report.study.consequences.rectification
    reporting = {*lists.closing(report.year).region, *lists.closed(report.year).region}
    days = [
        rules.report_by(grades[code, report.year], report.year) if code in reporting else NOT_PRINTED
        for code in report.study.regions.index
    ]
    return table.with_column(report.column("report_by"), [*days, NOT_PRINTED])


@round_table
@shown_where(called_to_account)
def by_department(report: RoundReport) -> Table:
    """The same by the department that leads."""
    lists = report.study.consequences.rectification
    leads = sorted({*lists.closing(report.year)["lead"], *lists.closed(report.year)["lead"]})
    return _tallied(report, "lead", "lead_department", {code: _department(report, code) for code in leads})


@round_table
@shown_where(called_to_account)
def by_fault(report: RoundReport) -> Table:
    """The same by what is wrong."""
    grounds = report.study.assessment_files.accountability.grounds
    return _tallied(report, "fault", "fault", {code: ground.name[report.language] for code, ground in grounds.items()})


@round_table
@shown_where(called_to_account)
def grave(report: RoundReport) -> Table:
    """The open items that have passed the first step, the gravest first."""
    found, grave = open_items(report), report.study.assessment_files.accountability.beyond_the_first()
    return listed(report, found[found.step.isin(grave)], OF_AN_ITEM)


@round_table
@shown_where(called_to_account)
def items(report: RoundReport) -> Table:
    """Every item that stood on the list in the year, with all that it traces to."""
    lists = report.study.consequences.rectification
    return listed(report, pd.concat([open_items(report), lists.closed(report.year)]), EVERY)


@round_table
@shown_where(called_to_account)
def closed_by_finding(report: RoundReport) -> Table:
    """The items that findings closed, up to the year, with the documents."""
    entries = report.study.consequences.rectification.entries
    year = entries.index.get_level_values("year")
    found = entries[(year <= report.year) & ~entries.closed_by.isin(["", BY_VALUE])].droplevel("year")
    return listed(report, found, ("city", *CLOSED))


@report_table
@shown_where(called_to_account)
def rectification_items(report: CityReport) -> Table:
    """What the city has to put right, the gravest first."""
    return listed(report, open_items(report, region=report.city), OF_A_CITY_ITEM)


@report_table
@shown_where(called_to_account)
def rectified_items(report: CityReport) -> Table:
    """What the city put right in the year, and by what that is known."""
    closed = report.study.consequences.rectification.closed(report.year)
    return listed(report, closed[closed.region == report.city], CLOSED)


@report_table
@shown_where(called_to_account)
def rectification(report: DepartmentReport) -> Table:
    """What the cities have to put right where the department leads, the gravest first."""
    return listed(report, open_items(report, lead=report.department), OF_AN_ITEM)


def _department(report: RoundReport, code: str) -> str:
    return report.named_department(code) if code else NOT_PRINTED


def _tallied(report: RoundReport, column: str, label: str, names: dict[str, str]) -> Table:
    """Count the year's items by one of their columns, the open ones by step as well; the last row has them all."""
    lists, steps = report.study.consequences.rectification, report.study.assessment_files.accountability.measures
    left = lists.closing(report.year)
    found = {"new": lists.new(report.year), "closed": lists.closed(report.year), "left_open": left}
    counts = {name: _tally(table, column, names) for name, table in found.items()}
    by_step = {Column(s.code, s.name): _tally(left[left.step == s.code], column, names) for s in steps}
    return report.table(of_columns({label: [*names.values(), report.word("sum")], **counts, **by_step}))


def _tally(found: pd.DataFrame, column: str, names: dict[str, str]) -> list[int]:
    counts = Counter(found[column])
    return [*(counts[code] for code in names), len(found)]


OF_A_CITY = {
    "rectification_items": rectification_items,
    "rectified_items": rectified_items,
}
OF_A_DEPARTMENT = {
    "department_rectification": rectification,
}
OF_PROVINCE = {
    "province_rectification": by_city,
}
OF_CONSEQUENCES = {
    "consequences_balance": balance,
    "consequences_by_city": by_city,
    "consequences_by_department": by_department,
    "consequences_by_fault": by_fault,
    "consequences_grave": grave,
    "consequences_closed_by_finding": closed_by_finding,
    "consequences_items": items,
}

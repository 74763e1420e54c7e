"""Tables of the rectification list: of the round, of one city, and of one department."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from evalkit.assessment.rectification.lists import BY_VALUE, RectificationLists
from evalkit.assessment.rectification.shortfalls import EARMARK
from evalkit.reporting.aims import off_parity
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, day, number, plain, told_apart
from evalkit.tabular.table import of_columns

_ITEM = (
    "item_code",
    "to_rectify",
    "fault",
    "responsible_units",
    "item_value",
    "item_asked",
    "gap",
    "acceptance",
    "deadline",
)
_ESCALATION = ("years_behind", "years_counted", "escalation", "target_status")
OF_A_CITY_ITEM = (*_ITEM, *_ESCALATION)
OF_AN_ITEM = ("city", *OF_A_CITY_ITEM)
_TRACED = (
    "item_status",
    "origin",
    "not_observed",
    "noticed",
    "report_by",
    "closed_by",
    "closed_document",
    "by_finding",
)
EVERY = (*OF_AN_ITEM, *_TRACED, "rule", "rule_source")
CLOSED = ("item_code", "to_rectify", "fault", "origin", "closed_by", "closed_value", "closed_document")
# what closes an item whose figure is of another year
_ACCEPT = {"earlier_years_missing": "accept_earlier_figures", "no_baseline": "accept_baseline"}
OF_SCORES = 2  # decimals of what is no indicator


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
    rules, grades = report.study.provisions.accountability, report.study.assessed.assessment.results.grade
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
    grounds = report.study.provisions.accountability.grounds
    return _tallied(report, "fault", "fault", {code: ground.name[report.language] for code, ground in grounds.items()})


@round_table
@shown_where(called_to_account)
def grave(report: RoundReport) -> Table:
    """The open items that have passed the first step, the gravest first."""
    first = report.study.provisions.accountability.steps[0].code
    found = open_items(report)
    return listed(report, found[found.step != first], OF_AN_ITEM)


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


def open_items(report: Report, lists: RectificationLists | None = None, **having: str) -> pd.DataFrame:
    """Give the items that the year left open and whose columns have these values, the furthest step first.

    They are those of cities, or of other `lists`.
    """
    found = (lists or report.study.consequences.rectification).closing(report.year)
    for column, value in having.items():
        found = found[found[column] == value]
    steps = [step.code for step in report.study.provisions.accountability.steps]
    reached = found.step.map(steps.index).sort_index()
    return found.loc[reached.sort_values(ascending=False, kind="stable").index]


def item_name(report: Report, subject: str) -> str:
    """Name what has to be put right: an indicator with its unit, a project, or the earmark."""
    if subject == EARMARK:
        return report.rule(subject)
    node = report.system.node(subject)
    if not hasattr(node, "unit"):
        return report.word("item_project", name=report.node(subject))
    return report.word("with_value", name=report.target_name(subject), value=node.unit[report.language])


def step_name(report: Report, code: str) -> str:
    """Name a step of escalation."""
    steps = {step.code: step.name for step in report.study.provisions.accountability.steps}
    return steps[code][report.language]


def listed(report: Report, found: pd.DataFrame, columns: tuple[str, ...]) -> Table:
    """Make a table of items."""
    rows = [_row(report, code, item) for code, item in found.iterrows()]
    return report.table([{name: row[name] for name in columns} for row in rows], columns)


def _row(report: Report, code: str, item: pd.Series) -> dict[str, object]:
    ground = report.study.provisions.accountability.grounds[item.fault]
    return {
        "city": report.region(item.region),
        "item_code": code,
        "to_rectify": item_name(report, item.subject),
        "fault": ground.name[report.language],
        "responsible_units": report.listed([report.named_department(d) for d in (item["lead"], *item.joint) if d]),
        **_figures(report, item),
        "deadline": day(item.deadline),
        "years_behind": item.years_behind,
        "years_counted": item.years_counted,
        "escalation": step_name(report, item.step),
        "target_status": report.word(item.target_status),
        "item_status": report.word(f"item_{item.status}"),
        "origin": item.origin,
        "not_observed": ", ".join(map(str, item.not_observed)) or NOT_PRINTED,
        "noticed": day(item.noticed),
        "report_by": day(item.report_by),
        "closed_by": report.word("closed_by_value") if item.closed_by == BY_VALUE else item.closed_by or NOT_PRINTED,
        "closed_document": item.closed_document[report.language] if item.closed_document else NOT_PRINTED,
        "by_finding": item.finding or NOT_PRINTED,
        "rule": item.rule,
        "rule_source": item.source[report.language],
    }


def _figures(report: Report, item: pd.Series) -> dict[str, object]:
    """Write the figure, what was asked, what it lacks and what will close it, with decimals that tell them apart."""
    decimals = getattr(report.system.node(_figure_of(report, item.subject)), "decimals", OF_SCORES)
    if item.gap > 0:
        decimals = max(told_apart(item.value, [item.bound], decimals), told_apart(item.gap, [0], decimals))
    ends = _ends(report, item, item.accept_at, decimals)
    sign = report.word(f"asked_{item.accept_kind}", **_ends(report, item, item.bound, decimals))
    of_a_year = _ACCEPT if item.accept_kind == "figure" else {}
    accept = of_a_year.get(item.reason, f"accept_{item.accept_kind}")
    return {
        "item_value": number(item.value, decimals, blank=NO_DATA),
        "item_asked": sign if item.fault not in ("missing", "contradicted", "falsified") else NOT_PRINTED,
        "gap": number(item.gap, decimals, blank=NOT_PRINTED),
        "acceptance": report.word(accept, **ends),
        "closed_value": number(item.closed_value, decimals, blank=NOT_PRINTED),
    }


def _ends(report: Report, item: pd.Series, level: float, decimals: int) -> dict[str, object]:
    """Give a level, the bounds of an interval, or parity with how far off that level lets a figure be."""
    aim = getattr(report.system.node(_figure_of(report, item.subject)), "aim", None)
    band = {"low": plain(getattr(aim, "value", 0)), "high": plain(getattr(aim, "upper", 0))}
    if item.accept_kind == "parity" and pd.notna(level):
        return {"x": plain(aim.value), "off": number(off_parity(aim, level), decimals), **band}
    return {"x": number(level, decimals, blank=NOT_PRINTED), "off": NOT_PRINTED, **band}


def _department(report: Report, code: str) -> str:
    return report.named_department(code) if code else NOT_PRINTED


def _figure_of(report: Report, subject: str) -> str:
    return report.study.consequences.assessed.design.earmark if subject == EARMARK else subject


def _tallied(report: RoundReport, column: str, label: str, names: dict[str, str]) -> Table:
    """Count the year's items by one of their columns, the open ones by step as well; the last row has them all."""
    lists, steps = report.study.consequences.rectification, report.study.provisions.accountability.steps
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

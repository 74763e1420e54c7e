"""Tables of what inspections found, and of what each finding led to."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.assessment.findings.inspections import DISPUTING, Finding
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, day, number

OF_A_CITY_FINDING = ("finding_code", "year", "indicator", "verdict", "reported", "seen", "led_to", "finding_date")
DOCUMENTED = ("finding_document", "finding_note")


@round_table
@of_an_assessed_round
def findings(report: RoundReport) -> Table:
    """Every finding about figures up to the year."""
    return _listed(report, _known(report), ("city", *OF_A_CITY_FINDING, *DOCUMENTED))


@report_table
@of_an_assessed_round
def city_findings(report: CityReport) -> Table:
    """Every finding about the city's figures up to the year."""
    own = [one for one in _known(report) if one.region == report.city]
    return _listed(report, own, (*OF_A_CITY_FINDING, *DOCUMENTED))


@report_table
@of_an_assessed_round
def department_findings(report: DepartmentReport) -> Table:
    """Every finding about an indicator that the department answers for, up to the year."""
    codes = {indicator.code for indicator in report.indicators}
    own = [one for one in _known(report) if one.indicator in codes]
    return _listed(report, own, ("city", *OF_A_CITY_FINDING, *DOCUMENTED))


def _known(report: Report) -> list[Finding]:
    return [one for one in report.study.assessment_files.findings.findings if one.year <= report.year]


def _listed(report: Report, found: Iterable[Finding], columns: tuple[str, ...]) -> Table:
    rows = [_row(report, one) for one in found]
    return report.table([{name: row[name] for name in columns} for row in rows], columns)


def _row(report: Report, one: Finding) -> dict[str, str]:
    node = report.system.node(one.indicator) if one.indicator else None
    return {
        "city": report.region(one.region),
        "finding_code": one.code,
        "year": one.year,
        "indicator": report.target_name(one.indicator) if node else NOT_PRINTED,
        "verdict": report.word(f"verdict_{one.verdict}"),
        "reported": number(_reported(report, one), node.decimals, blank=NO_DATA) if node else NOT_PRINTED,
        "seen": number(one.seen, node.decimals, blank=NOT_PRINTED) if node else NOT_PRINTED,
        "led_to": report.listed(_led_to(report, one)),
        "finding_date": day(one.date),
        "finding_document": one.document[report.language],
        "finding_note": one.note[report.language],
    }


def _reported(report: Report, one: Finding) -> float:
    """Give the figure as it was reported, which a dispute takes out of the assessment and not off the record."""
    return report.study.assessed.reported.values.loc[(one.region, one.year), one.indicator]


def _led_to(report: Report, one: Finding) -> list[str]:
    vetoing = report.study.rules.gates.veto.verdicts if report.study.rules.gates.veto else ()
    effects = [report.word("led_to_dispute")] if one.verdict in DISPUTING else []
    effects += [report.word("led_to_veto")] if one.verdict in vetoing else []
    return effects + [report.word("led_to_closure", item=item) for item in one.closes]


OF_A_CITY = {
    "city_findings": city_findings,
}
OF_A_DEPARTMENT = {
    "department_findings": department_findings,
}
OF_SUPERVISION = {
    "supervision_findings": findings,
}

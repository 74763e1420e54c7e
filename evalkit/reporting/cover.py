"""The cover of a report: what it is, under which versions, and who signs it."""

from __future__ import annotations

from collections.abc import Mapping

from evalkit.assessment.grading.rules import Rules
from evalkit.reporting.report import Report
from evalkit.tabular import Table


def cover_of(
    report: Report, made_for: Mapping[str, str], said: Mapping[str, str] | None = None, *, rules: Rules | None = None
) -> Table:
    """Make a cover: whom the report is made for stands above its year, and what else is said of it below.

    `rules` are those that it is graded by. Lines that say nothing are left out.
    """
    declared, system, blank = report.study.round, report.system, report.word("signature")
    lines = {
        "title": declared.title[report.language],
        **made_for,
        "year": str(report.year),
        **(said or {}),
        "edition": report.edition,
        "version": f"{system.code} {system.version}",
        "rules_version": rules and f"{rules.name[report.language]} {rules.version}",
        "data_basis": report.study.dataset.metadata.title[report.language],
        "status": report.word(declared.status),
        "prepared": declared.sign_off.prepared or blank,
        "reviewed": declared.sign_off.reviewed or blank,
        "approved": declared.sign_off.approved or blank,
    }
    return report.table([{"item": report.word(key), "value": value} for key, value in lines.items() if value])

"""What rules and duties rest on: how many rules are whose, the notes declared with them, the source of duties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evalkit.assessment.grading.bands import rules_in
from evalkit.assessment.grading.rules import Rules
from evalkit.assessment.incentives.rules import Incentives
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.supervision.rules import Supervision
from evalkit.reporting.report import Report

CONFIRMED = "confirmed"


def remarks(report: Report, declared: Rules | Accountability | Incentives | Supervision) -> Iterator[str]:
    """Say how many rules have which status, where not all of them are confirmed; then what is declared of them all."""
    statuses = Counter(rule.status for rule in rules_in(declared))
    if set(statuses) != {CONFIRMED}:
        told = report.listed(f"{report.word(status)} {n}" for status, n in statuses.items())
        n, confirmed = statuses.total(), report.word(CONFIRMED)
        yield report.word("rules_standing", n=n, statuses=told, confirmed=confirmed)
    yield from report.told(declared.notes)


def duty_bases(report: Report) -> str:
    """Name what the duties of departments rest on, as the index system declares it."""
    return report.listed(dict.fromkeys(report.told(one.source for one in report.system.departments.values())))


def counted_apart(report: Report) -> str:
    """Say where indicators of equity count; nothing where the rules have no part for them."""
    return report.word("counted_apart") if "equality" in report.study.rules.parts else ""

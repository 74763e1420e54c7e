"""What rules, duties and the plan rest on: how many rules are whose, notes, sources, goals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from evalkit.assessment.grading.bands import Sourced, rules_in
from evalkit.assessment.grading.rules import Rules
from evalkit.assessment.incentives.rules import Incentives
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.supervision.rules import Supervision
from evalkit.reporting.conditions import planned
from evalkit.reporting.report import Report

CONFIRMED = "confirmed"


def stated(report: Report, rules: Iterable[tuple[str, str, Sourced]]) -> list[dict[str, str]]:
    """Give rules by name with what they say, their status and their source: the rows of a table."""
    return [
        {
            "rule": name[:1].upper() + name[1:],
            "value": value,
            "status": report.word(rule.status),
            "rule_source": rule.source[report.language],
        }
        for name, value, rule in rules
    ]


def duties(report: Report) -> list[str]:
    """What the plan says of the departments that answer for it, where that is declared."""
    return report.texts([report.system.plan.duties]) if planned(report) else []


def rule_notes(report: Report, declared: Rules | Accountability | Incentives | Supervision) -> Iterator[str]:
    """Say how many rules have which status, where not all of them are confirmed; then what is declared of them all."""
    statuses = Counter(rule.status for rule in rules_in(declared))
    if set(statuses) != {CONFIRMED}:
        counted = report.listed(f"{report.word(status)} {n}" for status, n in statuses.items())
        n, confirmed = statuses.total(), report.word(CONFIRMED)
        yield report.word("rules_standing", n=n, statuses=counted, confirmed=confirmed)
    yield from report.texts(declared.notes)


def duty_bases(report: Report) -> str:
    """Name what the duties of departments rest on, as the index system declares it."""
    return report.listed(dict.fromkeys(report.texts(one.source for one in report.system.departments.values())))


def counted_apart(report: Report) -> str:
    """Say where indicators of equity count; nothing where the rules have no part for them."""
    return report.word("counted_apart") if "equality" in report.study.rules.parts else ""


def goals(report: Report) -> Iterator[str]:
    """How many goals the plan counts, if that is known, and how many of them indicators can check."""
    plan = report.system.plan
    if plan and plan.goals_total is not None:
        yield report.word("goals_checkable", goals=plan.goals_total, checkable=plan.goals_checkable)

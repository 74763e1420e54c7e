"""Why a grade is not that of the score's band: the rules that bit by name, what each found, and what it asks."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.assessment.grading.bands import Sourced
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import outcome_of
from evalkit.reporting.region import RegionReport
from evalkit.reporting.report import Report
from evalkit.tabular.cells import NOT_PRINTED, number, percent

SHARE_DECIMALS = 2


def lowering(report: RegionReport) -> Iterator[tuple]:
    """Give the reasons that lowered the region's grade."""
    return (reason for reason in report.assessed.reasons.itertuples() if reason.outcome == "lowers")


def lowered_by(report: RegionReport) -> list[str]:
    """Name the rules that lowered the region's grade, each once."""
    return list(dict.fromkeys(rule_name(report, reason) for reason in lowering(report)))


def rule_name(report: RegionReport, reason) -> str:
    """Name a rule with the project or the event that it is about."""
    rule = report.rule(reason.rule)
    if reason.rule == "project":
        return report.word("with_value", name=rule, value=report.node(reason.about))
    if reason.rule == "veto":
        return report.word("with_value", name=rule, value=event_name(report, reason.about))
    return rule


def rule_of(report: CityReport, rule: str) -> Sourced:
    """Give the rule as the round declares it."""
    rules = report.study.rules
    return getattr(rules.gates, rule, None) or getattr(rules, rule)


def quota_place(report: Report, city: str, place: int) -> str:
    """Say which place a city has among those that compete for the quota, and with how many it shares one."""
    results, quota = report.study.assessed.assessment.results.xs(report.year, level="year"), report.study.rules.quota
    tied = int(((results.gated == quota.band) & (results.score == results.score[city])).sum())
    if quota.ties == "in" or tied == 1:
        return report.word("quota_place", place=place)
    return report.word("quota_tied", n=tied, first=place - tied + 1)


def event_name(report: RegionReport, code: str) -> str:
    """Name an event of the region by its reason."""
    events = report.study.assessed.events.of(report.code, report.year)
    return next(event for event in events if event.code == code).reason[report.language]


def found(report: CityReport, reason) -> str:
    """Write what a rule found, in the unit of the rule."""
    if reason.rule == "valid_share":
        return percent(reason.found, SHARE_DECIMALS)
    if reason.rule == "quota":
        return quota_place(report, report.city, int(reason.found))
    if reason.rule == "earmark":
        keys = {"not_tested": "reason_missing", "undeclared": "reason_undeclared"}
        key = keys.get(outcome_of(report, reason.rule, reason.outcome), "below_share")
        return report.word(key, share=report.study.rules.gates.earmark.share)
    return NOT_PRINTED if reason.rule == "veto" else number(reason.found, 2)


def bound(report: CityReport, reason) -> str:
    """Write what a rule asks, in the unit of the rule."""
    if reason.rule == "valid_share":
        return percent(reason.bound, SHARE_DECIMALS)
    if reason.rule == "earmark":
        return str(report.study.rules.gates.earmark.share)
    return NOT_PRINTED if reason.rule == "veto" else number(reason.bound, 0 if reason.rule == "quota" else 2)

"""The rules that a round is assessed by, each with its value, its status and its source."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.assessment.grading.bands import Sourced
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.legal_basis import stated
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import plain


@round_table
@of_an_assessed_round
def rules(report: RoundReport) -> Table:
    """Every rule of the round, with its value, its status and its source."""
    return report.table(stated(report, _rules(report)))


def _rules(report: RoundReport) -> Iterator[tuple[str, str, Sourced]]:
    """Give the name and the value of every rule, and where it stands."""
    declared, word = report.study.rules, report.word
    for part in declared.parts.values():
        yield word("rule_part", name=part.name[report.language]), word("points_of", n=plain(part.points)), part
    share, events = declared.valid_share, declared.events
    yield word("rule_valid_share"), word("rule_is_valid", n=plain(100 * share.least)), share
    limits = {"bonus": plain(events.bonus), "penalty": plain(events.penalty)}
    yield word("rule_events"), word("rule_is_events", **limits), events
    yield word("rule_bands"), _bands(report), declared.bands
    yield from _gates(report)
    if quota := declared.quota:
        yield word("rule_quota"), _quota(report), quota
    shares = {"earlier": plain(100 * declared.period.earlier), "final": plain(100 * declared.period.final)}
    yield word("rule_period"), word("rule_is_period", **shares), declared.period


def _bands(report: RoundReport) -> str:
    """Write the lower bound of every band, and for the last one the bound of that above it."""
    *better, last = report.study.rules.bands.scale
    names = [report.word("rule_is_band", name=one.name[report.language], n=plain(one.least)) for one in better]
    bound = plain(better[-1].least) if better else plain(100)
    return report.listed([*names, report.word("rule_is_last_band", name=last.name[report.language], n=bound)])


def _gates(report: RoundReport) -> Iterator[tuple[str, str, Sourced]]:
    for name, gate in report.study.rules.gates:
        if gate is None:
            continue
        key = {"earmark": "rule_is_earmark", "project": "rule_is_project", "veto": "rule_is_veto"}[name]
        bounds = {"n": plain(getattr(gate, "below", 0)), "share": getattr(gate, "share", "")}
        value = report.word(key, band=report.band(gate.not_above), **bounds)
        yield report.rule(name), value, gate


def _quota(report: RoundReport) -> str:
    quota = report.study.rules.quota
    rounding = report.word("rounded_down" if quota.rounding == "down" else "rounded_half_up")
    ties = report.word("ties_in" if quota.ties == "in" else "ties_out")
    values = {"band": report.band(quota.band), "share": plain(100 * quota.share), "rounding": rounding, "ties": ties}
    return report.word("rule_is_quota", **values)


OF_PROVINCE = {
    "province_rules": rules,
}

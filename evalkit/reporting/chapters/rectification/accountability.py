"""The rules by which what falls short is called to account."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.assessment.grading.bands import Sourced
from evalkit.assessment.rectification.accountability import OTHERWISE, Ground
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.legal_basis import stated
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import plain


@round_table
@shown_where(called_to_account)
def accountability_rules(report: Report) -> Table:
    """Every term and step, with its status and its source."""
    return report.table(stated(report, _rules(report)))


def _rules(report: Report) -> Iterator[tuple[str, str, Sourced]]:
    declared, word, language = report.study.assessment_files.accountability, report.word, report.language
    yield word("rule_notice"), word("months_after_year", n=declared.notice.months), declared.notice
    for grade, term in declared.reports.items():
        name = word("other_grades") if grade == OTHERWISE else report.band(grade)
        yield word("rule_report", name=name), word("months_after_notice", n=term.months), term
    for ground in declared.grounds.values():
        yield word("rule_rectify", name=ground.name[language]), _term(report, ground), ground
    if declared.advice:
        binding = report.listed(map(word, declared.advice.binding))
        yield (
            word("rule_step", name=declared.advice.name[language]),
            word("not_binding", statuses=binding),
            declared.advice,
        )
    for step in declared.steps:
        yield word("rule_step", name=step.name[language]), _from(report, step.years), step


def _from(report: Report, years: int) -> str:
    return report.word("from_the_start") if years == 1 else report.word("from_years", n=years)


def _term(report: Report, ground: Ground) -> str:
    conditions = [report.word("months_after_notice", n=ground.months)]
    if ground.counts_below:
        conditions.append(report.word("counts_below", n=plain(ground.counts_below)))
    if ground.at_once:
        steps = {step.code: step.name[report.language] for step in report.study.assessment_files.accountability.steps}
        conditions.append(report.word("at_once", step=steps[ground.at_once]))
    return report.word("semicolon").join(conditions)


OF_CONSEQUENCES = {
    "consequences_accountability_rules": accountability_rules,
}

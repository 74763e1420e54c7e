"""How the visits of a year are chosen, and what inspections found before."""

from __future__ import annotations

from typing import get_args

from IPython.display import Markdown

from evalkit.assessment.findings.inspections import Verdict
from evalkit.assessment.supervision.rules import Jump, Outlier
from evalkit.reporting.chapters.supervision import inspections, tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, said_where, supervised
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.legal_basis import rule_notes
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, plain


@said_where(supervised)
def summary(report: RoundReport) -> Markdown:
    """How many visits there are, how many of them are certain, which cities are riskiest, and under which rules."""
    plan, rules = tables.plan_of(report), report.study.assessment_files.supervision
    named = {"rules": rules.name[report.language], "version": rules.version}
    selection = plan.selection
    certain = int((selection.chosen & (selection.stratum != "random")).sum())
    riskiest = [
        report.word("unit_at_risk", city=report.region(v.region), project=report.node(v.project))
        for v in plan.visits[:3]
    ]
    lines = [
        report.word(
            "supervision_read",
            year=report.year,
            visits=len(plan.visits),
            certain=certain,
            drawn=len(plan.visits) - certain,
            units=len(selection),
            riskiest=report.listed(riskiest),
        ),
        report.joined([report.word("supervision_rules_read", **named), *rule_notes(report, rules)]),
        report.word("supervision_seed", seed=plan.seed),
    ]
    return prose("\n\n".join(lines))


@said_where(supervised)
def schedule(report: RoundReport) -> Markdown:
    """In which order the visits are made, when a replacement stands in, and which columns are to be filled in."""
    visits = report.study.assessment_files.supervision.visits
    declared = {"visit_month": visits.months, "visit_team": visits.teams}
    blank = [report.word(name) for name, found in declared.items() if not found]
    to_fill = [report.word("schedule_to_fill", columns=report.listed(blank))] if blank else []
    return prose(report.joined([report.word("schedule_read"), *to_fill]))


@said_where(supervised)
def risks(report: RoundReport) -> Markdown:
    """What a unit and its risk are, and how often a robust z is reached by chance where one counts."""
    rules = report.study.assessment_files.supervision
    lines = [report.word("supervision_risks", cap=rules.cap.points, signals=len(tables.plan_of(report).signals))]
    if any(isinstance(rule, Jump | Outlier) for rule in rules.signals):
        lines.append(report.word("robust_by_chance"))
    return prose("\n\n".join(lines))


@said_where(supervised)
def selection(report: RoundReport) -> Markdown:
    """What the probabilities sum to, and whether they leave every unit a chance."""
    plan = tables.plan_of(report)
    total = number(plan.selection.probability.sum(), tables.PROBABILITY)
    visits = report.study.assessment_files.supervision.visits
    without = int((plan.selection.probability == 0).sum())
    key = "chance_for_some" if without else "chance_for_all"
    chances = report.word(key, without=without, base=plain(visits.base))
    return prose(report.word("supervision_selection", total=total, capacity=visits.capacity, chances=chances))


@said_where(supervised)
def checklists(report: RoundReport) -> Markdown:
    """How a checklist is filled in, and where its findings go."""
    verdicts = report.listed(report.word(f"verdict_{verdict}") for verdict in get_args(Verdict))
    return prose(report.word("supervision_checklists", verdicts=verdicts))


def findings(report: RoundReport) -> Markdown:
    """What is on record."""
    shown = inspections.findings(report)
    return prose(report.word("findings_read")) if shown is not None and len(shown) else NO_WORDS


def city(report: CityReport) -> Markdown:
    """What was found in the city, and what the plan has for it."""
    lines = []
    if assessed(report) and len(inspections.city_findings(report)):
        lines.append(report.word("findings_read"))
    if supervised(report) and (n := len(tables.city_visits(report))):
        lines.append(report.word("visits_of_city", city=report.city_name, year=report.year, n=n))
    return prose("\n\n".join(lines))


@said_where(supervised)
def department(report: DepartmentReport) -> Markdown:
    """How many findings and visits touch the department's targets."""
    counts = {"findings": len(inspections.department_findings(report)), "visits": len(tables.department_visits(report))}
    return prose(report.word("supervision_department", year=report.year, **counts))


@said_where(supervised)
def limits(report: RoundReport) -> Markdown:
    """What the plan does not say."""
    return prose(report.word("supervision_limits"))

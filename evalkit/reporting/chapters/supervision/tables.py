"""Tables of the supervision plan: the rules of the signals, every unit's risk, and the visits that are chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

import pandas as pd

from evalkit.assessment.grading.bands import Sourced
from evalkit.assessment.supervision.checklists import Visit
from evalkit.assessment.supervision.rules import AnySignal
from evalkit.assessment.supervision.visit_plan import VisitPlan
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import shown_where, supervised
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.legal_basis import stated
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, plain

PROBABILITY = 3  # decimals
FOUND = 2
VISIT = ("visit", "city", "project", "risk", "stratum", "probability", "visit_why")
OF_A_CITY_VISIT = tuple(name for name in VISIT if name != "city")
SIGNAL = ("city", "project", "indicator", "signal", "signal_found", "bound", "signal_points", "signal_why")
# the bound of each signal, by the field of its rule that declares it
BOUNDS = {
    "falsified": ("within",),
    "overstated": ("margin", "within"),
    "contradicted": ("within",),
    "jump": ("factor", "z", "apart", "least"),
    "outlier": ("z", "apart", "least"),
    "disputed": ("years",),
    "missing": ("years",),
    "behind": ("share",),
    "uninspected": ("years",),
}
SHARES = ("margin", "apart", "share")


@round_table
@shown_where(supervised)
def visits(report: RoundReport) -> Table:
    """The visits that are chosen, the riskiest first, with the probability of each and why."""
    found = plan_of(report)
    rows = [_visit(report, found, place) for place in range(1, len(found.visits) + 1)]
    return report.table(rows, VISIT)


@round_table
@shown_where(supervised)
def visits_by_city(report: RoundReport) -> Table:
    """How many visits each city has, how many were to be expected, and how many are certain."""
    selection = plan_of(report).selection
    rows = []
    for city in report.study.regions.index:
        own = selection.loc[city]
        rows.append({"city": report.region(city), **_counts(own)})
    return report.table([*rows, {"city": report.word("sum"), **_counts(selection)}])


@round_table
@shown_where(supervised)
def units(report: RoundReport) -> Table:
    """Every city's project: its points by signal, its risk, and the probability with which it is visited."""
    found = plan_of(report)
    kinds = {signal.kind: Column(signal.kind, signal.name) for signal in found.rules.signals}
    both = found.risks.join(found.selection[["stratum", "probability", "chosen"]])
    rows = [
        {
            "risk_place": row.place,
            "city": report.region(city),
            "project": report.node(project),
            "risk": int(row.score),
            "stratum": report.word(f"stratum_{row.stratum}"),
            "probability": number(row.probability, PROBABILITY),
            "chosen": report.word("is_visited" if row.chosen else "not_visited"),
            **{column: row[kind] for kind, column in kinds.items()},
        }
        for (city, project), row in both.sort_values("place").iterrows()
    ]
    return report.table(rows)


@round_table
@shown_where(supervised)
def signals(report: RoundReport) -> Table:
    """Every signal of the year: what was found, against what bound."""
    rows = [
        {
            "city": report.region(row.region),
            "project": report.node(row.project),
            "indicator": report.node(row.indicator) if row.indicator else NOT_PRINTED,
            "signal": signal_name(report, row.signal),
            "signal_found": number(row.found, FOUND),
            "bound": number(row.bound, FOUND),
            "signal_points": row.points,
            "signal_why": why(report, row.why, row.about),
        }
        for row in plan_of(report).signals.itertuples()
    ]
    return report.table(rows, SIGNAL)


@round_table
@shown_where(supervised)
def supervision_rules(report: Report) -> Table:
    """The signals with their bounds and points, and how visits are chosen; each with its status and source."""
    return report.table(stated(report, _rules(report)))


@report_table
@shown_where(supervised)
def city_visits(report: CityReport) -> Table:
    """The visits that the plan has for the city."""
    return _visits_where(report, lambda visit: visit.region == report.city, OF_A_CITY_VISIT)


@report_table
@shown_where(supervised)
def department_visits(report: DepartmentReport) -> Table:
    """The visits to projects in which the department answers for a target."""
    own = {report.study.consequences.record.projects[indicator.code] for indicator in report.indicators}
    return _visits_where(report, lambda visit: visit.project in own, VISIT)


def plan_of(report: Report) -> VisitPlan:
    """Give the plan of the visits that follow from the year."""
    return report.study.consequences.visit_plan(report.year)


def month_name(report: Report, month: int) -> str:
    """Name a month; nothing where none is declared."""
    return report.word(f"month_{month}") if month else ""


def signal_name(report: Report, kind: str) -> str:
    """Name a signal."""
    return plan_of(report).rules.signal(kind).name[report.language]


def why(report: Report, code: str, about: str = "") -> str:
    """Say by what a signal was seen; of a finding its code, of a state its reason."""
    reason = report.word(f"why_{code}")
    if not about:
        return reason
    named = about if code == "finding" else report.word(f"reason_{about}")
    return report.word("with_value", name=reason, value=named)


def signals_in_words(report: Report, city: str, project: str) -> str:
    """Name the signals of a unit, each with the number of its indicators."""
    return report.listed(signal_names(report, city, project))


def signal_names(report: Report, city: str, project: str) -> list[str]:
    """Name each signal of a unit, with the number of its indicators."""
    rows = plan_of(report).signals
    counts = Counter(rows[(rows.region == city) & (rows.project == project)].signal)
    return [
        report.word("times", name=signal_name(report, kind), n=n) if n > 1 else signal_name(report, kind)
        for kind, n in counts.items()
    ]


def _visit(report: Report, found: VisitPlan, number_of: int) -> dict[str, object]:
    visit = found.visits[number_of - 1]
    row = found.selection.loc[(visit.region, visit.project)]
    return {
        "visit": number_of,
        "city": report.region(visit.region),
        "project": report.node(visit.project),
        "risk": int(row.score),
        "stratum": report.word(f"stratum_{row.stratum}"),
        "probability": number(row.probability, PROBABILITY),
        "visit_why": signals_in_words(report, visit.region, visit.project),
    }


def _visits_where(report: Report, holds: Callable[[Visit], bool], columns: tuple[str, ...]) -> Table:
    found = plan_of(report)
    rows = [_visit(report, found, n) for n, visit in enumerate(found.visits, start=1) if holds(visit)]
    return report.table([{name: row[name] for name in columns} for row in rows], columns)


def _counts(own: pd.DataFrame) -> dict[str, object]:
    return {
        "visits_n": int(own.chosen.sum()),
        "visits_expected": number(own.probability.sum(), PROBABILITY),
        "visits_certain": int((own.chosen & (own.stratum != "random")).sum()),
        "highest_risk": int(own.score.max()),
    }


def _rules(report: Report) -> Iterator[tuple[str, str, Sourced]]:
    declared, word = report.study.assessment_files.supervision, report.word
    for signal in declared.signals:
        points = word("points_of", n=signal.points)
        bounds = report.listed([points, *_bounds(report, signal)])
        yield word("rule_signal", name=signal.name[report.language]), bounds, signal
    yield word("rule_known"), word("months_after_year", n=declared.known.months), declared.known
    yield word("rule_risk_cap"), word("points_of", n=declared.cap.points), declared.cap
    visits = declared.visits
    certain = {"n": visits.riskiest} if visits.riskiest is not None else {"n": visits.above}
    visited = word("rule_riskiest" if visits.riskiest is not None else "rule_above", **certain)
    yield word("rule_capacity"), word("rule_is_capacity", n=visits.capacity), visits
    yield word("rule_certain"), visited, visits
    yield word("rule_random"), word("rule_is_random", n=plain(visits.base)), visits
    if visits.months:
        yield word("visit_month"), report.listed(month_name(report, month) for month in visits.months), visits
    if visits.teams:
        yield word("visit_team"), report.listed(report.texts(visits.teams)), visits
    lists = declared.checklists
    yield word("rule_checklists"), word("rule_is_checklists", near=plain(100 * lists.near), n=lists.sites), lists


def _bounds(report: Report, signal: AnySignal) -> list[str]:
    bounds = []
    for name in BOUNDS[signal.kind]:
        value = getattr(signal, name)
        bounds.append(report.word(f"bound_{name}", n=plain(100 * value if name in SHARES else value)))
    return bounds


OF_A_CITY = {
    "city_visits": city_visits,
}
OF_A_DEPARTMENT = {
    "department_visits": department_visits,
}
OF_SUPERVISION = {
    "supervision_visits": visits,
    "supervision_visits_by_city": visits_by_city,
    "supervision_units": units,
    "supervision_signals": signals,
    "supervision_supervision_rules": supervision_rules,
}

"""Tables of a city's grade: score, rules, projects, period, and what would lift it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from evalkit.assessment.grading.bands import UNRATED
from evalkit.assessment.grading.points import project_codes
from evalkit.reporting.aims import COMPLETION_DECIMALS
from evalkit.reporting.chapters.grade import reasons
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import grouped, has_peers, of_an_assessed_round, outcome_of, without_figure
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, STATE_SIGNS, number, rank, signed


@report_table
@of_an_assessed_round
def grade(report: CityReport) -> Table:
    """Score, band, grade, ranks and the share of valid data, in one row."""
    result = report.assessed.result
    row = {
        "assessment_score": number(result.score, 2, blank=NOT_PRINTED),
        "band": report.band(result.band),
        "grade": report.band(result.grade),
        "assessment_rank": rank(result["rank"]),
        "cities_rated": int(_of_year(report).score.count()),
        **in_group(report, report.city, result),
        "valid_share": number(100 * result.valid_share, reasons.SHARE_DECIMALS),
        "lowered_by": report.listed(reasons.lowered_by(report)),
    }
    return report.table([row])


@round_table
@of_an_assessed_round
def standing(report: Report) -> Table:
    """The grades of all cities in the year, by rank; cities that are not rated last."""
    results = report.study.assessed.assessment.results.xs(report.year, level="year").sort_values("rank", kind="stable")
    rows = [
        {
            "assessment_rank": rank(row["rank"]),
            "city": report.region(code),
            "code": code,
            "assessment_score": number(row.score, 2, blank=NOT_PRINTED),
            "grade": report.band(row.grade),
            **in_group(report, code, row),
            "valid_share": number(100 * row.valid_share, reasons.SHARE_DECIMALS),
        }
        for code, row in results.iterrows()
    ]
    return report.table(rows)


@report_table
@of_an_assessed_round
def period_score(report: CityReport) -> Table:
    """The score of the round's years up to the report's, with the years that it rests on."""
    row = report.study.assessed.assessment.period(final=report.year).loc[report.city]
    cells = {
        "years_rated": ", ".join(map(str, row.years)) or report.word("none"),
        "years_missing": ", ".join(map(str, row.missing)) or report.word("none"),
        "earlier_mean": number(row.earlier, 2, blank=NOT_PRINTED),
        "final_score": number(row.final, 2, blank=NOT_PRINTED),
        "period_score": number(row.score, 2, blank=NOT_PRINTED),
        "period_band": NOT_PRINTED if row.band == UNRATED else report.band(row.band),
        "period_rank": rank(row["rank"]),
    }
    return report.table([cells], year=report.year)


@report_table
@of_an_assessed_round
def gates(report: CityReport) -> Table:
    """Every rule that bit, could not be tested or had no effect: what it found, its bound, and where it comes from."""
    rows = [
        {
            "rule": reasons.rule_name(report, reason),
            "found": reasons.found(report, reason),
            "bound": reasons.bound(report, reason),
            "not_above": report.band(reason.not_above),
            "consequence": report.word(f"outcome_{outcome_of(report, reason.rule, reason.outcome)}"),
            "rule_status": report.word(reasons.rule_of(report, reason.rule).status),
            "rule_source": reasons.rule_of(report, reason.rule).source[report.language],
        }
        for reason in report.assessed.reasons.itertuples()
    ]
    return report.table(rows, ("rule", "found", "bound", "not_above", "consequence", "rule_status", "rule_source"))


@report_table
@of_an_assessed_round
def project_scores(report: CityReport) -> Table:
    """Each project's score beside its floor, what it weighs in completion, and its targets under each lamp."""
    evidence, gate = report.study.assessed.assessment.evidence, report.study.rules.gates.project
    lit = report.judged.lamps
    weights = {project: evidence.weights[codes].sum() for project, codes in project_codes(evidence).items()}
    rows = []
    for project, score in report.assessed.projects.items():
        own = [code for code in lit.index if report.system.project_of(code).code == project]
        rows.append(
            {
                "project": report.node(project),
                "project_weight": number(100 * weights[project] / sum(weights.values()), reasons.SHARE_DECIMALS),
                "project_score": number(score, 2),
                "floor": number(gate.below, 2) if gate else NOT_PRINTED,
                "below_floor": _below_floor(report, project, score),
                **lamp_counts(lit[own]),
            }
        )
    return report.table(rows)


@report_table
@of_an_assessed_round
def improvements(report: CityReport) -> Table:
    """What to raise, in which order, until the city reaches the grade above; nothing where that does not get there."""
    rows = [
        {
            "order": order,
            "what": _improved(report, row),
            "completion": number(row.completion, COMPLETION_DECIMALS, blank=NOT_PRINTED),
            "gain": signed(row.gain, 2),
            "score_then": number(row.score, 2),
            "grade_then": report.band(row.grade),
            "held_by": report.listed(report.rule(rule) for rule in row.held_by),
        }
        for order, row in enumerate(report.way_up.itertuples(), 1)
    ]
    return report.table(rows, ("order", "what", "completion", "gain", "score_then", "grade_then", "held_by"))


def in_group(report: Report, city: str, result: pd.Series) -> dict[str, object]:
    """Give a city's group and its place there; nothing where no group has two cities."""
    if not grouped(report):
        return {}
    place = rank(result.rank_in_group) if has_peers(report, city) else NOT_PRINTED
    return {"group": report.group(result.group), "rank_in_group": place}


def part_name(report: CityReport, code: str) -> str:
    """Name a part of the 100 points."""
    return report.study.rules.parts[code].name[report.language]


def lamp_counts(lamps: pd.Series) -> dict[str, int]:
    """Count targets under each lamp, by the word of the lamp."""
    shown = ("met", "on_schedule", "behind", "no_data", "disputed", "not_applicable")
    counts = Counter(lamps)
    return {f"lamp_{lamp}": counts[lamp] for lamp in shown}


def led(report: Report, counts: dict[str, object]) -> dict[Column, object]:
    """Put counts under columns of what a department leads: in its own report it has those that it joins as well."""
    return {report.column(name, "led"): count for name, count in counts.items()}


def dropped_parts(report: Report, codes: Iterable[str]) -> list[str]:
    """Name parts without data, and say of which none are declared."""
    return [_dropped(report, code) for code in codes]


def _below_floor(report: CityReport, project: str, score: float) -> str:
    """Say whether a project is below the floor, or why that was not tested."""
    gate, due = report.study.rules.gates.project, report.study.assessed.assessment.cases[report.city, report.year]
    if not gate or project not in due.projects:
        return STATE_SIGNS["not applicable"]
    if pd.isna(score):
        return report.word("outcome_not_tested")
    return report.word("is_so" if score < gate.below else "is_not_so")


def _of_year(report: CityReport) -> pd.DataFrame:
    return report.study.assessed.assessment.results.xs(report.year, level="year")


def _improved(report: CityReport, row) -> str:
    """Say what a step raises: an indicator, for a rule or for the score, or what the rule itself asks for."""
    rule = report.rule(row.rule)
    if not row.about:
        return rule
    about = reasons.event_name(report, row.about) if row.rule == "veto" else report.target_name(row.about)
    return about if row.rule == "score" else report.word("with_value", name=about, value=rule)


def _dropped(report: Report, code: str) -> str:
    name = report.study.rules.parts[code].name[report.language]
    undeclared = without_figure(report, code)
    return report.word("in_brackets", name=name, note=report.word("reason_undeclared")) if undeclared else name


OF_A_CITY = {
    "grade": grade,
    "gates": gates,
    "period_score": period_score,
    "project_scores": project_scores,
    "improvements": improvements,
}

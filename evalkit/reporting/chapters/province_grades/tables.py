"""Tables of the province's assessment: grades, the period so far, and the data behind them."""

from __future__ import annotations

import pandas as pd

from evalkit.reporting.chapters.grade.reasons import quota_place
from evalkit.reporting.chapters.grade.tables import dropped_parts, in_group
from evalkit.reporting.conditions import grouped, of_an_assessed_round, outcome_of
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NOT_PRINTED, number, plain, rank

_GRADES = (
    "assessment_rank",
    "city",
    "assessment_score",
    "band",
    "grade",
    "grade_reason",
    "rank_in_group",
    "group",
    "valid_share",
)
_GRADES += ("dropped_parts", "rank_before")
NO_BASE = "no base"  # of a figure that is judged and has no completion
# what stands over the number of targets of each state: what cannot be judged is counted as the lamps count it
_COUNTED = {
    "value": "state_value",
    "missing": "lamp_no_data",
    NO_BASE: "state_no_base",
    "not applicable": "state_not_applicable",
    "not due": "state_not_due",
    "disputed": "lamp_disputed",
}
_WANTING = ("missing", NO_BASE, "disputed")
_DISPUTED = ("year", "city", "project", "indicator", "lead_department")
_IN_WORDS = {
    "valid_share": "told_valid_share",
    "earmark": "told_earmark",
    "project": "told_project",
    "veto": "told_veto",
    "quota": "told_quota",
}


@round_table
@of_an_assessed_round
def grades(report: RoundReport) -> Table:
    """Every city's score, band and grade, with what makes the two differ; those that are not rated stand last."""
    rows = [
        {
            "assessment_rank": rank(row["rank"]),
            "city": report.region(city),
            "assessment_score": number(row.score, 2, blank=NOT_PRINTED),
            "band": report.band(row.band),
            "grade": report.band(row.grade),
            "grade_reason": ("；" if report.language == "zh" else "; ").join(_why_graded(report, city)) or NOT_PRINTED,
            **in_group(report, city, row),
            "valid_share": number(100 * row.valid_share, 2),
            "dropped_parts": report.listed(dropped_parts(report, row.dropped)),
            "rank_before": _rank_before(report, city),
        }
        for city, row in ordered(report).iterrows()
    ]
    columns = [name for name in _GRADES if grouped(report) or name not in ("rank_in_group", "group")]
    return report.table(rows, columns)


@round_table
@of_an_assessed_round
def period(report: RoundReport) -> Table | None:
    """The score of the years so far: the mean of the earlier ones and the report year; None in the first year."""
    if report.previous is None:
        return None
    found = report.study.assessed.assessment.period(final=report.year).sort_values("rank", kind="stable")
    rows = [
        {
            "period_rank": rank(row["rank"]),
            "city": report.region(city),
            "earlier_mean": number(row.earlier, 2, blank=NOT_PRINTED),
            "final_score": number(row.final, 2, blank=NOT_PRINTED),
            "period_score": number(row.score, 2, blank=NOT_PRINTED),
            "period_band": report.band(row.band),
            "years_missing": ", ".join(map(str, row.missing)) or report.word("none"),
        }
        for city, row in found.iterrows()
    ]
    return report.table(rows, year=report.year)


@round_table
@of_an_assessed_round
def data_by_city(report: RoundReport) -> Table:
    """How many of each city's targets stand under which state, beside the share of weight that is valid."""
    states, results = told_apart(report), ordered(report)
    rows = [
        {
            "city": report.region(city),
            "valid_share": number(100 * results.valid_share[city], 2),
            "is_rated": report.word("is_so" if pd.notna(results.score[city]) else "is_not_so"),
            **_counted(report, states.loc[city]),
        }
        for city in results.valid_share.sort_values(kind="stable").index
    ]
    return report.table(rows)


@round_table
@of_an_assessed_round
def data_by_department(report: RoundReport) -> Table:
    """The same by the department that leads, over all cities, those with most gaps first; and of all together."""
    states, by_lead = told_apart(report), leads(report)
    found = {name: states[[c for c in states if by_lead.get(c) == name]] for name in by_lead.unique()}
    wanting = {name: -int(own.isin(_WANTING).to_numpy().sum()) for name, own in found.items()}
    named = {report.named_department(name): found[name] for name in sorted(found, key=wanting.get)}
    rows = [
        {"lead_department": name, "targets_led": own.shape[1], **_counted(report, own.stack(), "led")}
        for name, own in (named | {report.word("sum"): states}).items()
    ]
    return report.table(rows)


@round_table
@of_an_assessed_round
def disputed(report: RoundReport) -> Table:
    """Every disputed figure of a target up to the report year, the latest year first."""
    by_lead = leads(report)
    cells = (report.study.assessed.cities.states[city_targets(report)] == "disputed").stack()
    rows = [
        {
            "year": year,
            "city": report.region(city),
            "project": report.project_of(report.system.node(code)),
            "indicator": report.node(code),
            "lead_department": report.named_department(by_lead[code]) if code in by_lead else NOT_PRINTED,
        }
        for city, year, code in sorted(cells[cells].index, key=lambda cell: -cell[1])
        if year <= report.year
    ]
    return report.table(rows, _DISPUTED)


def ordered(report: RoundReport) -> pd.DataFrame:
    """Give the results of the year by city, the first rank first and those that are not rated last."""
    results = report.study.assessed.assessment.results.xs(report.year, level="year")
    return results.sort_values("rank", kind="stable")


def reasons(report: RoundReport) -> pd.DataFrame:
    """Give what held or could not be tested in the year, by city."""
    found = report.study.assessed.assessment.reasons
    return found[found.index.get_level_values("year") == report.year].droplevel("year")


def reason_in_words(report: RoundReport, reason: pd.Series) -> str:
    """Say what one rule found."""
    about = report.node(reason.about) if reason.rule == "project" else reason.about
    if reason.outcome == "not_tested":
        key = f"told_{outcome_of(report, reason.rule, reason.outcome)}"
        return report.word(key, rule=report.rule(reason.rule), about=about and f" {about}")
    if reason.rule == "veto":
        events = {event.code: event.reason[report.language] for event in report.study.assessed.events.events}
        about = events[reason.about]
    share = 100 if reason.rule == "valid_share" else 1
    by_quota = reason.rule == "quota"
    found = quota_place(report, reason.name, int(reason.found)) if by_quota else number(share * reason.found, 2)
    best = report.band(report.study.rules.quota.band) if by_quota else ""
    cells = {"about": about, "found": found, "bound": plain(share * reason.bound), "band": best}
    return report.word(_IN_WORDS[reason.rule], rule=report.rule(reason.rule), **cells)


def city_targets(report: RoundReport) -> list[str]:
    """Give the indicators whose targets are assessed in cities."""
    return [i.code for i in report.system.indicators if i.target and "city" in i.target.assessed]


def states_of(report: RoundReport) -> pd.DataFrame:
    """Give the states of the year: cities down, targets across."""
    return report.study.assessed.cities.states.xs(report.year, level="year")[city_targets(report)]


def told_apart(report: RoundReport) -> pd.DataFrame:
    """Give the same, of which those that only lack a baseline are told apart from those that cannot be judged."""
    states = states_of(report)
    without_base = report.study.assessed.cities.without_base.xs(report.year, level="year")
    return states.mask(without_base[states.columns], NO_BASE)


def leads(report: RoundReport) -> pd.Series:
    """Give the department that leads, by indicator."""
    duties = report.study.assessed.duties
    return duties[duties.role == "lead"].set_index("indicator").department


def _why_graded(report: RoundReport, city: str) -> list[str]:
    found = reasons(report)
    return [
        reason_in_words(report, row) for _, row in found[found.index == city].iterrows() if row.outcome != "no_effect"
    ]


def _rank_before(report: RoundReport, city: str) -> int | str:
    if report.previous is None:
        return NOT_PRINTED
    before = report.study.assessed.assessment.results.loc[(city, report.previous), "rank"]
    return rank(before, blank=report.word("no_score"))


def _counted(report: RoundReport, states: pd.Series, of: str = "") -> dict[Column, int]:
    return {report.column(word, of): int((states == state).sum()) for state, word in _COUNTED.items()}


OF_PROVINCE = {
    "province_grades": grades,
    "province_period": period,
    "province_data_by_city": data_by_city,
    "province_data_departments": data_by_department,
    "province_disputed": disputed,
}

"""Tables of the province's targets: its totals and how they are split, the projects, the weakest, the departments."""

from __future__ import annotations

import pandas as pd

from evalkit.assessment.targets.departments import LAMPS
from evalkit.assessment.targets.trajectories import EXCUSED
from evalkit.index import Indicator
from evalkit.reporting.chapters.grade.tables import led
from evalkit.reporting.chapters.province_grades.tables import city_targets, leads
from evalkit.reporting.conditions import of_an_assessed_round
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, Figures, number, signed
from evalkit.tabular.table import of_columns

SHOWN = 15
_TOTALS = ("total_target", "target_kind", "target_status", "year", "due", "done", "due_so_far", "done_so_far")
_TOTALS += ("lamp", "not_reported")
_WEAKEST = ("project", "indicator", "target_status", "lead_department", "mean_completion", "cities_n")
_WEAKEST += ("lamp_behind", "cities_behind")
# what a lamp says by itself
_PLAIN = ("", "missing", "no_earlier_value", "disputed", "not_applicable", "not_due")


@round_table
@of_an_assessed_round
def totals(report: RoundReport) -> Table:
    """The province's own targets year by year: what was due, what was done, and who has not reported."""
    years = report.years
    return report.table([_total(report, i, year) for i in province_targets(report) for year in years], _TOTALS)


@round_table
@of_an_assessed_round
def parts(report: RoundReport) -> Table | None:
    """How each total is split among the cities, beside what it is split by, once; None where none is."""
    found = report.study.assessed.cities.parts
    if not found:
        return None
    cities = report.study.regions.index
    columns, shown = {"city": [*map(report.region, cities), report.word("sum")]}, []
    for code, split in found.items():
        if (split_by := _base(report, code)) not in shown:
            shown.append(split_by)
            base = split.base[cities]
            columns[report.column("base_of", code, **split_by)] = [
                Figures(f"{size:,.10g}", size) for size in (*base, base.sum())
            ]
        columns[report.column("part_of", code, name=report.system.node(code).name)] = [
            *split.values[cities],
            split.total,
        ]
    return report.table(of_columns(columns))


@round_table
@of_an_assessed_round
def projects(report: RoundReport) -> Table:
    """Every project's targets in all cities: the lamps, the mean completion, and its change."""
    codes = pd.Series({code: report.system.project_of(code).code for code in city_targets(report)})
    rows = [
        {"project": report.node(project), **_standing(report, list(own.index))}
        for project, own in codes.groupby(codes, sort=False)
    ]
    return report.table([*rows, {"project": report.word("sum"), **_standing(report, list(codes.index))}])


@round_table
@of_an_assessed_round
def weakest(report: RoundReport) -> Table:
    """The targets furthest behind, by mean completion over the cities, with who leads and which cities are behind."""
    lamps, completion = lamps_of(report), completion_of(report, report.year)
    behind = (lamps == "behind").sum()
    mean = furthest_behind(report)
    rows = [
        {
            "project": report.project_of(report.system.node(code)),
            "indicator": report.target_name(code),
            "target_status": report.word(report.system.node(code).target_status),
            "lead_department": lead_of(report, code),
            "mean_completion": number(share, 1),
            "cities_n": int(completion[code].count()),
            "lamp_behind": int(behind[code]),
            "cities_behind": report.listed(behind_on(report, code)),
        }
        for code, share in mean.items()
    ]
    return report.table(rows, _WEAKEST)


def furthest_behind(report: RoundReport) -> pd.Series:
    """Give the mean completion of the targets on which any city is behind, the lowest first."""
    behind = (lamps_of(report) == "behind").sum()
    mean = completion_of(report, report.year).mean()
    return mean[behind > 0].dropna().sort_values(kind="stable").head(SHOWN)


@round_table
@of_an_assessed_round
def departments(report: RoundReport) -> Table:
    """Every department with the targets that it leads, the one with the largest share behind first."""
    duties = report.study.assessed.duties
    by_department = duties[duties.indicator.isin(city_targets(report))].groupby("department", sort=False)
    codes_of = {name: list(own.indicator[own.role == "lead"]) for name, own in by_department}
    shares = pd.Series({name: _share_behind(lamps_of(report)[codes]) for name, codes in codes_of.items()}, dtype=float)
    rows = [
        {
            "department_name": report.named_department(name),
            "targets_led": len(codes_of[name]),
            "targets_joined": int((by_department.get_group(name).role == "joint").sum()),
            **led(report, _lamps(report, codes_of[name])),
            "behind_share": number(share, 1, blank=NOT_PRINTED),
            "led_completion": number(_mean(report, codes_of[name]), 1, blank=NOT_PRINTED),
            "completion_change": signed(_change(report, codes_of[name]), 1),
        }
        for name, share in shares.sort_values(ascending=False, kind="stable").items()
    ]
    return report.table(rows)


def lead_of(report: RoundReport, code: str) -> str:
    """Name the department that leads for an indicator; a sign where none does."""
    found = leads(report)
    return report.named_department(found[code]) if code in found else NOT_PRINTED


def province_targets(report: RoundReport) -> list[Indicator]:
    """Give the indicators whose targets are the province's."""
    return [i for i in report.system.indicators if i.target and "province" in i.target.assessed]


def lamps_of(report: RoundReport, year: int | None = None) -> pd.DataFrame:
    """Give the lamps of the report's year or another one: cities down, targets across."""
    return report.study.assessed.cities.lamps.xs(year or report.year, level="year")[city_targets(report)]


def completion_of(report: RoundReport, year: int) -> pd.DataFrame:
    """Give the completion of a year: cities down, targets across."""
    return report.study.assessed.cities.completion.xs(year, level="year")[city_targets(report)]


def base_of(report: RoundReport, code: str) -> str:
    """Name what a total is split by, with its year and unit."""
    return report.column("base_of", **_base(report, code)).label[report.language]


def _base(report: RoundReport, code: str) -> dict[str, object]:
    rule = report.system.node(code).target.split
    variable = report.study.dataset.metadata.variables[rule.base]
    return {"name": variable.name, "year": rule.year, "unit": variable.unit}


def unreported(report: RoundReport, code: str, year: int) -> list[str]:
    """Name the cities without a figure, with why unless it is just missing."""
    states = report.study.assessed.panel.states[code].xs(year, level="year")
    names = {city: report.region(city) for city in states.index[states != "value"]}
    why = {state: report.state(state) for state in (*EXCUSED, "disputed")}
    reasons = {city: why.get(states[city]) for city in names}
    return [report.word("with_value", name=names[c], value=v) if v else names[c] for c, v in reasons.items()]


def asked_and_done(report: RoundReport, indicator: Indicator) -> tuple[pd.Series, pd.Series]:
    """Give by year what a target asks of the province, and what was done."""
    achieved, whole = report.study.assessed.province, report.study.all_regions.code
    return tuple(frame[indicator.code].xs(whole, level="region") for frame in (achieved.milestones, achieved.values))


def _total(report: RoundReport, indicator: Indicator, year: int) -> dict:
    achieved, key, code = report.study.assessed.province, (report.study.all_regions.code, year), indicator.code
    target, reason = indicator.aim, achieved.reasons.loc[key, code]
    asked, done = asked_and_done(report, indicator)
    figures = {"due": asked, "done": done}
    if target.judged_by_year:
        figures |= {"due_so_far": asked.cumsum(skipna=False), "done_so_far": done.cumsum(skipna=False)}
    elif target.adds_up:
        figures = {"due_so_far": asked, "done_so_far": done}
    cells = {name: number(series[year], min(indicator.decimals, 2)) for name, series in figures.items()}
    lamp = report.lamp(achieved.lamps.loc[key, code])
    why = "" if reason in _PLAIN else report.word(f"reason_{reason}")
    return {
        "total_target": report.word("with_value", name=report.node(code), value=indicator.unit[report.language]),
        "target_kind": report.word(f"kind_{target.kind}"),
        "target_status": report.word(indicator.target_status),
        "year": year,
        **dict.fromkeys(_TOTALS[4:8], NOT_PRINTED),
        **cells,
        "lamp": report.word("with_value", name=lamp, value=why) if why else lamp,
        "not_reported": report.listed(unreported(report, code, year)),
    }


def _standing(report: RoundReport, codes: list[str]) -> dict:
    return {
        "targets_n": len(codes),
        **_lamps(report, codes),
        "mean_completion": number(_mean(report, codes), 1),
        "completion_change": signed(_change(report, codes), 1),
    }


def _lamps(report: RoundReport, codes: list[str]) -> dict[str, int]:
    lamps = lamps_of(report)[codes]
    return {f"lamp_{lamp}": int((lamps == lamp).sum().sum()) for lamp in LAMPS}


def _mean(report: RoundReport, codes: list[str]) -> float | None:
    return completion_of(report, report.year)[codes].stack().mean() if codes else None


def _change(report: RoundReport, codes: list[str]) -> float | None:
    """Give the mean change of completion on the year before, over what is known in both years."""
    if report.previous is None or not codes:
        return None
    both = completion_of(report, report.year)[codes] - completion_of(report, report.previous)[codes]
    return both.stack().mean()


def _share_behind(lamps: pd.DataFrame) -> float:
    """Give the share of the lit lamps that are behind, in per cent; blank where none is lit."""
    lit = lamps.isin(["met", "on_schedule", "behind"]).sum().sum()
    return 100 * (lamps == "behind").sum().sum() / lit if lit else float("nan")


def behind_on(report: RoundReport, code: str) -> list[str]:
    """Name the cities that are behind on a target, each with its completion, the furthest first."""
    return _behind(report, lamps_of(report)[code], completion_of(report, report.year)[code])


def _behind(report: RoundReport, lamps: pd.Series, completion: pd.Series) -> list[str]:
    """Name the cities that are behind with their completion, the furthest first; those without completion last."""
    shares = completion[lamps == "behind"].sort_values(kind="stable")
    cells = {city: number(share, 1) for city, share in shares.items()}
    full = number(100, 1)
    cells = {city: report.word("just_below", n=100) if cell == full else cell for city, cell in cells.items()}
    return [report.word("with_value", name=report.region(city), value=cell) for city, cell in cells.items()]


OF_PROVINCE = {
    "province_totals": totals,
    "province_parts": parts,
    "province_target_projects": projects,
    "province_weakest": weakest,
    "province_departments": departments,
}

"""Sentences of a department report: how its targets stand, who pulls them down, and what no rule of the round says."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.targets.departments import LAMPS
from evalkit.reporting import cover
from evalkit.reporting.chapters.department import follow_up, tables
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.legal_basis import duties
from evalkit.reporting.prose import prose
from evalkit.tabular.cells import number, signed, span

NAMED = 3


def heading(report: DepartmentReport) -> Markdown:
    """Who issues the report, of which department it is, under which names, and what it rests on."""
    named = {"responsible_department": f"{report.department_name} ({report.department})"}
    if len(report.names) > 1:
        named["names_borne"] = _names(report)
    named["duty_basis"] = report.system.departments[report.department].source[report.language]
    return cover.heading(report, named, rules=report.study.rules)


def summary(report: DepartmentReport) -> Markdown:
    """What the department answers for, how the judgements fall, their mean, and what stays open."""
    parts = (_duty(report), report.joined(_means(report)), report.joined(_doubts(report)))
    return prose("\n\n".join(parts).rstrip())


def standing(report: DepartmentReport) -> Markdown:
    """How completion and its change are to be read."""
    return _say(report, "department_standing_read")


def behind(report: DepartmentReport) -> Markdown:
    """That no city is behind, where none is."""
    return prose("") if report.scorecard.behind.any() else _say(report, "department_behind_none")


def province(report: DepartmentReport) -> Markdown:
    """How totals are made; nothing where the department has no target of the province."""
    shown = tables.province(report) is not None
    return _say(report, "department_province_read") if shown else prose("")


def lamps(report: DepartmentReport) -> Markdown:
    """The key to the signs."""
    key = report.word("department_lamps_read", **{lamp: report.word(f"lamp_{lamp}") for lamp in LAMPS})
    return prose(report.joined([key, *report.reference("department_report", "targets", "department_lamps_where")]))


def effects_of_cities(report: DepartmentReport) -> Markdown:
    """Which cities pull the department's mean down, by how much, and that it is no cause."""
    down = report.effects_of_cities[report.effects_of_cities.effect < 0].head(NAMED)
    if down.empty:
        return _say(report, "department_effects_of_cities_none")
    return _say(
        report,
        "department_effects_of_cities_read",
        names=_named(report, {c: signed(x, 2) for c, x in down.effect.items()}),
    )


def path(report: DepartmentReport) -> Markdown:
    """What a change from year to year may mean."""
    return _say(report, "department_path_read")


def facilities(report: DepartmentReport) -> Markdown:
    """How many facilities are below their threshold; nothing where no target of the department has one."""
    if not any(indicator.target.by_unit for indicator in report.indicators):
        return prose("")
    found, listed = report.facilities, follow_up.facilities(report)
    if listed is None:
        return _say(report, "department_facilities_all" if _judged(report) else "department_facilities_none")
    states = {state: int((found.state == state).sum()) for state in ("below", "unknown")}
    counts = states | {"listed": len(listed), "rest": len(found) - len(listed)}
    return _say(report, "department_facilities_read", **counts)


def unreported(report: DepartmentReport) -> Markdown:
    """How many figures are wanted."""
    states = report.of_the_year(report.achieved.states)
    n = int(states.isin(["missing", "disputed"]).to_numpy().sum())
    return _say(report, "department_unreported_read" if n else "department_unreported_none", n=n)


def limits(report: DepartmentReport) -> Markdown:
    """What the report does not say."""
    return prose("\n".join([report.word("department_limits"), *(f"- {note}" for note in duties(report))]))


def _names(report: DepartmentReport) -> str:
    spans = {name: span(borne[0], borne[-1]) for name, borne in report.names.items()}
    return report.listed(report.word("named_years", name=name, years=years) for name, years in spans.items())


def _say(report: DepartmentReport, key: str, **values) -> Markdown:
    return prose(report.word(key, year=report.year, **values))


def _duty(report: DepartmentReport) -> str:
    table, statuses = report.scorecard, pd.Series([indicator.target.status for indicator in report.indicators])
    counts = table[list(LAMPS)].sum()
    return report.word(
        "department_read",
        department=report.department_name,
        year=report.year,
        targets=len(table),
        lead=int((table.role == "lead").sum()),
        joint=int((table.role == "joint").sum()),
        statuses=report.listed(f"{report.word(status)} {n}" for status, n in statuses.value_counts().items()),
        confirmed=report.word("confirmed"),
        cities=len(report.effects_of_cities),
        cells=int(counts.sum()),
        counts=report.listed(f"{report.word(f'lamp_{lamp}')} {counts[lamp]}" for lamp in LAMPS),
    )


def _means(report: DepartmentReport) -> Iterator[str]:
    """The mean with what it rests on, its change, and the targets behind in most cities."""
    cells = report.of_the_year(report.achieved.completion).stack().dropna()
    if cells.empty:
        yield report.word("department_mean_none")
    else:
        yield report.word("department_mean", n=len(cells), mean=number(cells.mean(), 1))
    change = report.change(report.year).stack().dropna()
    if len(change):
        yield report.word("department_change", n=len(change), change=signed(change.mean(), 1))


def _doubts(report: DepartmentReport) -> Iterator[str]:
    behind = report.scorecard.behind[report.scorecard.behind > 0].nlargest(NAMED)
    if len(behind):
        names = (report.word("behind_in", name=report.node(code), n=int(n)) for code, n in behind.items())
        yield report.word("department_worst", names=report.listed(names))
    counts = report.scorecard[list(LAMPS)].sum()
    if n := counts.no_data + counts.disputed:
        share = number(100 * n / (counts.sum() - counts.not_applicable), 1)
        yield report.word("department_unknown", n=n, share=share)


def _judged(report: DepartmentReport) -> bool:
    """Whether any facility of the department's targets was judged in the year."""
    units = report.achieved.units
    keys = () if units is None else units.index
    return any(code in report.scorecard.index and year == report.year for code, _, year in keys)


def _named(report: DepartmentReport, cells: dict[str, str]) -> str:
    return report.listed(
        report.word("with_value", name=report.region(city), value=cell) for city, cell in cells.items()
    )

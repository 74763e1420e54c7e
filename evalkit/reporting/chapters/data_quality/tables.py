"""Tables of the quality of the data: what to ask back, whom, and what contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from evalkit.base.once import once
from evalkit.readings.quality import GRAVITIES, WRONG, Ask, Quality
from evalkit.reporting.chapters.data_quality.reasons import (
    ASKED,
    departments,
    quality_of,
    reason,
    variable_name,
    whose,
    why,
)
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.study import Study
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, years

FIRST, MOST, LISTED = 10, 5, 200  # rows of what is first and of departments in the body, and in the annex
ASK = ("number", "ask_for", "departments", "region", "variable", "years_asked", "ask_why")
BRIEFLY = ("number", "ask_for", "asked_of", "variable", "ask_why")
AGAINST_ODDS = ("same", "copied", "zero")


@round_table
def asks(report: RoundReport) -> Table:
    """Everything to ask back, the gravest first: from whom, and why."""
    rows = [_asked(report, n, ask) for n, ask in enumerate(quality_of(report).asks, start=1)]
    return report.table(rows, ASK)


@round_table
def first_asks(report: RoundReport) -> Table:
    """The gravest of it, with the region and the department in one."""
    rows = [_asked(report, n, ask) for n, ask in enumerate(quality_of(report).asks[:FIRST], start=1)]
    return report.table([row | {"asked_of": _whom(report, row)} for row in rows], BRIEFLY)


@round_table
def listed_asks(report: RoundReport) -> Table:
    """As much of it as a page has room for."""
    return asks(report).only(*ASK, first=LISTED)


@round_table
def asks_by_city(report: RoundReport) -> Table:
    """How much is asked of each city and its counties, by what is asked; the most first."""
    counts = asks_of_cities(report.study, report.year)
    order = sorted(counts, key=lambda city: (-sum(counts[city].values()), city))
    return report.table(
        [{"city": report.region(city), **_counted(counts[city])} for city in order], _of(report, "city")
    )


@round_table
def asks_by_department(report: RoundReport) -> Table:
    """How much is asked in the field of each department, by what is asked; the most first."""
    counts: dict[str, Counter] = {}
    for ask in quality_of(report).asks:
        for code in ask.departments or ("",):
            counts.setdefault(code, Counter())[ask.gravity] += 1
    order = sorted(counts, key=lambda code: (not code, -sum(counts[code].values()), code))
    rows = [
        {"departments": report.named_department(code) if code else report.word("nobody_declared")}
        | _counted(counts[code])
        for code in order
    ]
    return report.table(rows, _of(report, "departments"))


@round_table
def most_asked(report: RoundReport) -> Table:
    """The departments in whose fields most is asked."""
    found = asks_by_department(report)
    return found.only(*found.codes, first=MOST)


@round_table
def contradictions(report: RoundReport) -> Table:
    """Figures that cannot be right beside others, and those that are the same as others against all odds."""
    quality = quality_of(report)
    found = [finding for finding in quality.findings if finding.kind in (*WRONG, *AGAINST_ODDS)]
    order = sorted(
        found, key=lambda f: (GRAVITIES.index(quality.gravity(f)), [*WRONG, *AGAINST_ODDS].index(f.kind), -f.size)
    )
    rows = [
        {
            "departments": departments(report, quality.figures.departments.get(finding.variable, ())),
            "region": whose(report, finding.region),
            "variable": variable_name(report, finding.variable),
            "ask_why": reason(report, finding),
        }
        for finding in order[:LISTED]
    ]
    return report.table(rows, ("departments", "region", "variable", "ask_why"))


@once
def asks_of_cities(study: Study, year: int) -> dict[str, Counter]:
    """Count what is asked of each city and what is below it, by gravity; what all regions are asked counts for none."""
    counts = {city: Counter() for city in study.regions.index}
    for ask in Quality.of(study, year).asks:
        city = _city(study, ask.region)
        if city in counts:
            counts[city][ask.gravity] += 1
    return counts


def _city(study: Study, region: str) -> str:
    """Give the city that a region is, or lies in; blank where it is in none."""
    regions = study.all_regions.by_code
    while region and region not in study.regions.index:
        region = regions[region].parent or ""
    return region


def _asked(report: Report, number_of: int, ask: Ask) -> dict:
    return {
        "number": number_of,
        "ask_for": report.word(ASKED[ask.gravity]),
        "departments": departments(report, ask.departments),
        "region": whose(report, ask.region),
        "variable": _scored(report, ask),
        "years_asked": years(ask.years),
        "ask_why": why(report, ask),
    }


def _whom(report: Report, row: dict) -> str:
    """Name a region with the departments that answer, where they are declared."""
    if row["departments"] == NOT_PRINTED:
        return row["region"]
    return report.word("with_value", name=row["region"], value=row["departments"])


def _scored(report: Report, ask: Ask) -> str:
    name = variable_name(report, ask.variable)
    return report.word("scored_variable", name=name) if ask.scored else name


def _counted(counts: Counter) -> dict:
    return {ASKED[gravity]: counts[gravity] or NOT_PRINTED for gravity in GRAVITIES} | {"sum": counts.total()}


def _of(report: Report, first: str) -> Iterable[str]:
    """The columns of a table of counts: of what is asked at all."""
    there = {ask.gravity for ask in quality_of(report).asks}
    return (first, *(ASKED[gravity] for gravity in GRAVITIES if gravity in there), "sum")


OF_QUALITY = {
    "quality_asks": asks,
    "quality_asks_by_city": asks_by_city,
    "quality_asks_by_department": asks_by_department,
    "quality_contradictions": contradictions,
}

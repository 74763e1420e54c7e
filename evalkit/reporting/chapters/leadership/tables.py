"""Tables of the annex for the appraisal of a city's leadership: readings side by side, and their years."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import pandas as pd

from evalkit.assessment.grading.appraisal import milestones_kept
from evalkit.base.exact import publish
from evalkit.base.once import once
from evalkit.reporting.chapters.fiscal.tables import mean_growth
from evalkit.reporting.chapters.grade.tables import lamp_counts
from evalkit.reporting.chapters.rectification.items import open_items, step_name
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import (
    called_to_account,
    earmarked,
    grouped,
    has_peers,
    of_an_assessed_round,
    reads_fiscal,
)
from evalkit.reporting.made import report_table
from evalkit.study import Study
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, number, rank, signed, span

SCORE = 2  # decimals
SHARE = 1


@report_table
@of_an_assessed_round
def leadership(report: CityReport) -> Table:
    """The readings of the year, each with its own place; none is added to another."""
    columns = ("reading", "reading_value", "reading_place", "place_in_group")
    rows = [dict(zip_longest(columns, cells, fillvalue=NOT_PRINTED)) for cells in _readings(report)]
    return report.table(rows, columns if grouped(report) else columns[:-1])


@report_table
@of_an_assessed_round
def leadership_years(report: CityReport) -> Table:
    """The same of every year of the round up to the report's."""
    years = list(report.years)
    named = {"earmark": report.node(report.study.round.assessment.earmark)} if earmarked(report) else {}
    return report.table([{"year": year, **_year(report, year)} for year in years], **named)


@report_table
@of_an_assessed_round
def leadership_milestones(report: CityReport) -> Table:
    """The city's targets under each lamp, and which share of the milestones it kept, by year up to the report's."""
    found = report.study.assessed
    rows = []
    for year in report.years:
        row = found.appraisal.loc[(report.city, year)]
        shares = {"kept_share": row.kept / row.lit if row.lit else None, "kept_weight": row.weighted}
        cells = {name: number(None if share is None else 100 * share, SHARE) for name, share in shares.items()}
        lamps = found.cities.lamps.loc[(report.city, year), report.judged.index]
        rows.append({"year": year, **lamp_counts(lamps), **cells})
    return report.table(rows)


def counties_kept(report: CityReport) -> pd.Series:
    """Count the milestones of all counties of the city in the year: kept, lit, unknown."""
    counties = report.study.counties(report.city, report.year).index
    return _all_counties_kept(report.study).reindex(pd.MultiIndex.from_product([counties, [report.year]])).sum()


@once
def _all_counties_kept(study: Study) -> pd.DataFrame:
    return milestones_kept(study.assessed.counties)


def reading(report: CityReport) -> pd.Series:
    """Give the city's readings of the year."""
    return report.study.assessed.appraisal.loc[(report.city, report.year)]


def _readings(report: CityReport) -> Iterator[tuple[str, ...]]:
    """Give every reading's name, what the city has, and its places: in the province and in its group, if any."""
    row = reading(report)
    yield from _levels(report, row)
    yield from _changes(report, row)
    if "equality" in report.study.rules.parts:
        equality = str(number(publish(row.equality), SCORE))
        yield report.word("read_equality"), equality, _place(report, row.equality_rank, row.equality_n)
    yield from _unplaced(report, row)
    yield from _by_method(report)


def _levels(report: CityReport, row: pd.Series) -> Iterator[tuple[str, ...]]:
    word, root = report.word, report.result.root
    place, within = _place(report, row["rank"], row.rated), _within(report, row.group_rank, row.group_rated)
    yield word("read_level"), _score(report, row.score, row.grade), place, within
    index = number(report.score(root), report.result.decimals(), blank=word("no_score"))
    yield word("read_services"), str(index), _place(report, report.rank(root), _ranked(report))


def _changes(report: CityReport, row: pd.Series) -> Iterator[tuple[str, ...]]:
    word, first = report.word, report.study.years[0]
    change = _change(report, row.change, report.year, report.year - 1)
    within = _within(report, row.group_change_rank, row.group_changed)
    yield word("read_change"), change, _place(report, row.change_rank, row.changed), within
    if report.year > first:
        since = _change(report, row.since, report.year, first)
        yield word("read_since", year=first), since, _place(report, row.since_rank, row.since_n)


def _unplaced(report: CityReport, row: pd.Series) -> Iterator[tuple[str, str]]:
    """Give what is said of the city alone."""
    word = report.word
    if len(report.study.counties(report.city, report.year)):
        yield word("read_counties"), _kept(report, counties_kept(report))
    if earmarked(report):
        yield report.node(report.study.round.assessment.earmark), _earmark(report, report.year)
    yield word("read_growth"), _growth(report)
    yield word("read_milestones"), _kept(report, row)
    yield word("read_events"), _events(report)
    if called_to_account(report):
        yield word("read_items"), _items(report)


def _by_method(report: CityReport) -> Iterator[tuple[str, ...]]:
    """Give the places by level of services under all declared ways of scoring."""
    places, ways = report.rank_range.loc[report.city], len(report.ranks_by_alternative.columns)
    ends = span(places["best"], places["worst"])
    place = report.word("place_among", place=ends, n=_ranked(report)) if ends != NOT_PRINTED else ends
    yield report.word("read_range", ways=ways), NOT_PRINTED, place


def _ranked(report: CityReport) -> int:
    """Count the cities with an index in the year."""
    return int(report.result.ranks[report.result.root].xs(report.year, level="year").count())


def _year(report: CityReport, year: int) -> dict[str, object]:
    row = report.study.assessed.appraisal.loc[(report.city, year)]
    earmark = {"earmark_share": _earmark(report, year)} if earmarked(report) else {}
    counted = "equality" in report.study.rules.parts
    equality = {"equality_mean": number(publish(row.equality), SCORE)} if counted else {}
    place = {"place_in_group": _within(report, row.group_rank, row.group_rated)} if grouped(report) else {}
    return {
        "assessment_score": number(row.score, SCORE, blank=NOT_PRINTED),
        "grade": report.band(row.grade),
        "place_of": _place(report, row["rank"], row.rated),
        **place,
        "score_change": _change(report, row.change, year, year - 1),
        **equality,
        **earmark,
    }


def _score(report: CityReport, score: float, grade: str | None = None) -> str:
    printed = str(number(score, SCORE, blank=report.word("no_score")))
    return report.word("with_value", name=printed, value=report.band(grade)) if grade else printed


def _change(report: CityReport, change: float, year: int, before: int) -> str:
    """Write a change with its sign, or which of its years is not rated; a sign where the round has no such year."""
    if pd.notna(change) or before not in report.study.years or year == before:
        return signed(change, SCORE)
    scores = report.study.assessed.assessment.results.score
    missing = next(one for one in (year, before) if pd.isna(scores[report.city, one]))
    return report.word("year_unscored", year=missing)


def _growth(report: CityReport) -> str:
    """Write the growth of spending beside that of own revenue, or what is missing for it."""
    if not reads_fiscal(report):
        return report.word("growth_not_read")
    if report.previous is None:
        return NOT_PRINTED
    growth = mean_growth(report).loc[report.city]
    cells = {name: number(100 * growth[f"{name}_growth"], SHARE) for name in ("spending", "revenue")}
    return report.word("growth_beside", first=report.study.years[0], **cells)


def _place(report: CityReport, place: float, of: int) -> str:
    return NOT_PRINTED if pd.isna(place) else report.word("place_among", place=rank(place), n=int(of))


def _within(report: CityReport, place: float, of: int) -> str:
    return _place(report, place, of) if has_peers(report, report.city) else NOT_PRINTED


def _kept(report: CityReport, counts: pd.Series) -> str:
    """Write the share of milestones that are kept, with both numbers, and how many are not known."""
    share = number(100 * counts.kept / counts.lit if counts.lit else None, SHARE)
    return report.word("kept_of", share=share, kept=int(counts.kept), lit=int(counts.lit), unknown=int(counts.unknown))


def _earmark(report: CityReport, year: int) -> str:
    row = report.study.assessed.earmark.loc[(report.city, year)]
    if row.state != "value":
        return NO_DATA if row.state == "missing" else report.word("lamp_not_applicable")
    shares = {"found": number(100 * row.ratio, SHARE), "share": report.study.rules.gates.earmark.share}
    return report.word("earmark_met" if row.met else "earmark_missed", **shares)


def _events(report: CityReport) -> str:
    events = report.study.assessed.events.of(report.city, report.year)
    vetoes = sum(event.veto for event in events)
    found = len(report.study.assessment_files.findings.of(report.city, report.year))
    return report.word("events_found", events=len(events) - vetoes, vetoes=vetoes, findings=found)


def _items(report: CityReport) -> str:
    found = open_items(report, region=report.city)
    counts = found.step.value_counts(sort=False)
    steps = [s.code for s in report.study.assessment_files.accountability.measures[::-1] if s.code in counts]
    told = report.listed(report.word("items_at_step", name=step_name(report, s), n=int(counts[s])) for s in steps)
    return told if steps else report.word("none")


OF_A_CITY = {
    "leadership": leadership,
    "leadership_years": leadership_years,
    "leadership_milestones": leadership_milestones,
}

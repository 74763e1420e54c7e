"""Tables of the annex for the appraisal of a city's leadership: readings side by side, and their years."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from evalkit.assessment.appraisal import milestones
from evalkit.reporting.cells import NO_DATA, NOT_PRINTED, number, rank, signed, span
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import called_to_account, of_an_assessed_round
from evalkit.reporting.tables.rectification import open_items, step_name
from evalkit.scoring.ranking import publish

SCORE = 2  # decimals
SHARE = 1


@of_an_assessed_round
def leadership(report: CityReport) -> pd.DataFrame:
    """The readings of the year, each with its own place; none is added to another."""
    rows = [
        {"reading": name, "reading_value": value, "reading_place": place} for name, value, place in _readings(report)
    ]
    return report.frame(rows)


@of_an_assessed_round
def leadership_years(report: CityReport) -> pd.DataFrame:
    """The same of every year of the round up to the report's."""
    years = [year for year in report.study.years if year <= report.year]
    return report.frame([{"year": str(year), **_year(report, year)} for year in years])


def counties_kept(report: CityReport) -> pd.Series:
    """Count the milestones of all counties of the city in the year: kept, lit, unknown."""
    counties = report.study.counties(report.city, report.year).index
    counts = milestones(report.study.assessed.counties).xs(report.year, level="year")
    return counts[counts.index.isin(counties)].sum()


def reading(report: CityReport) -> pd.Series:
    """Give the city's readings of the year."""
    return report.study.assessed.appraisal.loc[(report.city, report.year)]


def _readings(report: CityReport) -> Iterator[tuple[str, str, str]]:
    row, word, first = reading(report), report.word, report.study.years[0]
    yield word("read_level"), _score(report, row.score, row.grade), _place(report, row["rank"], row.rated)
    root = report.result.root
    index = number(report.score(root), SCORE)
    ranked = int(report.result.ranks[root].xs(report.year, level="year").count())
    yield word("read_services"), str(index), _place(report, report.rank(root), ranked)
    yield word("read_change"), signed(row.change, SCORE), _place(report, row.change_rank, row.changed)
    if report.year > first:
        yield word("read_since", year=first), signed(row.since, SCORE), _place(report, row.since_rank, row.since_n)
    named = report.group(row.group)
    yield word("read_group", name=named), _score(report, row.score), _place(report, row.group_rank, row.group_rated)
    told = signed(row.change, SCORE), _place(report, row.group_change_rank, row.group_changed)
    yield word("read_group_change", name=named), *told
    equality = number(publish(row.equality), SCORE)
    yield word("read_equality"), str(equality), _place(report, row.equality_rank, row.equality_n)
    yield word("read_counties"), _kept(report, counties_kept(report)), NOT_PRINTED
    if report.study.round.assessment.two_thirds:
        yield word("read_two_thirds"), _two_thirds(report, report.year), NOT_PRINTED
    yield word("read_milestones"), _kept(report, row), NOT_PRINTED
    yield word("read_events"), _events(report), NOT_PRINTED
    if called_to_account(report):
        yield word("read_items"), _items(report), NOT_PRINTED
    places = report.rank_range.loc[report.city]
    yield word("read_range"), span(places["best"], places["worst"]), NOT_PRINTED


def _year(report: CityReport, year: int) -> dict[str, object]:
    row = report.study.assessed.appraisal.loc[(report.city, year)]
    ratio = _two_thirds(report, year) if report.study.round.assessment.two_thirds else NOT_PRINTED
    return {
        "score": number(row.score, SCORE, blank=NOT_PRINTED),
        "grade": report.band(row.grade),
        "place_of": _place(report, row["rank"], row.rated),
        "place_in_group": _place(report, row.group_rank, row.group_rated),
        "score_change": signed(row.change, SCORE),
        "equality_mean": number(publish(row.equality), SCORE),
        "two_thirds_share": ratio,
        "milestones_kept": _kept(report, row),
    }


def _score(report: CityReport, score: float, grade: str | None = None) -> str:
    told = str(number(score, SCORE, blank=report.word("no_score")))
    return report.word("with_value", name=told, value=report.band(grade)) if grade else told


def _place(report: CityReport, place: float, of: int) -> str:
    return NOT_PRINTED if pd.isna(place) else report.word("place_among", place=rank(place), n=int(of))


def _kept(report: CityReport, counts: pd.Series) -> str:
    """Write the share of milestones that are kept, with both numbers, and how many are not known."""
    share = number(100 * counts.kept / counts.lit if counts.lit else None, SHARE)
    return report.word("kept_of", share=share, kept=int(counts.kept), lit=int(counts.lit), unknown=int(counts.unknown))


def _two_thirds(report: CityReport, year: int) -> str:
    row = report.study.assessed.two_thirds.loc[(report.city, year)]
    if row.met is None:
        return NO_DATA
    return report.word("two_thirds_met" if row.met else "two_thirds_missed", share=number(100 * row.ratio, SHARE))


def _events(report: CityReport) -> str:
    events = report.study.assessed.events.of(report.city, report.year)
    vetoes = sum(event.veto for event in events)
    found = len(report.study.provisions.findings.of(report.city, report.year))
    return report.word("events_found", events=len(events) - vetoes, vetoes=vetoes, findings=found)


def _items(report: CityReport) -> str:
    found = open_items(report, region=report.city)
    counts = found.step.value_counts(sort=False)
    steps = [s.code for s in report.study.provisions.accountability.steps[::-1] if s.code in counts]
    told = report.listed(report.word("items_at_step", name=step_name(report, s), n=int(counts[s])) for s in steps)
    return told if steps else report.word("none")

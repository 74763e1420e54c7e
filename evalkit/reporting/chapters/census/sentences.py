"""Sentences on the counties of a city and of all cities: what a census shows of them, and what it cannot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.index import Indicator
from evalkit.reporting.chapters.census.county_equality import closed_gap, headrooms
from evalkit.reporting.chapters.census.tables import counties_of, own_value
from evalkit.reporting.chapters.inequality.sentences import listed, names
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, has_census, said_where
from evalkit.reporting.prose import bullets, paragraphs, prose
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, signed


def _has_counties(report: CityReport) -> bool:
    """Whether a census has figures of the city's counties."""
    return bool(report.counties.indicators) and not report.census_counties.empty


@said_where(has_census)
def counties(report: CityReport) -> Markdown:
    """What the census says of the city's counties, and what it cannot say."""
    census, end = report.census_year, report.study.years[-1]
    said = [report.word("counties_read", census=census, count=len(report.county_values))]
    if census > end:
        said.append(report.word("census_after", year=census, last=end, later=census - end))
    elif census < report.year:
        said.append(report.word("counties_census_only", last=report.year))
    return prose(report.joined(said))


@said_where(_has_counties)
def county_gaps(report: CityReport) -> Markdown:
    """What the counties are held against in each census, who is counted, and what no census can show."""
    return bullets(_county_gaps(report))


@said_where(_has_counties)
def county_change(report: CityReport) -> Markdown:
    """Which counties can be compared across the censuses, which cannot and why, and what a ceiling does."""
    if len(report.counties.years) < 2:
        return NO_WORDS
    first, last = report.counties.years[0], report.counties.years[-1]
    counties = report.study.counties(report.city, first).index
    lost = [_lost(report, code) for code in counties if code not in report.comparable_counties.index]
    known = {"first": first, "last": last, "n": len(counties) - len(lost), "total": len(counties)}
    lines = [report.word("counties_comparable", **known)]
    lines += [report.word("counties_lost", names=report.listed(lost))] if lost else []
    return bullets([*lines, report.word("county_range_read", first=first, last=last)])


def county_equality(report: RoundReport) -> Markdown:
    """What the censuses show of the counties, and why it is no result of the plan alone."""
    indicators, years = report.counties.compared, report.counties.years
    if not indicators:
        return NO_WORDS
    first, last = years[0], years[-1]
    spreads = {i.code: report.counties.deviations(i, first, last) for i in indicators}
    by_itself = [i for i in indicators if (room := headrooms(report, i)) is not None and _by_itself(room, first, last)]
    return paragraphs(
        report.word(
            "county_equality_read",
            first=first,
            last=last,
            own=_cities(report, indicators[0], last),
            counties=len(report.counties.regions(last)),
            comparable=len(report.counties.comparable(first, last)),
            narrowed=names(report, (i for i in indicators if spreads[i.code][1] < spreads[i.code][0])),
            widened=names(report, (i for i in indicators if spreads[i.code][1] >= spreads[i.code][0])),
        ),
        *_gini_apart(report, indicators),
        *_closed(report, indicators),
        report.word("county_ceiling_read", names=names(report, by_itself), first=first, last=last) if by_itself else "",
        report.joined([*_beside(report), report.word("county_regression")]),
        *report.chapter_notes("counties"),
    )


def _county_gaps(report: CityReport) -> Iterator[str]:
    years = sorted(report.census_counties.index.unique("year"))
    counts = {year: len(report.study.counties(report.city, year)) for year in years}
    listed = [report.word("counties_in_census", year=year, n=n) for year, n in counts.items()]
    yield report.word("census_few", counts=report.listed(listed))
    yield from _references(report, years)
    yield report.word("census_people")
    last = report.study.years[-1]
    for year in (year for year in counts if year > last):
        yield report.word("census_after", year=year, last=last, later=year - last)
    people = report.study.dataset.metadata.variables[report.readings.declared.county_population]
    for found in people.breaks:
        if found.year in counts and found.region in (None, report.city):
            yield report.word("remark", note=found.note[report.language])
    yield from report.chapter_notes("counties")


def _references(report: CityReport, years: list[int]) -> Iterator[str]:
    """Say in which censuses the counties are held against the city's own value, and in which against their mean."""
    shown = {year: [i for i in report.counties.indicators if len(counties_of(report, i, year))] for year in years}
    lacking = {year: [i for i in found if own_value(report, i, year) is None] for year, found in shown.items()}
    own = [str(year) for year in years if not lacking[year]]
    means = [str(year) for year in years if lacking[year] == shown[year]]
    for key, found in (("reference_own", own), ("reference_mean", means)):
        if found:
            yield report.word(key, years=report.listed(found))
    for year in (year for year in years if str(year) not in {*own, *means}):
        yield report.word("reference_part", year=year, names=report.listed(report.node(i.code) for i in lacking[year]))


def _lost(report: CityReport, code: str) -> str:
    """Name a county that cannot be compared, with the reason."""
    known = report.study.all_regions.by_code
    heirs = [region for region in known.values() if region.succeeds == code]
    reasons = [region.redrawn[report.language] for region in (known[code], *heirs) if region.redrawn]
    note = reasons[0] if reasons else report.word("county_gone")
    return report.word("in_brackets", name=report.region(code), note=note)


def _cities(report: RoundReport, indicator: Indicator, year: int) -> str:
    """Say how many cities have counties in a census."""
    own = report.counties.people(indicator).xs(year, level="year").index.map(report.city_of).nunique()
    cities = len(report.study.regions)
    return report.word("census_all_cities" if own == cities else "census_some_cities", own=own, cities=cities)


def _gini_apart(report: RoundReport, indicators: Iterable[Indicator]) -> Iterator[str]:
    """Name the indicators whose standard deviation and Gini coefficient moved in opposite directions."""
    first, last = report.counties.years[0], report.counties.years[-1]
    apart = []
    for indicator in indicators:
        before, after, _ = report.counties.deviations(indicator, first, last)
        ginis = [report.counties.spread(indicator, year)["gini"] for year in (first, last)]
        if None not in ginis and (after - before) * (ginis[1] - ginis[0]) < 0:
            note = "→".join(str(number(gini, 4)) for gini in ginis)
            apart.append(report.word("in_brackets", name=report.node(indicator.code), note=note))
    if apart:
        yield report.word("county_gini_apart", names=listed(report, apart))


def _closed(report: RoundReport, indicators: Iterable[Indicator]) -> Iterator[str]:
    """Say on which indicator the counties that were behind have come closest to the mean, where some were."""
    closed = pd.Series({i.code: closed_gap(report, i).closed for i in indicators}, dtype=float).dropna()
    if len(closed):
        ends = {"most": closed.idxmax(), "least": closed.idxmin()}
        shares = {f"{end}_share": signed(100 * closed[code], 0) for end, code in ends.items()}
        named = {end: report.node(code) for end, code in ends.items()}
        yield report.word(
            "county_closed_read", first=report.counties.years[0], last=report.counties.years[-1], **named, **shares
        )


def _beside(report: RoundReport) -> Iterator[str]:
    """Say which of the censuses lies after the round, and how many of them lie within it, if fewer than two."""
    last, end = report.counties.years[-1], report.study.years[-1]
    within = [year for year in report.counties.years if year in report.years]
    if last > end:
        yield report.word("county_after", last=last, end=end, after=last - end)
    if len(within) < 2:
        yield report.word("county_once", year=within[0]) if within else report.word("county_no_point")


def _by_itself(room: pd.DataFrame, first: int, last: int) -> bool:
    """Tell whether what is attained grew more equal while what falls short grew less equal."""
    before, after = room.loc[first], room.loc[last]
    return bool(after.attainment < before.attainment and after.shortfall > before.shortfall)

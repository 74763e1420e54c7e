"""Sentences on equality in a city report: the city among the cities, and its counties from census to census."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.city import CityReport
from evalkit.reporting.narrative.trends import bullets
from evalkit.reporting.prose import prose
from evalkit.reporting.tables.places import counties_of, own_value


def among_cities(report: CityReport) -> Markdown:
    """In which services the city is behind all cities together, and how its part in their inequality is read."""
    if not report.findings.services:
        return prose(report.word("services_undeclared"))
    return bullets([*_beside_all(report), report.word("theil_parts_read")])


def shortages(report: CityReport) -> Markdown:
    """What the distance to all cities together is, what it is not, and where it is no number of anything."""
    if not report.findings.services:
        return prose(report.word("services_undeclared"))
    if report.behind.empty:
        return prose(report.word("shortages_unread"))
    counted = [code for code, row in report.shortages.items() if row.people]
    others = [code for code in report.behind.index[report.behind] if code not in counted]
    lines = [report.word("shortages_read"), *report.told(report.study.all_regions.notes)] if counted else []
    lines += [report.word("shortages_uncounted", names=report.listed(map(report.node, others)))] if others else []
    return prose(report.joined(lines or [report.word("shortages_none", count=len(report.behind))]))


def _beside_all(report: CityReport) -> Iterator[str]:
    """Say which services can be held against all cities together, and in which of them the city is behind."""
    behind = report.behind
    if behind.empty:
        yield report.word("services_unread", year=report.year)
        return
    counts = {"year": report.year, "count": len(behind), "behind": int(behind.sum())}
    names = report.listed(map(report.node, behind.index[behind]))
    yield report.word("services_behind" if behind.any() else "services_ahead", names=names, **counts)
    if weighed := [code for code in behind.index if len(report.system.node(code).terms) == 1]:
        yield report.word("services_weighed", names=report.listed(map(report.node, weighed)))


def county_gaps(report: CityReport) -> Markdown:
    """What the counties are held against in each census, who is counted, and what no census can show."""
    if unread := _unread(report):
        return prose(report.word(unread, year=report.year))
    return bullets(_county_gaps(report))


def county_change(report: CityReport) -> Markdown:
    """Which counties can be compared across the censuses, which cannot and why, and what a ceiling does."""
    if unread := _unread(report):
        return prose(report.word(unread, year=report.year))
    if len(report.counties.years) < 2:
        return prose(report.word("census_alone"))
    first, last = report.counties.years[0], report.counties.years[-1]
    counties = report.study.counties(report.city, first).index
    lost = [_lost(report, code) for code in counties if code not in report.comparable_counties.index]
    known = {"first": first, "last": last, "n": len(counties) - len(lost), "total": len(counties)}
    lines = [report.word("counties_comparable", **known)]
    lines += [report.word("counties_lost", names=report.listed(lost))] if lost else []
    return bullets([*lines, report.word("county_range_read", first=first, last=last)])


def _unread(report: CityReport) -> str | None:
    """Name the sentence that says why no census is read; None where one is."""
    if not report.counties.indicators:
        return "census_undeclared"
    return "census_elsewhere" if report.census_counties.empty else None


def _county_gaps(report: CityReport) -> Iterator[str]:
    years = sorted(report.census_counties.index.unique("year"))
    counts = {year: len(report.study.counties(report.city, year)) for year in years}
    told = [report.word("counties_in_census", year=year, n=n) for year, n in counts.items()]
    yield report.word("census_few", counts=report.listed(told))
    yield from _references(report, years)
    yield report.word("census_people")
    last = report.study.years[-1]
    for year in (year for year in counts if year > last):
        yield report.word("census_after", year=year, last=last, later=year - last)
    people = report.study.dataset.metadata.variables[report.findings.declared.county_population]
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

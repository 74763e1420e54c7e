"""Sentences on the gaps between groups of cities, on shares near their bound, and on the counties."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.index import Indicator
from evalkit.readings.equality import GapChange
from evalkit.reporting.narrative.equality import listed, names, paragraphs
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.tables.county_equality import closed_gap, headrooms
from evalkit.reporting.tables.gaps import gaps_of, near_bound, progress, shares
from evalkit.tabular.cells import number, signed


def gaps(report: RoundReport) -> Markdown:
    """Which group is worse off on which service, what has become of the gap, and which single city makes it."""
    found = [(i, table) for i, table in gaps_of(report) if i in report.findings.services]
    if not found:
        return prose(report.word("gaps_unread" if report.equality.ends else "equality_no_groups"))
    better, worse = map(report.group, report.equality.ends)
    return paragraphs(
        *_only_the_ends(report),
        report.word(
            "gaps_read",
            year=report.year,
            better=better,
            worse=worse,
            behind=names(report, (i for i, table in found if table.difference[report.year] > 0)),
            ahead=names(report, (i for i, table in found if table.difference[report.year] < 0)),
        ),
        *_without(report, [indicator for indicator, _ in found]),
        _progress(report, [indicator for indicator, _ in found]),
        *_hanging(report),
        report.joined([report.word("gaps_limits"), *report.chapter_notes("groups")]),
    )


def _without(report: RoundReport, found: list[Indicator]) -> Iterator[str]:
    """Name the services of which there is no gap between groups."""
    if others := [service for service in report.findings.services if service not in found]:
        yield report.word("gaps_without", names=names(report, others))


def _only_the_ends(report: RoundReport) -> Iterator[str]:
    """Say so where groups between the first and the last are not compared."""
    if between := report.equality.groups[1:-1]:
        ends = dict(zip(("first", "last"), map(report.group, report.equality.ends), strict=True))
        others = report.listed(map(report.group, between))
        yield report.word("gaps_of_ends", n=len(report.equality.groups), others=others, **ends)


def ceilings(report: RoundReport) -> Markdown:
    """Which shares are so near their bound that their inequality falls by itself."""
    near = near_bound(report)
    if not near:
        return prose(report.word("ceilings_none") if shares(report.system.indicators) else "")
    said = [report.word("ceilings_read", names=names(report, near))]
    services = report.findings.services
    said += [report.word("ceilings_services")] if services and not shares(services) else []
    return prose(report.joined(said))


def counties(report: RoundReport) -> Markdown:
    """What the censuses show of the counties, and why it is no result of the plan alone."""
    indicators, years = report.counties.compared, report.counties.years
    if not indicators:
        return prose(report.word("counties_none", year=report.year))
    first, last = years[0], years[-1]
    spreads = {i.code: report.counties.deviations(i, first, last) for i in indicators}
    by_itself = [i for i in indicators if (room := headrooms(report, i)) is not None and _by_itself(room, first, last)]
    return paragraphs(
        report.word(
            "county_equality_read",
            first=first,
            last=last,
            own=report.counties.people(indicators[0]).xs(last, level="year").index.map(report.city_of).nunique(),
            cities=len(report.study.regions),
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


def _gini_apart(report: RoundReport, indicators: Iterable[Indicator]) -> Iterator[str]:
    """Name the indicators whose standard deviation and Gini coefficient moved in opposite directions."""
    first, last = report.counties.years[0], report.counties.years[-1]
    told = []
    for indicator in indicators:
        before, after, _ = report.counties.deviations(indicator, first, last)
        ginis = [report.counties.spread(indicator, year)["gini"] for year in (first, last)]
        if None not in ginis and (after - before) * (ginis[1] - ginis[0]) < 0:
            note = "→".join(str(number(gini, 4)) for gini in ginis)
            told.append(report.word("in_brackets", name=report.node(indicator.code), note=note))
    if told:
        yield report.word("county_gini_apart", names=listed(report, told))


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


def _progress(report: RoundReport, services: list[Indicator]) -> str:
    if report.year == report.study.years[0]:
        return report.word("equality_base", year=report.year)
    moves = [(i, moved) for i in services if (moved := progress(report, i)) is not None]
    return report.word(
        "gaps_progress",
        first=report.study.years[0],
        year=report.year,
        closed=names(report, (i for i, m in moves if m.closed > 0 and not m.reversed)),
        widened=names(report, (i for i, m in moves if m.closed <= 0 and not m.reversed)),
        reversed=names(report, (i for i, m in moves if m.reversed)),
    )


def _hanging(report: RoundReport) -> list[str]:
    """A sentence for each gap, and each change of one, that a single city makes: without it, less than half is left."""
    said = []
    for indicator in report.findings.services:
        found = report.equality.gap_change(indicator, report.year)
        for of in ("last", "change") if found is not None and report.year > report.study.years[0] else ():
            city = found.mover(of)
            if _halved(found, of, city):
                whole, without = (signed(x, 3) for x in (getattr(found, of), found.without[of][city]))
                named = {"name": report.node(indicator.code), "city": report.region(city)}
                said.append(report.word(_HANGS[of], whole=whole, without=without, **named))
    return [report.word("gaps_hang", listed=listed(report, said))] if said else []


_HANGS = {"last": "gap_hangs", "change": "gap_change_hangs"}


def _halved(found: GapChange, of: str, city: str) -> bool:
    """Tell whether less than half of it, or its opposite, is left without the city."""
    whole = getattr(found, of)
    return bool(whole and found.without[of][city] / whole < 0.5)


def _by_itself(room: pd.DataFrame, first: int, last: int) -> bool:
    """Tell whether what is attained grew more equal while what falls short grew less equal."""
    before, after = room.loc[first], room.loc[last]
    return bool(after.attainment < before.attainment and after.shortfall > before.shortfall)

"""Sentences on the gaps between groups of cities and beside all cities, and on shares near their bound."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.index import Indicator
from evalkit.readings.equality import GapChange
from evalkit.reporting.chapters.gaps.tables import gaps_of, near_bound, progress, shares
from evalkit.reporting.chapters.inequality.sentences import listed, names
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import bullets, paragraphs, prose
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import signed

_HANGS = {"last": "gap_hangs", "change": "gap_change_hangs"}


def among_cities(report: CityReport) -> Markdown:
    """In which services the city is behind all cities together, and how its part in their inequality is read."""
    if not report.readings.services:
        return NO_WORDS
    return bullets([*_beside_all(report), report.word("theil_parts_read")])


def shortages(report: CityReport) -> Markdown:
    """What the distance to all cities together is, what it is not, and where it is no number of anything."""
    if not report.readings.services:
        return NO_WORDS
    if report.behind.empty:
        return NO_WORDS
    counted = [code for code, row in report.shortages.items() if row.people]
    others = [code for code in report.behind.index[report.behind] if code not in counted]
    lines = [report.word("shortages_read"), *report.texts(report.study.all_regions.notes)] if counted else []
    lines += [report.word("shortages_uncounted", names=report.listed(map(report.node, others)))] if others else []
    return prose(report.joined(lines))


def gaps(report: RoundReport) -> Markdown:
    """Which group is worse off on which service, what has become of the gap, and which single city makes it."""
    found = [(i, table) for i, table in gaps_of(report) if i in report.readings.services]
    if not found:
        return NO_WORDS
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


def ceilings(report: RoundReport) -> Markdown:
    """Which shares are so near their bound that their inequality falls by itself."""
    near = near_bound(report)
    if not near:
        return NO_WORDS
    said = [report.word("ceilings_read", names=names(report, near))]
    services = report.readings.services
    said += [report.word("ceilings_services")] if services and not shares(services) else []
    return prose(report.joined(said))


def _beside_all(report: CityReport) -> Iterator[str]:
    """Say which services can be held against all cities together, and in which of them the city is behind."""
    behind = report.behind
    if behind.empty:
        return
    counts = {"year": report.year, "count": len(behind), "behind": int(behind.sum())}
    names = report.listed(map(report.node, behind.index[behind]))
    yield report.word("services_behind" if behind.any() else "services_ahead", names=names, **counts)
    if weighed := [code for code in behind.index if len(report.system.node(code).terms) == 1]:
        yield report.word("services_weighed", names=report.listed(map(report.node, weighed)))


def _without(report: RoundReport, found: list[Indicator]) -> Iterator[str]:
    """Name the services of which there is no gap between groups."""
    if others := [service for service in report.readings.services if service not in found]:
        yield report.word("gaps_without", names=names(report, others))


def _only_the_ends(report: RoundReport) -> Iterator[str]:
    """Say so where groups between the first and the last are not compared."""
    if between := report.equality.groups[1:-1]:
        ends = dict(zip(("first", "last"), map(report.group, report.equality.ends), strict=True))
        others = report.listed(map(report.group, between))
        yield report.word("gaps_of_ends", n=len(report.equality.groups), others=others, **ends)


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
    for indicator in report.readings.services:
        found = report.equality.gap_change(indicator, report.year)
        for of in ("last", "change") if found is not None and report.year > report.study.years[0] else ():
            city = found.mover(of)
            if _halved(found, of, city):
                whole, without = (signed(x, 3) for x in (getattr(found, of), found.without[of][city]))
                named = {"name": report.node(indicator.code), "city": report.region(city)}
                said.append(report.word(_HANGS[of], whole=whole, without=without, **named))
    return [report.word("gaps_hang", listed=listed(report, said))] if said else []


def _halved(found: GapChange, of: str, city: str) -> bool:
    """Tell whether less than half of it, or its opposite, is left without the city."""
    whole = getattr(found, of)
    return bool(whole and found.without[of][city] / whole < 0.5)

"""Sentences on convergence and fiscal effort: each says no more than the numbers carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.conditions import earmarked, few_cities
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.tables import convergence as series_tables
from evalkit.reporting.tables import fiscal as fiscal_tables
from evalkit.tabular.cells import number


def convergence(report: RoundReport) -> Markdown:
    """Which series show that cities drew together or apart, if any does, and who changed places."""
    if not report.findings.convergences(report.year):
        return prose(report.word("convergence_undeclared"))
    return bullets(_convergence(report))


def fiscal(report: RoundReport) -> Markdown:
    """Spending per head, its growth, where it went, and that no rule on it is tested."""
    if report.findings.declared.fiscal is None:
        return prose(report.word("fiscal_undeclared"))
    return bullets(_fiscal(report))


def bullets(sentences: Iterable[str]) -> Markdown:
    """Give one point a sentence."""
    return prose(points(sentences))


def points(sentences: Iterable[str]) -> str:
    """Give one point a sentence, as text that goes on."""
    return "\n".join(f"- {sentence}" for sentence in sentences)


def by_chance(report: Report, tests: int) -> dict:
    """How many of so many intervals miss on average where there is nothing to find: tests, expected, level."""
    missed = tests * (1 - report.findings.declared.level)
    return {"tests": tests, "expected": number(missed, 1), "level": report.level}


def chance_more(report: Report) -> Iterator[str]:
    """Say that intervals of few cities are too short, where the cities are few."""
    if few_cities(report):
        yield report.word("chance_more", cities=len(report.study.regions))


def _convergence(report: RoundReport) -> Iterator[str]:
    found = report.findings.convergences(report.year)
    read = {code: reading for code, reading in found.items() if reading}
    if read:
        yield _compared(report, read)
        yield _shown(report, read)
        yield report.word("convergence_chance", **by_chance(report, len(read)))
        yield report.word("convergence_galton")
        yield from _index_line(report, read)
        yield from _most_moved(report, read)
        yield from report.chapter_notes("convergence")
    if unread := [series_tables.name(report, code) for code in found if code not in read]:
        yield report.word("convergence_unread", names=report.listed(unread))


def _compared(report: RoundReport, read: dict) -> str:
    first, last = report.years[0], report.year
    cities = next(iter(read.values())).change.n
    return report.word("convergence_read", first=first, last=last, series=len(read), cities=cities, level=report.level)


def _shown(report: RoundReport, read: dict) -> str:
    """Name the series of which something can be said; one sentence where there is none."""
    counts = {"cities": next(iter(read.values())).change.n, "years": len(report.years)}
    ratios = {code: (reading.change.ratio, reading.change.interval) for code, reading in read.items()}
    slopes = {code: (reading.beta.slope, reading.beta.interval) for code, reading in read.items()}
    spreads = _moved_from(report, ratios, 1, ("drew_together", "drew_apart"))
    slopes = _moved_from(report, slopes, 0, ("caught_up", "fell_behind"))
    if not spreads and not slopes:
        return report.word("convergence_nothing", **counts)
    shown = {"spreads": report.listed(spreads), "slopes": report.listed(slopes)}
    return report.word("convergence_something", **counts, **shown)


def _moved_from(report: RoundReport, found: dict, neutral: float, senses: tuple[str, str]) -> list[str]:
    """Name each series whose interval leaves the neutral value out, with the sense of below and of above."""
    return [
        report.word(
            "in_brackets",
            name=series_tables.name(report, code),
            note=report.word(senses[value > neutral]),
        )
        for code, (value, (low, high)) in found.items()
        if not low <= neutral <= high
    ]


def _index_line(report: RoundReport, read: dict) -> Iterator[str]:
    root = report.system.tree.code
    if root in read:
        correlation = number(read[root].mobility.spearman, 2)
        moved = series_tables.movers(report, read[root])
        yield report.word("convergence_index", correlation=correlation, moved=moved)


def _most_moved(report: RoundReport, read: dict) -> Iterator[str]:
    """Name the service in which a city changed most places, if any did."""
    sizes = {i.code: read[i.code].mobility.ranks.change.abs().max() for i in report.findings.services if i.code in read}
    if sizes and (code := max(sizes, key=sizes.get)) and sizes[code]:
        moved = series_tables.movers(report, read[code])
        yield report.word("convergence_moved", name=report.node(code), moved=moved)


def _fiscal(report: RoundReport) -> Iterator[str]:
    yield _per_head(report)
    if report.previous is None:
        yield report.word("base_year", year=report.year)
    else:
        yield _grew(report)
        yield from _where_it_went(report)
    yield from rule(report)
    yield report.word("fiscal_source", source=report.study.livelihood.source[report.language])


def _per_head(report: RoundReport) -> str:
    per_head = report.findings.spending.per_head.xs(report.year, level="year")
    cities = per_head.drop(report.study.all_regions.code)
    variables = report.study.dataset.metadata.variables
    return report.word(
        "fiscal_level",
        year=report.year,
        spending=variables[report.findings.declared.fiscal.expenditure].name[report.language],
        high_city=report.region(cities.idxmax()),
        high=number(cities.max(), 0),
        low_city=report.region(cities.idxmin()),
        low=number(cities.min(), 0),
        ratio=number(cities.max() / cities.min(), 2),
        whole=number(per_head[report.study.all_regions.code], 0),
    )


def _grew(report: RoundReport) -> str:
    table = fiscal_tables.mean_growth(report)
    whole, cities = table.loc[report.study.all_regions.code], table.drop(report.study.all_regions.code)
    return report.word(
        "fiscal_growth",
        first=report.study.years[0],
        year=report.year,
        spending=number(100 * whole.spending_growth, 1),
        revenue=number(100 * whole.revenue_growth, 1),
        faster=int((cities.difference > 0).sum()),
        slower=int((cities.difference < 0).sum()),
    )


def _where_it_went(report: RoundReport) -> Iterator[str]:
    """The share of growth in the year and since the first year; nothing where no function has public data."""
    first, whole = report.study.years[0], report.study.all_regions.code
    own, since = (fiscal_tables.known_share(report, since=year) for year in (None, first))
    if own.empty:
        return
    yield report.word(
        "fiscal_share",
        year=report.year,
        first=first,
        functions=known_functions(report),
        own=number(100 * own.share[whole], 1),
        since=number(100 * since.share[whole], 1),
        level=number(100 * report.findings.known_share[whole, report.year], 1),
        own_range=_range(report, own.share.drop(whole)),
        since_range=_range(report, since.share.drop(whole)),
    )
    if odd := [report.region(city) for city in own.index if own.falling[city] or since.falling[city]]:
        yield report.word("fiscal_falling", cities=report.listed(odd))


def _range(report: RoundReport, shares: pd.Series) -> str:
    """Write the lowest and the highest share with the name of the city, of those that have one."""
    known = shares.dropna()
    if known.empty:
        return report.word("none")
    return report.word(
        "range_of_cities",
        low=number(100 * known.min(), 1),
        low_city=report.region(known.idxmin()),
        high=number(100 * known.max(), 1),
        high_city=report.region(known.idxmax()),
    )


def rule(report: Report) -> Iterator[str]:
    """Say that the rule is not tested, if there is one and no earmark, and how much of the list has public data."""
    livelihood = report.study.livelihood
    named = report.told([None if earmarked(report) else livelihood.rule])
    untested = [report.word("fiscal_rule_untested", rule=name) for name in named]
    if said := [*untested, *report.told(livelihood.notes)]:
        yield report.joined(said)
    yield report.word(
        "fiscal_list_part" if livelihood.unknown else "fiscal_list_whole",
        name=livelihood.name[report.language],
        version=livelihood.version,
        status=report.word(livelihood.status),
        counted=len(livelihood.counted),
        known=len(livelihood.known),
        functions=known_functions(report),
        unknown=report.listed(function.name[report.language] for function in livelihood.unknown),
    )


def known_functions(report: Report) -> str:
    """Name the functions that count as livelihood and have public data."""
    return report.listed(f.name[report.language] for f in report.study.livelihood.counted if f.variable)

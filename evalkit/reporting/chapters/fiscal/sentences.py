"""Sentences on fiscal effort: what was spent, how it grew, where it went, and that no rule is tested."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.chapters.fiscal import tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, earmarked
from evalkit.reporting.prose import bullets
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import number, span


def fiscal_effort(report: CityReport) -> Markdown:
    """How the city's spending grew beside its revenue, where the growth went, and why the rule stays untested."""
    if report.readings.declared.fiscal is None:
        return NO_WORDS
    return bullets(_fiscal_effort(report))


def fiscal(report: RoundReport) -> Markdown:
    """Spending per head, its growth, where it went, and that no rule on it is tested."""
    if report.readings.declared.fiscal is None:
        return NO_WORDS
    return bullets(_fiscal(report))


def rule(report: Report) -> Iterator[str]:
    """Say that the rule is not tested, if there is one and no earmark, and how much of the list has public data."""
    livelihood = report.study.livelihood
    named = report.texts([None if earmarked(report) else livelihood.rule])
    untested = [report.word("fiscal_rule_untested", rule=name) for name in named]
    if said := [*untested, *report.texts(livelihood.notes)]:
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


def _fiscal_effort(report: CityReport) -> Iterator[str]:
    if report.previous is None:
        yield report.word("base_year", year=report.year)
    else:
        yield _own_growth(report)
        yield from _own_share(report)
    yield from rule(report)


def _own_growth(report: CityReport) -> str:
    table = report.spending_growth
    own, whole = table.loc[report.city], table.loc[report.study.all_regions.code]
    rates = {"spending": own.spending_growth, "revenue": own.revenue_growth}
    rates |= {"spending_of_all": whole.spending_growth, "revenue_of_all": whole.revenue_growth}
    cells = {name: number(100 * rate, 1) for name, rate in rates.items()}
    return report.word("effort_growth", first=report.study.years[0], year=report.year, **cells)


def _own_share(report: CityReport) -> Iterator[str]:
    """The share since the first year, and how far single years are from it; nothing where none is known."""
    first, shares = report.study.years[0], report.shares_of_growth
    by_year = shares[None].xs(report.city, level="region").loc[: report.year] if shares else pd.DataFrame({"share": []})
    known = 100 * by_year.share.dropna()
    if known.empty:
        return
    since = shares[first].share.xs(report.year, level="year")
    yield report.word(
        "effort_share",
        first=first,
        functions=known_functions(report),
        share=number(100 * since[report.city], 1),
        share_of_all=number(100 * since[report.study.all_regions.code], 1),
        years=span(known.index[0], known.index[-1]),
        low=number(known.min(), 1),
        high=number(known.max(), 1),
    )
    if odd := [report.word("in_year", year=year) for year in by_year.index[by_year.falling.notna()]]:
        yield report.word("fiscal_falling", cities=report.listed(odd))


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
    per_head = report.readings.spending.per_head.xs(report.year, level="year")
    cities = per_head.drop(report.study.all_regions.code)
    variables = report.study.dataset.metadata.variables
    return report.word(
        "fiscal_level",
        year=report.year,
        spending=variables[report.readings.declared.fiscal.expenditure].name[report.language],
        high_city=report.region(cities.idxmax()),
        high=number(cities.max(), 0),
        low_city=report.region(cities.idxmin()),
        low=number(cities.min(), 0),
        ratio=number(cities.max() / cities.min(), 2),
        whole=number(per_head[report.study.all_regions.code], 0),
    )


def _grew(report: RoundReport) -> str:
    table = tables.mean_growth(report)
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
    own, since = (tables.known_share(report, since=year) for year in (None, first))
    if own.empty:
        return
    yield report.word(
        "fiscal_share",
        year=report.year,
        first=first,
        functions=known_functions(report),
        own=number(100 * own.share[whole], 1),
        since=number(100 * since.share[whole], 1),
        level=number(100 * report.readings.known_share[whole, report.year], 1),
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

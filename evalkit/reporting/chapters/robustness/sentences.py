"""Sentences on robustness: what the draws vary, how far ranks move, and what moves them."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.robustness.tables import rank_of, sobol_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import drawn, drawn_of_several, ranked, rebased, said_where
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import number, span


@said_where(ranked)
@said_where(drawn)
def draws(report: CityReport) -> Markdown:
    """The interval of the city's ranks over the draws, and its most likely rank."""
    said = report.word("draws_read", **rank_of(report, report.city))
    return prose(report.joined([said, *_undrawn(report)]))


@said_where(drawn)
def robustness(report: RoundReport) -> Markdown:
    """What the draws vary, and how little they can carry."""
    counts = {"cities": len(report.draws.regions), "scored": len(report.system.scored), "level": report.level}
    sources = report.listed(map(report.source, report.study.uncertainty.sources))
    said = report.word("robustness_read", draws=len(report.draws.scores), sources=sources, **counts)
    left_out = [report.region(city) for city in report.study.regions.index if city not in report.draws.regions]
    unscored = [report.word("draws_unscored", cities=report.listed(left_out))] if left_out else []
    return prose(report.joined([said, *unscored, *_undrawn(report)]))


@said_where(drawn)
def intervals(report: RoundReport) -> Markdown:
    """Which cities have one rank alone, and which has the widest interval."""
    found = report.draws.rank_interval(report.readings.declared.level)
    widths = found.high - found.low
    fixed, widest = widths.index[widths == 0], found[widths == widths.max()]
    ranges = (
        report.word("of_ranks", name=report.region(city), range=span(row.low, row.high))
        for city, row in widest.iterrows()
        if row.high > row.low
    )
    return prose(
        report.word(
            "uncertainty_ranks",
            cities=len(found),
            level=report.level,
            n=len(fixed),
            fixed=report.listed(map(report.region, fixed)),
            widest=report.listed(ranges),
        )
    )


@said_where(drawn_of_several)
def sensitivity(report: RoundReport) -> Markdown:
    """Which source moves the ranks most, and which cities it is not asked of."""
    return prose(report.joined(_sensitivity(report)))


def _undrawn(report: Report) -> Iterator[str]:
    """Say that the population base is not drawn, where another one is declared."""
    if rebased(report):
        yield report.word("population_undrawn")


def _sensitivity(report: RoundReport) -> Iterator[str]:
    found = sobol_of(report)
    moving = found.dropna(subset="total")
    if len(moving):
        means = moving.groupby("source", sort=False).total.mean()
        largest = {"source": report.source(means.idxmax()), "total": number(means.max(), 2)}
        yield report.word("uncertainty_sources", n=moving.region.nunique(), **largest)
    still = [city for city in dict.fromkeys(found.region) if city not in set(moving.region)]
    if still:
        yield report.word("uncertainty_still", names=report.listed(map(report.region, still)))

"""Sentences on robustness: what the draws vary, how far ranks move, and what moves them."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.robustness.bases import SPEARMAN_DECIMALS, Moved, movers, moves
from evalkit.reporting.chapters.robustness.tables import rank_of, sobol_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import drawn, drawn_of_several, ranked, rebased, said_where
from evalkit.reporting.prose import bullets, prose
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


@said_where(rebased)
def bases(report: RoundReport) -> Markdown:
    """Of each other population: how far the ranks of the index move, and of which indicator per head they move most."""
    return bullets(_bases(report))


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


def _bases(report: RoundReport) -> Iterator[str]:
    for way in report.study.round.alternatives:
        found = [moved for moved in moves(report) if moved.way == way]
        of_index = [moved for moved in found if moved.node is report.system.tree]
        per_head = [moved for moved in found if moved.node is not report.system.tree]
        said = [report.word("rebased_index", **_told(report, moved)) for moved in of_index]
        if per_head:
            least = min(per_head, key=lambda moved: moved.mobility.spearman)
            said.append(report.word("rebased_indicators", n=len(per_head), **_told(report, least)))
        if said:
            yield report.word("rebased_way", name=way.name[report.language], said=report.joined(said))


def _told(report: RoundReport, moved: Moved) -> dict:
    return {
        "name": report.node(moved.node.code),
        "spearman": number(moved.mobility.spearman, SPEARMAN_DECIMALS),
        "places": moved.most,
        "movers": movers(report, moved) or report.word("none"),
    }

"""Sentences on the draws of a round: how firm ranks are, and which choice moves them most."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.conditions import NO_WORDS, drawn, drawn_of_several, shown_where
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.tables.robustness import sobol_of
from evalkit.tabular.cells import number, span


@shown_where(drawn, NO_WORDS)
def intervals(report: RoundReport) -> Markdown:
    """Which cities have one rank alone, and which has the widest interval."""
    found = report.draws.rank_interval(report.findings.declared.level)
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


@shown_where(drawn_of_several, NO_WORDS)
def sensitivity(report: RoundReport) -> Markdown:
    """Which source moves the ranks most, and which cities it is not asked of."""
    return prose(report.joined(_sensitivity(report)))


def _sensitivity(report: RoundReport) -> Iterator[str]:
    found = sobol_of(report)
    moving = found.dropna(subset="total")
    if len(moving):
        means = moving.groupby("source", sort=False).total.mean()
        told = {"source": report.source(means.idxmax()), "total": number(means.max(), 2)}
        yield report.word("uncertainty_sources", n=moving.region.nunique(), **told)
    still = [city for city in dict.fromkeys(found.region) if city not in set(moving.region)]
    if still:
        yield report.word("uncertainty_still", names=report.listed(map(report.region, still)))

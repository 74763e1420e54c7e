"""The summary of the province report: what the ranking, equality, convergence and spending show together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from IPython.display import Markdown

from evalkit.reporting.chapters.summary.sentences import blurred, most_moved
from evalkit.reporting.conditions import drawn
from evalkit.reporting.prose import prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import by_chance, chance_more, partly_scored, unscored

ENDS = 3


def summary(report: RoundReport) -> Markdown:
    """Ranking, equality, convergence, and what nothing here can say; a point each."""
    return prose("\n".join(f"- {sentence}" for sentence in _sentences(report)))


def _sentences(report: RoundReport) -> Iterator[str]:
    neighbours = [_neighbours(report)] if drawn(report) else []
    yield report.joined([_ranking(report), *partly_scored(report), *unscored(report), *_moved(report), *neighbours])
    yield from blurred(report)
    if changes := _changes(report):
        yield _equality(report, changes)
    if read := [found for found in report.readings.convergences(report.year).values() if found]:
        yield _convergence(report, read)
    limits = report.word(
        "province_limits",
        scored=len(report.system.scored),
        projects=len(report.scored_projects),
        total=len(report.projects),
        cities=len(report.study.regions),
        years=len(report.years),
    )
    yield report.joined([limits, *report.chapter_notes("summary")])


def _ranking(report: RoundReport) -> str:
    """Name the cities at both ends, or all of them where the ends would overlap."""
    scores = report.result.published[report.result.root].xs(report.year, level="year").dropna()
    order = [report.region(city) for city in scores.sort_values(ascending=False, kind="stable").index]
    named = {"year": report.year, "headline": report.headline}
    if not order:
        return report.word("province_unranked", **named)
    if len(order) < 2 * ENDS:
        return report.word("province_order", order=report.listed(order), **named)
    ends = {"first": report.listed(order[:ENDS]), "last": report.listed(order[-ENDS:])}
    return report.word("province_ranking", **ends, **named)


def _moved(report: RoundReport) -> Iterator[str]:
    """Say which cities the choice of method moves most, if it moves any."""
    if moved := most_moved(report):
        yield report.word("province_moved", cities=moved)


def _neighbours(report: RoundReport) -> str:
    """How many of the pairs that stand next to each other cannot be told apart over the draws."""
    level = report.readings.declared.level
    order = report.draws.rank_interval(level).sort_values(["rank", "median"]).index
    apart = report.draws.told_apart(level)
    known = [apart.at[pair] for pair in pairwise(order)]
    counts = {"pairs": len(known), "open": len(known) - sum(known)}
    found = report.word("province_neighbours", level=report.level, **counts)
    return report.joined([found, *report.reference("province_report", "ranking", "province_neighbours_where")])


def _changes(report: RoundReport) -> list:
    """The changes of inequality of the services from the first year to the report year, where they can be read."""
    if report.previous is None:
        return []
    found = [report.equality.change(indicator.code, report.year) for indicator in report.readings.services]
    return [reading.change for reading in found if reading]


def _equality(report: RoundReport, changes: list) -> str:
    said = report.word(
        "province_equality",
        first=report.study.years[0],
        year=report.year,
        services=len(changes),
        up=sum(change.value > 0 for change in changes),
        down=sum(change.value < 0 for change in changes),
        shown=sum(change.excludes_zero for change in changes),
        n=min(change.n for change in changes),
        **by_chance(report, len(changes)),
    )
    return report.joined([said, *chance_more(report)])


def _convergence(report: RoundReport, read: list) -> str:
    """Count by the dispersion: a slope below 0 does not show that cities came closer."""
    closer = sum(found.change.interval[1] < 1 for found in read)
    apart = sum(found.change.interval[0] > 1 for found in read)
    return report.word(
        "province_convergence",
        first=report.study.years[0],
        last=report.year,
        series=len(read),
        closer=closer,
        apart=apart,
        n=min(found.change.n for found in read),
        **by_chance(report, len(read)),
    )

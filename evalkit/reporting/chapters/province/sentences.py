"""The summary of the province report: what the ranking, equality, convergence and spending show together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from IPython.display import Markdown

from evalkit.reporting.chapters.inequality import brief
from evalkit.reporting.chapters.inequality.sentences import names
from evalkit.reporting.chapters.province import assessed
from evalkit.reporting.chapters.summary.sentences import blurred, most_moved
from evalkit.reporting.conditions import NO_WORDS, drawn, said_where
from evalkit.reporting.conditions import assessed as is_assessed
from evalkit.reporting.prose import plain_text, prose
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import by_chance, chance_more, partly_scored, say, unscored

ENDS = 3


def summary(report: RoundReport) -> Markdown:
    """Ranking, equality, convergence, and what nothing here can say; a point each."""
    return prose("\n".join(f"- {sentence}" for sentence in _sentences(report)))


def headline(report: RoundReport) -> list[str]:
    """Give what the page of the round opens with, as text: grades and targets met, or the ends of the ranking."""
    lines = islice(assessed.lines(report), 2) if is_assessed(report) else [_ranking(report)]
    return [plain_text(line) for line in lines]


@said_where(is_assessed)
def cities(report: RoundReport) -> Markdown:
    """That the index by which cities are shown is another reading than the assessment."""
    return say(report, "cities_read", headline=report.headline)


def moved_apart(report: RoundReport) -> Markdown:
    """By what differences between cities are measured, where any has changed."""
    if not brief.moved_apart(report):
        return NO_WORDS
    return say(report, "moved_apart_read", first=report.study.years[0], year=report.year)


def _sentences(report: RoundReport) -> Iterator[str]:
    yield from assessed.lines(report) if is_assessed(report) else _of_the_index(report)


def _of_the_index(report: RoundReport) -> Iterator[str]:
    neighbours = [_neighbours(report)] if drawn(report) else []
    yield report.joined([_ranking(report), *partly_scored(report), *unscored(report), *_moved(report), *neighbours])
    yield from blurred(report)
    yield from _since(report)
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


def _since(report: RoundReport) -> Iterator[str]:
    """Whose rank changed since the last edition."""
    if report.previous is not None:
        ranks = report.result.ranks[report.result.root].unstack("year")
        moves = assessed.ranks_moved(report, ranks[report.previous], ranks[report.year])
        yield report.word("province_ranks_since", year=report.previous, **moves)


def _moved(report: RoundReport) -> Iterator[str]:
    """Say which cities the choice of method moves most, if it moves any."""
    if moved := most_moved(report):
        yield report.word("province_moved", cities=moved)


def _neighbours(report: RoundReport) -> str:
    """How many of the pairs that stand next to each other cannot be told apart over the draws."""
    level = report.readings.declared.level
    order = report.draws.rank_interval(level).sort_values(["rank", "median"]).index
    apart = report.draws.told_apart(order[:-1], order[1:], level)
    counts = {"pairs": len(apart), "open": int((~apart).sum())}
    found = report.word("province_neighbours", level=report.level, **counts)
    return report.joined([found, *report.reference("province_report", "ranking", "province_neighbours_where")])


def _changes(report: RoundReport) -> dict:
    """The changes of inequality of the services from the first year to the report year, where they can be read."""
    if report.previous is None:
        return {}
    found = {i.code: report.equality.change(i.code, report.year) for i in report.readings.services}
    return {code: reading.change for code, reading in found.items() if reading}


def _equality(report: RoundReport, changes: dict) -> str:
    said = report.word(
        "province_equality",
        first=report.study.years[0],
        year=report.year,
        services=len(changes),
        up=sum(change.value > 0 for change in changes.values()),
        down=sum(change.value < 0 for change in changes.values()),
        wider=names(report, (report.system.node(code) for code, change in changes.items() if change.value > 0)),
        shown=sum(change.excludes_zero for change in changes.values()),
        n=min(change.n for change in changes.values()),
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

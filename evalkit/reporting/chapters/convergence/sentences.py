"""Sentences on convergence: which series show that cities drew together or apart, if any does."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.convergence import tables
from evalkit.reporting.conditions import NO_WORDS
from evalkit.reporting.prose import bullets
from evalkit.reporting.report import RoundReport
from evalkit.reporting.saying import by_chance
from evalkit.tabular.cells import number


def convergence(report: RoundReport) -> Markdown:
    """Which series show that cities drew together or apart, if any does, and who changed places."""
    if not report.readings.convergences(report.year):
        return NO_WORDS
    return bullets(_convergence(report))


def _convergence(report: RoundReport) -> Iterator[str]:
    found = report.readings.convergences(report.year)
    read = {code: reading for code, reading in found.items() if reading}
    if read:
        yield _compared(report, read)
        yield _shown(report, read)
        yield report.word("convergence_chance", **by_chance(report, len(read)))
        yield report.word("convergence_galton")
        yield from _index_line(report, read)
        yield from _most_moved(report, read)
        yield from report.chapter_notes("convergence")
    if unread := [tables.name(report, code) for code in found if code not in read]:
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
            name=tables.name(report, code),
            note=report.word(senses[value > neutral]),
        )
        for code, (value, (low, high)) in found.items()
        if not low <= neutral <= high
    ]


def _index_line(report: RoundReport, read: dict) -> Iterator[str]:
    root = report.system.tree.code
    if root in read:
        correlation = number(read[root].mobility.spearman, 2)
        moved = tables.movers(report, read[root])
        yield report.word("convergence_index", correlation=correlation, moved=moved)


def _most_moved(report: RoundReport, read: dict) -> Iterator[str]:
    """Name the service in which a city changed most places, if any did."""
    sizes = {i.code: read[i.code].mobility.ranks.change.abs().max() for i in report.readings.services if i.code in read}
    if sizes and (code := max(sizes, key=sizes.get)) and sizes[code]:
        moved = tables.movers(report, read[code])
        yield report.word("convergence_moved", name=report.node(code), moved=moved)

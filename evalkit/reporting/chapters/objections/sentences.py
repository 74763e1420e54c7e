"""What closes a report in words: until when its figures may be objected to, and the method."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.objections.tables import SHOWN, doubtful
from evalkit.reporting.chapters.targets.tables import wanting
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed
from evalkit.reporting.prose import bullets, paragraphs
from evalkit.reporting.report import Report
from evalkit.reporting.saying import on_day


def objections(report: CityReport) -> Markdown:
    """How many targets wait for data, and how and until when a figure is objected to."""
    return paragraphs(report.joined([*_missing(report), *_until(report)]))


def method(report: CityReport) -> Markdown:
    """The method in a few lines."""
    return bullets(_assessed(report) if assessed(report) else _indexed(report))


def _missing(report: CityReport) -> Iterator[str]:
    if not assessed(report):
        return
    found = doubtful(report)
    if not found:
        yield report.word("figures_complete")
        return
    yield report.word("figures_missing", n=len(found), **wanting(report))
    if len(found) > SHOWN:
        yield report.word("figures_more", n=len(found) - SHOWN)


def _until(report: Report) -> Iterator[str]:
    until = report.study.round.sign_off.objections_until
    yield report.word("objections_until", day=on_day(report, until)) if until else report.word("objections_open")


def _assessed(report: CityReport) -> Iterator[str]:
    rules = report.study.rules
    parts = report.listed(
        report.word("part_of_points", name=part.name[report.language], n=f"{part.points:g}")
        for part in rules.parts.values()
    )
    yield report.word("method_parts", parts=parts)
    yield report.word("method_completion")
    yield report.word("method_grade", rules=rules.name[report.language], version=rules.version)
    yield report.word("method_missing", least=f"{100 * rules.valid_share.least:g}")
    yield report.word("method_proposed", proposed=report.word("proposed"))


def _indexed(report: CityReport) -> Iterator[str]:
    shown, scored = len(report.system.indicators), len(report.system.scored)
    yield report.word("method_index", shown=shown, scored=scored)
    yield report.word("method_scale")
    if report.study.alternatives:
        yield report.word("method_range", n=len(report.study.alternatives) + 1)
    yield report.word("method_inputs")
    for note in report.study.round.notes:
        yield note[report.language]

"""What is said of a city's targets in short: the plan's own, those that lag by more, and those that lag by little."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.chapters.lagging.selection import of_the_plan
from evalkit.reporting.chapters.lagging.tables import SHOWN, others, project_status, small_misses
from evalkit.reporting.chapters.targets.tables import names_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, said_where
from evalkit.reporting.lags import MINOR
from evalkit.reporting.prose import paragraphs


@said_where(assessed)
def projects(report: CityReport) -> Markdown:
    """How many targets are met, are not, and cannot be judged; and which projects are below their floor."""
    sums = project_status(report).data[["targets_done", "targets_missed", "without_figure"]].sum().astype(int)
    counts = dict(zip(("met", "missed", "open"), sums, strict=True)) | {"cities": len(report.study.regions)}
    return paragraphs(report.joined([report.word("projects_status", **counts), *_below(report)]))


@said_where(assessed)
def plan_targets(report: CityReport) -> Markdown:
    """How many of the plan's own targets are met, and which are not."""
    codes = [indicator.code for indicator in of_the_plan(report)]
    if not codes:
        return NO_WORDS
    lit = report.judged.lamps[codes]
    missed = [code for code in codes if lit[code] == "behind"]
    counts = {"count": len(codes), "met": int(lit.isin(["met", "on_schedule"]).sum())}
    read = report.word("plan_targets_final" if report.at_the_end else "plan_targets_year", **counts)
    named = [report.word("plan_targets_missed", n=len(missed), names=names_of(report, missed))] if missed else []
    return paragraphs(report.joined([read, *named]))


@said_where(assessed)
def others_behind(report: CityReport) -> Markdown:
    """How many other targets lag by more, where the rest of them stands, and which lag by little."""
    return paragraphs(*_others(report))


def _others(report: CityReport) -> Iterator[str]:
    behind, small = others(report), small_misses(report)
    if behind:
        left = len(behind) - SHOWN
        first = report.word("others_more", shown=SHOWN, n=left) if left > 0 else ""
        yield report.word("others_read", n=len(behind), first=first)
    if small:
        yield report.word("small_misses", n=len(small), least=MINOR, names=names_of(report, small))


def _below(report: CityReport) -> Iterator[str]:
    gate = report.study.rules.gates.project
    if gate is None:
        return
    low = [report.node(code) for code, score in report.assessed.projects.items() if score < gate.below]
    if low:
        yield report.word("projects_below", least=f"{gate.below:g}", names=report.listed(low))

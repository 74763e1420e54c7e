"""Sentences of a city in short, and on what a reader of the ranking must know."""

from __future__ import annotations

from collections.abc import Iterator

from IPython.display import Markdown

from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import assessed, planned, ranked, strict
from evalkit.reporting.ends import first, has_two_ends, last
from evalkit.reporting.legal_basis import goals
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report
from evalkit.reporting.saying import partly_scored
from evalkit.tabular.cells import number, span

NAMED = 10  # groups that are named where more have scores that are printed alike


def summary(report: CityReport) -> Markdown:
    """Score, rank, range of ranks, and how much the report covers."""
    return prose(report.joined(in_short(report)))


def in_short(report: CityReport) -> list[str]:
    """Give these sentences one by one."""
    if not ranked(report):
        named = {"headline": report.headline, "city": report.city_name, "year": report.year}
        return [report.word("summary_unscored", **named)]
    root = report.result.root
    text = report.word(
        "summary_read",
        headline=report.headline,
        city=report.city_name,
        year=report.year,
        score=number(report.score(root), report.result.decimals()),
        rank=int(report.rank(root)),
        cities=int(report.result.ranks[root].xs(report.year, level="year").count()),
    )
    more = [] if assessed(report) else [report.word("no_grade")]
    return [text, *partly_scored(report, [report.city]), *_range(report), *_ends(report), *more]


def _ends(report: CityReport) -> Iterator[str]:
    """On how many results the city is among the first, or the last."""
    if has_two_ends(report):
        yield report.word("summary_ends", strengths=len(first(report)), shortfalls=len(last(report)))


def _range(report: CityReport) -> Iterator[str]:
    """The range of the city's ranks, where there are other ways of scoring."""
    if report.study.alternatives:
        yield report.word("summary_range", range=span(*report.rank_range.loc[report.city]))


def of_the_round(report: Report) -> list[str]:
    """What a reader of the ranking must know before reading it, a paragraph each; the city does not matter."""
    if assessed(report):
        rules = report.study.rules
        named = {"rules": rules.name[report.language], "version": rules.version}
        notes = [note[report.language] for note in report.study.round.notes]
        return [*notes, report.word("round_assessed", year=report.year, **named)]
    covered = {"headline": report.headline, "scored": len(report.system.scored)}
    read = report.word("round_coverage" if planned(report) and strict(report) else "round_unplanned", **covered)
    return [report.joined([read, *goals(report)]), *partly_scored(report), *_choices(report), *blurred(report)]


def _choices(report: Report) -> Iterator[str]:
    """Say of which cities the rank depends most on the choice of method, if any does."""
    if moved := most_moved(report):
        yield report.word("round_choices", cities=moved)


def most_moved(report: Report) -> str:
    """Name the cities whose ranks depend most on the choice of method, each with its range; nothing where none does."""
    ranges = {report.region(city): span(*ends) for city, ends in report.most_moved.iterrows()}
    named = (report.word("of_ranks", name=name, range=range_) for name, range_ in ranges.items())
    return report.listed(named) if ranges else ""


def blurred(report: Report) -> Iterator[str]:
    """Say so where the scale of the index has too few decimals to tell cities apart whose scores differ."""
    found = report.result.blurred()
    alike = found[found.year == report.year].regions
    if len(alike):
        groups = ("；" if report.language == "zh" else "; ").join(
            report.listed(map(report.region, own)) for own in alike[:NAMED]
        )
        if len(alike) > NAMED:
            groups = report.word("blurred_more", groups=groups, n=len(alike))
        yield report.word("ranks_blurred", headline=report.headline, decimals=report.result.decimals(), groups=groups)

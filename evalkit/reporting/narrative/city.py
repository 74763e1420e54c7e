"""Sentences of a city report, and of what every report says of the round and its data."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.analysis.ranks import neighbours
from evalkit.reporting import tables
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import (
    NO_WORDS,
    assessed,
    drawn,
    has_census,
    has_headline_input,
    planned,
    ranked,
    rebased,
    shown_where,
    strict,
)
from evalkit.reporting.narrative.composition import partly_scored
from evalkit.reporting.narrative.totals import without_total
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.tables.indicators import has_two_ends
from evalkit.reporting.tables.robustness import rank_of
from evalkit.round import Alternative
from evalkit.tabular.cells import number, rank, signed, span


def summary(report: CityReport) -> Markdown:
    """Score, rank, range of ranks, and how much the report covers."""
    if not ranked(report):
        return _say(report, "summary_unscored", headline=report.headline, city=report.city_name, year=report.year)
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
    return prose(report.joined([text, *_on_part(report), *_range(report), *_ends(report), *more]))


def _on_part(report: CityReport) -> Iterator[str]:
    """On what share of the weight the city is scored, where that is not all of it."""
    return partly_scored(report, [report.city])


def _ends(report: CityReport) -> Iterator[str]:
    """On how many results the city is among the first, or the last."""
    if has_two_ends(report):
        ends = {"strengths": len(tables.strengths(report)), "shortfalls": len(tables.shortfalls(report))}
        yield report.word("summary_ends", **ends)


def _range(report: CityReport) -> Iterator[str]:
    """The range of the city's ranks, where there are other ways of scoring."""
    if report.study.alternatives:
        yield report.word("summary_range", range=span(*report.rank_range.loc[report.city]))


def basis(report: Report) -> Markdown:
    """What is measured, what is left out, and what nobody knows; the notes of the round close the list."""
    first, last = report.years[0], report.year
    shown, scored = len(report.system.indicators), len(report.system.scored)
    left_out = report.word("basis_left_out", n=n) if (n := shown - scored) else ""
    counts = {"shown": shown, "scored": scored, "left_out": left_out, "years": span(first, last)}
    lines = [report.word("basis_shown", **counts)]
    if planned(report):
        lines.append(report.joined(_of_the_plan(report)))
    targets = sum(indicator.target is not None for indicator in report.system.indicators)
    lines += [report.word("basis_read", weights=_weight_statuses(report), targets=targets), *without_total(report)]
    return prose("\n".join([*lines, *(f"- {note[report.language]}" for note in report.study.round.notes)]))


def of_the_round(report: Report) -> list[str]:
    """What a reader of the ranking must know before reading it, a paragraph each; the city does not matter."""
    if assessed(report):
        rules = report.study.rules
        named = {"rules": rules.name[report.language], "version": rules.version}
        notes = [note[report.language] for note in report.study.round.notes]
        return [*notes, report.word("round_assessed", year=report.year, **named)]
    covered = {"headline": report.headline, "scored": len(report.system.scored)}
    first = report.word("round_coverage" if planned(report) and strict(report) else "round_unplanned", **covered)
    return [report.joined([first, *_goals(report)]), *partly_scored(report), *_choices(report), *blurred(report)]


def _choices(report: Report) -> Iterator[str]:
    """Say of which cities the rank depends most on the choice of method, if any does."""
    if moved := most_moved(report):
        yield report.word("round_choices", cities=moved)


def most_moved(report: Report) -> str:
    """Name the cities whose ranks depend most on the choice of method, each with its range; nothing where none does."""
    ranges = {report.region(city): span(*ends) for city, ends in report.most_moved.iterrows()}
    told = (report.word("of_ranks", name=name, range=range_) for name, range_ in ranges.items())
    return report.listed(told) if ranges else ""


def blurred(report: Report) -> Iterator[str]:
    """Say so where the scale of the index has too few decimals to tell cities apart whose scores differ."""
    found = report.result.blurred()
    alike = found[found.year == report.year].regions
    if len(alike):
        groups = ("；" if report.language == "zh" else "; ").join(
            report.listed(map(report.region, own)) for own in alike
        )
        yield report.word("ranks_blurred", headline=report.headline, decimals=report.result.decimals(), groups=groups)


def position(report: CityReport) -> Markdown:
    """The change on the year before, the distance to the neighbours, and which choices move the rank."""
    if not ranked(report):
        return NO_WORDS
    in_year = report.result.published[report.result.root].xs(report.year, level="year")
    near = [
        report.word(f"near_{side}", city=report.region(found[0]), points=number(found[1], report.result.decimals()))
        for side, found in neighbours(in_year, report.city).items()
        if found
    ]
    return prose(report.joined([_changed(report), *near, *_on_part(report), *_moved(report)]))


@shown_where(ranked, NO_WORDS)
@shown_where(drawn, NO_WORDS)
def draws(report: CityReport) -> Markdown:
    """The interval of the city's ranks over the draws, and its most likely rank."""
    said = report.word("draws_read", **rank_of(report, report.city))
    return prose(report.joined([said, *_undrawn(report)]))


@shown_where(drawn, NO_WORDS)
def robustness(report: RoundReport) -> Markdown:
    """What the draws vary, and how little they can carry."""
    counts = {"cities": len(report.draws.regions), "scored": len(report.system.scored), "level": report.level}
    sources = report.listed(map(report.source, report.study.uncertainty.sources))
    said = report.word("robustness_read", draws=len(report.draws.scores), sources=sources, **counts)
    left_out = [report.region(city) for city in report.study.regions.index if city not in report.draws.regions]
    unscored = [report.word("draws_unscored", cities=report.listed(left_out))] if left_out else []
    return prose(report.joined([said, *unscored, *_undrawn(report)]))


def coherence(report: RoundReport) -> Markdown:
    """How many cities it rests on, and what it is for."""
    counts = {"years": span(report.years[0], report.year), "cities": len(report.study.regions)}
    return _say(report, "coherence_read", year=report.year, **counts)


@shown_where(ranked, NO_WORDS)
@shown_where(has_headline_input, NO_WORDS)
def resources(report: CityReport) -> Markdown:
    """Where the city stands in money and where in results, without a claim of cause."""
    spending = report.result.panel.values.xs(report.year, level="year")[report.system.headline_input]
    return _say(
        report,
        "resources_read",
        indicator=report.node(report.system.headline_input),
        input=rank(spending.rank(method="min", ascending=False)[report.city]),
        result=int(report.rank(report.result.root)),
    )


def shortfalls(report: CityReport) -> Markdown:
    """How many shortfalls there are, and how many of them rest on scored indicators."""
    table = tables.shortfalls(report)
    scored = int((table.data.status == "scored").sum())
    said = report.word("shortfalls_read", count=len(table), scored=scored)
    return prose(report.joined([said, *duties(report)]))


@shown_where(has_census, NO_WORDS)
def counties(report: CityReport) -> Markdown:
    """What the census says of the city's counties, and what it cannot say."""
    census, end = report.census_year, report.study.years[-1]
    said = [report.word("counties_read", census=census, count=len(report.county_values))]
    if census > end:
        said.append(report.word("census_after", year=census, last=end, later=census - end))
    elif census < report.year:
        said.append(report.word("counties_census_only", last=report.year))
    return prose(report.joined(said))


def quality(report: CityReport) -> Markdown:
    """How many doubts are on record."""
    return _say(report, "quality_read", count=len(tables.quality(report)))


def duties(report: Report) -> list[str]:
    """What the plan says of the departments that answer for it, where that is declared."""
    return report.told([report.system.plan.duties]) if planned(report) else []


def _undrawn(report: Report) -> Iterator[str]:
    """Say that the population base is not drawn, where another one is declared."""
    if rebased(report):
        yield report.word("population_undrawn")


def _say(report: Report, key: str, **values) -> Markdown:
    return prose(report.word(key, **values))


def _of_the_plan(report: Report) -> Iterator[str]:
    """How much of the plan the index covers, and what is known of the plan."""
    covered, total = len(report.scored_projects), len(report.projects)
    yield report.word("basis_whole" if covered == total else "basis_plan", projects=covered, total=total)
    yield from _goals(report)
    if note := report.system.plan.note:
        yield report.word("remark", note=note[report.language])


def _goals(report: Report) -> Iterator[str]:
    """How many goals the plan counts, if that is known, and how many of them indicators can check."""
    plan = report.system.plan
    if plan and plan.goals_total is not None:
        yield report.word("goals_checkable", goals=plan.goals_total, checkable=plan.goals_checkable)


def _weight_statuses(report: Report) -> str:
    scored = [*report.system.scored_groups[1:], *report.system.scored]
    statuses = dict.fromkeys(report.word(node.weight_status) for node in scored)
    return ("、" if report.language == "zh" else ", ").join(statuses)


def _changed(report: CityReport) -> str:
    if report.previous is None:
        return report.word("base_year", year=report.year)
    root = report.result.root
    if pd.isna(report.rank(root, report.previous)):
        return report.word("unscored_before", year=report.previous)
    before, now = int(report.rank(root, report.previous)), int(report.rank(root))
    change = signed(report.score(root) - report.score(root, report.previous), 2)
    return report.word("rank_kept" if before == now else "rank_moved", change=change, before=before, now=now)


def _moved(report: CityReport) -> Iterator[str]:
    """Say which of the other ways of scoring, if any is declared, give the city another rank."""
    if not report.study.round.alternatives:
        return
    ranks = report.ranks_by_alternative.loc[report.city]
    moved = [_under(report, a, ranks) for a in report.study.round.alternatives if ranks[a.code] != ranks["main"]]
    listed = ("、" if report.language == "zh" else "; ").join(moved)
    yield report.word("not_robust", listed=listed) if moved else report.word("robust")


def _under(report: CityReport, alternative: Alternative, ranks: pd.Series) -> str:
    """Say which rank the city has under another way of scoring, if any."""
    name = alternative.name[report.language]
    if pd.isna(ranks[alternative.code]):
        return report.word("unscored_under", name=name)
    return report.word("rank_under", name=name, rank=int(ranks[alternative.code]))

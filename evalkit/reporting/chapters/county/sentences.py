"""Sentences on one county: its grade and what lowered it, what lags, and what its report cannot say."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting import cover
from evalkit.reporting.chapters.county import tables
from evalkit.reporting.chapters.county.tables import SCORE, graded
from evalkit.reporting.chapters.grade.reasons import lowered_by
from evalkit.reporting.conditions import NO_WORDS, said_where
from evalkit.reporting.county import CountyReport
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.saying import say
from evalkit.tabular.cells import number, rank

SHOWN = 3


def heading(report: CountyReport) -> Markdown:
    """Who issues the report, of which county it is, and what it rests on."""
    named = {"county": f"{report.county_name} ({report.county})", "city": report.region(report.city)}
    return cover.heading(report, named, rules=report.study.assessment_files.county_rules if graded(report) else None)


def summary(report: CountyReport) -> Markdown:
    """The grade and its places, or that none is given and what is shown in its place."""
    return bullets(_graded(report) if graded(report) else _not_graded(report))


@said_where(graded)
def rests_on(report: CountyReport) -> Markdown:
    """By which rules, and on which targets."""
    rules = report.study.assessment_files.county_rules
    notes = report.texts(rules.notes)
    said = report.word(
        "county_rules_read",
        rules=rules.name[report.language],
        version=rules.version,
        targets=len(report.indicators),
        status=report.word(rules.parts["completion"].status),
    )
    return bullets([said, *notes])


@said_where(graded)
def behind(report: CountyReport) -> Markdown:
    """How many targets are met, and which lag most."""
    lamps = report.judged.lamps.reindex([indicator.code for indicator in report.indicators])
    counts = {lamp: int((lamps == lamp).sum()) for lamp in ("met", "on_schedule", "behind")}
    lines = [report.word("county_targets_lit", targets=len(lamps), **counts)]
    if worst := list(tables.behind(report).data.indicator[:SHOWN]):
        lines.append(report.word("county_worst", names=report.listed(worst)))
    return prose(report.joined(lines))


@said_where(graded)
def items(report: CountyReport) -> Markdown:
    """How many items are open, and that it is the city which reports on them."""
    found = tables.items(report)
    return (
        NO_WORDS if found is None else say(report, "county_items_read", n=len(found), city=report.region(report.city))
    )


@said_where(graded)
def leadership(report: CountyReport) -> Markdown:
    """What the page is, and what it is not."""
    return say(report, "county_leadership_read")


def _graded(report: CountyReport) -> Iterator[str]:
    result = report.assessed.result
    named = {"county": report.county_name, "city": report.region(report.city), "year": report.year}
    if pd.isna(result.score):
        least = number(100 * report.study.assessment_files.county_rules.valid_share.least, 0)
        yield report.word("county_unrated", share=number(100 * result.valid_share, SCORE), least=least, **named)
        return
    yield report.word(
        "county_graded",
        score=number(result.score, SCORE),
        grade=report.band(result.grade),
        rank=rank(result["rank"]),
        rated=int(report.assessment.results.score.xs(report.year, level="year").count()),
        in_city=rank(report.rank_in_city),
        of_city=int(report.in_city.score.count()),
        group=report.peers(result.group),
        in_group=rank(result.rank_in_group),
        **named,
    )
    if result.grade != result.band:
        rules = report.listed(lowered_by(report))
        yield report.word("county_lowered", band=report.band(result.band), rules=rules)


def _not_graded(report: CountyReport) -> Iterator[str]:
    named = {"county": report.county_name, "city": report.region(report.city)}
    yield report.word("county_not_graded", years=report.listed(map(str, report.censuses)), **named)
    if later := [year for year in report.censuses if year > report.study.years[-1]]:
        yield report.word("county_census_later", years=report.listed(map(str, later)), last=report.study.years[-1])

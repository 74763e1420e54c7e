"""Sentences on one county: its grade and what lowered it, what lags, and what its report cannot say."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.chapters.county import brief, tables
from evalkit.reporting.chapters.county.tables import SCORE, graded
from evalkit.reporting.chapters.grade.reasons import lowered_by
from evalkit.reporting.conditions import NO_WORDS, said_where
from evalkit.reporting.county import CountyReport
from evalkit.reporting.lags import counted, first_of, nearly, serious, turned, turns
from evalkit.reporting.prose import bullets, prose
from evalkit.reporting.saying import on_day, other_base, rest, say
from evalkit.tabular.cells import number, rank, signed

SHOWN = 3


def summary(report: CountyReport) -> Markdown:
    """The grade and its places, or that none is given and what is shown in its place."""
    if not graded(report):
        return bullets(_not_graded(report))
    since = report.joined(_since(report))
    return bullets([*_graded(report), *([since] if since else []), _standing(report)])


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
    """How many more lag than the page lists, and which of them by little."""
    every = tables.behind(report)
    lines = [*rest(report, len(serious(every.data)) - len(brief.worst(report)), "every-target")]
    judged = report.judged[report.judged.lamps == "behind"]
    if len(close := nearly(judged)):
        names = first_of(report, map(report.target_name, close.index))
        lines.append(report.word("county_minor", n=len(close), names=names))
    return prose(report.joined(lines))


@said_where(graded)
def items(report: CountyReport) -> Markdown:
    """How many items are open, which came and went in the year, by when the first are due, and who sees to them."""
    found = tables.items(report)
    if found is None:
        return NO_WORDS
    lists = report.study.consequences.county_rectification
    came = {name: int((getattr(lists, name)(report.year).region == report.county).sum()) for name in ("new", "closed")}
    who = {"county": report.county_name, "city": report.region(report.city)}
    lines = [report.word("county_items_read", n=len(found), **came, **who)]
    if due := sorted(found.data.deadline.dropna()):
        lines.append(report.word("county_items_due", day=on_day(report, due[0]), n=due.count(due[0])))
    lines += rest(report, len(found) - len(brief.duties(report)), "every-item")
    return prose(report.joined(lines))


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
        rated=len(_rated(report)),
        in_city=rank(report.rank_in_city),
        of_city=int(report.in_city.score.count()),
        group=report.peers(result.group),
        in_group=rank(result.rank_in_group),
        of_group=int(_rated(report).group.eq(result.group).sum()),
        **named,
    )
    if result.grade != result.band:
        rules = report.listed(lowered_by(report))
        yield report.word("county_lowered", band=report.band(result.band), rules=rules)
    if raised := report.joined(_raised(report)):
        yield raised


def _rated(report: CountyReport) -> pd.DataFrame:
    results = report.assessment.results.xs(report.year, level="year")
    return results[results.score.notna()]


def _raised(report: CountyReport) -> Iterator[str]:
    """What the grade above asks for, and what would lead there."""
    bands, result = report.study.assessment_files.county_rules.bands, report.assessed.result
    above = bands.above(result.grade)
    if above is None:
        return
    named, least = {"above": report.band(above)}, next(one.least for one in bands.scale if one.code == above)
    if result.score < least:
        lacks = number(least - result.score, SCORE)
        yield report.word("county_next", least=number(least, 0), gap=lacks, **named)
    ways = report.improvements
    if len(ways):
        gains = [
            report.word("with_value", name=_way(report, row), value=signed(row.gain, SCORE))
            for row in ways.itertuples()
        ]
        reached = ways.grade.iloc[-1] in bands.codes[: bands.codes.index(above) + 1]
        key = "county_ways" if reached else "county_ways_short"
        yield report.word(key, names=report.listed(gains[:SHOWN]), n=len(ways), **named)


def _way(report: CountyReport, row) -> str:
    """Say what a step raises: an indicator, or for a rule what it is about."""
    return report.target_name(row.about) if row.about else report.rule(row.rule)


def _since(report: CountyReport) -> Iterator[str]:
    """What changed on the year before: score, rank and grade, and targets met and lost."""
    if report.previous is None:
        return
    years = report.study.assessed.county_appraisal.loc[report.county]
    before, now = years.loc[report.previous], years.loc[report.year]
    if pd.notna(now.change):
        cells = {"change": signed(now.change, SCORE), "before": rank(before["rank"]), "now": rank(now["rank"])}
        cells |= {"old": report.band(before.grade), "new": report.band(now.grade)}
        yield report.word("county_since", **cells)
        yield report.word("county_place_kept" if before["rank"] == now["rank"] else "county_place_moved", **cells)
        yield report.word("county_grade_kept" if before.grade == now.grade else "county_grade_moved", **cells)
        yield from other_base(report)
    gained, lost = turned(report.achievement.lamps.loc[(report.county, report.previous)], report.judged.lamps)
    yield turns(report, gained, lost)
    for key, codes in {"county_gained": gained, "county_lost": lost}.items():
        if codes:
            yield report.word(key, names=first_of(report, map(report.target_name, codes)))


def _standing(report: CountyReport) -> str:
    """How many targets stand how."""
    lamps = report.judged.lamps.reindex([indicator.code for indicator in report.indicators])
    return report.word("county_targets_lit", targets=len(lamps), counts=counted(report, lamps))


def _not_graded(report: CountyReport) -> Iterator[str]:
    named = {"county": report.county_name, "city": report.region(report.city)}
    yield report.word("county_not_graded", years=report.listed(map(str, report.censuses)), **named)
    if later := [year for year in report.censuses if year > report.study.years[-1]]:
        yield report.word("county_census_later", years=report.listed(map(str, later)), last=report.study.years[-1])

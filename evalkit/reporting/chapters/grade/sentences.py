"""Sentences on a city's grade: the score, what lowered it, where points come from, what would lift it."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.grading.bands import UNRATED
from evalkit.reporting.chapters.grade.reasons import lowered_by, lowering, rule_name
from evalkit.reporting.chapters.grade.tables import dropped_parts
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, has_peers, outcome_of, said_where
from evalkit.reporting.legal_basis import counted_apart, rule_notes
from evalkit.reporting.prose import bullets
from evalkit.reporting.saying import say
from evalkit.tabular.cells import number, plain, rank


@said_where(assessed)
def grade(report: CityReport) -> Markdown:
    """The score and the grade, what lowered it, and what both rest on."""
    return bullets(_grade(report))


@said_where(assessed)
def period(report: CityReport) -> Markdown:
    """How the score of the period is made."""
    shares = report.study.rules.period
    cells = {"earlier": number(100 * shares.earlier, 0), "final": number(100 * shares.final, 0)}
    return say(report, "period_read", source=shares.source[report.language], **cells)


@said_where(assessed)
def pathway(report: CityReport) -> Markdown:
    """How a value becomes points."""
    return say(report, "pathway_read" if pd.notna(report.assessed.result.score) else "pathway_unrated")


@said_where(assessed)
def project_scores(report: CityReport) -> Markdown:
    """What a project's score is made of."""
    return say(report, "project_scores_read", apart=counted_apart(report))


@said_where(assessed)
def progress(report: CityReport) -> Markdown:
    """How progress is measured, where points are given for it."""
    return say(report, "progress_read") if "progress" in report.study.rules.parts else NO_WORDS


@said_where(assessed)
def improvements(report: CityReport) -> Markdown:
    """Whether, and by what, the grade above can be reached."""
    return bullets(_improvements(report))


def _grade(report: CityReport) -> Iterator[str]:
    result, rules = report.assessed.result, report.study.rules
    share = {"share": number(100 * result.valid_share, 2), "least": number(100 * rules.valid_share.least, 0)}
    if pd.isna(result.score):
        yield report.word("grade_unrated", city=report.city_name, year=report.year, **share)
        yield from _no_baseline(report)
    else:
        yield report.joined(_placed(report))
        yield report.word("grade_data", **share)
    yield from _lowered(report)
    yield from _untested(report)
    if result.dropped:
        dropped = report.listed(dropped_parts(report, result.dropped))
        yield report.word("grade_dropped", parts=dropped, factor=number(result.factor, 4))
    yield from rule_notes(report, rules)


def _untested(report: CityReport) -> Iterator[str]:
    """Name the rules that were not tested: for want of data, and since no figure is declared for them."""
    reasons = list(report.assessed.reasons.itertuples())
    for outcome, key in {"not_tested": "grade_untested", "undeclared": "grade_undeclared"}.items():
        if own := [reason for reason in reasons if outcome_of(report, reason.rule, reason.outcome) == outcome]:
            yield report.word(key, rules=report.listed(rule_name(report, reason) for reason in own))


def _no_baseline(report: CityReport) -> Iterator[str]:
    """Name the targets of which the year's value is known, and nothing of the base year."""
    judged = report.judged
    known = judged["values"].notna() & judged.targets.notna()
    found = judged.index[known & judged.completion.isna() & judged.baselines.isna()]
    if len(found):
        yield report.word("grade_no_baseline", n=len(found), names=report.listed(map(report.node, found)))


def _placed(report: CityReport) -> Iterator[str]:
    """The score and its place, in the province and in the city's group where it has one."""
    result = report.assessed.result
    rated = report.study.assessed.assessment.results.score.xs(report.year, level="year").count()
    yield report.word(
        "grade_read",
        city=report.city_name,
        year=report.year,
        score=number(result.score, 2),
        band=report.band(result.band),
        grade=report.band(result.grade),
        rated=int(rated),
        rank=rank(result["rank"]),
    )
    if has_peers(report, report.city):
        place = rank(result.rank_in_group)
        yield report.word("grade_in_group", group=report.group(result.group), rank_in_group=place)


def _lowered(report: CityReport) -> Iterator[str]:
    result = report.assessed.result
    rules = report.listed(lowered_by(report))
    if result.grade != result.band:
        names = {"band": report.band(result.band), "grade": report.band(result.grade)}
        yield report.word("grade_lowered", rules=rules, **names)
    elif result.band != UNRATED:
        yield report.word("grade_kept")


def _improvements(report: CityReport) -> Iterator[str]:
    result, bands = report.assessed.result, report.study.rules.bands
    above = bands.above(result.grade)
    if result.grade == UNRATED or pd.isna(result.score):
        where = report.reference("city_report", "pending-data", "improvements_unrated_where")
        yield report.joined([report.word("improvements_unrated"), *where])
    elif above is not None:
        yield _reached(report, report.improvements, above)
        if len(report.way_up):
            yield report.word("improvements_read")


def _reached(report: CityReport, found: pd.DataFrame, above: str) -> str:
    result = report.assessed.result
    names = {"grade": report.band(result.grade), "above": report.band(above)}
    if "veto" in set(found.rule):
        return report.word("improvements_veto", **names)
    score = found.score.iloc[-1] if len(found) else result.score
    told = names | {"steps": len(found), "score": number(score, 2)}
    if len(report.way_up):
        return report.word("improvements_reached", **told)
    key = "improvements_short" if len(found) else "improvements_nothing"
    return report.word(key, why=_short(report, found, score, above), **told)


def _short(report: CityReport, found: pd.DataFrame, score: float, above: str) -> str:
    """Say why all indicators together do not reach a grade: the score, or the rules that hold it."""
    least = next(band.least for band in report.study.rules.bands.scale if band.code == above)
    if score < least:
        others = [part.name[report.language] for code, part in report.study.rules.parts.items() if code != "completion"]
        return report.word("improvements_score_low", least=plain(least), parts=report.listed(others))
    held = found.held_by.iloc[-1] if len(found) else [reason.rule for reason in lowering(report)]
    return report.listed(map(report.rule, dict.fromkeys(held)))

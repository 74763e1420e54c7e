"""The conclusion of a city report: the grade and why it is no better, what changed, what is strong and weak."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.grading.bands import UNRATED
from evalkit.reporting.chapters.grade.reasons import bound, found, lowering, rule_name
from evalkit.reporting.chapters.overview.selection import gaps, strengths
from evalkit.reporting.chapters.position.sentences import changed
from evalkit.reporting.chapters.summary.sentences import in_short
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, called_to_account, has_peers, ranked
from evalkit.reporting.lags import NAMED, turned, turns
from evalkit.reporting.prose import bullets
from evalkit.reporting.report import Report
from evalkit.reporting.saying import other_base
from evalkit.tabular.cells import number, plain, rank, signed

WORDED = {rule: f"conclusion_reason_{rule}" for rule in ("earmark", "quota")}  # what is found says what is asked


def conclusion(report: CityReport) -> Markdown:
    """What the year comes to, why it is no better, and what would lift it."""
    return bullets([*_verdict(report), *_why(report)] if assessed(report) else in_short(report))


def changes(report: CityReport) -> Markdown:
    """What changed since the year before: score and rank, targets met and lost, items opened and closed."""
    if report.previous is None:
        return NO_WORDS
    if assessed(report):
        return bullets([*_moved(report), *_turned(report), *_items(report)])
    return bullets([changed(report)] if ranked(report) else [])


def both_ends(report: CityReport) -> Markdown:
    """Three strengths and three gaps."""
    told = {"conclusion_strengths": strengths(report), "conclusion_gaps": gaps(report)}
    return bullets(report.word(key, listed=_listed(report, own)) for key, own in told.items() if own)


def _verdict(report: CityReport) -> Iterator[str]:
    result, rules = report.assessed.result, report.study.rules
    if pd.isna(result.score):
        share = {"share": number(100 * result.valid_share, 2), "least": number(100 * rules.valid_share.least, 0)}
        yield report.word("conclusion_unrated", city=report.city_name, **share)
        return
    place = rank(result["rank"])
    named = {
        "grade": report.band(result.grade),
        "score": number(result.score, 2),
        "position": place,
        "rated": rated(report),
    }
    peers = [report.word("conclusion_in_group", group=report.group(result.group), position=rank(result.rank_in_group))]
    ended = report.word("stop")
    read = report.word("conclusion_read", city=report.city_name, year=report.year, **named)
    yield "".join([read, *(peers if has_peers(report, report.city) else []), ended])


def rated(report: Report) -> int:
    """Count the cities that have a score in the year."""
    return int(report.study.assessed.assessment.results.score.xs(report.year, level="year").count())


def _why(report: CityReport) -> Iterator[str]:
    """Say why the grade is not the one above: the rules that lowered it, or the points that the score lacks."""
    result, bands = report.assessed.result, report.study.rules.bands
    above = bands.above(result.grade)
    if result.grade == UNRATED or pd.isna(result.score):
        return
    if above is None:
        yield report.word("conclusion_best")
        return
    if reasons := list(dict.fromkeys(_reason(report, reason) for reason in lowering(report))):
        named = {"above": report.band(result.band), "grade": report.band(result.grade)}
        yield report.word("conclusion_lowered", reasons=_listed(report, reasons), **named)
    else:
        least = next(band.least for band in bands.scale if band.code == above)
        lost = _lost(report)
        gap = number(least - result.score, 2)
        yield report.word("conclusion_short", above=report.band(above), least=plain(least), gap=gap, parts=lost)
    yield _way(report, above)


def _reason(report: CityReport, reason) -> str:
    """Write a rule that lowered the grade, with what it found and what it asks where it asks a number."""
    name, numbers = rule_name(report, reason), {"found": found(report, reason), "bound": bound(report, reason)}
    if reason.rule == "project":
        return report.word("conclusion_reason_project", about=report.node(reason.about), **numbers)
    if reason.rule == "veto":
        return name
    return report.word(WORDED.get(reason.rule, "conclusion_reason"), rule=name, **numbers)


def _lost(report: CityReport) -> str:
    """Name the two parts that lost most points, with these."""
    parts = report.assessed.parts
    lost = (parts.available - parts.points).dropna().sort_values(ascending=False, kind="stable").head(2)
    declared = report.study.rules.parts
    return report.listed(
        report.word("part_lost", name=declared[code].name[report.language], n=number(points, 2))
        for code, points in lost.items()
    )


def _way(report: CityReport, above: str) -> str:
    """Say what would bring the grade above, if raising targets does."""
    steps = report.improvements
    reached = len(steps) and report.study.rules.bands.lowest(steps.grade.iloc[-1], above) == above
    if not reached or "veto" in set(steps.rule):
        return report.word("conclusion_no_way", above=report.band(above))
    names = [report.target_name(row.about) if row.about else report.rule(row.rule) for row in steps.itertuples()]
    named = report.listed(names[:NAMED])
    what = named if len(names) <= NAMED else report.word("and_more_targets", names=named, n=len(names))
    known = {"score": number(steps.score.iloc[-1], 2), "above": report.band(above)}
    return report.word("conclusion_way", what=what, **known)


def _moved(report: CityReport) -> Iterator[str]:
    results = report.study.assessed.assessment.results
    now, before = (results.loc[(report.city, year)] for year in (report.year, report.previous))
    if pd.isna(now.score) or pd.isna(before.score):
        return
    ranks = _from_to(report, ("rank_still", "rank_from_to"), rank(before["rank"]), rank(now["rank"]))
    grades = _from_to(report, ("grade_still", "grade_from_to"), report.band(before.grade), report.band(now.grade))
    change = signed(now.score - before.score, 2)
    yield report.joined(
        [report.word("conclusion_moved", change=change, ranks=ranks, grades=grades), *other_base(report)]
    )


def _from_to(report: Report, keys: tuple[str, str], before: object, now: object) -> str:
    """Say by the one word that something is the same, by the other what it was and is."""
    same, other = keys
    return report.word(same if before == now else other, before=before, now=now)


def _turned(report: CityReport) -> Iterator[str]:
    """Count the targets that were newly met, and name those that no longer are."""
    gained, lost = turned(report.achievement.lamps.loc[(report.city, report.previous)], report.judged.lamps)
    named = report.listed(map(report.target_name, lost[:NAMED]))
    yield report.joined([turns(report, gained, lost), *([report.word("targets_lost", names=named)] if lost else [])])


def _items(report: CityReport) -> Iterator[str]:
    """Count the items of rectification that were opened and closed in the year, and those that are left."""
    if called_to_account(report):
        lists = report.study.consequences.rectification
        found = {name: getattr(lists, name)(report.year).region for name in ("new", "closed", "closing")}
        yield report.word("items_turned", **{name: int((own == report.city).sum()) for name, own in found.items()})


def _listed(report: Report, told: list[str]) -> str:
    return report.word("semicolon").join(told)

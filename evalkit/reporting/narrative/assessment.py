"""Sentences of a city's assessment by targets: its grade and where it comes from, what would lift it, who answers."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.grading.bands import UNRATED
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import NO_WORDS, assessed, has_headline_input, has_peers, outcome_of, shown_where
from evalkit.reporting.narrative.provisions import counted_apart, duty_bases, remarks
from evalkit.reporting.narrative.trends import bullets
from evalkit.reporting.prose import prose
from evalkit.reporting.tables import assessment as tables
from evalkit.reporting.tables.grades import lowering, rule_name
from evalkit.reporting.tables.province_assessment import dropped_parts
from evalkit.reporting.tables.targets_met import DOUBTS, equality_targets, targeted
from evalkit.tabular.cells import NO_DATA, number, plain, rank

LIT = ("met", "on_schedule", "behind")

_of_an_assessed_round = shown_where(assessed, NO_WORDS)


@_of_an_assessed_round
def readings(report: CityReport) -> Markdown:
    """The four readings, kept apart: targets, the level of services, equality, resources."""
    completion = number(report.assessed.parts["mean"]["completion"], 2)
    lines = [report.word("readings_read", **_lit(report), level=_level(report), completion=completion)]
    return prose(report.joined([*lines, *_equality(report), *_money(report)]))


def _equality(report: CityReport) -> Iterator[str]:
    """What the equality part comes to, where the index has one."""
    if len(equality_targets(report)) and "equality" in report.study.rules.parts:
        yield report.word("readings_equality", equality=number(report.assessed.parts["mean"].get("equality"), 2))


def _money(report: CityReport) -> Iterator[str]:
    """What the city spends, where one input stands for all."""
    if has_headline_input(report):
        money = report.system.node(report.system.headline_input)
        spending = report.result.panel.values[money.code].xs(report.year, level="year")
        yield report.word(
            "readings_money",
            money=money.name[report.language],
            spent=number(spending[report.city], money.decimals),
            unit=money.unit[report.language],
            money_rank=rank(spending.rank(method="min", ascending=False)[report.city], blank=NO_DATA),
        )


@_of_an_assessed_round
def grade(report: CityReport) -> Markdown:
    """The score and the grade, what lowered it, and what both rest on."""
    return bullets(_grade(report))


@_of_an_assessed_round
def period(report: CityReport) -> Markdown:
    """How the score of the period is made."""
    shares = report.study.rules.period
    cells = {"earlier": number(100 * shares.earlier, 0), "final": number(100 * shares.final, 0)}
    return _say(report, "period_read", source=shares.source[report.language], **cells)


@_of_an_assessed_round
def pathway(report: CityReport) -> Markdown:
    """How a value becomes points."""
    return _say(report, "pathway_read" if pd.notna(report.assessed.result.score) else "pathway_unrated")


@_of_an_assessed_round
def project_scores(report: CityReport) -> Markdown:
    """What a project's score is made of."""
    return _say(report, "project_scores_read", apart=counted_apart(report))


@_of_an_assessed_round
def progress(report: CityReport) -> Markdown:
    """How progress is measured, where points are given for it."""
    return _say(report, "progress_read") if "progress" in report.study.rules.parts else NO_WORDS


@_of_an_assessed_round
def work_plan(report: CityReport) -> Markdown:
    """The year's targets under each lamp, what the signs mean, and whose the targets are."""
    return bullets(_work_plan(report))


@_of_an_assessed_round
def lifts(report: CityReport) -> Markdown:
    """Whether, and by what, the grade above can be reached."""
    return bullets(_lifts(report))


@_of_an_assessed_round
def departments(report: CityReport) -> Markdown:
    """Which departments lead the targets that are behind."""
    duties, lit = report.study.assessed.duties, report.judged.lamps
    behind = duties[(duties.role == "lead") & duties.indicator.map(lit == "behind")]
    counts = behind.groupby("department", sort=False).size().sort_values(ascending=False, kind="stable")
    names = (report.word("department_behind", name=report.named_department(code), n=n) for code, n in counts.items())
    told = {"names": report.listed(names), "bases": duty_bases(report)}
    return _say(report, "departments_read", behind=int((lit == "behind").sum()), **told)


@_of_an_assessed_round
def counties(report: CityReport) -> Markdown:
    """How many targets are judged in the counties, and where the most are behind."""
    table = tables.county_targets(report)
    if table is None:
        return _say(report, "county_targets_none")
    found = table.data
    behind = found.lamp_behind
    lines = [report.word("county_targets_read", count=len(table), asked=tables.judged_in_counties(report))]
    if behind.any():
        most = found.county[behind == behind.max()]
        lines.append(report.word("county_targets_behind", most=report.listed(most), behind=behind.max()))
    lines.append(report.word("county_targets_mean"))
    return prose(report.joined(lines))


@_of_an_assessed_round
def facilities(report: CityReport) -> Markdown:
    """How many facilities miss their threshold."""
    if report.facilities is None:
        return _say(report, "facilities_none")
    sums = report.facilities[["met", "below", "unknown"]].sum()
    return _say(report, "facilities_read", **{name: int(count) for name, count in sums.items()})


@_of_an_assessed_round
def equality(report: CityReport) -> Markdown:
    """What the equality part rests on."""
    if not (count := len(equality_targets(report))):
        return _say(report, "equality_targets_none")
    if "equality" not in report.study.rules.parts:
        return NO_WORDS
    return _say(report, "equality_targets_read", count=count, mean=number(report.assessed.parts["mean"]["equality"], 2))


@_of_an_assessed_round
def pending(report: CityReport) -> Markdown:
    """How many targets wait for data, and how many events there are."""
    counts = report.judged.states.value_counts()
    events = len(report.study.assessed.events.of(report.city, report.year))
    return _say(report, "pending_read", **{state: int(counts.get(state, 0)) for state in DOUBTS}, events=events)


def _level(report: CityReport) -> str:
    root = report.result.root
    name, score = report.node(root), report.score(root)
    if pd.isna(score):
        return report.word("readings_no_level", headline=name)
    return report.word(
        "readings_level", headline=name, index=number(score, report.result.decimals()), rank=rank(report.rank(root))
    )


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
    yield from remarks(report, rules)


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
    rules = report.listed(rule_name(report, reason) for reason in lowering(report))
    if result.grade != result.band:
        names = {"band": report.band(result.band), "grade": report.band(result.grade)}
        yield report.word("grade_lowered", rules=rules, **names)
    elif result.band != UNRATED:
        yield report.word("grade_kept")


def _work_plan(report: CityReport) -> Iterator[str]:
    lit = report.judged.lamps.value_counts()
    counts = {lamp: int(lit.get(lamp, 0)) for lamp in (*LIT, "no_data", "disputed", "not_applicable")}
    yield report.word("work_plan_read", year=report.year, count=len(report.judged), **counts)
    yield report.word("work_plan_signs", **{lamp: report.word(f"lamp_{lamp}") for lamp in counts})
    official = sum(indicator.target_status == "confirmed" for indicator in targeted(report))
    others = report.word("work_plan_others", n=n) if (n := len(report.judged) - official) else ""
    yield report.word("work_plan_targets", official=official, others=others)
    if parts := report.study.assessed.cities.parts:
        names = report.listed(report.node(code) for code in parts)
        yield report.word("work_plan_apportioned", names=names)


def _lifts(report: CityReport) -> Iterator[str]:
    result, bands = report.assessed.result, report.study.rules.bands
    above = bands.above(result.grade)
    if result.grade == UNRATED or pd.isna(result.score):
        where = report.reference("city_report/pending-data", "lifts_unrated_where")
        yield report.joined([report.word("lifts_unrated"), *where])
    elif above is None:
        yield report.word("lifts_best", grade=report.band(result.grade))
    else:
        yield _reached(report, report.lifts, above)
        yield report.word("lifts_read")


def _reached(report: CityReport, found: pd.DataFrame, above: str) -> str:
    result, bands = report.assessed.result, report.study.rules.bands
    names = {"grade": report.band(result.grade), "above": report.band(above)}
    if "veto" in set(found.rule):
        return report.word("lifts_veto", **names)
    score, grade = (found[name].iloc[-1] if len(found) else result[name] for name in ("score", "grade"))
    told = names | {"steps": len(found), "score": number(score, 2)}
    if bands.lowest(grade, above) == above:
        return report.word("lifts_reached", **told)
    key = "lifts_short" if len(found) else "lifts_nothing"
    return report.word(key, why=_short(report, found, score, above), **told)


def _short(report: CityReport, found: pd.DataFrame, score: float, above: str) -> str:
    """Say why all indicators together do not reach a grade: the score, or the rules that hold it."""
    least = next(band.least for band in report.study.rules.bands.scale if band.code == above)
    if score < least:
        others = [part.name[report.language] for code, part in report.study.rules.parts.items() if code != "completion"]
        return report.word("lifts_score_low", least=plain(least), parts=report.listed(others))
    held = found.held_by.iloc[-1] if len(found) else [reason.rule for reason in lowering(report)]
    return report.listed(map(report.rule, dict.fromkeys(held)))


def _lit(report: CityReport) -> dict[str, int]:
    counts = report.judged.lamps.value_counts()
    return {"judged": int(counts.reindex(LIT).sum())} | {lamp: int(counts.get(lamp, 0)) for lamp in LIT}


def _say(report: CityReport, key: str, **values) -> Markdown:
    return prose(report.word(key, **values))

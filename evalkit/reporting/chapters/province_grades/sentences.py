"""What the province's assessment found: grades, the period so far, the data, and the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.grading.grades import quota_places
from evalkit.reporting.chapters.grade.tables import dropped_parts
from evalkit.reporting.chapters.province_grades import tables
from evalkit.reporting.conditions import outcome_of
from evalkit.reporting.legal_basis import rule_notes
from evalkit.reporting.prose import points, prose
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number, plain, signed, span


def paragraphs_where_assessed(read: Callable[[RoundReport], Iterator[str]]) -> Callable[[RoundReport], Markdown]:
    """Join what is read, a paragraph each; nothing where the round is not assessed by targets."""

    @wraps(read)
    def made(report: RoundReport) -> Markdown:
        return prose("\n\n".join(read(report)) if report.study.assessed else "")

    return made


@paragraphs_where_assessed
def grades(report: RoundReport) -> Iterator[str]:
    """How many cities are rated, what quota and gates did to their grades, and on what the scores rest."""
    results, rules = tables.ordered(report), report.study.rules
    rated = results.score.notna()
    counts = {"cities": len(results), "rated": int(rated.sum()), "year": report.year}
    read = report.word("grades_read", rules=rules.name[report.language], version=rules.version, **counts)
    index = report.reference("province_report", "ranking", "grades_index_where")
    yield report.joined([read, *index, *report.reference("province_report", "rules", "grades_rules_where")])
    found = [*_unrated(report, results), *_quota(report, results), *_gates(report), *_events(report, results)]
    if found:
        yield points(found)
    yield from _bases(report, results[rated])


@paragraphs_where_assessed
def period(report: RoundReport) -> Iterator[str]:
    """How the score of the period is made, and who has none."""
    first, shares = report.study.years[0], report.study.rules.period
    if report.previous is None:
        yield report.word("period_first", year=report.year)
        return
    found = report.study.assessed.assessment.period(final=report.year)
    yield report.word(
        "province_period_read",
        before=span(first, report.previous),
        year=report.year,
        earlier=plain(100 * shares.earlier),
        final=plain(100 * shares.final),
    )
    without, partly = found[found.score.isna()], found[found.score.notna() & found.missing.map(bool)]
    if len(without):
        yield report.word("period_without", cities=city_names(report, without.index), year=report.year)
    if len(partly):
        named = [
            report.word("with_value", name=report.region(c), value=", ".join(map(str, years)))
            for c, years in partly.missing.items()
        ]
        yield report.word("period_partly", cities=report.listed(named))
    yield from _bases_by_year(report)


@paragraphs_where_assessed
def data(report: RoundReport) -> Iterator[str]:
    """Which share of weight is valid, who is short of it, and what the states mean."""
    results, least = tables.ordered(report), report.study.rules.valid_share.least
    shares = {name: number(100 * share, 2) for name, share in results.valid_share.agg(["min", "max"]).items()}
    yield report.word("assessment_data_read", least=plain(100 * least), low=shares["min"], high=shares["max"])
    yield report.word("states_read")


@paragraphs_where_assessed
def disputed(report: RoundReport) -> Iterator[str]:
    """How many figures are disputed."""
    count, years = len(tables.disputed(report)), span(report.study.years[0], report.year)
    if count:
        yield report.word("disputed_read", count=count, years=years)


@paragraphs_where_assessed
def rules(report: RoundReport) -> Iterator[str]:
    """Which rules these are, and where they come from."""
    declared = report.study.rules
    read = report.word("rules_read", rules=declared.name[report.language], version=declared.version)
    yield report.joined([read, *rule_notes(report, declared)])


def _unrated(report: RoundReport, results: pd.DataFrame) -> Iterator[str]:
    without = results[results.score.isna()]
    if len(without):
        named = {c: f"{number(100 * share, 2)}%" for c, share in without.valid_share.items()}
        cities = [report.word("with_value", name=report.region(c), value=share) for c, share in named.items()]
        least = plain(100 * report.study.rules.valid_share.least)
        yield report.word("unrated_read", count=len(without), cities=report.listed(cities), least=least)


def _quota(report: RoundReport, results: pd.DataFrame) -> Iterator[str]:
    quota = report.study.rules.quota
    if quota is None:
        return
    rated, found = int(results.score.notna().sum()), tables.reasons(report)
    out = results.index[results.index.isin(found.index[found.rule == "quota"])]
    yield report.word(
        "quota_read",
        band=report.band(quota.band),
        share=plain(100 * quota.share),
        rated=rated,
        places=quota_places(rated, quota),
        competing=int((results.gated == quota.band).sum()),
        below=report.band(report.study.rules.bands.below(quota.band)),
        out=city_names(report, out),
    )


def _gates(report: RoundReport) -> Iterator[str]:
    """Say of every gate whose grade it lowered, where it held without effect, and where it could not be tested."""
    found = tables.reasons(report)
    for outcome in ("lowers", "no_effect", "not_tested"):
        for rule, rows in found[(found.outcome == outcome) & (found.rule != "quota")].groupby("rule", sort=False):
            key = f"gate_{outcome_of(report, rule, outcome)}"
            about = {city: list(own) for city, own in rows.about.groupby(rows.index, sort=False)}
            cities = report.listed(_with_projects(report, city, codes) for city, codes in about.items())
            yield report.word(key, rule=report.rule(rule), cities=cities)


def _with_projects(report: RoundReport, city: str, about: list[str]) -> str:
    """Name a city, and how many projects of its are meant where it is about projects."""
    known = {project.code for project in report.projects}
    names = [report.node(code) for code in about if code in known]
    name = report.region(city)
    return report.word("with_value", name=name, value=report.listed(names)) if names else name


def _events(report: RoundReport, results: pd.DataFrame) -> Iterator[str]:
    counted = {city: signed(points, 2) for city, points in results.counted.items() if points}
    if counted:
        named = [report.word("with_value", name=report.region(c), value=points) for c, points in counted.items()]
        yield report.word("events_read", cities=report.listed(named))


def _bases(report: RoundReport, rated: pd.DataFrame) -> Iterator[str]:
    """Say which scores rest on other parts than the rest; nothing where all rest on all."""
    for dropped, own in rated[rated.dropped.map(len) > 0].groupby("dropped", sort=False):
        parts = {"parts": report.listed(dropped_parts(report, dropped)), "factor": number(own.factor.iloc[0], 4)}
        if len(own) == len(rated):
            yield report.word("bases_all", **parts)
        else:
            yield report.word("bases_read", cities=city_names(report, own.index), **parts)


def _bases_by_year(report: RoundReport) -> Iterator[str]:
    """Say in which years scores lack a part, where years differ in that."""
    results = report.study.assessed.assessment.results
    rated = results[results.score.notna() & (results.index.get_level_values("year") <= report.year)]
    if len(set(rated.dropped)) > 1:
        of_years = {year: own.droplevel("year") for year, own in rated.dropped.groupby(level="year") if own.any()}
        named = [report.word("with_value", name=year, value=_lacking(report, own)) for year, own in of_years.items()]
        yield report.word("period_bases", years=report.listed(named))


def _lacking(report: RoundReport, dropped: pd.Series) -> str:
    """Name the parts that the scores of a year lack, with the cities where it is not all of them."""
    named = []
    for codes, own in dropped[dropped.map(len) > 0].groupby(dropped, sort=False):
        parts, cities = report.listed(dropped_parts(report, codes)), city_names(report, own.index)
        named.append(parts if len(own) == len(dropped) else report.word("lacking_in", parts=parts, cities=cities))
    return report.word("semicolon").join(named)


def city_names(report: RoundReport, codes: pd.Index | tuple[str, ...]) -> str:
    """Name cities one after another."""
    return report.listed(map(report.region, codes))

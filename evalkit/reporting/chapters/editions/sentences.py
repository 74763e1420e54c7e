"""What changed since the edition before, in words."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from IPython.display import Markdown

from evalkit.reporting.chapters.editions.tables import city_figures, editions
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import said_where
from evalkit.reporting.prose import prose
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular.cells import number, rank


@said_where(editions)
def province(report: RoundReport) -> Markdown:
    """How many figures, scores, ranks and grades changed, and by what."""
    return prose(since_the_edition(report))


@said_where(editions)
def city(report: CityReport) -> Markdown:
    """How many figures of the city changed, and its score and rank."""
    found, figures = editions(report).cities, city_figures(report)
    if report.city not in found.index:
        if figures.empty:
            return prose(report.word("editions_none", **_day(report)))
        own = {"score": report.word("edition_same"), "rank": report.word("edition_same")}
    else:
        row = found.loc[report.city]
        decimals = report.result.decimals(report.result.root)
        scores = [number(value, decimals) for value in (row.score_before, row.score)]
        own = {"score": _from_to(report, scores), "rank": _from_to(report, [rank(row.rank_before), rank(row["rank"])])}
    return prose(report.word("editions_city", figures=len(figures), **own, **_day(report)))


def since_the_edition(report: RoundReport) -> str:
    """Say the same as plain text, of a round that names the edition before."""
    return report.joined(_of_the_province(report))


def _of_the_province(report: RoundReport) -> Iterator[str]:
    found = editions(report)
    figures, cities = found.figures, found.cities
    if figures.empty and cities.empty:
        yield report.word("editions_none", **_day(report))
        return
    upheld = figures.objection != ""
    counts = {"figures": len(figures), "regions": figures.region.nunique(), "objections": int(upheld.sum())}
    counts |= {"decisions": int((~upheld & (figures.decision != "")).sum())}
    counts |= {"scores": _moved(cities, "score"), "ranks": _moved(cities, "rank")}
    yield report.word("editions_read", **counts, **_day(report))
    if report.study.assessed:
        regraded = cities.index[cities.grade_before != cities.grade]
        names = report.word("edition_names", names=report.listed(map(report.region, regraded)))
        yield report.word("editions_grades", n=len(regraded), names=names if len(regraded) else "")


def _moved(cities: pd.DataFrame, name: str) -> int:
    then, now = cities[f"{name}_before"], cities[name]
    return int(((then != now) & ~(then.isna() & now.isna())).sum())


def _from_to(report: Report, ends: list) -> str:
    before, now = ends
    if str(before) == str(now):
        return report.word("edition_same")
    return report.word("edition_from_to", before=before, now=now)


def _day(report: Report) -> dict[str, str]:
    return {"day": report.on_day(editions(report).day)}

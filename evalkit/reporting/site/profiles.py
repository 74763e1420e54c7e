"""What the site says of each city: scores, ranks and grades over the years, and the cities most like it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from evalkit.reporting.conditions import assessed, drawn
from evalkit.reporting.report import Report
from evalkit.reporting.site.values import places, printed
from evalkit.tabular.cells import Cell, span
from evalkit.tabular.table import in_language

POINTS = 2  # decimals of points


def profiles(report: Report) -> dict:
    """Give `measures` of all cities, and `likes`: of each city the places, in the order of the round, of its likes.

    A measure has the label `n`, the years `y`, and `v` with a list of texts a year, in the order of the round; `d` are
    its decimals, null where two of it have no difference. `structure` are measures of the year by which cities are
    alike, in standard deviations from the mean of the cities, as likeness counts them.
    """
    own = _assessed(report) if assessed(report) else []
    return {
        "measures": [*own, *_scored(report)],
        "interval": [str(cell) for cell in intervals(report)],
        "structure": _structure(report),
        "likes": _likes(report),
    }


def intervals(report: Report) -> list[Cell]:
    """Write the interval of ranks of every city over the draws of the year; nothing where none are declared."""
    if not drawn(report):
        return []
    found = report.draws.rank_interval(report.readings.declared.level).reindex(report.study.regions.index)
    return [in_language(span(low, high), report.language) for low, high in zip(found.low, found.high, strict=True)]


def _scored(report: Report) -> list[dict]:
    result, root = report.result, report.result.root
    groups = report.scored_projects or [group for group in report.system.scored_groups if group.code != root]
    named = {root: report.headline} | {group.code: group.name[report.language] for group in groups}
    ranks = _measure(report, report.word("site_index_rank"), result.ranks[root], lambda found: places(found))
    scores = [
        _measure(report, name, result.published[code], _points(result.decimals(code)), result.decimals(code))
        for code, name in named.items()
    ]
    return [scores[0], ranks, *scores[1:]]


def _assessed(report: Report) -> list[dict]:
    results = report.study.assessed.assessment.results
    return [
        _measure(report, report.word("assessment_score"), results.score, _points(POINTS), POINTS),
        _measure(report, report.word("grade"), results.grade, lambda found: [report.band(code) for code in found]),
        _measure(report, report.word("assessment_rank"), results["rank"], lambda found: places(found)),
    ]


def _points(decimals: int) -> Callable[[pd.Series], list[str]]:
    return lambda found: printed(found.to_numpy(), decimals)


def _measure(
    report: Report, name: str, found: pd.Series, write: Callable[[pd.Series], list[str]], decimals: int | None = None
) -> dict:
    """Write a series by region and year, as the figures of an indicator are written."""
    wide = found.unstack("year").reindex(report.study.regions.index)
    years = [year for year in report.years if year in wide]
    return {"n": name, "y": years, "v": [write(wide[year]) for year in years], "d": decimals}


def _structure(report: Report) -> list[dict]:
    declared = report.readings.declared.comparables
    if declared is None:
        return []
    found = report.readings.structure(report.year).reindex(report.study.regions.index)
    told = (found - found.mean()) / found.std(ddof=0)
    return [
        {
            "n": one.name[report.language],
            "y": [report.year],
            "v": [printed(told[one.code].to_numpy(), POINTS)],
            "d": POINTS,
        }
        for one in declared.structure
    ]


def _likes(report: Report) -> list[list[int]]:
    cities = list(report.study.regions.index)
    at = {city: place for place, city in enumerate(cities)}
    found = report.readings.comparables(report.year)
    return [[at[other] for other in found.get(city, ())] for city in cities]

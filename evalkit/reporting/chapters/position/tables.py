"""Tables of position: ranking, path, alternatives, projects."""

from __future__ import annotations

import pandas as pd

from evalkit.index import Group
from evalkit.reporting.chapters.summary.tables import (
    change_of,
    changes_of,
    indicators_known,
    scored_in,
    scored_on,
)
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import needs_part, shown_where, too_many_to_list
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank, signed, span


@round_table
def ranking(report: Report) -> Table:
    """All cities in the year, the highest score first."""
    root, decimals = report.result.root, report.result.decimals()
    in_year = report.result.published[root].xs(report.year, level="year").sort_values(ascending=False)
    ranks, moved = report.result.ranks[root].xs(report.year, level="year"), changes_of(report, root)
    ranges, partly = report.rank_range.T.to_dict("list"), len(report.scored_on_part) > 0
    rows = [
        {
            "rank": rank(ranks[code]),
            "city": report.region(code),
            "code": code,
            "score": number(score, decimals),
            "change": signed(moved.get(code), decimals),
            "rank_range": span(*ranges[code]),
            **(scored_on(report, code) if partly else {}),
        }
        for code, score in in_year.items()
    ]
    return report.table(rows)


@round_table
@shown_where(too_many_to_list)
def by_group(report: Report) -> Table:
    """What the scores of each group of cities are, where nobody reads a list of all: the highest median first."""
    scores, ranks = (
        found[report.result.root].xs(report.year, level="year")
        for found in (report.result.published, report.result.ranks)
    )
    table = pd.DataFrame({"score": scores, "rank": ranks, "group": report.readings.groups}).dropna()
    own, tenth = dict(iter(table.groupby("group"))), len(table) // 10
    rows = [
        {
            "group": report.study.all_regions.groups[code][report.language],
            "cities_n": len(found),
            "median_score": number(found.score.median(), report.result.decimals()),
            "highest_score": _with_score(report, found.score.idxmax(), found.score.max()),
            "lowest_score": _with_score(report, found.score.idxmin(), found.score.min()),
            "in_first_tenth": int((found["rank"] <= tenth).sum()),
            "in_last_tenth": int((found["rank"] > len(table) - tenth).sum()),
        }
        for code, found in sorted(own.items(), key=lambda item: -item[1].score.median())
    ]
    return report.table(rows)


@report_table
def path(report: CityReport) -> Table:
    """Score and rank of the city in every year of the round so far, beside all cities together."""
    root, whole, decimals = report.result.root, report.study.all_regions.code, report.result.decimals()
    base = report.result.scored_on[report.city]
    rows = [
        {
            "year": year,
            "score": number(report.score(root, year), decimals),
            "rank": rank(report.rank(root, year)),
            "province_score": number(report.study.province.published.loc[(whole, year), root], decimals),
            "uncapped": number(_uncapped(report, year), decimals),
            **({"scored_on": number(100 * base[year] or None, 1, blank=NOT_PRINTED)} if needs_part(report) else {}),
        }
        for year in report.years
    ]
    return report.table(rows)


@report_table
def alternatives(report: CityReport) -> Table:
    """The city's rank under every way of scoring that the round declares."""
    names = {a.code: a.name[report.language] for a in report.study.round.alternatives}
    names = {"main": report.word("main_method")} | names
    scores = {"main": report.result} | report.study.alternatives
    rows = [
        {
            "alternative": names[code],
            "score": number(
                evaluation.published.loc[(report.city, report.year), evaluation.root], evaluation.decimals()
            ),
            "rank": rank(report.ranks_by_alternative.loc[report.city, code]),
        }
        for code, evaluation in scores.items()
    ]
    return report.table(rows)


@report_table
def projects(report: CityReport) -> Table:
    """Every project, and what stands outside of them: scored, or why not."""
    of_all = dict.fromkeys(report.system.project_of(indicator.code) for indicator in report.system.indicators)
    outside = [group for group in of_all if group not in report.projects]
    rows = [_project(report, group) for group in (*report.projects, *outside)]
    without = set() if any(row["area"] for row in rows) else {"area"}
    return report.table([{name: cell for name, cell in row.items() if name not in without} for row in rows])


def _with_score(report: Report, city: str, score: float) -> str:
    return report.word("with_value", name=report.region(city), value=number(score, report.result.decimals()))


def _project(report: CityReport, group: Group) -> dict:
    scored = group in report.system.scored_groups
    whole, decimals = (report.study.all_regions.code, report.year), report.result.decimals(group.code)
    province = report.study.province.published
    return {
        "area": report.node(area.code) if (area := report.system.area_of(group.code)) is not group else "",
        "project": group.name[report.language],
        "weight": number(100 * _share(report, group), 1) if scored else number(0, 1),
        "service_score": number(report.score(group.code), decimals) if scored else NOT_PRINTED,
        "change": signed(change_of(report, group.code, report.city), decimals) if scored else NOT_PRINTED,
        "rank": rank(report.rank(group.code)) if scored else NOT_PRINTED,
        "province_score": number(province.loc[whole, group.code], decimals) if scored else NOT_PRINTED,
        "shown": len(report.system.indicators_of(group)),
        "scored_count": len(scored_in(report, group)),
        **_known(report, group),
        "status": _status(report, group),
    }


def _known(report: CityReport, group: Group) -> dict[str, object]:
    """On how many indicators the score of a project rests, in a round in which that may be a part of them."""
    if not needs_part(report):
        return {}
    counts = group in report.system.scored_groups
    return {"indicators_known": indicators_known(report, group, report.city) if counts else NOT_PRINTED}


def _status(report: CityReport, group: Group) -> str:
    shown, scored = report.system.indicators_of(group), scored_in(report, group)
    if not shown:
        return report.word("no_public_data")
    if scored:
        return report.word("single_indicator" if len(scored) == 1 else "scored")
    inputs = all(indicator.unscored == "input" for indicator in shown)
    return report.word("input" if inputs else "none_scored")


def _share(report: CityReport, group: Group) -> float:
    return report.points[[indicator.code for indicator in scored_in(report, group)]].sum() / 100


def _uncapped(report: CityReport, year: int) -> float:
    """The score without the cap, under the report's own method."""
    scores = report.study.uncapped.scores
    return scores.loc[(report.city, year), report.result.root]


OF_A_CITY = {
    "path": path,
    "alternatives": alternatives,
    "projects": projects,
}
OF_PROVINCE = {
    "ranking": ranking,
    "province_by_group": by_group,
}
OF_THE_ROUND = {
    "ranking": ranking,
}

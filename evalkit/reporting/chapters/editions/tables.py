"""Tables of what changed since the edition before: figures with the decision behind each, scores, ranks and grades."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from evalkit.readings.editions import Editions, editions_of
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report, RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, Cell, number, plain, rank

FIGURE = (
    "region", "variable", "facility", "year", "edition_before", "edition_now", "changed_on", "changed_by",
    "changed_why", "changed_proof",
)  # fmt: skip
PLACES = ("edition_score_before", "edition_score", "edition_rank_before", "edition_rank")
GRADES = ("edition_grade_before", "edition_grade")


def editions(report: Report) -> Editions | None:
    """The study of a report beside the edition before; None where none is declared."""
    return editions_of(report.study, report.year)


@round_table
@shown_where(editions)
def changed_figures(report: RoundReport) -> Table:
    """Every figure that counts differently, with the decision behind it."""
    return report.table(_figures(report, editions(report).figures), FIGURE)


@round_table
@shown_where(editions)
def changed_scores(report: RoundReport) -> Table:
    """Every city with another score, rank or grade."""
    rows = [
        {"city": report.region(city)} | _places(report, row) | _grades(report, row)
        for city, row in editions(report).cities.iterrows()
    ]
    return report.table(rows, ("city", *PLACES, *(GRADES if report.study.assessed else ())))


@report_table
@shown_where(editions)
def city_changed_figures(report: CityReport) -> Table:
    """The figures of the city and its counties that count differently."""
    return report.table(_figures(report, city_figures(report)), FIGURE)


@report_table
@shown_where(editions)
def city_changed_scores(report: CityReport) -> Table:
    """The index and its groups on which the city has another score or rank."""
    found = editions(report).nodes(report.city)
    rows = [{"index_node": report.node(node)} | _places(report, row, node) for node, row in found.iterrows()]
    return report.table(rows, ("index_node", *PLACES))


def city_figures(report: CityReport) -> pd.DataFrame:
    """Give the figures of the city and its counties that count differently."""
    found = editions(report).figures
    parents = report.study.all_regions.table.parent
    return found[(found.region == report.city) | (found.region.map(parents) == report.city)]


def _figures(report: Report, found: pd.DataFrame) -> list[dict]:
    return [_figure(report, row) for row in found.to_dict("records")]


def _figure(report: Report, row: Mapping) -> dict[str, Cell]:
    variable = report.study.dataset.metadata.variables[row["variable"]]
    return {
        "region": report.region(row["region"]),
        "variable": variable.name[report.language],
        "facility": row["unit"] or NOT_PRINTED,
        "year": int(row["year"]),
        "edition_before": _said(report, row["state_before"], row["value_before"]),
        "edition_now": _said(report, row["state"], row["value"]),
        "changed_on": date.fromisoformat(row["day"]),
        "changed_by": _authority(report, row),
        "changed_why": row["because"] or NOT_PRINTED,
        "changed_proof": row["evidence"] or NOT_PRINTED,
    }


def _said(report: Report, state: str, value: float) -> Cell:
    """Write what a figure says: its value, why it has none, or that nothing was said."""
    if not state:
        return report.word("not_said")
    if pd.isna(value):
        return report.state(state)
    return report.word("still_disputed", value=plain(value)) if state == "disputed" else plain(value)


def _authority(report: Report, row: Mapping) -> str:
    if row["objection"]:
        return report.word("by_objection", code=row["objection"], document=row["decision"])
    if row["decision"]:
        return report.word("by_decision", document=row["decision"])
    return report.word("by_form", code=row["submission"])


def _places(report: Report, row: pd.Series, node: str | None = None) -> dict[str, Cell]:
    decimals = report.result.decimals(node or report.result.root)
    return {
        "edition_score_before": number(row.score_before, decimals),
        "edition_score": number(row.score, decimals),
        "edition_rank_before": rank(row.rank_before),
        "edition_rank": rank(row["rank"]),
    }


def _grades(report: Report, row: pd.Series) -> dict[str, Cell]:
    if not report.study.assessed:
        return {}
    return {"edition_grade_before": report.band(row.grade_before), "edition_grade": report.band(row.grade)}


OF_PROVINCE = {
    "changed_scores": changed_scores,
    "changed_figures": changed_figures,
}
OF_A_CITY = {
    "city_changed_scores": city_changed_scores,
    "city_changed_figures": city_changed_figures,
}

"""The table of what is weak in a city, beside the cities that are most like it."""

from __future__ import annotations

from evalkit.reporting.chapters.weaknesses.selection import weak
from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, number, rank

SHOWN = 12
_COLUMNS = ("indicator", "weakness", "from_bottom", "value", "value_before")


@report_table
def weaknesses(report: CityReport) -> Table:
    """What is weak: value, the year before, the place from the bottom, and the values of the comparable cities."""
    return _table(report, list(weak(report))[:SHOWN])


@report_table
def every_weakness(report: CityReport) -> Table:
    """The same of all that is weak."""
    return _table(report, list(weak(report)))


def _table(report: CityReport, codes: list[str]) -> Table:
    kinds, beside = weak(report), comparable(report)
    values = report.result.panel.values
    rows = []
    for code in codes:
        indicator, standing = report.system.node(code), report.standings.loc[code]
        year = int(standing.as_of)
        cells = {
            "indicator": report.word("with_value", name=report.node(code), value=indicator.unit[report.language]),
            "weakness": report.word(kinds[code]),
            "from_bottom": rank(standing.from_bottom),
            "value": report.printed(indicator, year, blank=NO_DATA),
            "value_before": number(report.value(code, report.previous), indicator.decimals, blank=NOT_PRINTED),
        }
        others = {column: number(values[code].get((city, year)), indicator.decimals) for city, column in beside.items()}
        rows.append(cells | others)
    return report.table(rows, (*_COLUMNS, *beside.values()))


def comparable(report: CityReport) -> dict[str, Column]:
    """Give the columns of the cities that are most like the city, by code; none where the round does not say how."""
    return {city: report.of_region(city) for city in report.readings.comparable(report.city, report.year)}


OF_A_CITY = {
    "weaknesses": every_weakness,
}

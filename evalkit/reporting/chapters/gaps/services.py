"""Tables of the services of one city among the cities, and of the people who lack them."""

from __future__ import annotations

import pandas as pd

from evalkit.index import Indicator
from evalkit.reporting.chapters.gaps.tables import MYRIAD, lacked
from evalkit.reporting.chapters.inequality.tables import THOUSAND, named
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import grouped
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed

_AMONG = ("indicator", "unit", "value", "province", "ratio_to_all", "group", "group_value", "theil_part", "theil_total")
_SHORTAGES = ("indicator", "people_of", "people", "lacking_of", "lacking", "lacking_share")


@report_table
def among_cities(report: CityReport) -> Table:
    """Each service of the city beside all cities together and its group, and what it adds to their inequality."""
    columns = [name for name in _AMONG if grouped(report) or name not in ("group", "group_value")]
    return report.table([_among(report, service) for service in report.readings.services], columns)


@report_table
def shortages(report: CityReport) -> Table:
    """What would lift the city to all cities together, for each service in which it is behind them."""
    rows = [_shortage(report, code, row) for code, row in report.shortages.items() if row.people]
    return report.table(rows, _SHORTAGES)


def _among(report: CityReport, service: Indicator) -> dict:
    value = report.value(service.code, report.year)
    whole = report.study.province.panel.values.loc[(report.study.all_regions.code, report.year), service.code]
    group, groups = report.readings.groups[report.city], report.study.all_regions.groups
    parts = report.equality.contributions(service.code, report.year)
    return {
        "indicator": named(report, service),
        "unit": service.unit[report.language],
        "value": number(value, service.decimals),
        "province": number(whole, service.decimals),
        "ratio_to_all": number(value / whole, 2),
        "group": groups[group][report.language] if group in groups else NOT_PRINTED,
        "group_value": number(_of_group(report, service, group), service.decimals, blank=NOT_PRINTED),
        "theil_part": NOT_PRINTED if parts is None else signed(THOUSAND * parts[report.city], 2),
        "theil_total": NOT_PRINTED if parts is None else number(THOUSAND * parts.sum(), 2),
    }


def _of_group(report: CityReport, service: Indicator, group: str | None) -> float | None:
    """Give the value of the cities of a group together; None for a city without a group."""
    if pd.isna(group):
        return None
    return report.readings.together(group).values.loc[(group, report.year), service.code]


def _shortage(report: CityReport, code: str, row: pd.Series) -> dict:
    service, variables = report.system.node(code), report.study.dataset.metadata.variables
    lacking, served = report.readings.gap_terms(service)
    return {
        "indicator": named(report, service),
        "people_of": variables[served].name[report.language],
        "people": number(row.people / MYRIAD, 1),
        "lacking_of": lacked(report, service, lacking),
        "lacking": number(row.lacking, 0),
        "lacking_share": number(100 * row.lacking / row.present, 1, blank=NOT_PRINTED),
    }


OF_A_CITY = {
    "among_cities": among_cities,
    "shortages": shortages,
}

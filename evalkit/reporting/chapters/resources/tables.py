"""The table of resources: money beside results."""

from __future__ import annotations

from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, rank


@report_table
def resources(report: CityReport) -> Table:
    """Money beside results: each input with its rank among the cities; the rank of results in the last row."""
    whole = (report.study.all_regions.code, report.year)
    province = report.study.province.panel.values
    inputs = [i for i in report.system.indicators if i.layer == "input"]
    by_city = report.result.panel.values.xs(report.year, level="year")
    rows = [
        {
            "layer": report.word("input"),
            "indicator": indicator.name[report.language],
            "value": number(report.value(indicator.code, report.year), indicator.decimals),
            "unit": indicator.unit[report.language],
            "province": number(province.loc[whole, indicator.code], indicator.decimals),
            "rank": rank(by_city[indicator.code].rank(method="min", ascending=False)[report.city]),
        }
        for indicator in inputs
    ]
    results, scores = [report.system.tree, *report.scored_projects], report.study.province.published
    rows += [
        {
            "layer": report.word("output"),
            "indicator": group.name[report.language],
            "value": number(report.score(group.code), report.result.decimals(group.code)),
            "unit": "",
            "province": number(scores.loc[whole, group.code], report.result.decimals(group.code)),
            "rank": rank(report.rank(group.code)),
        }
        for group in results
    ]
    return report.table(rows)


@report_table
def inputs(report: CityReport) -> Table:
    """Each input: its value, that of the year before, that of all cities together, and its rank, the most first."""
    whole = (report.study.all_regions.code, report.year)
    province = report.study.province.panel.values
    by_city = report.result.panel.values.xs(report.year, level="year")
    rows = [
        {
            "indicator": report.word("with_value", name=report.node(one.code), value=one.unit[report.language]),
            "value": number(report.value(one.code, report.year), one.decimals),
            "value_before": number(report.value(one.code, report.previous), one.decimals, blank=NOT_PRINTED),
            "province": number(province.loc[whole, one.code], one.decimals),
            "rank": rank(by_city[one.code].rank(method="min", ascending=False)[report.city]),
        }
        for one in report.system.indicators
        if one.layer == "input"
    ]
    return report.table(rows, ("indicator", "value", "value_before", "province", "rank"))


OF_A_CITY = {
    "inputs": inputs,
    "resources": resources,
}

"""The table of resources: money beside results."""

from __future__ import annotations

from evalkit.reporting.city import CityReport
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import number, rank


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


OF_A_CITY = {
    "resources": resources,
}

"""Sentences on resources: where a city stands in money and where in results."""

from __future__ import annotations

from IPython.display import Markdown

from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_headline_input, ranked, said_where
from evalkit.reporting.saying import say
from evalkit.tabular.cells import rank


@said_where(ranked)
@said_where(has_headline_input)
def resources(report: CityReport) -> Markdown:
    """Where the city stands in money and where in results, without a claim of cause."""
    spending = report.result.panel.values.xs(report.year, level="year")[report.system.headline_input]
    return say(
        report,
        "resources_read",
        indicator=report.node(report.system.headline_input),
        input=rank(spending.rank(method="min", ascending=False)[report.city]),
        result=int(report.rank(report.result.root)),
    )

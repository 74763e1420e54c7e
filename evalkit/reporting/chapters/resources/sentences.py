"""Sentences on resources: where a city stands in money and where in results."""

from __future__ import annotations

import pandas as pd
from IPython.display import Markdown

from evalkit.assessment.grading.evidence import EXEMPT
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import earmarked, has_headline_input, ranked, said_where
from evalkit.reporting.saying import say
from evalkit.tabular.cells import number, rank, told_apart


@said_where(earmarked)
def earmark(report: CityReport) -> Markdown:
    """Whether the earmark of the rules is kept, and with what share."""
    rules, indicator = report.study.rules.gates.earmark, report.study.round.assessment.earmark
    row = report.study.assessed.earmark.loc[(report.city, report.year)]
    named = {"rule": report.rule("earmark"), "indicator": report.node(indicator), "share": str(rules.share)}
    if row.met is None or pd.isna(row.met):
        return say(report, "earmark_exempt" if row.state == EXEMPT else "earmark_untested", **named)
    decimals = told_apart(100 * row.ratio, [100 * float(rules.share)], 1)
    return say(
        report, "earmark_held" if row.met else "earmark_broken", ratio=number(100 * row.ratio, decimals), **named
    )


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

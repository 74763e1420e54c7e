"""The figure of resources: money beside results."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.reporting.city import CityReport
from evalkit.reporting.drawing.canvas import CITY, OTHERS, PROVINCE, canvas, done, explain
from evalkit.reporting.drawing.selection import rank_ticks
from evalkit.reporting.render.fonts import chinese_type


@chinese_type()
def resources(report: CityReport) -> Figure | None:
    """The rank of the city in spending per resident beside its rank in the project that it serves, a row a project.

    None where neither is known of any.
    """
    values = report.result.panel.values.xs(report.year, level="year")
    spending = values.rank(method="min", ascending=False).loc[report.city]
    rows = [
        (group.name[report.language], spending[indicator.code], report.rank(group.code))
        for group in report.scored_projects[::-1]
        for indicator in report.system.indicators_of(group)
        if indicator.layer == "input" and indicator.population_base
        if report.system.project_of(indicator.code).code == group.code
    ]
    rows = [row for row in rows if not np.isnan(row[1:]).any()]
    if not rows:
        return None
    names, inputs, results = zip(*rows, strict=True)
    figure, axes = canvas(0.36 * len(rows) + 1.2)
    places = range(len(rows))
    axes.hlines(places, inputs, results, color=OTHERS, lw=4)
    axes.plot(inputs, places, "|", color=PROVINCE, ms=16, mew=2.5)
    axes.plot(results, places, "o", color=CITY, ms=9)
    axes.set_yticks(places, names)
    axes.set_ylim(-0.7, len(rows) - 0.3)
    rank_ticks(axes.xaxis, len(values))
    axes.set_xlim(0.5, len(values) + 0.5)
    axes.set_xlabel(report.word("rank"))
    explain(figure, report.word("resources_key"))
    above = sum(money < result for money, result in zip(inputs, results, strict=True))
    return done(figure, report, report.word("resources_title", city=report.city_name, n=len(rows), above=above))

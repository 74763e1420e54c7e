"""The figures of fiscal effort: what cities spend per head, and how spending grew beside own revenue."""

from __future__ import annotations

from matplotlib.figure import Figure

from evalkit.reporting.cells import number
from evalkit.reporting.conditions import reads_fiscal, shown_where
from evalkit.reporting.figures.canvas import BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, done
from evalkit.reporting.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.reporting.tables.fiscal import mean_growth

INSIDE = BESIDE | {"ha": "right", "color": "white", "fontsize": 9}


@shown_where(reads_fiscal)
@chinese_type()
def spending(report: RoundReport) -> Figure:
    """Spending per head in the year: every city, all cities together as a line; blank where none is declared."""
    figure, axes = canvas(8, 4.4)
    if report.findings.declared.fiscal is None:
        axes.remove()
        return done(figure, report)
    per_head = report.findings.spending.per_head.xs(report.year, level="year")
    whole = report.study.all_regions.code
    cities = per_head.drop(whole).sort_values()
    axes.barh([report.region(city) for city in cities.index], cities, color=CITY, height=0.6)
    for place, value in enumerate(cities):
        axes.annotate(f"{number(value, 0)}", (value, place), (-6, 0), **INSIDE)
    axes.axvline(per_head[whole], color=PROVINCE, lw=1.8, ls="--")
    axes.set_xlabel(report.word("spending_per_head", year=report.year))
    axes.set_title(report.word("spending_key", value=number(per_head[whole], 0)), loc="left", fontsize=9, color=INK)
    return done(figure, report)


@shown_where(reads_fiscal)
@chinese_type()
def growth(report: RoundReport) -> Figure:
    """Mean annual growth of spending and of own revenue, a row a city; blank in the first year of the round."""
    figure, axes = canvas(8, 4.8)
    table = mean_growth(report) if report.findings.declared.fiscal else None
    if table is None or table.empty:
        axes.remove()
        return done(figure, report)
    whole = report.study.all_regions.code
    order = [whole, *table.drop(whole).sort_values("spending_growth").index]
    own, revenue = (100 * table.loc[order, f"{name}_growth"] for name in ("spending", "revenue"))
    places = range(len(order))
    axes.hlines(places, own, revenue, color=OTHERS, lw=3)
    axes.plot(revenue, places, "D", color=PROVINCE, ms=6)
    axes.plot(own, places, "o", color=CITY, ms=8)
    axes.set_yticks(places, [report.region(code) for code in order])
    axes.axhline(0.5, color=OTHERS, lw=0.8)
    axes.set_xlabel(report.word("growth_axis", first=report.study.years[0], year=report.year))
    axes.set_title(report.word("growth_key"), loc="left", fontsize=9, color=INK)
    return done(figure, report)

"""The figures of fiscal effort: what cities spend per head, and how spending grew beside own revenue."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.reporting.chapters.fiscal.tables import mean_growth
from evalkit.reporting.conditions import reads_fiscal, shown_where
from evalkit.reporting.drawing.canvas import BESIDE, CITY, OTHERS, PROVINCE, canvas, done, explain
from evalkit.reporting.drawing.selection import ends
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number

ROW, ROOM = 0.3, 0.12  # inches of a row; the share of the longest bar that has room for its number
INSIDE = BESIDE | {"ha": "right", "color": "white"}


@shown_where(reads_fiscal)
@chinese_type()
def spending(report: RoundReport) -> Figure:
    """Spending per head in the year: every city, all cities together as a line."""
    per_head = report.readings.spending.per_head.xs(report.year, level="year")
    whole = report.study.all_regions.code
    cities = per_head.drop(whole).sort_values()
    rows = ends(cities.index)
    figure, axes = canvas(max(3.6, ROW * len(rows.cities) + 1))
    axes.barh(rows.places, cities[rows.shown], color=CITY, height=0.6)
    for place, value in zip(rows.places, cities[rows.shown], strict=True):
        side = INSIDE if value > ROOM * cities.max() else BESIDE
        axes.annotate(f"{number(value, 0)}", (value, place), (-6 if side is INSIDE else 6, 0), **side)
    axes.axvline(per_head[whole], color=PROVINCE, lw=1.8, ls="--")
    axes.set_xlabel(report.word("spending_per_head", year=report.year))
    axes.set_yticks(range(len(rows.cities)), rows.names(report))
    explain(figure, report.word("spending_key", value=number(per_head[whole], 0)), rows.note(report))
    return done(figure, report, _title(report, cities.dropna()))


def _title(report: RoundReport, per_head: pd.Series) -> str:
    """Say who spends most and who least per head."""
    if per_head.empty:
        return ""
    named = {"most": report.region(per_head.index[-1]), "least": report.region(per_head.index[0])}
    amounts = {"high": number(per_head.iloc[-1], 0), "low": number(per_head.iloc[0], 0)}
    return report.word("spending_title", **named, **amounts)


@shown_where(reads_fiscal)
@chinese_type()
def growth(report: RoundReport) -> Figure | None:
    """Mean annual growth of spending and of own revenue, a row a city; None in the first year of the round."""
    table = mean_growth(report)
    if table.empty:
        return None
    whole = report.study.all_regions.code
    rows = ends(table.drop(whole).sort_values("spending_growth").index)
    figure, axes = canvas(max(3.8, ROW * len(rows.cities) + 1.2))
    order, places = [whole, *rows.shown], [0, *(1 + place for place in rows.places)]
    own, revenue = (100 * table.loc[order, f"{name}_growth"] for name in ("spending", "revenue"))
    axes.hlines(places, own, revenue, color=OTHERS, lw=3)
    axes.plot(revenue, places, "D", color=PROVINCE, ms=6)
    axes.plot(own, places, "o", color=CITY, ms=8)
    axes.set_yticks(range(1 + len(rows.cities)), [report.region(whole), *rows.names(report)])
    axes.axhline(0.5, color=OTHERS, lw=0.8)
    axes.set_xlabel(report.word("growth_axis", first=report.study.years[0], year=report.year))
    explain(figure, report.word("growth_key"), rows.note(report))
    every = table.drop(whole)
    faster = int((every.spending_growth > every.revenue_growth).sum())
    named = {"first": report.study.years[0], "year": report.year, "n": len(every), "faster": faster}
    return done(figure, report, report.word("growth_title", **named))

"""The figures of the counties: of one city, and how far apart those of all cities lie."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from evalkit.index import Indicator
from evalkit.reporting.chapters.gaps.tables import shares
from evalkit.reporting.chapters.inequality.tables import named
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import has_census, shown_where
from evalkit.reporting.drawing.canvas import BESIDE, CITY, INK, OTHERS, canvas, describe, done
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import number


@shown_where(has_census)
@chinese_type()
def counties(report: CityReport) -> Figure | None:
    """The counties of the city on the census shares: how far apart they lie, and which is lowest; None without."""
    shares = [i for i in report.census if i.unit.zh == "%"][::-1]
    if not shares:
        return None
    values, city = report.county_values, report.census_values
    figure, axes = canvas(8, 0.46 * len(shares) + 0.9)
    for place, indicator in enumerate(shares):
        column = values[indicator.code]
        axes.plot([column.min(), column.max()], [place, place], color=OTHERS, lw=2)
        axes.plot(column, [place] * len(column), "o", color=OTHERS, ms=7)
        axes.plot(city[indicator.code], place, "D", color=CITY, ms=7)
        for end, side in ((column.idxmin(), "right"), (column.idxmax(), "left")):
            shift = -8 if side == "right" else 8
            axes.annotate(report.region(end), (column[end], place), (shift, 0), **{**BESIDE, "ha": side}, fontsize=8.5)
    axes.set_yticks(range(len(shares)), [_name_with_sense(report, i) for i in shares])
    axes.set_xlim(-14, 116)
    axes.set_xticks(range(0, 101, 20))
    axes.set_ylim(-0.6, len(shares) - 0.4)
    axes.set_xlabel("%")
    return done(figure, report, _title_of_city(report, values[[i.code for i in shares]]))


@chinese_type()
def county_shares(report: RoundReport) -> Figure | None:
    """The counties of all cities on the census shares: each a dot, the first census above the last.

    None where no census has a share.
    """
    indicators = shares(report.counties.indicators)[::-1]
    if not indicators:
        return None
    years = sorted({report.counties.years[0], report.counties.years[-1]})
    figure, axes = canvas(9, 0.95 * len(indicators) + 1)
    for place, indicator in enumerate(indicators):
        for year in set(years) & set(report.counties.years_of(indicator)):
            height = place + 0.17 - 0.34 * years.index(year)
            colour = CITY if year == years[-1] else "#8a929c"
            values = report.counties.values(indicator).xs(year, level="year")
            axes.plot(values, [height] * len(values), "o", color=colour, ms=6, alpha=0.35, mew=0)
            axes.plot([report.counties.mean(indicator)[year]] * 2, [height - 0.14, height + 0.14], color=INK, lw=2)
            axes.annotate(str(year), (101.5, height), (0, 0), **BESIDE, color=colour, fontsize=8.5)
    axes.set_yticks(range(len(indicators)), [named(report, indicator) for indicator in indicators])
    axes.set_xlim(-1, 108)
    axes.set_xticks(range(0, 101, 20))
    axes.set_xlabel("%")
    key = report.word("county_key" if len(years) > 1 else "county_key_one", first=years[0], last=years[-1])
    describe(axes, key)
    return done(figure, report, _title(report, indicators, years[-1]))


def _title(report: RoundReport, indicators: list[Indicator], year: int) -> str:
    """Say on which share the counties lie furthest apart in the last census."""
    last = (i for i in indicators if year in report.counties.years_of(i))
    known = {i.code: report.counties.values(i).xs(year, level="year").dropna() for i in last}
    spans = {code: values.max() - values.min() for code, values in known.items()}
    widest = max(spans, key=spans.get)
    ends = {"low": number(known[widest].min(), 1), "high": number(known[widest].max(), 1)}
    return report.word("county_shares_title", year=year, n=len(known[widest]), name=report.node(widest), **ends)


def _name_with_sense(report: CityReport, indicator: Indicator) -> str:
    name = indicator.name[report.language]
    return name if indicator.higher_is_better else report.word("lower_is_better", name=name)


def _title_of_city(report: CityReport, values: pd.DataFrame) -> str:
    """Say on which share the counties of a city are furthest apart, and by how much."""
    apart = (values.max() - values.min()).dropna()
    widest = report.system.node(apart.idxmax())
    low, high = (number(end, widest.decimals) for end in (values[widest.code].min(), values[widest.code].max()))
    named = {"name": widest.name[report.language], "low": low, "high": high}
    return report.word("census_counties_title", year=report.census_year, n=len(values), **named)

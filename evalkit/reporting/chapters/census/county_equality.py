"""Tables of equality between the counties of all cities, census by census."""

from __future__ import annotations

import pandas as pd

from evalkit.analysis.gaps import ceiling, closed
from evalkit.index import Indicator
from evalkit.reporting.chapters.gaps.tables import MYRIAD, headroom, headroom_columns, shares
from evalkit.reporting.chapters.inequality.tables import named
from evalkit.reporting.made import round_table
from evalkit.reporting.report import RoundReport
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, number, signed

FURTHEST = 3


@round_table
def spreads(report: RoundReport) -> Table:
    """Mean and inequality between counties, best and worst, and the people below the mean, in each census."""
    columns = ("indicator", "unit", "year", "mean_by_people", "gini", "deviation_by_people", "between_cities_share")
    columns += ("best_county", "worst_county", "difference", "counties_below", "people_below", "counties_n")
    rows = [_spread(report, i, year) for i in report.counties.indicators for year in report.counties.years_of(i)]
    return report.table(rows, columns)


@round_table
def county_ceilings(report: RoundReport) -> Table:
    """How near the counties are to the bound of every census indicator that is a share."""
    rows = []
    for indicator in shares(report.counties.indicators):
        values = report.counties.values(indicator)
        rows += headroom(report, indicator, values, list(values.index.unique("year")), of="counties")
    return report.table(rows, headroom_columns(report, "counties"))


@round_table
def county_progress(report: RoundReport) -> Table:
    """What has become of the counties below the mean of the first census that cover the same area in the last."""
    columns = ("indicator", "counties_n", "deviation_first", "deviation_last", "counties_below_first", "gap_first")
    columns += ("gap_last", "closed_share", "overtook", "narrowed", "widened")
    years = report.counties.years
    if len(years) < 2:
        return report.table([], columns[:1])
    rows = [_progress(report, i, years[0], years[-1]) for i in report.counties.compared]
    return report.table(rows, columns, first=years[0], last=years[-1])


@round_table
def furthest(report: RoundReport) -> Table:
    """The counties furthest below the mean in the last census, how far, and how many people live there."""
    rows = []
    for indicator in report.counties.indicators:
        last = report.counties.years_of(indicator)[-1]
        table = report.counties.shortfall(indicator, last).head(FURTHEST)
        rows += [
            {
                "indicator": named(report, indicator),
                "year": last,
                "county": report.region(code),
                "city": report.region(report.study.all_regions.by_code[code].parent),
                "value": number(row.value, indicator.decimals),
                "unit": indicator.unit[report.language],
                "distance_to_mean": number(row.difference, indicator.decimals),
                "people": number(row.people / MYRIAD, 1),
            }
            for code, row in table[table.difference > 0].iterrows()
        ]
    return report.table(rows, ("indicator", "year", "county", "city", "value", "unit", "distance_to_mean", "people"))


def closed_gap(report: RoundReport, indicator: Indicator) -> pd.Series:
    """Give base, now and closed of the mean gap, weighed by people, of the counties that were below the first mean."""
    table = report.counties.progress(indicator, report.counties.years[0], report.counties.years[-1])
    base, now = ((table[gap] * table[people]).sum() / (table[people].sum() or float("nan")) for gap, people in _GAPS)
    return closed(pd.Series([base]), pd.Series([now])).loc[0]


def headrooms(report: RoundReport, indicator: Indicator) -> pd.DataFrame | None:
    """Give the headroom of the counties in each census as numbers; None where the indicator is no share."""
    if not shares([indicator]):
        return None
    values = report.counties.values(indicator)
    return ceiling(values, indicator.valid, higher_is_better=indicator.higher_is_better)


def _spread(report: RoundReport, indicator: Indicator, year: int) -> dict:
    found = report.counties.spread(indicator, year)
    table = report.counties.shortfall(indicator, year)
    behind = table[table.difference > 0]
    best, worst = table.index[-1], table.index[0]
    values = {code: number(table.value[code], indicator.decimals) for code in (best, worst)}
    places = {code: report.word("with_value", name=report.region(code), value=value) for code, value in values.items()}
    return {
        "indicator": named(report, indicator),
        "unit": indicator.unit[report.language],
        "year": year,
        "mean_by_people": number(found["mean"], indicator.decimals),
        "gini": number(found["gini"], 4),
        "deviation_by_people": number(found["deviation"], 2),
        "between_cities_share": number(100 * found["between_share"], 1, blank=NOT_PRINTED),
        "best_county": places[best],
        "worst_county": places[worst],
        "difference": abs(values[best] - values[worst]),
        "counties_below": len(behind),
        "people_below": number(behind.people.sum() / MYRIAD, 1),
        "counties_n": found["n"],
    }


def _progress(report: RoundReport, indicator: Indicator, first: int, last: int) -> dict:
    table = report.counties.progress(indicator, first, last)
    before, after, count = report.counties.deviations(indicator, first, last)
    whole = closed_gap(report, indicator)
    return {
        "indicator": named(report, indicator),
        "counties_n": count,
        "deviation_first": number(before, 2),
        "deviation_last": number(after, 2),
        "counties_below_first": len(table),
        "gap_first": signed(whole.base, 2),
        "gap_last": signed(whole.now, 2),
        "closed_share": signed(100 * whole.closed, 0),
        "overtook": int((table.now <= 0).sum()),
        "narrowed": int(((table.now > 0) & (table.now < table.base)).sum()),
        "widened": int((table.now >= table.base).sum()),
    }


_GAPS = (("base", "people_base"), ("now", "people_now"))


OF_PROVINCE = {
    "province_county_spreads": spreads,
    "province_county_ceilings": county_ceilings,
    "province_county_progress": county_progress,
    "province_county_furthest": furthest,
}

"""Tables of what became of every scored indicator, and of targets of the plan's years, since the plan ended."""

from __future__ import annotations

import pandas as pd

from evalkit.base.exact import publish
from evalkit.data import Panel
from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.conditions import outlived, shown_where
from evalkit.reporting.made import report_table, round_table
from evalkit.reporting.report import Report
from evalkit.tabular import Table
from evalkit.tabular.cells import NO_DATA, NOT_PRINTED, Number, number, plain, rank, signed
from evalkit.tabular.table import Column

GINI_DECIMALS = 4


@report_table
@shown_where(outlived)
def since_plan(report: CityReport) -> Table:
    """Every scored indicator of the city in the plan's last year and in the report's, with what was to be reached."""
    places = {year: _ranks(report, year) for year in compared(report)}
    return report.table([_of_the_city(report, indicator, places) for indicator in report.system.scored])


@round_table
@shown_where(outlived)
def kept(report: Report) -> Table:
    """Every scored indicator in both years: all cities together, cities that kept the level, spread, targets."""
    return report.table([_of_all(report, indicator) for indicator in report.system.scored])


def compared(report: Report) -> tuple[int, int]:
    """Give the last year of the plan, and the year of the report."""
    return report.system.plan.ends, report.year


def changes(report: Report, indicator: Indicator, panel: Panel | None = None) -> pd.Series:
    """Give the change of each city since the plan ended, between the values as they are printed.

    `panel` may be one per head of other people than the report's own.
    """
    values = (panel or report.panel).values[indicator.code]
    printed = pd.Series(publish(values.to_numpy(), indicator.decimals), values.index)
    then, now = (printed.xs(year, level="year") for year in compared(report))
    return pd.Series(publish((now - then).to_numpy(), indicator.decimals), now.index)


def gains(report: Report, indicator: Indicator, panel: Panel | None = None) -> pd.Series:
    """Give the same as what was gained: below 0 where a city got worse."""
    found = changes(report, indicator, panel)
    return found if indicator.higher_is_better else -found


def ginis(report: Report, indicator: Indicator) -> list[float]:
    """Give the Gini coefficient between the cities that have both years, as printed; blank where there is none."""
    found = report.equality.inequality(indicator.code, alike=compared(report))
    return [float("nan") if found is None else publish(found.gini[year], GINI_DECIMALS) for year in compared(report)]


def due(report: Report) -> list[Indicator]:
    """The scored indicators that had a target for the years of the plan, of the plan's own or of another document."""
    scored = report.system.scored
    return [i for i in scored if i.target and i.target.year <= report.system.plan.ends and not i.target.is_total]


def reached(report: Report, indicator: Indicator, city: str, year: int) -> bool:
    """Whether a city was at its target in a year."""
    value = report.panel.values.loc[(city, year), indicator.code]
    return bool(indicator.aim.reaches(value, indicator.target.at(city)))


def verdict(report: Report, indicator: Indicator, city: str, year: int) -> str:
    """Say whether a city was at its target in a year; a sign where it has no figure."""
    if pd.isna(report.panel.values.loc[(city, year), indicator.code]):
        return NO_DATA
    return report.word("target_met" if reached(report, indicator, city, year) else "target_missed")


def met_by(report: Report, indicator: Indicator, year: int) -> int:
    """Count the cities that were at their target in a year."""
    return sum(reached(report, indicator, city, year) for city in report.study.regions.index)


def standing(report: Report, gain: float) -> str:
    """Say in a word what a gain comes to: better, kept, worse."""
    if pd.isna(gain):
        return NO_DATA
    return report.word("got_better" if gain > 0 else "got_worse" if gain < 0 else "stayed")


def _of_the_city(report: CityReport, indicator: Indicator, places: dict[int, pd.DataFrame]) -> dict:
    values = {year: report.value(indicator.code, year) for year in compared(report)}
    targeted = indicator in due(report)
    return {
        "indicator": indicator.name[report.language],
        "unit": indicator.unit[report.language],
        **{_of_year(report, "value_in", y): number(values[y], indicator.decimals) for y in values},
        "since_ends": signed(changes(report, indicator)[report.city], indicator.decimals),
        "standing": standing(report, gains(report, indicator)[report.city]),
        **{_of_year(report, "rank_in", y): rank(places[y].loc[report.city, indicator.code]) for y in values},
        "target": plain(indicator.target.at(report.city)) if targeted else NOT_PRINTED,
        **{
            _of_year(report, "met_in", y): verdict(report, indicator, report.city, y) if targeted else NOT_PRINTED
            for y in values
        },
    }


def _of_all(report: Report, indicator: Indicator) -> dict:
    years, whole = compared(report), report.study.all_regions.code
    together = report.study.province.panel.values[indicator.code]
    gained, spread = gains(report, indicator).dropna(), dict(zip(years, ginis(report, indicator), strict=True))
    targeted = indicator in due(report)
    return {
        "indicator": indicator.name[report.language],
        "unit": indicator.unit[report.language],
        **{_of_year(report, "together_in", y): _blank_or(together[whole, y], indicator.decimals) for y in years},
        "kept_by": report.word("of_total", n=int((gained >= 0).sum()), total=len(gained)),
        **{_of_year(report, "gini_in", y): _blank_or(spread[y], GINI_DECIMALS) for y in years},
        **{_of_year(report, "met_by", y): met_by(report, indicator, y) if targeted else NOT_PRINTED for y in years},
    }


def _blank_or(value: float, decimals: int) -> Number | str:
    return number(value, decimals, blank=NOT_PRINTED)


def _of_year(report: Report, key: str, year: int) -> Column:
    return report.column(key, year, year=year)


def _ranks(report: Report, year: int) -> pd.DataFrame:
    """Rank the cities on every scored indicator, the best first: one row a city, one column an indicator."""
    senses = {indicator.code: 1 if indicator.higher_is_better else -1 for indicator in report.system.scored}
    values = report.panel.values[list(senses)].xs(year, level="year")
    return values.mul(pd.Series(senses)).rank(method="min", ascending=False)


OF_A_CITY = {
    "since_plan": since_plan,
}
OF_PROVINCE = {
    "kept": kept,
}

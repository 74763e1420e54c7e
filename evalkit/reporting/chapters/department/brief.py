"""What a department's report prints first: the targets that it leads, city by city, whom to press and whom to ask."""

from __future__ import annotations

from statistics import median_high

import pandas as pd

from evalkit.index import Indicator
from evalkit.reporting.aims import aim
from evalkit.reporting.chapters.department import follow_up
from evalkit.reporting.chapters.lagging.selection import time_needed, years_between
from evalkit.reporting.chapters.rectification.items import DEADLINE, FAULT, open_items
from evalkit.reporting.conditions import called_to_account, shown_where
from evalkit.reporting.department import DepartmentReport
from evalkit.reporting.lags import KEPT, first_of
from evalkit.reporting.made import report_table
from evalkit.tabular import Table
from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, Lamp, day, number, part, signed
from evalkit.tabular.table import of_columns

CITIES, PRESSED, WANTED, DUE = 14, 6, 8, 6  # columns of cities, and rows
UNKNOWN = ["no_data", "disputed"]
_DUE = (DEADLINE, FAULT, "items_n", "cities_concerned", "cities_named")
_PRESSED = ("city", "targets_short", "short_named", "effect_on_lead_mean")


@report_table
def leading(report: DepartmentReport) -> Table:
    """The targets in the first place with the province's result, those that the plan itself gives first."""
    lamps = report.of_the_year(report.achieved.lamps)
    return report.table([_leading(report, report.system.node(code), lamps[code]) for code in report.first])


@report_table
def heat(report: DepartmentReport) -> Table:
    """Every city on these targets, as sign and completion: the targets and the cities furthest behind first."""
    lamps, completion = (report.of_the_year(frame) for frame in (report.achieved.lamps, report.achieved.completion))
    own = list(by_city(report).columns)
    cities = _worst_first(lamps[own], completion[own], axis=1)[:CITIES]
    codes = _worst_first(lamps[own], completion[own], axis=0)
    names = {"indicator": [report.target_name(code) for code in codes]}
    cells = {report.of_region(c): [_cell(lamps.loc[c, i], completion.loc[c, i]) for i in codes] for c in cities}
    return report.table(of_columns(names | cells))


@report_table
def pressed(report: DepartmentReport) -> Table:
    """The cities that lower the mean of these targets, the one that lowers it most first, and on which of them."""
    lamps, effects = by_city(report), report.effects_on_first.effect
    rows = [
        {
            "city": report.region(city),
            "targets_short": int((lamps.loc[city] == "behind").sum()),
            "short_named": first_of(report, _short(report, city)),
            "effect_on_lead_mean": signed(effects[city], 2),
        }
        for city in cities_to_press(report)
    ]
    return report.table(rows[:PRESSED], _PRESSED)


@report_table
def wanted(report: DepartmentReport) -> Table:
    """The figures of these targets that are missing or disputed, and whom to ask for them."""
    found = follow_up.unreported(report)
    own = found.kept([code in report.first for code in found.data.code])
    return own.only("indicator", "state", "reason", "cities_named", first=WANTED)


@report_table
@shown_where(called_to_account)
def due(report: DepartmentReport) -> Table:
    """How many items are to be put right by when, and where; the nearest deadlines first."""
    faults = report.study.assessment_files.accountability.grounds
    rows = [
        {
            DEADLINE: day(deadline),
            FAULT: faults[fault].name[report.language],
            "items_n": len(items),
            "cities_concerned": items.region.nunique(),
            "cities_named": report.listed(map(report.region, items.region.unique())),
        }
        for (deadline, fault), items in open_items(report, lead=report.department).groupby([DEADLINE, FAULT])
    ]
    return report.table(rows[:DUE], _DUE)


def years_of_cities(report: DepartmentReport, code: str) -> float | None:
    """Give the years that the cities behind on a target still need at the pace of the year: the median of those known.

    A city that makes no progress counts as one that never arrives. None where none is known.
    """
    if report.previous is None:
        return None
    target, goals = report.system.node(code).aim, report.achieved.targets[code]
    now, before = (report.of_the_year(report.achieved.values, year)[code] for year in (report.year, report.previous))
    lamps = report.of_the_year(report.achieved.lamps)[code]
    cities = lamps.index[lamps == "behind"]
    needed = (years_between(target, goals[city], now[city], before[city]) for city in cities)
    known = [years for years in needed if years is not None]
    return median_high(known) if known else None


def by_city(report: DepartmentReport) -> pd.DataFrame:
    """Give the lamps of the targets in the first place on which cities are judged."""
    lamps = report.of_the_year(report.achieved.lamps)[list(report.first)]
    return lamps.loc[:, (lamps != "not_applicable").any()]


def cities_to_press(report: DepartmentReport) -> list[str]:
    """Give the cities that lower the mean and are behind on a target, the one that lowers it most first."""
    effects, behind = report.effects_on_first.effect, (by_city(report) == "behind").any(axis=1)
    return [city for city in effects.index if effects[city] < 0 and behind[city]]


def _leading(report: DepartmentReport, indicator: Indicator, lamps: pd.Series) -> dict[str, object]:
    whole, key, code = report.study.assessed.province, (report.study.all_regions.code, report.year), indicator.code
    judged = "province" in indicator.target.assessed
    return {
        "indicator": indicator.name[report.language],
        "target_status": report.word(indicator.target.status),
        "target": aim(report, indicator),
        "whole_value": number(whole.values.loc[key, code], indicator.decimals, blank=NOT_PRINTED),
        "whole_lamp": report.lamp(whole.lamps.loc[key, code]) if judged else NOT_PRINTED,
        "cities_kept": int(lamps.isin(KEPT).sum()),
        "cities_short": int((lamps == "behind").sum()),
        "pace_of_cities": time_needed(report, years_of_cities(report, code)),
        "cities_unknown": int(lamps.isin(UNKNOWN).sum()),
    }


def _worst_first(lamps: pd.DataFrame, completion: pd.DataFrame, axis: int) -> list[str]:
    """Sort targets (axis 0) or cities (axis 1): by how often they are behind, then by their mean completion."""
    order = pd.DataFrame({"kept": -(lamps == "behind").sum(axis=axis), "mean": completion.mean(axis=axis)})
    return list(order.sort_values(["kept", "mean"], kind="stable").index)


def _cell(lamp: str, completion: float) -> Lamp:
    """Write the sign of a lamp, of one that is behind with its completion."""
    if lamp != "behind" or pd.isna(completion):
        return LAMP_SIGNS[lamp]
    return Lamp(f"{LAMP_SIGNS[lamp]} {part(completion)}", lamp)


def _short(report: DepartmentReport, city: str) -> list[str]:
    """Name the targets that a city is behind on with its completion, the lowest first."""
    lamps, completion = by_city(report).loc[city], report.of_the_year(report.achieved.completion).loc[city]
    shares = completion[lamps.index[lamps == "behind"]].sort_values(kind="stable")
    return [report.word("with_value", name=report.node(code), value=number(share, 1)) for code, share in shares.items()]


OF_A_DEPARTMENT = {
    "department_leading": leading,
    "department_pressed": pressed,
    "department_due": due,
}

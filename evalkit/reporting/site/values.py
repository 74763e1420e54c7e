"""The figures of the site: every indicator of every city in every year, as reports print it."""

from __future__ import annotations

from math import isfinite

import numpy as np
import pandas as pd

from evalkit.analysis.ranks import indicator_ranks, latest
from evalkit.base.exact import publish
from evalkit.data import Panel
from evalkit.data.imputation import IMPUTED
from evalkit.index import Indicator
from evalkit.reporting.chapters.weaknesses.selection import all_worsened
from evalkit.reporting.report import Report
from evalkit.tabular.cells import IMPUTED_MARK, NO_DATA, STATE_SIGNS, number, rank

SPLIT = "|"


def values(report: Report) -> dict[str, dict]:
    """Give by the code of each indicator what is printed of it.

    `y` are the years that have a figure; `v` has for each of them all cities in the order of the round, with `SPLIT`
    between them; `all` is of all cities together, by year; `rank` is the place of each city in the year of the report,
    written like a year of `v`, and `worse` says with a 1 which of them worsened in it.
    """
    panel = report.counties.census.beside(report.result.panel)
    known = latest(panel, report.system, report.year).value
    ranks = indicator_ranks(known, report.system)
    return {indicator.code: _of(report, indicator, panel, ranks) for indicator in report.system.indicators}


def printed(values: np.ndarray, decimals: int, *, states: np.ndarray | None = None) -> list[str]:
    """Print numbers as `number` does, each blank by the sign of its state; what was imputed bears its mark."""
    rounded = publish(np.asarray(values, dtype=float), decimals)
    texts = [f"{x:.{decimals}f}" if isfinite(x) else str(number(x, decimals)) for x in rounded.tolist()]
    if states is None:
        return texts
    blank = np.isnan(rounded)
    return [_signed(text, state, no) for text, state, no in zip(texts, states, blank.tolist(), strict=True)]


def places(ranks: pd.Series) -> list[str]:
    """Print ranks, or the sign of none."""
    return [str(rank(place)) for place in ranks]


def _signed(text: str, state: str, blank: bool) -> str:
    if blank:
        return str(STATE_SIGNS.get(state, NO_DATA))
    return f"{text}{IMPUTED_MARK}" if state == IMPUTED else text


def _of(report: Report, indicator: Indicator, panel: Panel, ranks: pd.Series) -> dict:
    cities, code = report.study.regions.index, indicator.code
    found, states = (frame[code].unstack("year").reindex(cities) for frame in (panel.values, panel.states))
    years = [year for year in sorted(found) if _shown(report, indicator, year) and found[year].notna().any()]
    whole = report.study.province.panel.values[code].xs(report.study.all_regions.code, level="region")
    return {
        "y": years,
        "v": [SPLIT.join(printed(found[y].to_numpy(), indicator.decimals, states=states[y].to_numpy())) for y in years],
        "all": printed(whole.reindex(years).to_numpy(), indicator.decimals),
        "rank": SPLIT.join(places(ranks[code].reindex(cities))),
        "worse": "".join("01"[bool(worse)] for worse in all_worsened(report, indicator)),
    }


def _shown(report: Report, indicator: Indicator, year: int) -> bool:
    """Whether reports of the year show a figure of another: no later one, but for a census after the last round."""
    later = indicator.unscored == "snapshot" and report.year == report.study.years[-1]
    return year <= report.year or later

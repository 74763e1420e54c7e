"""The figures of inequality: its trend, and where it comes from."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from evalkit.index import Indicator
from evalkit.reporting.chapters.inequality.decomposition import contributed
from evalkit.reporting.chapters.inequality.tables import THOUSAND, ends, named
from evalkit.reporting.drawing.canvas import (
    BESIDE,
    CITY,
    INK,
    OTHERS,
    PROVINCE,
    canvas,
    done,
    explain,
    head_columns,
    ink_on,
)
from evalkit.reporting.drawing.selection import ENDS, MANY
from evalkit.reporting.render.fonts import chinese_type
from evalkit.reporting.report import RoundReport
from evalkit.tabular.cells import signed

HALF = 0.5
LINE = 0.05  # what a label takes of the height
PAST_AXES = {"xycoords": ("axes fraction", "data")}


@chinese_type()
def inequality_trend(report: RoundReport) -> Figure | None:
    """The Gini coefficient of services and money, year by year; that of the index would follow its goalposts.

    None where none can be read.
    """
    read = (*report.readings.services, *report.readings.money)
    tables = {node.code: report.equality.inequality(node.code) for node in read}
    lines = {code: table.gini.loc[: report.year] for code, table in tables.items() if table is not None}
    if not lines:
        return None
    figure, axes = canvas(4.4)
    for code, line in lines.items():
        axes.plot(line.index, line, "-o", color=_colour(report, report.system.node(code)), lw=1.8, ms=4)
    last = pd.Series({code: line.iloc[-1] for code, line in lines.items()}, dtype=float)
    top = max(line.max() for line in lines.values()) * 1.08 or 1
    for code, height in _apart(last, LINE * top).items():
        node = report.system.node(code)
        text = f"{last[code]:.3f}  {node.name[report.language]}"
        axes.annotate(text, (1, height), (2, 0), **BESIDE | PAST_AXES, color=_colour(report, node))
    years = report.years
    axes.set_xticks(years)
    axes.set_xlim(years[0] - 0.2, report.year + 0.2)
    axes.set_ylim(0, top)
    explain(figure, report.word("trend_key"))
    rose = sum(_rose(report, code) for code in lines)
    counts = {"first": years[0], "year": report.year, "n": len(lines), "rose": rose}
    key = "trend_title" if len(years) > 1 else "trend_title_one"
    return done(figure, report, report.word(key, **counts, highest=report.node(last.idxmax())))


@chinese_type()
def city_contributions(report: RoundReport) -> Figure | None:
    """What each city adds to Theil's T of each service in the year: red above the mean, blue below it.

    Of too many cities, those that add or take most. None where no service can be split.
    """
    every = THOUSAND * contributed(report).rename(columns=lambda code: named(report, report.system.node(code)))
    if every.empty:
        return None
    most = every.abs().sum(axis=1).nlargest(2 * ENDS).index
    found = every if len(every) <= MANY else every[every.index.isin(most)]
    figure, axes = canvas(0.26 * len(found) + 1.5)
    limit = np.abs(found.to_numpy()).max() or 1
    shaded = axes.imshow(found, cmap="RdBu_r", vmin=-limit, vmax=limit, aspect="auto")
    for (row, column), part in np.ndenumerate(found.to_numpy()):
        axes.text(column, row, f"{part:+.1f}", ha="center", va="center", color=ink_on(shaded.to_rgba(part)))
    axes.set_yticks(range(len(found)), [report.region(city) for city in found.index])
    head_columns(axes, range(found.shape[1]), list(found))
    axes.spines[:].set_visible(False)
    left_out = len(found) < len(every)
    note = report.word("figure_most", total=len(every), n=len(found)) if left_out else ""
    explain(figure, report.word("heat_key"), note)
    name = every.abs().max().idxmax()
    city = every[name].abs().idxmax()
    part = signed(every.loc[city, name], 1)
    return done(figure, report, report.word("heat_title", city=report.region(city), name=name, part=part))


@chinese_type()
def group_shares(report: RoundReport) -> Figure | None:
    """How much of the inequality lies between the groups of cities, in the first year and now; None without groups."""
    nodes = [n for n in report.equality.nodes if report.equality.split(n.code, report.year) is not None][::-1]
    if not nodes:
        return None
    splits = {n.code: {year: report.equality.split(n.code, year) for year in ends(report)} for n in nodes}
    figure, axes = canvas(0.31 * len(nodes) + 1)
    for place, node in enumerate(nodes):
        found = {year: split for year, split in splits[node.code].items() if split is not None}
        line = {year: 100 * split.between_share for year, split in found.items()}
        axes.barh(place, 100, color="white", edgecolor=OTHERS, height=0.6)
        axes.barh(place, line[report.year], color=CITY, height=0.6)
        axes.annotate(f"{line[report.year]:.0f}", (100, place), (6, 0), **BESIDE, color=INK)
        if len(line) > 1:
            axes.plot([line[report.study.years[0]]] * 2, [place - 0.38, place + 0.38], color=PROVINCE, lw=2.5)
    axes.set_yticks(range(len(nodes)), [named(report, node) for node in nodes])
    axes.set_xlim(0, 108)
    axes.set_xlabel("%")
    groups = report.listed(map(report.group, report.equality.groups))
    key = "split_key" if len(ends(report)) > 1 else "split_key_one"
    explain(figure, report.word(key, groups=groups, first=report.study.years[0], last=report.year))
    shares = pd.Series({n.code: splits[n.code][report.year].between_share for n in nodes}, dtype=float)
    within = {"n": len(shares), "within": int((shares < HALF).sum())}
    return done(figure, report, report.word("split_title", year=report.year, **within))


def _rose(report: RoundReport, code: str) -> bool:
    """Whether a Gini coefficient rose since the first year, over the cities that have a value in both years."""
    ends_ = (report.study.years[0], report.year)
    same = report.equality.inequality(code, alike=ends_)
    return same is not None and bool(same.gini[ends_[1]] > same.gini[ends_[0]])


def _colour(report: RoundReport, node: Indicator) -> str:
    return PROVINCE if node in report.readings.money else CITY


def _apart(heights: pd.Series, least: float) -> pd.Series:
    """Move labels so far up that each has a line of its own, the lowest staying where it is."""
    placed = {}
    floor = -np.inf
    for code, height in heights.sort_values().items():
        floor = placed[code] = max(height, floor + least)
    return pd.Series(placed)

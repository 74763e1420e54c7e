"""The figures of the indicators: the profile of achievement, and the points earned."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from evalkit.index import Indicator
from evalkit.reporting.city import CityReport
from evalkit.reporting.drawing.canvas import ABOVE, BESIDE, CITY, INK, OTHERS, PROVINCE, canvas, describe, done
from evalkit.reporting.render.fonts import chinese_type

ROWS = 20  # of a page


@chinese_type()
def profile(report: CityReport) -> Figure | None:
    """The city on every scored node, between the lowest and the highest city, beside all cities together.

    Where the nodes would be too many for a page, on those that have others below them; a node that no city has a score
    of is left out. None where no city has any.
    """
    known = report.result.published.xs(report.year, level="year").dropna(axis="columns", how="all")
    nodes = [n for n in report.system.nodes if n.code in known and _adds_something(report, n.code)][::-1]
    if len(nodes) > ROWS:
        nodes = [node for node in nodes if not isinstance(node, Indicator)]
    if not nodes:
        return None
    scores = known[[n.code for n in nodes]]
    whole = report.study.province.published.xs(report.year, level="year").iloc[0]
    figure, axes = canvas(8, 0.5 * len(nodes) + 1.2)
    places, own = range(len(nodes)), scores.loc[report.city]
    axes.hlines(places, scores.min(), scores.max(), color=OTHERS, lw=5, capstyle="round")
    axes.plot(whole[scores.columns], places, "|", color=PROVINCE, ms=16, mew=2.5)
    axes.plot(own, places, "o", color=CITY, ms=9)
    for place, score in enumerate(own):
        if np.isnan(score):
            axes.annotate(report.word("lamp_no_data"), (105, place), (6, 0), **BESIDE, color=INK, fontsize=9)
        else:
            axes.annotate(f"{score:.1f}", (score, place), (0, 9), **ABOVE, color=CITY)
    axes.set_yticks(places, [n.name[report.language] for n in nodes])
    axes.set_xlim(0, 105)
    axes.set_xlabel(report.word("score"))
    describe(axes, report.word("figure_key", city=report.city_name))
    return done(figure, report)


@chinese_type()
def contributions(report: CityReport) -> Figure | None:
    """Points earned out of the points to be had, by indicator; where these are too many, of those that lack most.

    None where nothing was earned, since nothing is known.
    """
    earned = report.earned.loc[report.year].dropna()
    if earned.empty:
        return None
    lacking = (report.points_of_the_year[earned.index] - earned).nlargest(ROWS).index
    parts = earned[earned.index.isin(lacking)][::-1]
    weights = report.points_of_the_year[parts.index]
    figure, axes = canvas(8, 0.45 * len(parts) + 1)
    places = range(len(parts))
    axes.barh(places, weights, color="white", edgecolor=OTHERS, height=0.6)
    axes.barh(places, parts, color=CITY, height=0.6)
    axes.set_yticks(places, [report.node(code) for code in parts.index])
    for place, (got, weight) in enumerate(zip(parts, weights, strict=True)):
        axes.annotate(f"{got:.2f} / {weight:.1f}", (max(got, weight), place), (6, 0), **BESIDE, color=INK)
    axes.set_xlim(0, max(weights.max(), parts.max()) * 1.25)
    axes.set_xlabel(report.word("contribution"))
    if len(parts) < len(earned):
        describe(axes, report.word("contributions_key", n=len(parts)))
    return done(figure, report)


def _adds_something(report: CityReport, code: str) -> bool:
    """An only scored child has its parent's score."""
    parent = report.system.parents.get(code)
    return parent is None or len(parent.scored_children) > 1

"""What all figures are drawn on: size, colours, and where a label stands beside its point."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from matplotlib.transforms import offset_copy

from evalkit.reporting.cells import signed
from evalkit.reporting.report import Report

CITY, OTHERS, PROVINCE, INK, MARK = "#1f4e79", "#c3c9d1", "#b8860b", "#333333", "#8a2b06"
BELOW_TICKS, LEFT_OF_TICKS = 22, 30  # points, past labels of numbers
DPI = 150  # also on the width of a printed page
ABOVE = {"xycoords": "data", "textcoords": "offset points", "ha": "center"}
BESIDE = {"xycoords": "data", "textcoords": "offset points", "va": "center", "ha": "left"}


def canvas(width: float, height: float, *, rows: int = 1, columns: int = 1, sharex: bool = False, sharey: bool = False):
    """Give a figure and its axes, one or all of a grid in a row, without a frame above and to the right.

    What stands beside axes is measured once: the engine makes a second pass only within a rectangle, and for a label
    with a place of its own nobody looks where the ticks' labels end.
    """
    fitting = TightLayoutEngine(pad=0.5, rect=None)
    share = {"sharex": sharex, "sharey": sharey}
    figure, axes = plt.subplots(rows, columns, figsize=(width, height), dpi=DPI, layout=fitting, squeeze=False, **share)
    for one in axes.flat:
        one.spines[["top", "right"]].set_visible(False)
        one.xaxis.set_label_coords(0.5, 0, offset_copy(one.transAxes, figure, y=-BELOW_TICKS, units="points"))
        one.yaxis.set_label_coords(0, 0.5, offset_copy(one.transAxes, figure, x=-LEFT_OF_TICKS, units="points"))
    return figure, axes.ravel() if axes.size > 1 else axes[0, 0]


def apart(values: Sequence[float], gap: float) -> np.ndarray:
    """Move values as little as may be (least squares) until they are `gap` apart, so that labels do not overlap.

    >>> apart([3.0, 1.0, 1.0], 1).tolist()
    [3.0, 0.5, 1.5]
    """
    from scipy.optimize import isotonic_regression

    order, least = np.argsort(values, kind="stable"), gap * np.arange(len(values))
    places = np.empty(len(values))
    places[order] = isotonic_regression(np.asarray(values)[order] - least).x + least
    return places


def signed_bars(axes, values: pd.Series, *, margin: float = 0.16) -> None:
    """Draw bars on either side of 0, the first at the bottom, each with its number."""
    axes.barh(list(values.index), values, color=[PROVINCE if x < 0 else CITY for x in values], height=0.6)
    for place, value in enumerate(values):
        side = {"ha": "right"} if value < 0 else {}
        axes.annotate(
            signed(value, 2), (value, place), (-5 if value < 0 else 5, 0), **BESIDE | side, color=INK, fontsize=9
        )
    axes.axvline(0, color=INK, lw=0.8)
    axes.margins(x=margin)


def explain(figure: Figure, key: str) -> None:
    """Say at the top of a figure what its signs stand for."""
    top = 1 - 0.06 / figure.get_figheight()
    figure.suptitle(key, fontsize=9, color=INK, x=0.01, y=top, ha="left", va="top", wrap=True)


def done(figure: Figure, report: Report) -> Figure:
    """Mark what is made of made-up data, and take the figure out of pyplot's hands: a notebook shows it once."""
    if report.mark:
        figure.text(0.5, 0.5, report.mark, fontsize=20, color=MARK, alpha=0.16, rotation=20, ha="center", va="center")
    plt.close(figure)
    return figure

"""What all figures are drawn on: size, colours, and where a label stands beside its point."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from statistics import fmean
from textwrap import wrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import TightLayoutEngine
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import offset_copy
from matplotlib.typing import ColorType

from evalkit.reporting.drawing.selection import MANY
from evalkit.reporting.render.fonts import TYPE
from evalkit.reporting.render.official import CAPTION_ROOM, text_area
from evalkit.reporting.report import Report
from evalkit.tabular.cells import signed

CITY, OTHERS, PROVINCE, INK, MARK = "#1f4e79", "#c3c9d1", "#b8860b", "#333333", "#8a2b06"
# of verdicts on targets: apart in grey, too, and for who does not tell red from green
LAMP_COLOURS = {
    "met": CITY, "on_schedule": "#86b3da", "behind": "#b8443a", "not_applicable": "#dfe4ea", "no_data": "#e4c98a",
    "disputed": "#a07890",
}  # fmt: skip
EVEN_LIGHT = 1.05**0.5 * 0.05**0.5 - 0.05  # the luminance on which black and white stand out alike
BELOW_TICKS, LEFT_OF_TICKS = 22, 30  # points, past labels of numbers
LABEL = 0.19  # inches that the line of a name takes
NAME, AXIS, LINE = 38, 63, 94  # half-width characters of a line: a name beside a tick, an axis, a whole figure
COLUMNS, KEY = 84, 70  # half-width characters in all: of the names of columns, and of a row of a legend
OPENING, CLOSING = "（(【《〈「『“‘", "）)】》〉」』”’、，。；：！？％%·…"
UNBROKEN = "\N{NO-BREAK SPACE}"
LEADER = (9, 22)  # points between a name and its point: at its height, and moved from there
# inches of the text of an upright page, and of what one on its side has above a caption: a figure that is drawn no
# larger is not scaled down on either, and its sizes are those in print
WIDTH, TALLEST = text_area(landscape=False)[0] / 25.4, (text_area(landscape=True)[1] - CAPTION_ROOM) / 25.4
DPI = 150
ABOVE = {"xycoords": "data", "textcoords": "offset points", "ha": "center"}
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # behind words that stand on a line
BESIDE = {"xycoords": "data", "textcoords": "offset points", "va": "center", "ha": "left"}


def canvas(height: float, *, rows: int = 1, columns: int = 1, sharex: bool = False, sharey: bool = False):
    """Give a figure as wide as a printed page, and its axes or all of a grid in a row, framed below and at the left.

    What stands beside axes is measured once: the engine makes a second pass only within a rectangle, and for a label
    with a place of its own nobody looks where the ticks' labels end.
    """
    fitting = TightLayoutEngine(pad=0.5, rect=None)
    share = {"sharex": sharex, "sharey": sharey}
    size = (WIDTH, min(height, TALLEST))
    figure, axes = plt.subplots(rows, columns, figsize=size, dpi=DPI, layout=fitting, squeeze=False, **share)
    for one in axes.flat:
        one.tick_params(labelsize=TYPE)  # also of ticks that come later, elsewhere
        one.spines[["top", "right"]].set_visible(False)
        one.xaxis.set_label_coords(0.5, 0, offset_copy(one.transAxes, figure, y=-BELOW_TICKS, units="points"))
        one.yaxis.set_label_coords(0, 0.5, offset_copy(one.transAxes, figure, x=-LEFT_OF_TICKS, units="points"))
    return figure, axes.ravel() if axes.size > 1 else axes[0, 0]


def apart(values: Sequence[float], gap: float, *, within: tuple[float, float] = (-np.inf, np.inf)) -> np.ndarray:
    """Move values as little as may be (least squares) until they are `gap` apart, so that labels do not overlap.

    They stay between two ends that are far enough from each other for all of them.

    >>> apart([3.0, 1.0, 1.0], 1).tolist()
    [3.0, 0.5, 1.5]
    >>> apart([3.0, 1.0, 1.0], 1, within=(1, 9)).tolist()
    [3.0, 1.0, 2.0]
    """
    order, least = np.argsort(values, kind="stable"), gap * np.arange(len(values))
    places = np.empty(len(values))
    moved = _risen(np.asarray(values, dtype=float)[order] - least) + least
    places[order] = np.maximum(np.minimum(moved, within[1] - least[::-1]), within[0] + least)
    return places


def _risen(values: Iterable[float]) -> np.ndarray:
    """Give the nearest values (least squares) that never fall: neighbours that do are pooled (Ayer et al., 1955)."""
    pools: list[list[float]] = []
    for value in values:
        pools.append([value])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return np.array([fmean(pool) for pool in pools for _ in pool])


def ink_on(ground: ColorType) -> str:
    """Give the colour of words on a ground: black or white, whichever stands out more (WCAG 2.1, never under 4.5:1).

    >>> ink_on("#1f4e79"), ink_on("#e4c98a")
    ('white', 'black')
    """
    return "black" if luminance(ground) > EVEN_LIGHT else "white"


def luminance(colour: ColorType) -> float:
    """Give the relative luminance of a colour of sRGB, from 0 of black to 1 of white (WCAG 2.1)."""
    coded = np.array(to_rgb(colour))
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def signed_bars(axes, values: pd.Series, places: Sequence[int], *, margin: float = 0.16) -> None:
    """Draw bars on either side of 0, each at its place with its number."""
    axes.barh(places, values, color=[PROVINCE if x < 0 else CITY for x in values], height=0.6)
    for place, value in zip(places, values, strict=True):
        side = {"ha": "right"} if value < 0 else {}
        axes.annotate(signed(value, 2), (value, place), (-5 if value < 0 else 5, 0), **BESIDE | side, color=INK)
    axes.axvline(0, color=INK, lw=0.8)
    axes.margins(x=margin)


def others(axes, table: pd.DataFrame) -> None:
    """Draw a pale line a row over the columns; of too many the band that holds them, and that of their middle half."""
    years = list(table.columns)
    if len(table) > MANY:
        axes.fill_between(years, table.min(), table.max(), color=OTHERS, alpha=0.4, lw=0)
        axes.fill_between(years, table.quantile(0.25), table.quantile(0.75), color=OTHERS, lw=0)
        return
    gap = np.full((len(table), 1), np.nan)  # one line that is broken between the rows: many are slow to draw
    axes.plot(np.tile([*years, np.nan], len(table)), np.hstack([table, gap]).ravel(), color=OTHERS, lw=1)


def leaders(axes, names: Mapping[float, str], x: float, side: str, colours: Mapping[float, str]) -> None:
    """Write names beside points of one x, moved until they are apart, each with a line to the height of its point."""
    low, high = sorted(axes.get_ylim())
    room = (high - low) * LABEL / axes.figure.get_figheight()
    sign, end = (1, (0, 0.5)) if side == "left" else (-1, (1, 0.5))
    for height, place in zip(names, apart(list(names), room, within=(low + room / 2, high - room / 2)), strict=True):
        moved = bool(place != height)
        label = offset_copy(axes.transData, axes.figure, x=sign * LEADER[moved], units="points")
        line = {"arrowstyle": "-", "lw": 0.5, "color": OTHERS, "relpos": end} if moved else None
        axes.annotate(
            names[height], (x, height), (x, place), textcoords=label, va="center", ha=side, color=colours[height],
            arrowprops=line,
        )  # fmt: skip


def explain(figure: Figure, *lines: str) -> None:
    """Say at the top of a figure what it shows and what its signs stand for, line by line."""
    top = 1 - 0.06 / figure.get_figheight()
    if text := "\n".join(folded(line, LINE, lines=4) for line in lines if line):
        figure.suptitle(text, color=INK, x=0.01, y=top, ha="left", va="top")


def legend(axes) -> None:
    """Say above axes what colours stand for, in as many columns as have room for the longest name and its sign."""
    labels = axes.get_legend_handles_labels()[1]
    columns = max(1, KEY // (max(map(_breadth, labels)) + 8))
    style = {"frameon": False, "columnspacing": 1.2, "borderaxespad": 0.3}
    axes.legend(ncols=min(columns, len(labels)), loc="lower left", bbox_to_anchor=(0, 1), **style)


def head_columns(axes, places: Sequence[float], names: Sequence[str], *, above: bool = False) -> None:
    """Name the columns of a table below or above it: in lines as wide as a column, slanting where a word is wider."""
    room = int(COLUMNS / len(names) - 0.3)
    if any(word.isascii() and len(word) > room for name in names for word in name.split()):
        slanting = [folded(name, NAME) for name in names]
        axes.set_xticks(places, slanting, rotation=30, ha="left" if above else "right", rotation_mode="anchor")
    else:
        axes.set_xticks(places, [folded(name, room, lines=6) for name in names])
    axes.tick_params(length=0, top=False, bottom=False, labeltop=above, labelbottom=not above)


def folded(name: str, width: int, *, lines: int = 2) -> str:
    """Break a name into lines of a width, in half-width characters; one that needs more lines ends in an ellipsis.

    A number is not broken, nor does a line begin with punctuation that closes or end with one that opens.

    >>> folded("基本公共服务均等化程度指数", 10)
    '基本公共服\\n务均等化…'
    """
    size = max(2, width * len(name) // _breadth(name)) if name else width
    rows = list(_rows(re.sub(r"(?<=\d) (?=\d)", UNBROKEN, name), size))
    if len(rows) > lines:
        rows[lines - 1 :] = [rows[lines - 1][: size - 1].rstrip() + "…"]
    return "\n".join(rows).replace(UNBROKEN, " ")


def _rows(text: str, size: int) -> Iterator[str]:
    """Break a text into rows of so many characters at most, or of more where else punctuation would stand wrong."""
    while text := text.strip(" "):
        longest = len(wrap(text, size)[0])
        fitting, longer = range(longest, 0, -1), range(longest + 1, len(text) + 1)
        ends = [end for end in (*fitting, *longer) if _parts(text, end)]
        end = next((end for end in ends if end <= longest and not _within_word(text, end)), ends[0])
        yield text[:end].rstrip(" ")
        text = text[end:]


def _parts(text: str, end: int) -> bool:
    """Whether a row may end there: at what does not open, before what does not close."""
    return end == len(text) or (text[end - 1] not in OPENING and text[end] not in CLOSING)


def _within_word(text: str, end: int) -> bool:
    """Whether a word or number of half-width characters goes on there."""
    return all(side.isascii() and side.isalnum() for side in text[end - 1 : end + 1]) and end < len(text)


def _breadth(text: str) -> int:
    """Count the half-width characters that have the width of a text."""
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def _fold_names(figure: Figure) -> None:
    """Keep long names beside the axes from taking the room of what is drawn, or from being cut off."""
    for axes in figure.axes:
        if isinstance(axes.yaxis.get_major_formatter(), FuncFormatter):  # names, not numbers
            names = [label.get_text() for label in axes.get_yticklabels()]
            axes.set_yticks(axes.get_yticks(), [folded(name, NAME) for name in names])
        for axis in (axes.xaxis, axes.yaxis):
            axis.label.set_text(folded(axis.label.get_text(), AXIS))


def done(figure: Figure, report: Report, title: str) -> Figure:
    """Mark what is made of made-up data, and take the figure out of pyplot's hands: a notebook shows it once.

    `title` says in words what is to be seen: it stands below the figure, and in its place where it cannot be seen.
    """
    figure.set_label(title)
    _fold_names(figure)
    if report.mark:
        figure.text(0.5, 0.5, report.mark, fontsize=20, color=MARK, alpha=0.16, rotation=20, ha="center", va="center")
    plt.close(figure)
    return figure

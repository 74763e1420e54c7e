"""How wide the columns of a printed table are: numbers whole, long text folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil

from evalkit.reporting.render.document import Grid

SIZES = (10.5, 9.0, 8.0)  # points, the largest that fits
EM = 25.4 / 72  # mm of a character of one point
PADDING = 2.2  # mm beside the text of a cell
FOLDED = 8.0  # characters that a line of text has at least
HEAD_LINES = 3
WRITTEN = 5.0  # characters that have room in a cell that is written on by hand
HALF = 0.56  # of a character of Chinese: a digit, in the widest type that is named
SHORT = 12  # lines of a table that stays on one page


def fit(grid: Grid, width: float, sizes: Sequence[float] = SIZES) -> tuple[list[float], float]:
    """Give the widths of the columns in mm, which fill `width`, and the size of the type in points."""
    whole, least = [list(column) for column in zip(*_needs(grid), strict=True)]
    for size in sizes:
        if sum(least) * size * EM + PADDING * len(least) <= width:
            break
    needed = [need * size * EM + PADDING for need in least]
    wanted = [need * size * EM + PADDING for need in whole]
    spare = width - sum(needed)
    if spare <= 0:
        return [need * width / sum(needed) for need in needed], size
    more = [want - need for want, need in zip(wanted, needed, strict=True)]
    part = min(1.0, spare / sum(more)) if sum(more) else 0
    found = [need + part * extra for need, extra in zip(needed, more, strict=True)]
    return [one * width / sum(found) for one in found], size


def breadth(text: str) -> float:
    """Give how broad a line of text is, in characters of Chinese.

    >>> breadth("甲市2012")
    4.24
    """
    if text.isascii():
        return HALF * len(text)
    return sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else HALF for each in text)


def is_short(grid: Grid, widths: Sequence[float], size: float) -> bool:
    """Whether a table has so few lines that it had better not be broken."""
    if len(grid.rows) > SHORT:
        return False
    room = [(width - PADDING) / (size * EM) for width in widths]
    rows = ([breadth(cell.text) / wide for cell, wide in zip(row, room, strict=False)] for row in grid.rows)
    return sum(ceil(max(row, default=1)) for row in rows) <= SHORT


def _needs(grid: Grid) -> list[tuple[float, float]]:
    """Give of each column what it takes in one line, and what it takes at least, in characters."""
    found = []
    for place, (head, kind) in enumerate(zip(_heads(grid), grid.kinds or [""] * len(_heads(grid)), strict=True)):
        cells = max((breadth(row[place].text) for row in grid.rows if place < len(row)), default=0)
        folded = max(min(breadth(head), 2.0), breadth(head) / HEAD_LINES)
        if grid.room and not cells:
            cells = WRITTEN
        least = cells if kind == "number" else min(cells, FOLDED)
        found.append((max(cells, min(breadth(head), 2 * FOLDED)), max(least, folded)))
    return found


def _heads(grid: Grid) -> Sequence[str]:
    return grid.heads or [""] * max(map(len, grid.rows))

"""How wide the columns of a printed table are: numbers whole, long text folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from evalkit.reporting.render.document import Grid

# of the type, in points, and of the least line of a text that is folded, in characters: the first that fits
SIZES = ((10.5, 8), (9.0, 8), (8.0, 8), (8.0, 6), (8.0, 5), (8.0, 4))
EM = 25.4 / 72  # mm of a character of one point
PADDING = 2.2  # mm beside the text of a cell
HEAD_LINES, HEAD = 3, 16  # lines that a head is folded into at most, and characters that widen its column
SHORT_HEAD = 4  # characters of a head that is folded last
MOST = 0.9  # of the cells of a column, by which it is widened first: one that is very long does not narrow the others
WRITTEN = 5.0  # characters that have room in a cell that is written on by hand
HALF = 0.56  # of a character of Chinese: a digit, in the widest type that is named
SHORT = 12  # lines of a table that stays on one page


def fit(grid: Grid, width: float) -> tuple[list[float], float]:
    """Give the widths of the columns in mm, which fill `width`, and the size of the type in points."""
    columns = list(_columns(grid))
    for size, line in SIZES:
        needed = [column.least(line) * size * EM + PADDING for column in columns]
        if sum(needed) <= width:
            break
    for room in ("headed", "usual", "whole"):
        wanted = [getattr(column, room) * size * EM + PADDING for column in columns]
        needed = _widened(needed, wanted, width)
    return [need * width / sum(needed) for need in needed], size


def _widened(widths: Sequence[float], wanted: Sequence[float], width: float) -> list[float]:
    """Give what is left of a width to the columns that want more, each in proportion."""
    more = [max(want - one, 0) for one, want in zip(widths, wanted, strict=True)]
    part = min(1.0, max(width - sum(widths), 0) / sum(more)) if sum(more) else 0
    return [one + part * extra for one, extra in zip(widths, more, strict=True)]


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


@dataclass(frozen=True)
class _Column:
    """What a column takes, in characters: its head, its widest cell, most of them, and whether none is folded."""

    head: float
    cells: float
    usual: float
    is_number: bool

    @property
    def headed(self) -> float:
        """With a short head in one line, a longer one in two."""
        return self.head if self.head <= SHORT_HEAD else min(self.head, HEAD) / 2 + 0.5

    @property
    def whole(self) -> float:
        """In one line."""
        return max(self.cells, min(self.head, HEAD), self.least(0))

    def least(self, line: float) -> float:
        """With text folded into lines of so many characters, and its head into a few."""
        head = max(min(self.head, 2.0), self.head / HEAD_LINES)
        return max(self.cells if self.is_number else min(self.cells, line), head)


def _columns(grid: Grid) -> Iterator[_Column]:
    heads = _heads(grid)
    for place, (head, kind) in enumerate(zip(heads, grid.kinds or [""] * len(heads), strict=True)):
        cells = sorted(breadth(row[place].text) for row in grid.rows if place < len(row)) or [0]
        if grid.room and not cells[-1]:
            cells = [WRITTEN]
        yield _Column(breadth(head), cells[-1], cells[int(MOST * (len(cells) - 1))], kind == "number")


def _heads(grid: Grid) -> Sequence[str]:
    return grid.heads or [""] * max(map(len, grid.rows))

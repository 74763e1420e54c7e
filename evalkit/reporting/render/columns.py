"""How wide the columns of a printed table are: numbers whole, text folded where that costs the fewest lines."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from evalkit.reporting.render.document import Grid

# the type in points, the least line of a text that is folded in characters, and what is free on either side of a cell
# in mm: the first that fits
SIZES = ((10.5, 8, 1.0), (9.0, 8, 1.0), (8.0, 8, 1.0), (8.0, 8, 0.5), (8.0, 6, 0.5), (8.0, 5, 0.5), (8.0, 4, 0.5))
EM = 25.4 / 72  # mm of a character of one point
SPARE = 0.2  # mm of a cell that is never used, so that what just fits does
GUTTER = 1.5  # mm more between numbers, which end on the right, and words that begin beside them
HEAD_LINES, HEAD = 3, 16  # lines that a head is folded into at most, and characters that widen its column
SHORT_HEAD = 5  # characters of a head that is folded last
HEAD_WORTH = 2  # lines of cells that are given for one of a head
LOST = 0.7  # of a character, at the end of a line that is folded
STEP = 0.5  # of a character, by which columns are widened
WRITTEN = 24  # mm to write in by hand
MOST, FOLDED = 0.9, 4  # of the cells of a column, which are not folded for a longer one, nor under so many characters
FEWER = 0.8  # of the lines of a table: if no more are left in the next smaller type, it is taken
HALF = 0.56  # of a character of Chinese: a digit, in the widest type that is named
SHORT = 0.3  # of the height of the text of a page, of a table that stays on one
ROW = 1.6  # mm that a row takes beside its lines
LEADING = 0.35  # between the lines of a cell, in sizes of the type


@dataclass(frozen=True)
class Fit:
    """How a table stands on its page.

    Attributes
    ----------
    widths : of the columns, in mm.
    size : of the type, in points.
    before : what is free before the text of each column, in mm.
    after : what is free after it.
    lines : of all rows together, without the head, about.
    rows : how many there are.
    """

    widths: list[float]
    size: float
    before: list[float]
    after: float
    lines: int
    rows: int

    def is_short(self, page: float) -> bool:
        """Whether the table had better not be broken, on a page whose text is so many mm high."""
        text = (self.lines + LEADING * (self.lines - self.rows)) * self.size * EM
        return text + ROW * self.rows <= SHORT * page


def fit(grid: Grid, width: float) -> Fit:
    """Fit a table into a width in mm, which its columns fill, in the largest type in which its text has room.

    The next smaller type is taken where far fewer lines are folded in it.
    """
    columns = list(_columns(grid))
    fitting = (fitted for form in SIZES if (fitted := _fitted(columns, width, *form)))
    largest = next(fitting, None) or _fitted(columns, width, *SIZES[-1], forced=True)
    smaller = next(fitting) if largest.size == SIZES[0][0] else largest
    return smaller if smaller.lines <= FEWER * largest.lines else largest


def _fitted(
    columns: Sequence[_Column], width: float, size: float, line: float, beside: float, *, forced: bool = False
) -> Fit | None:
    """Fit columns in one size of type, with text of `line` characters at least; None where that has no room."""
    em, free = size * EM, [2 * beside + SPARE + column.gutter for column in columns]
    least = [max(column.least(line) * em, column.written) for column in columns]
    room = width - sum(free)
    if sum(least) > room and not forced:
        return None
    headed = _widened(least, [column.headed * em for column in columns], room)
    unfolded = _unfolded(columns, [each / em for each in headed], room / em)
    filled = _filled(columns, unfolded, max(room, sum(least)) / em)
    lines = np.max([column.lines(wide) for column, wide in zip(columns, filled, strict=True)], axis=0, initial=1)
    taken = [wide * em + around for wide, around in zip(filled, free, strict=True)]
    widths = [each * width / sum(taken) for each in taken]
    return Fit(widths, size, [beside + column.gutter for column in columns], beside, int(lines.sum()), len(lines))


def _widened(widths: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Give what is left of a room to the columns that want more, each in proportion."""
    more = [max(want - one, 0) for one, want in zip(widths, wanted, strict=True)]
    part = min(1.0, max(room - sum(widths), 0) / sum(more)) if sum(more) else 0
    return [one + part * extra for one, extra in zip(widths, more, strict=True)]


def _unfolded(columns: Sequence[_Column], widths: Sequence[float], room: float) -> list[float]:
    """Widen columns as long as there is room, in characters, first where a character saves the most lines."""
    widths, left = list(widths), room - sum(widths)
    steps = [(*step, place) for place, column in enumerate(columns) for step in column.steps(widths[place])]
    for _, wider, place in sorted(steps, reverse=True):
        if wider - widths[place] <= left:
            left -= wider - widths[place]
            widths[place] = wider
    return widths


def _filled(columns: Sequence[_Column], widths: Sequence[float], room: float) -> list[float]:
    """Give what is left to what is written on by hand, else in proportion to all but numbers that stand first."""
    written = [bool(column.written) for column in columns]
    takes = written if any(written) else [place > 0 or not column.is_number for place, column in enumerate(columns)]
    share = sum(wide for wide, taking in zip(widths, takes, strict=True) if taking)
    more = (room - sum(widths)) / share if share else 0
    return [wide * (1 + more * taking) for wide, taking in zip(widths, takes, strict=True)]


def breadth(text: str) -> float:
    """Give how broad a line of text is, in characters of Chinese.

    >>> breadth("甲市2012")
    4.24
    """
    if text.isascii():
        return HALF * len(text)
    return sum(1.0 if unicodedata.east_asian_width(each) in "WFA" else HALF for each in text)


def _folded(breadths: np.ndarray, widths: np.ndarray | float) -> np.ndarray:
    """Count the lines that texts of some breadths take in some widths."""
    lines = np.maximum(np.ceil(breadths / np.maximum(widths - LOST, 1)), 2)
    return np.where(breadths <= widths, 1, lines)


@dataclass(frozen=True)
class _Column:
    """What a column takes: its head and its cells in characters, and in mm what is written on, or free beside."""

    head: float
    cells: Sequence[float]
    is_number: bool
    written: float
    gutter: float

    @property
    def headed(self) -> float:
        """With a short head in one line, a longer one in two."""
        return self.head if self.head <= SHORT_HEAD else min(self.head, HEAD) / 2 + LOST

    @property
    def widest(self) -> float:
        """Give the widest cell."""
        return max(self.cells, default=0)

    def least(self, line: float) -> float:
        """With text folded into lines of so many characters, or of what most cells take, and its head into a few."""
        head = max(min(self.head, 2.0), self.head / HEAD_LINES)
        usual = sorted(self.cells)[int(MOST * (len(self.cells) - 1))]
        return max(self.widest if self.is_number else min(self.widest, line, max(usual, FOLDED)), head)

    def lines(self, wide: float) -> np.ndarray:
        """Count the lines of each cell in a width."""
        return _folded(np.array(self.cells), wide)

    def steps(self, wide: float) -> Iterator[tuple[float, float]]:
        """Give the widths from one on at which lines are saved, each with how many a character saves, most first."""
        whole = max(self.widest, self.head)
        if whole <= wide:
            return
        widths = np.array([*np.arange(wide, whole, STEP), whole])
        alike = Counter(self.cells)
        cells = _folded(np.array([*alike])[:, None], widths)
        lines = np.array([*alike.values()]) @ cells + HEAD_WORTH * _folded(np.array(self.head), widths)
        at = 0
        while lines[at] > lines[-1]:
            saved = (lines[at] - lines[at + 1 :]) / (widths[at + 1 :] - widths[at])
            best = int(saved.argmax())
            at += 1 + best
            yield float(saved[best]), float(widths[at])


def _columns(grid: Grid) -> Iterator[_Column]:
    heads = grid.heads or [""] * max(map(len, grid.rows))
    kinds = grid.kinds or [""] * len(heads)
    for place, (head, kind) in enumerate(zip(heads, kinds, strict=True)):
        cells = [breadth(row[place].text) if place < len(row) else 0 for row in grid.rows]
        is_number = kind == "number"
        after_number = place > 0 and kinds[place - 1] == "number" and not is_number
        written = WRITTEN if grid.room and not any(cells) else 0
        yield _Column(breadth(head), cells, is_number, written, GUTTER if after_number else 0)

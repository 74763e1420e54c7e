"""How wide the columns of a printed table are: numbers whole, text folded where that saves the fewest lines."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil

import numpy as np

from evalkit.reporting.render.document import Grid

# of the type, in points, and of the least line of a text that is folded, in characters: the first that fits
SIZES = ((10.5, 10), (9.0, 9), (8.0, 8), (8.0, 6), (8.0, 5), (8.0, 4))
SMALL, DEEP = 9.0, 2  # the type that is set where rows have more lines than so many, one with another
EM = 25.4 / 72  # mm of a character of one point
PADDING = 2.2  # mm beside the text of a cell
GAP = 1.5  # mm more before text that follows a number, which would run into it
HEAD_LINES, HEAD = 3, 16  # lines that a head is folded into at most, and characters that widen its column
SHORT_HEAD = 4.5  # characters of a head that is folded last
MOST = 0.9  # of the cells of a column, by which its least width is measured: one that is long does not widen it much
FEWEST = 5.0  # characters of a line of such a long one
WRITTEN, WRITTEN_LINES = 6.5, 2  # characters and lines that have room in a cell that is written on by hand
HALF, NARROW, BROAD = 0.56, 0.34, 0.9  # of a character of Chinese: a digit, a stop, per cent, in the widest type named
BRACKET = re.compile(r"\s?([（(])")
WORD = re.compile(r"[!-,.-~]{5,}-?")  # what is not broken
LONGEST = 12  # characters of it that make their column wider
STEP, EVEN = 0.5, 1e-9  # characters by which a column is widened at a time, and what is not told apart
SHORT = 18.75  # mm of the text of a page for each line of a table that stays on one: 12 of an upright page


def fit(grid: Grid, width: float) -> tuple[list[float], float]:
    """Give the widths of the columns in mm, which fill `width`, and the size of the type in points."""
    columns = list(_columns(grid))
    for size, line in SIZES:
        em = size * EM
        needed = [column.least(line) * em + column.beside for column in columns]
        if sum(needed) > width and (size, line) != SIZES[-1]:
            continue
        needed = _widened(needed, [column.headed * em + column.beside for column in columns], width)
        needed = _unfolded(columns, needed, width, em)
        widths = _filled(grid, columns, needed, width)
        if size <= SMALL or sum(_lines(grid, widths, size)) <= DEEP * len(grid.rows):
            break
    return widths, size


def _filled(grid: Grid, columns: Sequence[_Column], widths: Sequence[float], width: float) -> list[float]:
    """Give what is left to what is written on by hand, else in proportion to all but numbers that stand first."""
    if (left := width - sum(widths)) < 0:
        return [one * width / sum(widths) for one in widths]
    written = [grid.room and not any(row[place].text for row in grid.rows) for place in range(len(widths))]
    first = [place > 0 or not column.is_number for place, column in enumerate(columns)]
    takes = written if any(written) else first if any(first) else [True] * len(widths)
    share = sum(one for one, taking in zip(widths, takes, strict=True) if taking)
    return [one * (1 + taking * left / share) for one, taking in zip(widths, takes, strict=True)]


def gaps(grid: Grid) -> list[float]:
    """Give for each column the mm that are left before its text."""
    kinds = grid.kinds or ("",) * len(_heads(grid))
    after = zip(("", *kinds), kinds, strict=False)
    return [GAP if before == "number" and kind != "number" else 0.0 for before, kind in after]


def _widened(widths: Sequence[float], wanted: Sequence[float], width: float) -> list[float]:
    """Give what is left of a width to the columns that want more, each in proportion."""
    more = [max(want - one, 0) for one, want in zip(widths, wanted, strict=True)]
    part = min(1.0, max(width - sum(widths), 0) / sum(more)) if sum(more) else 0
    return [one + part * extra for one, extra in zip(widths, more, strict=True)]


def _unfolded(columns: Sequence[_Column], widths: Sequence[float], width: float, em: float) -> list[float]:
    """Give what is left of a width, step by step, to the column in which it saves the most lines for its room."""
    found = [(need - column.beside) / em for column, need in zip(columns, widths, strict=True)]
    left = (width - sum(widths)) / em
    folded = [_Folded(column, wide) for column, wide in zip(columns, found, strict=True)]
    while True:
        steps = [each.step(wide, left) for each, wide in zip(folded, found, strict=True)]
        best = max(range(len(steps)), key=steps.__getitem__)
        gain, more = steps[best]
        if not gain:
            return [wide * em + column.beside for column, wide in zip(columns, found, strict=True)]
        found[best] += more
        left -= more


def breadth(text: str) -> float:
    """Give how broad a line of text is, in characters of Chinese.

    >>> breadth("甲市2012")
    4.24
    """
    return sum(map(_breadth, text))


@cache
def _breadth(character: str) -> float:
    if character.isascii():
        return BROAD if character in "%@MW" else HALF if character.isalnum() or character in "+=<>_" else NARROW
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else HALF


def heads_in_lines(grid: Grid, widths: Sequence[float], size: float) -> list[str]:
    """Give the heads, those that take two lines broken before what they have in brackets, or else in their middle."""
    return [_in_lines(head, room) for head, room in zip(grid.heads, _rooms(grid, widths, size), strict=False)]


def _in_lines(head: str, room: float) -> str:
    """Break a head that a line of so many characters cannot hold.

    >>> _in_lines("核实数（填写）", 5)
    '核实数\\n（填写）'
    >>> _in_lines("全省数值", 3.5)
    '全省\\n数值'
    """
    before, *after = BRACKET.split(head, maxsplit=1)
    middle = ceil(len(head) / 2)
    halves = (head[:middle], head[middle:]) if head.isalpha() and not head.isascii() else ("", "")
    for parts in ((before, "".join(after)), halves):
        if all(parts) and max(map(breadth, parts)) <= room < breadth(head):
            return "\n".join(parts)
    return head


def is_short(grid: Grid, widths: Sequence[float], size: float, page: float) -> bool:
    """Whether a table has so few lines that it had better not be broken, on a page with so many mm of text."""
    most = page / SHORT
    if len(grid.rows) > most:
        return False
    least = WRITTEN_LINES if grid.room else 1
    return sum(max(least, lines) for lines in _lines(grid, widths, size)) <= most


def _lines(grid: Grid, widths: Sequence[float], size: float) -> Iterator[int]:
    """Give the lines of each row."""
    rooms = _rooms(grid, widths, size)
    for row in grid.rows:
        yield max(1, *(ceil(breadth(cell.text) / room) for cell, room in zip(row, rooms, strict=False)))


def _rooms(grid: Grid, widths: Sequence[float], size: float) -> list[float]:
    """Give the characters that a line of each column holds."""
    return [(width - PADDING - gap) / (size * EM) for width, gap in zip(widths, gaps(grid), strict=True)]


@dataclass(frozen=True)
class _Column:
    """What a column takes, in characters: its head, each of its cells, its longest word; and mm beside its text."""

    head: float
    cells: Sequence[float]
    word: float
    is_number: bool
    beside: float

    @property
    def headed(self) -> float:
        """With a short head in one line, a longer one in two."""
        return self.head if self.head <= SHORT_HEAD else min(self.head, HEAD) / 2 + 0.5

    def least(self, line: float) -> float:
        """With text folded into lines of so many characters, and its head into a few."""
        head = max(min(self.head, 2.0), self.head / HEAD_LINES)
        if self.is_number:
            return max(max(self.cells), head)
        usual = sorted(self.cells)[ceil(MOST * (len(self.cells) - 1))]
        return max(min(max(usual, min(max(self.cells), FEWEST)), line), self.word, head)


class _Folded:
    """What a column costs at each width from one on: the squares of the lines of its cells, as deep ones fold first."""

    def __init__(self, column: _Column, width: float) -> None:
        tallied = Counter(ceil(each / STEP) * STEP for each in (*column.cells, min(column.head, HEAD)))
        sizes, counts = np.array([*tallied]), np.array([*tallied.values()])
        self.wide = np.array([width, *np.arange((width // STEP + 1) * STEP, sizes.max() + STEP, STEP)])
        self.costs = (np.ceil(sizes[:, None] / (self.wide + EVEN)) ** 2).T @ counts

    def step(self, width: float, left: float) -> tuple[float, float]:
        """Give what is saved for its room by the best step that there is room for, and how wide it is."""
        at, end = np.searchsorted(self.wide, (width - EVEN, width + left + EVEN))
        if end - at < 2 or self.costs[at] == self.costs[end - 1]:
            return 0.0, 0.0
        more = self.wide[at + 1 : end] - width
        gains = (self.costs[at] - self.costs[at + 1 : end]) / more
        best = int(gains.argmax())
        return float(gains[best]), float(more[best])


def _columns(grid: Grid) -> Iterator[_Column]:
    heads = _heads(grid)
    kinds = grid.kinds or [""] * len(heads)
    for place, (head, kind, gap) in enumerate(zip(heads, kinds, gaps(grid), strict=True)):
        texts = [row[place].text for row in grid.rows if place < len(row)]
        cells = [breadth(text) for text in texts]
        if grid.room and not any(cells):
            cells = [WRITTEN]
        words = (breadth(word) for text in texts for word in WORD.findall(text))
        word = min(max(words, default=0), LONGEST)
        yield _Column(breadth(head), cells or [0], word, kind == "number", PADDING + gap)


def _heads(grid: Grid) -> Sequence[str]:
    return grid.heads or [""] * max(map(len, grid.rows))

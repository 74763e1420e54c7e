"""Tables as yearbooks print them: of what each cell is a figure follows from headings, labels and title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from evalkit.base.errors import Problem
from evalkit.data.labels import KINDS, Labels, Mark, MarkKind, common, plain
from evalkit.tabular.grids import Grid

WORDS: dict[str, MarkKind] = {
    **dict.fromkeys(("地区", "城市", "市", "县", "市县", "县市区", "地区代码", "代码"), "region"),
    **dict.fromkeys(("region", "city", "county", "area", "code"), "region"),
    **dict.fromkeys(("年份", "年", "年度", "year"), "year"),
    **dict.fromkeys(("指标", "变量", "项目", "variable", "indicator"), "variable"),
}
UNIT_LINE = re.compile(r"(?:计量)?(?:单位|unit):([^()]+)")
UNITS = re.compile("[、,;/]")
ALONE = "one table on a sheet: another one stands on a sheet, or in a file, of its own"
HEAD_WITHIN = 30  # rows: titles and units above a table are few
HEADINGS = "a row of headings: 地区 (region) beside years or variables"
LACKING = {
    "year": "the year: a column 年份 (year), years as headings, or a year as its name",
    "variable": "the variable: a column 指标 (variable), variables as headings, or one as its name",
    "region": "the region: a column 地区 (region), or regions as headings",
}
UNMERGED = "cells that are not merged: only the first of them holds a value"
UNHEADED = "nothing: its column has no heading"
LONG = "nothing: regions, years and variables all stand in columns; put those of one kind into the headings"
BEGINNING = 3  # cells that tell a table without headings
Marks = dict[MarkKind, Mark]


class Figure(NamedTuple):
    """One figure as it is printed, and the cell where; `text` is blank where nothing is printed."""

    variable: str
    region: str
    year: int
    text: str
    where: str


@dataclass(frozen=True)
class Astray:
    """What cannot be taken, by its place: what is `wrong`, and what is `unknown` to the metadata and the regions."""

    wrong: dict[str, Problem] = field(default_factory=dict)
    unknown: dict[str, Problem] = field(default_factory=dict)

    def refuse(self, where: str, found: str, expected: str) -> None:
        """Note what is wrong, once for each place."""
        self.wrong.setdefault(where, Problem(where, found, expected))

    def pass_over(self, where: str, found: str, expected: str) -> None:
        """Note what is unknown, once for each place."""
        self.unknown.setdefault(where, Problem(where, found, expected))


@dataclass(frozen=True)
class WideTable:
    """One printed table, whose faults go astray."""

    grid: Grid
    labels: Labels
    astray: Astray

    def figures(self) -> Iterator[Figure]:
        """Give every figure that is printed, and a blank one for each that is declared and whose cell is blank."""
        if not self.head:
            beginning = ", ".join(repr(text) for _, text in sorted(self.grid.cells.items())[:BEGINNING])
            self.astray.pass_over(self.grid.file, f"no headings (it begins with {beginning})", HEADINGS)
            return
        self._check_merged()
        self._check_units()
        self._check_unheaded()
        for row in self._rows:
            given = self._given(row)
            for column, mark in self._columns.items() if given is not None else ():
                yield from self._figure((row, column), {**self._titled, **given, mark.kind: mark})

    @cached_property
    def head(self) -> int:
        """The row of the headings, 0 where there is none.

        It is the first with a word for labels, or with two texts that are known; or else, in a table whose title is
        known, the first with one.
        """
        near_the_top = [(row, text) for (row, _), text in sorted(self.grid.cells.items()) if row <= HEAD_WITHIN]
        words = {row for row, text in near_the_top if self._word(text)}
        known = Counter(row for row, text in near_the_top if self.labels.mark(text, self._untitled))
        heads = [row for row, _ in near_the_top if row in words or known[row] > 1]
        return next(iter(heads or (known if self._titled else ())), 0)

    def _word(self, text: str) -> MarkKind | None:
        """Say what labels a heading is above; a variable of such a name comes first."""
        return None if self.labels.mark(text, {"variable"}) else WORDS.get(plain(text))

    @cached_property
    def _rows(self) -> list[int]:
        return sorted({row for row, _ in (*self.grid.cells, *self.grid.unread) if row > self.head})

    @cached_property
    def _headings(self) -> dict[int, str]:
        return {column: text for (row, column), text in sorted(self.grid.cells.items()) if row == self.head}

    @cached_property
    def _labelled(self) -> dict[int, MarkKind]:
        """What stands in the columns of labels; a first column without a heading has the regions, or else the years."""
        words = {column: self._word(text) for column, text in self._headings.items()}
        found = {column: kind for column, kind in words.items() if kind}
        first = min((column for row, column in self.grid.cells if row > self.head), default=1)
        if first in self._headings:
            return found
        regions = any(self.labels.mark(text, {"region"}) for text in self._headings.values())
        return {first: "year" if regions else "region", **found}

    @cached_property
    def _titled(self) -> Marks:
        mark = self.labels.mark(self.grid.title)
        return {mark.kind: mark} if mark else {}

    @property
    def _untitled(self) -> set[MarkKind]:
        return set(KINDS) - self._titled.keys()

    @cached_property
    def _columns(self) -> dict[int, Mark]:
        """What the headings of figures stand for, where with the labels and the title they say it all."""
        rest, found = set(KINDS) - set(self._labelled.values()), {}
        for column, text in self._headings.items():
            mark = self.labels.mark(text, rest)
            if column in self._labelled:
                continue
            if mark is None:
                where = self.grid.where(self.head, column)
                expected = self.labels.near(text, rest & self._untitled or rest) if rest else LONG
                self.astray.pass_over(where, repr(text), expected)
            elif lacking := (rest & self._untitled) - {mark.kind}:
                expected = "; ".join(LACKING[kind] for kind in KINDS if kind in lacking)
                self.astray.refuse(self.grid.file, f"a table called {self.grid.title!r}", expected)
            else:
                found[column] = mark
        return found

    def _is_printed(self, row: int) -> bool:
        """Whether a row has anything in the columns of figures."""
        return any(at in self.grid.cells or at in self.grid.unread for at in ((row, each) for each in self._columns))

    def _check_merged(self) -> None:
        for area, (first, last) in self.grid.merged.items():
            if first <= self.head <= last or any(self._is_printed(row) for row in range(first, last + 1)):
                self.astray.refuse(f"{self.grid.file}!{area}", "merged cells", UNMERGED)

    def _check_unheaded(self) -> None:
        unread = {column: problem for (row, column), problem in self.grid.unread.items() if row == self.head}
        for column, problem in unread.items():
            self.astray.wrong[self.grid.where(self.head, column)] = replace(problem, expected="a heading that is text")
        headed = {*self._headings, *self._labelled, *unread}
        for (row, column), text in self.grid.cells.items():
            if row > self.head and column not in headed:
                self.astray.pass_over(self.grid.where(row, column), repr(text), UNHEADED)

    def _check_units(self) -> None:
        """Hold the units that headings, the title and a line above the table name against those that are declared."""
        named = [(self.grid.where(self.head, column), mark) for column, mark in self._columns.items()]
        named += [(self.grid.file, mark) for mark in self._titled.values()]
        variables = {mark.value for _, mark in named if mark.kind == "variable"}
        told = [(where, mark.value, mark.unit) for where, mark in named if mark.unit]
        for (row, column), text in self.grid.cells.items():
            line = UNIT_LINE.search(plain(text)) if row < self.head else None
            told += [(self.grid.where(row, column), variable, line[1]) for variable in variables] if line else []
        for where, variable, unit in told:
            self._check_unit(where, variable, unit)

    def _check_unit(self, where: str, variable: str, told: str) -> None:
        """Hold a printed unit, or several of several variables, against that of a variable."""
        if not any(self.labels.has_unit(variable, unit) for unit in (told, *UNITS.split(told))):
            declared = self.labels.metadata.variables[variable].unit.zh
            self.astray.refuse(where, f"the unit {told!r}", f"{declared!r}, as is declared of {variable}")

    def _given(self, row: int) -> Marks | None:
        """Give what the labels of a row stand for; None for a row of the whole, and where they cannot be told."""
        given: Marks = {}
        for column, kind in self._labelled.items():
            text = self.grid.cells.get((row, column), "")
            if kind == "region" and self.labels.is_whole(text):
                return None
            if self._word(text):
                self.astray.refuse(self.grid.where(row, column), repr(text), ALONE)
                return None
            mark = self.labels.mark(text, {kind})
            if mark and mark.unit:
                self._check_unit(self.grid.where(row, column), mark.value, mark.unit)
            both = common(mark, given.get(kind))
            if both is None:
                self._refuse_label((row, column), kind, mark)
                return None
            given[kind] = both
        return given

    def _refuse_label(self, at: tuple[int, int], kind: MarkKind, mark: Mark | None) -> None:
        """Note a label of a row that has figures: without, it may be a remark."""
        where, text = self.grid.where(*at), self.grid.cells.get(at)
        if not self._is_printed(at[0]):
            return
        if at in self.grid.unread:
            self.astray.wrong[where] = replace(self.grid.unread[at], expected=f"a {kind}")
        elif not text:
            self.astray.refuse(where, "nothing", f"a {kind}")
        elif mark:
            self.astray.refuse(where, repr(text), f"the same {kind} as in the columns before")
        else:
            self.astray.pass_over(where, repr(text), self.labels.near(text, {kind}))

    def _figure(self, at: tuple[int, int], marks: Marks) -> Iterator[Figure]:
        where, text = self.grid.where(*at), self.grid.cells.get(at, "")
        variable, year = marks["variable"].value, marks["year"].value
        regions = self.labels.among(marks["region"].value, variable, year)
        if wrong := self.grid.unread.get(at) or self.grid.unseen.get(at):
            self.astray.wrong[where] = wrong
        elif len(regions) > 1:
            found = f"a figure of {' or '.join(regions)}"
            expected = "the code of the region in place of its name"
            self.astray.wrong.setdefault(found, Problem(where, found, expected))  # once, not cell by cell
        elif text or self.labels.declares(variable, regions[0], year):
            yield Figure(variable, regions[0], year, text, where)

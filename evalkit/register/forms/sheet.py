"""A sheet of a form as it came in: where its keys, its columns and its rows are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from evalkit.register.forms.columns import ENTRIES, KEY_ROW, columns
from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.opening import Opened
from evalkit.register.forms.questions import Form, Section
from evalkit.register.forms.tidying import Given
from evalkit.register.forms.words import cited, label
from evalkit.tabular.xlsx.book import filled, out_of_sight
from evalkit.tabular.xlsx.book import label as text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

OVERFLOW = "#VALUE!"
SEARCHED = 12  # rows among which the keys of the columns stand


def given_in(cell: Cell) -> Given:
    """Give what stands in a cell."""
    fault = "" if cell.data_type != "e" else "day_overflow" if _is_no_day(cell) else "formula_error"
    return Given(cell.value, cell.number_format or "General", fault)


def _is_no_day(cell: Cell) -> bool:
    """Whether a cell holds a number that its format shows as a day, and that is none: openpyxl gives it as an error."""
    from openpyxl.styles import is_date_format

    return cell.value == OVERFLOW and is_date_format(cell.number_format)


@dataclass(frozen=True)
class FormSheet:
    """A sheet of a form as it came in."""

    opened: Opened
    cells: Worksheet
    section: Section
    form: Form

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.cells.title

    @cached_property
    def key_row(self) -> int:
        """The row of the columns' keys: people insert rows above it."""
        known = {column.key for column in columns(self.section, self.form.standing)}
        hits: dict[int, int] = {}
        for cell in filled(self.cells):
            if cell.row <= SEARCHED and text_of(cell) in known:
                hits[cell.row] = hits.get(cell.row, 0) + 1
        return max(hits, key=hits.get, default=KEY_ROW)

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells below the keys that hold something, or a formula without a result, by row and column."""
        found: dict[int, dict[int, Cell]] = {}
        formulas = [self.cells[at] for sheet, at in self.opened.formulas if sheet == self.name]
        for cell in (*filled(self.cells), *formulas):
            if cell.row > self.key_row:
                found.setdefault(cell.row, {})[cell.column] = cell
        return found

    def columns(self, said: Comments) -> dict[int, str]:
        """Say which column holds what; nothing where one is missing."""
        expected = [column.key for column in columns(self.section, self.form.standing)]
        language = self.form.survey.language
        chosen: dict[int, str] = {}
        for cell in sorted((each for each in filled(self.cells) if each.row == self.key_row), key=_column_of):
            key = text_of(cell)
            if key in chosen.values():
                said.say("column_twice", Place(self.name, cell.coordinate), name=label(key)[language])
            elif key in expected:
                chosen[cell.column] = key
                if cell.column != expected.index(key) + 1:
                    place = Place(self.name, cell.coordinate)
                    said.say("moved_column", place, level="note", name=label(key)[language])
        absent = [key for key in expected if key not in chosen.values()]
        for key in absent:
            said.say("no_column", Place(self.name, f"{self.key_row}:{self.key_row}"), name=label(key)[language])
        return {} if absent else chosen

    def placing(self, row: int, key: str) -> Callable[[str], Place]:
        """Give what names the cell of each column of a row."""
        return lambda column: Place(self.name, f"{self._letters.get(column, 'A')}{row}", key, column)

    @cached_property
    def _letters(self) -> dict[str, str]:
        return {text_of(cell): cell.column_letter for cell in filled(self.cells) if cell.row == self.key_row}

    def taken(self, cell: Cell, place: Place, said: Comments) -> Given:
        """Give what a cell holds; a formula counts by its result, and that is said."""
        formula, given = self.opened.formulas.get((self.name, cell.coordinate)), given_in(cell)
        if formula is not None and given.fault:
            return Given(given.value, given.number_format, "formula_error")
        if formula is None or given.fault or place.column not in ENTRIES:
            return given
        if given.is_blank:
            return Given(formula, fault="formula_blank")
        said.say("formula_value", place, level="note", formula=cited(formula), value=cited(given.value))
        return given

    def hidden(self, chosen: Mapping[int, str]) -> Iterator[tuple[Place, object]]:
        """Give the entries that stand where nobody sees them, one a row or a column."""
        hidden_rows, is_hidden = out_of_sight(self.cells)
        away = {column for column in chosen if is_hidden(column)}
        told: set[tuple[str, int]] = set()
        for row, cells in sorted(self.rows.items()):
            for column, cell in cells.items():
                mark = ("row", row) if row in hidden_rows else ("column", column) if column in away else None
                if mark and chosen.get(column) in ENTRIES and mark not in told:
                    told.add(mark)
                    yield Place(self.name, cell.coordinate), cell.value


def _column_of(cell: Cell) -> int:
    return cell.column

"""Workbooks of printed tables: a first sheet that leads to the others, and a sheet a table with its title and notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, chain, count
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.tabular.cells import Figures
from evalkit.tabular.table import Table
from evalkit.tabular.xlsx.writer import DAY, HEAD, book_at, fitted, text_width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

TITLE, HEADS, FIRST = 1, 2, 3  # rows of a sheet: above its title stands the way back, which is not printed
WIDEST, FOLDED, ARROW = 48, 12, 3  # of a column; of a head, from which on it is folded; of the sign that filters
SCREEN = 140  # from which width on a table is moved sideways
LOOK = {"zh": {"font_name": "宋体", "font_size": 11}, "en": {}}  # the type by whose figures columns are measured
LEFT, RIGHT, APART = (("align", "left"),), (("align", "right"),), (("align", "left"), ("indent", 1))  # of a column
PAGE = (123, 487)  # of A4 on its side, what is printed on: across in characters, down in points
SPILT = 1.15  # pages that are printed a little smaller on one, lest a few rows stand alone
RULES = {"border": 1, "border_color": "#BFBFBF"}
NARROWEST, BLANK = 80, 8  # of what is printed of a sheet, and of a column without a width, in characters
LINE, HIGHEST = 15, 409  # points, of one line, and of a row at most
CONTENTS = (36, 8, 110)  # the widths of the first sheet
SHEET_NAME = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # in the name of a sheet
WRITTEN = re.compile(r"([+-]?\d[\d,]*(?:\.(\d+))?)( %)?")  # of a number that is printed with its sign, or per cent


Side = tuple[tuple[str, object], ...]


@dataclass(frozen=True)
class Labels:
    """What the first sheet is called, what heads its columns, and what leads back to it."""

    contents: str
    table: str
    rows: str
    columns: str
    back: str

    @property
    def heads(self) -> tuple[str, str, str]:
        """What heads the columns of the first sheet."""
        return self.table, self.rows, self.columns


@dataclass(frozen=True)
class Front:
    """What a workbook says beside its tables, in their language.

    `header` stands on every printed page; `title` and below it `lines` on the first sheet; `notes` under each table.
    """

    header: str
    title: str
    labels: Labels
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Formats:
    """One format for each way to write a value, made when it is first asked for."""

    book: Workbook
    made: dict[tuple, Format]

    def __call__(self, **properties: object) -> Format:
        key = tuple(properties.items())
        if key not in self.made:
            self.made[key] = self.book.add_format({"valign": "top", **properties})
        return self.made[key]

    @property
    def title(self) -> Format:
        return self(bold=True, font_size=14, valign="vcenter")

    @property
    def head(self) -> Format:
        return self(**{**HEAD, **RULES, "align": "center", "valign": "vcenter"})

    @property
    def link(self) -> Format:
        return self(hyperlink=True)

    @property
    def note(self) -> Format:
        return self(text_wrap=True, font_size=9, font_color="#595959")

    def of(self, written: str, side: Side) -> Format:
        """Give the format of a cell, that of its number or day, or one for text, on a side of its column."""
        return self(**RULES, **dict(side), **({"num_format": written} if written else {"text_wrap": True}))


def write_workbook(tables: Mapping[str, Table], path: Path, front: Front) -> None:
    """Write one sheet a table with rows, under its name, after a first one that leads to each of them.

    A sheet has a way back, its title, the table and under it the notes. Numbers are numbers with the decimals and the
    signs that are printed, their thousands parted, and days are days; rows can be filtered, and title and heads stay in
    sight; pages are A4 landscape, as wide as the table.
    """
    filled = {name: table for name, table in tables.items() if table.rows}
    sheets = list(_sheet_names(filled.items(), front.labels.contents))
    language = next((table.language for table in filled.values()), "en")
    with book_at(path, title=front.header, look=LOOK[language]) as book:
        formats = _Formats(book, {})
        _contents(book.add_worksheet(front.labels.contents), sheets, front, formats)
        for name, title, table in sheets:
            _sheet(book.add_worksheet(name), title, table, front, formats)


def _sheet_names(tables: Iterable[tuple[str, Table]], contents: str) -> Iterator[tuple[str, str, Table]]:
    """Shorten names to what a sheet may be called, and tell those apart that Excel would take for one."""
    taken = {contents.casefold()}
    for name, table in tables:
        plain = FORBIDDEN.sub(" ", name).strip("' ") or "-"
        tried = (plain[: SHEET_NAME - len(end)] + end for end in chain([""], map("~{}".format, count(2))))
        found = next(each for each in tried if each.casefold() not in taken)
        taken.add(found.casefold())
        yield found, name, table


def _contents(sheet: Worksheet, sheets: list, front: Front, formats: _Formats) -> None:
    """Say what the workbook is, and name every table, as a link to it, with its rows and columns."""
    _page(sheet, front.header)
    sheet.write_string(0, 0, front.title, formats.title)
    for row, line in enumerate(front.lines, start=1):
        sheet.write_string(row, 0, line, formats())
    heads = len(front.lines) + 2
    for place, (head, width) in enumerate(zip(front.labels.heads, CONTENTS, strict=True)):
        sheet.set_column(place, place, width)
        sheet.write_string(heads, place, head, formats.head)
    for row, (name, title, table) in enumerate(sheets, start=heads + 1):
        sheet.write_url(row, 0, _link(name), formats.link, title)
        sheet.write_number(row, 1, len(table), formats(num_format="#,##0"))
        sheet.write_string(row, 2, _columns(table), formats(align="left", indent=1))
    sheet.repeat_rows(heads)


def _columns(table: Table) -> str:
    """Name the columns of a table, as many as have room in one line."""
    named = [label.replace("\n", " ") for label in table.labels]
    ends = accumulate(text_width(label) + 3 for label in named)
    known = [label for label, end in zip(named, ends, strict=True) if end < CONTENTS[-1]] or named[:1]
    return " · ".join([*known, *(["…"] if len(known) < len(named) else [])])


def _sheet(sheet: Worksheet, title: str, table: Table, front: Front, formats: _Formats) -> None:
    """Write the way back, the title, the table and the notes, and set what is printed."""
    last, end = len(table.labels) - 1, FIRST + len(table) - 1
    sides = _sides(table)
    widths = [_width(*column) for column in zip(table.labels, sides, zip(*table.rows, strict=True), strict=True)]
    beside = max(0, ceil((NARROWEST - sum(widths)) / BLANK))  # blank columns, so that a narrow table has room for notes
    across = sum(widths) + BLANK * beside
    heights = {TITLE: 1.5 * LINE} | {row: _high(max(map(_lines, cells, widths))) for row, cells in _rows(table)}
    heights |= {row: _high(_lines(note, across)) for row, note in enumerate(front.notes, start=end + 2)}
    _page(sheet, front.header, tall=_pages(heights, across))
    for row, height in heights.items():
        if height != LINE:
            sheet.set_row(row, height)
    sheet.write_url(0, 0, _link(front.labels.contents), formats.link, front.labels.back)
    sheet.write_string(TITLE, 0, title, formats.title)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
        sheet.write_string(HEADS, column, table.labels[column], formats.head)
    for row, cells in enumerate(table.rows, start=FIRST):
        for column, cell in enumerate(cells):
            value, written = _entry(cell)
            sheet.write(row, column, value, formats.of(written, sides[column]))
    sheet.autofilter(HEADS, 0, end, last)
    sheet.freeze_panes(FIRST, _named(table) if sum(widths) > SCREEN else 0)
    sheet.repeat_rows(TITLE, HEADS)
    for row, note in enumerate(front.notes, start=end + 2):
        if last + beside:
            sheet.merge_range(row, 0, row, last + beside, "", formats.note)
        sheet.write_string(row, 0, note, formats.note)
    sheet.print_area(TITLE, 0, end + bool(front.notes) + len(front.notes), last + beside)


def _rows(table: Table) -> Iterator[tuple[int, Sequence]]:
    """Give the heads and the cells of a table, each with its row of the sheet."""
    return enumerate([table.labels, *table.rows], start=HEADS)


def _pages(heights: Mapping[int, float], across: float) -> int:
    """Give how many pages hold rows of some heights, printed a little smaller if need be; 0 where that is not worth it.

    Title and heads stand on every page.
    """
    wide, high = PAGE
    repeated = heights[TITLE] + heights[HEADS]
    pages = (sum(heights.values()) - repeated) / (high * max(1, across / wide) - repeated)
    return int(pages) if 1 < pages <= SPILT * int(pages) else 0


def _sides(table: Table) -> list[Side]:
    """Say where the cells of each column stand: figures to the right, and text after them at a distance."""
    after = zip((False, *table.numeric), table.numeric, strict=False)
    return [RIGHT if numeric else APART if before else LEFT for before, numeric in after]


def _named(table: Table) -> int:
    """Give how many columns tell what a row is of: the first, or one more if that is a number."""
    return min(1 + table.numeric[0], len(table.labels))


def _width(label: str, side: Side, cells: tuple) -> int:
    """Give the width of a column, in which a long head is folded once, beside the sign that filters."""
    head, beside = text_width(label), 2 + (side == APART)
    folded = head if head <= FOLDED else ceil(head / 2) + 1
    return min(WIDEST, max(beside + max(map(text_width, cells)), ARROW + folded))


def _high(lines: int) -> float:
    return min(HIGHEST, LINE * lines)


def _lines(cell: object, width: int) -> int:
    """Count the lines that a text takes in a column; the last place of a line often stays blank."""
    text = str(cell)
    if 2 * len(text) <= width and "\n" not in text:
        return 1
    wide = map(text_width, text.split("\n"))
    return sum(1 if line <= width else ceil(line / (width - 1)) for line in wide)


def _page(sheet: Worksheet, header: str, *, tall: int = 0) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, tall)
    sheet.set_header(f"&L&9{fitted(header).replace('&', '&&')}&R&9&P / &N")


def _link(name: str) -> str:
    quoted = name.replace("'", "''")
    return f"internal:'{quoted}'!A1"


def _entry(cell: object) -> tuple[object, str]:
    """Give what Excel holds for a cell, and how it writes it: a day, or a number with its decimals, sign and unit.

    What is printed as a number with its sign or in per cent is that number; of text there is nothing to say.
    """
    if isinstance(cell, date):
        return cell, DAY
    found = WRITTEN.fullmatch(str(cell)) if isinstance(cell, Figures | Decimal) else None
    if not found:
        return cell, ""
    decimals = len(found[2] or "")
    size = "#,##0" + "." * bool(decimals) + "0" * decimals + ('" %"' if found[3] else "")
    if isinstance(cell, Decimal):
        return cell, size
    return float(found[1].replace(",", "")), f"+{size};-{size};{size}" if cell[0] in "+-" else size

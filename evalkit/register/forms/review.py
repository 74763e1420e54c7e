"""The sheet of an answer that lists all that is said of a form."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evalkit.register.forms.comments import Comment, where
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label
from evalkit.tabular.xlsx.writer import book_at, text_width

COLUMNS = {"number": 6, "level": 8, "where": 26, "row_name": 30, "found": 46, "expected": 46, "rule": 18}
LINE_HEIGHT = 14


@dataclass(frozen=True)
class Line:
    """A comment, and the sheet and the cell of the answer that it is marked in, if there is one."""

    comment: Comment
    marked: tuple[str, str] | None = None


def write_review(
    sheet, lines: Sequence[Line], heading: Sequence[tuple[str, str]], language: str, styles: Styles
) -> None:
    """Fill the sheet: what became of the form, then a row a comment, with a link to its cell."""
    for row, (name, text) in enumerate(heading):
        sheet.write_string(row, 0, name, styles["label"])
        sheet.write_string(row, 2, text, styles["note"])
    top = len(heading) + 1
    for place, (key, width) in enumerate(COLUMNS.items()):
        sheet.set_column(place, place, width)
        sheet.write_string(top, place, label(key)[language], styles["heading"])
    for row, line in enumerate(lines, start=top + 1):
        _write_line(sheet, row, line, (row - top, language), styles)
    if not lines:
        sheet.write_string(top + 1, 2, label("nothing")[language], styles["note"])
    sheet.repeat_rows(top)
    sheet.freeze_panes(top + 1, 0)


def write_list(path: Path, comments: Iterable[Comment], heading: Sequence[tuple[str, str]], language: str) -> None:
    """Write a workbook with this sheet alone: the answer to what is no form."""
    with book_at(path) as book:
        sheet = book.add_worksheet(label("review")[language])
        write_review(sheet, [Line(comment) for comment in comments], heading, language, Styles(book))


def cells_of(comment: Comment, number: int, language: str) -> dict[str, str]:
    """Give what is printed of a comment, by column."""
    return {
        "number": str(number),
        "level": label(f"level_{comment.level}")[language],
        "where": where(comment.place, language),
        "row_name": comment.name[language] if comment.name else "",
        "found": comment.found[language],
        "expected": comment.expected[language],
        "rule": comment.rule,
    }


def _write_line(sheet, row: int, line: Line, numbered: tuple[int, str], styles: Styles) -> None:
    cells = cells_of(line.comment, *numbered)
    lines = max(math.ceil(1.15 * text_width(text) / COLUMNS[key]) for key, text in cells.items())
    sheet.set_row(row, LINE_HEIGHT * lines)
    for place, (key, text) in enumerate(cells.items()):
        if key == "where" and line.marked:
            name, cell = line.marked
            quoted = name.replace("'", "''")
            sheet.write_url(row, place, f"internal:'{quoted}'!{cell}", styles["link"], string=text)
        else:
            sheet.write_string(row, place, text, styles.marked("said", line.comment.level if key == "level" else None))

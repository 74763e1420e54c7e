"""A filled form, read from its workbook: whatever is wrong with it is told by its cell, all at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evalkit.base.limits import MEGABYTE
from evalkit.register.forms import tidying
from evalkit.register.forms.answers import Filled, Gathering
from evalkit.register.forms.columns import ENTRIES, KEY, NEW, SCOPES, sheet_names
from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.cover import ENTERED, entered
from evalkit.register.forms.identity import LANGUAGES, form_of, read_cover, text_in
from evalkit.register.forms.opening import Opened, open_form
from evalkit.register.forms.questions import Question, Section, Survey
from evalkit.register.forms.sheet import FormSheet
from evalkit.register.forms.table import read_table
from evalkit.register.forms.tidying import Given
from evalkit.register.forms.words import cited, label
from evalkit.tabular.xlsx.book import filled
from evalkit.tabular.xlsx.book import label as text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell


def read_filled(path: Path, survey: Survey) -> Filled:
    """Read a workbook that came in, or a table in CSV, against what was asked."""
    said, sha256 = Comments(), sha256_of(path)
    if path.suffix.lower() == ".csv":
        gathering = read_table(path, survey, said)
    else:
        opened = open_form(path, said)
        gathering = read_workbook(opened, survey, said, path.name) if opened else None
    if gathering is None:
        return Filled(path.name, sha256, comments=tuple(said.all))
    answers, comments = gathering.done()
    untouched = gathering.is_untouched
    return Filled(path.name, sha256, gathering.form, answers, gathering.entries, comments, untouched)


def sha256_of(path: Path) -> str:
    """Give the digest of the bytes of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(MEGABYTE):
            digest.update(chunk)
    return digest.hexdigest()


def read_workbook(opened: Opened, survey: Survey, said: Comments, file: str) -> Gathering | None:
    """Read the sheets of a workbook; None where nobody can tell whose form it is."""
    cover = read_cover(opened, said)
    form = form_of(cover, survey, said) if cover else None
    if form is None:
        return None
    names = sheet_names(form)
    if cover["scope"] != SCOPES[False]:
        form = form.only(_keys(opened))
    current = not said.all
    gathering = Gathering(form, file, said if current else Comments())
    asked = sheet_names(form)
    _check_sheets(opened, asked, names, gathering.said)
    there = {sheet.title: sheet for sheet in opened.book.worksheets}
    read = [
        section
        for name, section in asked.items()
        if name in there and _read_section(FormSheet(opened, there[name], section, form), gathering)
    ]
    _check_whole(gathering, cover, read)
    gathering.is_untouched = cover.get(ENTERED) == entered(gathering.entries)
    gathering.said = said  # of a form that was not to be used, nothing else is said
    return gathering


def _keys(opened: Opened) -> set[str]:
    """Give what stands in the first columns: the keys of the rows that are there."""
    return {text_of(cell) for sheet in opened.book.worksheets for cell in filled(sheet) if cell.column == 1}


def _check_whole(gathering: Gathering, cover: Mapping[str, str], read: Iterable[Section]) -> None:
    """Say which rows are gone from the sheets that were read; those of a form for what is open only it can name."""
    asked = gathering.form.questions
    if cover["scope"] == SCOPES[False]:
        gathering.missed({question.key: question for section in read for question in section.questions})
    elif cover["asked"] != gathering.form.asked:
        still = gathering.form.survey.open_form(gathering.form.reporter)
        gathering.missed({key: each for key, each in still.questions.items() if key not in asked} if still else {})


def _check_sheets(opened: Opened, asked: Iterable[str], names: Iterable[str], said: Comments) -> None:
    """Say which sheets that are asked for are gone or hidden, and which are none of the names of the form's."""
    book = opened.book
    for name in asked:
        if name not in book.sheetnames or book[name] not in book.worksheets:
            said.say("no_sheet", Place(name), name=name)
        elif book[name].sheet_state != "visible":
            said.say("hidden_sheet", Place(name))
    ours = {*names, *(label(key)[language] for key in ("cover", "review") for language in LANGUAGES)}
    for sheet in book.worksheets:
        cells = filled(sheet) if sheet.title not in ours else []
        if cells:
            said.say("added_sheet", Place(sheet.title), name=sheet.title, cell=cells[0].coordinate)


def _read_section(sheet: FormSheet, gathering: Gathering) -> bool:
    """Read the rows of a sheet; nothing is read where a column is missing, for no row could be judged."""
    said = gathering.said
    for area in sheet.cells.merged_cells.ranges:
        said.say("merged", Place(sheet.name, area.coord))
    chosen = sheet.columns(said)
    if not chosen:
        return False
    asked = {question.key: question for question in sheet.section.questions}
    for row, cells in sorted(sheet.rows.items()):
        _read_row(sheet, (row, {chosen[at]: cell for at, cell in cells.items() if at in chosen}), asked, gathering)
        for at, cell in cells.items():
            if at not in chosen:
                said.say("stray", Place(sheet.name, cell.coordinate), value=cited(cell.value))
    for place, value in sheet.hidden(chosen):
        said.say("hidden_cell", place, value=cited(value))
    return True


def _read_row(sheet: FormSheet, found: tuple[int, dict[str, Cell]], asked: Mapping, gathering: Gathering) -> None:
    row, cells = found
    said, section = gathering.said, sheet.section
    key = str(cells[KEY].value).strip() if KEY in cells else ""
    question = asked.get(key)
    entered = {column: cell for column, cell in cells.items() if column in ENTRIES}
    is_new = section.units_of and key in ("", NEW)
    if question is None and is_new and (entered or "unit" in cells):
        question, key = Question(section.units_of, sheet.form.reporter), gathering.new_key(section.units_of)
        entered |= {column: cells[column] for column in ("unit",) if column in cells}
    elif question is None:
        unknown = (entered if is_new else cells) if key in ("", NEW) else cells
        for cell in list(unknown.values())[:1]:
            said.say("unknown_row", Place(sheet.name, cell.coordinate), value=cited(key or cell.value))
        return
    elif key in gathering.entries:
        first = next(each["cell"] for each in gathering.rows if each["key"] == key)
        said.say("row_twice", Place(sheet.name, cells[KEY].coordinate), value=cited(key), first=first)
        return
    else:
        _check_row(sheet, cells, question, said)
        entered |= {column: cells[column] for column in ("last",) if column in cells}
    place = sheet.placing(row, key)
    given = {column: sheet.taken(cell, place(column), said) for column, cell in entered.items()}
    gathering.take(question, key, given, place)


def _check_row(sheet: FormSheet, cells: Mapping[str, Cell], question: Question, said: Comments) -> None:
    """Hold what stands in the locked cells of a row against its key: the rows may have been mixed up."""
    column, expected = ("unit", question.unit) if sheet.section.units_of else ("variable", question.variable)
    cell = cells.get(column)
    told = "" if cell is None else text_in(cell)
    if told != tidying.code(Given(expected), lambda *_, **__: None):
        place = Place(sheet.name, "" if cell is None else cell.coordinate, question.key, column)
        said.say("moved_row", place, found=cited(told), expected=expected)


def _given(cell: Cell) -> Given:
    return Given(cell.value, cell.number_format or "General", cell.data_type == "e")

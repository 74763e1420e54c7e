"""A filled form as a table in CSV, for machines: one row a figure, the columns by their keys."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path

from evalkit.base.errors import EvalkitError
from evalkit.base.reading import read_text
from evalkit.register.forms import tidying
from evalkit.register.forms.answers import Gathering
from evalkit.register.forms.columns import ENTRIES, FORM_KIND, SCOPES
from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.identity import form_of
from evalkit.register.forms.opening import MOST_PACKED
from evalkit.register.forms.questions import SEPARATOR, Question, Survey
from evalkit.register.forms.tidying import Given, UnfitError
from evalkit.register.forms.words import cited
from evalkit.tabular.csv import FORMULA
from evalkit.tabular.xlsx.entries import NUMBER

# Whose the table is, the same in every row; and which figure each row is of.
WHOSE = ("study", "reporter", "year", "version")
FIGURE = ("variable", "region")
NEEDED = (*WHOSE, *FIGURE, "value", "state")
KNOWN = (*NEEDED, "unit", "last", *(column for column in ENTRIES if column not in NEEDED))


def read_table(path: Path, survey: Survey, said: Comments) -> Gathering | None:
    """Read a table; None where nobody can tell whose it is, with what is wrong added to `said`."""
    try:
        rows = list(csv.reader(io.StringIO(read_text(path, most=MOST_PACKED), newline="")))
    except (EvalkitError, csv.Error) as error:
        said.refuse("csv_bad", why=error.brief if isinstance(error, EvalkitError) else str(error))
        return None
    header = rows[0] if rows else []
    if not _has_columns(header, said):
        return None
    found = {number: row for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)}
    records = {number: _record(header, row) for number, row in found.items()}
    for number, row in found.items():
        if len(row) != len(header):
            said.say("stray", Place("", f"{number}"), value=cited(",".join(row)))
    whose = _whose(records, said)
    form = form_of(whose, survey, said) if whose else None
    if form is None:
        return None
    gathering = Gathering(form, path.name, said)
    if not said.all:
        for number, record in records.items():
            _take(number, record, gathering)
        gathering.missed(form.questions)
    return gathering


def _has_columns(header: list[str], said: Comments) -> bool:
    before = len(said.all)
    for name in dict.fromkeys(header):
        if name not in KNOWN:
            said.say("stray", Place("", "1"), value=cited(name))
        elif header.count(name) > 1:
            said.say("column_twice", Place("", "1"), name=name)
    for name in NEEDED:
        if name not in header:
            said.say("no_column", Place("", "1"), name=name)
    return len(said.all) == before


def _record(header: list[str], row: list[str]) -> dict[str, str]:
    return {name: _unguarded(cell) for name, cell in zip(header, row, strict=False)}


def _unguarded(cell: str) -> str:
    """Take away the apostrophe that guards text which begins as a formula does."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:]) else cell


def _whose(records: Mapping[int, Mapping[str, str]], said: Comments) -> dict[str, str] | None:
    """Say whose the table is: every row says the same."""
    told = {key: {_code(record.get(key, "")) for record in records.values()} for key in WHOSE}
    wrong = [key for key, found in told.items() if len(found) != 1 or "" in found]
    if wrong:
        said.say("no_cover", Place("", "1"), name="CSV", keys=", ".join(wrong))
        return None
    return {key: next(iter(found)) for key, found in told.items()} | {"form": FORM_KIND, "scope": SCOPES[False]}


def _code(cell: str) -> str:
    try:
        return tidying.code(Given(cell), lambda *_, **__: None)
    except UnfitError:
        return cell


def _take(number: int, record: Mapping[str, str], gathering: Gathering) -> None:
    variable, region, unit = (_code(record.get(name, "")) for name in (*FIGURE, "unit"))
    key = SEPARATOR.join(filter(None, (variable, region, unit)))
    question, form = gathering.form.questions.get(key), gathering.form
    units_of = [section.units_of for section in form.sections]
    if question is None and variable in units_of and region == form.reporter:
        question, key = Question(variable, region), gathering.new_key(variable)
    if question is None:
        gathering.said.say("unknown_row", Place("", f"{number}"), value=cited(key))
        return
    if key in gathering.entries:
        first = next(row["cell"] for row in gathering.rows if row["key"] == key)
        gathering.said.say("row_twice", Place("", f"{number}"), value=cited(key), first=first)
        return
    given = {name: Given(_typed(name, cell)) for name, cell in record.items() if name in (*ENTRIES, "unit", "last")}
    gathering.take(question, key, given, _placing(number, key))


def _typed(name: str, cell: str) -> object:
    """Take plain numbers for what they are: a table has no types."""
    plain = name in ("value", "last") and cell.isascii() and NUMBER.fullmatch(cell)
    return float(cell) if plain else cell


def _placing(number: int, key: str) -> Callable[[str], Place]:
    return lambda column: Place("", f"{number}:{column}", key, column)

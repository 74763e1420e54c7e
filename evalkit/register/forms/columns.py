"""The columns of a form, and the sheets on which its questions stand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from evalkit.register.forms.questions import DEPARTMENT, Form, Section
from evalkit.register.forms.words import label

KEY = "key"
NEW = "new"  # the key of a row that waits for a new unit
TITLE_ROW, NOTE_ROW, HEADING_ROW, KEY_ROW = range(1, 5)  # the keys are hidden
FIRST_ROW = KEY_ROW + 1
SPARE = 12  # blank rows for new units
COVER_KEYS = (
    "form", "study", "reporter", "standing", "year", "system", "version", "scope", "asked",
)  # fmt: skip
FORM_KIND = "evalkit form 1"
SCOPES = ("all", "open")
STATES = ("value", "missing", "not applicable", "not due")  # that a reporter can give
ENTRIES = ("value", "state", "reason", "explanation", "source", "page", "compiler", "compiled")
SHEET_NAME = 31
UNFIT = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True)
class Column:
    """A column of a form: its key, its width, and whether it is filled in."""

    key: str
    width: int
    is_open: bool = False


_WIDTHS = {
    "key": 4, "variable": 13, "name": 20, "region": 9, "unit": 28, "definition": 27, "measure": 8, "last": 12,
    "value": 13, "state": 8, "reason": 14, "explanation": 15, "source": 16, "page": 6, "compiler": 8, "compiled": 11,
}  # fmt: skip


def columns(section: Section, standing: str) -> tuple[Column, ...]:
    """Give the columns of a sheet; in a register the facility is filled in, too, where it is new."""
    if section.units_of:
        said: tuple[str, ...] = ("unit", "measure", "last")
    else:
        region = ("region",) if standing == DEPARTMENT else ()
        said = ("variable", "name", *region, "definition", "measure", "last")
    return tuple(Column(key, _WIDTHS[key], key in ENTRIES) for key in (KEY, *said, *ENTRIES))


def sheet_names(form: Form) -> dict[str, Section]:
    """Give the sections of a form by the names of their sheets, which Excel takes."""
    language = form.survey.language
    taken = {label(key)[language].casefold() for key in ("cover", "review")}
    named: dict[str, Section] = {}
    for section in form.sections:
        prefix = "" if section.units_of else f"{section.code} "
        name = _fit(prefix + section.name[language], taken)
        taken.add(name.casefold())
        named[name] = section
    return named


def state_label(state: str, language: str) -> str:
    """Give the word for a state."""
    return label(f"state_{state.replace(' ', '_')}")[language]


def _fit(name: str, taken: Iterable[str]) -> str:
    plain = UNFIT.sub("·", name).strip("' ")[:SHEET_NAME].strip() or "·"
    number, fitted = 2, plain
    while fitted.casefold() in taken:
        tail = f" {number}"
        number, fitted = number + 1, plain[: SHEET_NAME - len(tail)] + tail
    return fitted

"""The first sheet of a form: whose it is, and how it is filled in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import datetime

from evalkit.register.forms.columns import FORM_KIND, SCOPES, STATES, state_label
from evalkit.register.forms.questions import Form, digest
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label, words
from evalkit.tabular.xlsx.writer import text_width

FIRST = 2  # after the title
WIDTHS = (20, 10, 92)
LINE_HEIGHT = 16
ENTERED = "entered"
Entries = Mapping[str, Mapping[str, object]]


def told(form: Form, entries: Entries | None = None) -> dict[str, str]:
    """Give what the cover says of a form, by key, as it is read again; of an answer, also a digest of its entries."""
    survey = form.survey
    filled = {} if entries is None else {ENTERED: entered(entries)}
    return filled | {
        "form": FORM_KIND,
        "study": survey.study,
        "reporter": form.reporter,
        "standing": form.standing,
        "year": str(survey.year),
        "system": f"{survey.system.code} {survey.system.version}",
        "version": form.version,
        "scope": SCOPES[form.partial],
        "asked": form.asked,
    }


def entered(entries: Entries) -> str:
    """Give a digest of what is filled in, however a program writes it: it tells an answer that nobody has touched."""
    return digest(
        sorted(
            [key, column, _plain(value)]
            for key, row in entries.items()
            for column, value in row.items()
            if _plain(value)
        )
    )


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:.12g}"
    return "" if value is None else str(value).strip().upper()


def write_cover(sheet, form: Form, styles: Styles, entries: Entries | None = None) -> None:
    """Fill the first sheet."""
    language = form.survey.language
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, None, {"hidden": place == 1})
    sheet.write_string(0, 0, f"{form.survey.title[language]} · {form.name[language]}", styles["title"])
    row = FIRST
    for name, key, text in _lines(form, language, entries):
        sheet.set_row(row, LINE_HEIGHT * math.ceil(max(text_width(text), 1) / WIDTHS[2]))
        sheet.write_string(row, 0, name, styles["note" if key else "label"])
        if key:
            sheet.write_string(row, 1, key, styles["key"])
        sheet.write_string(row, 2, text, styles["note" if key else "plain"])
        row += 1


def _lines(form: Form, language: str, entries: Entries | None) -> Iterator[tuple[str, str, str]]:
    """Give the label, the key and the text of every line; what is read again comes last."""
    for key, text in _for_people(form, language):
        yield label(key)[language], "", text
    for number, line in enumerate(words().how):
        yield "" if number else label("how")[language], "", f"{number + 1}. {line[language]}"
    for number, line in enumerate(_legend(language)):
        yield "" if number else label("legend")[language], "", line
    for key, text in told(form, entries).items():
        yield label(key)[language], key, text


def _for_people(form: Form, language: str) -> Iterator[tuple[str, str]]:
    survey = form.survey
    yield "reporter_name", form.name[language]
    yield "standing", label(f"standing_{form.standing}")[language]
    yield "year", str(survey.year)
    yield "scope", label(f"scope_{SCOPES[form.partial]}")[language]
    if survey.deadline:
        yield "deadline", survey.deadline.isoformat()
    if survey.metadata.synthetic:
        yield "synthetic", survey.metadata.synthetic[language]


def _legend(language: str) -> Iterator[str]:
    colon = "：" if language == "zh" else ": "
    for state in STATES:
        meaning = label(f"meaning_{state.replace(' ', '_')}")[language]
        yield f"{state_label(state, language)}{colon}{meaning}"
    for level in ("error", "warning"):
        yield label(f"legend_{level}")[language]

"""The first sheet of a form: whose it is, and how it is filled in."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.register.forms.columns import FORM_KIND, SCOPES, STATES, state_label
from evalkit.register.forms.questions import Form
from evalkit.register.forms.styles import Styles
from evalkit.register.forms.words import label, words

FIRST = 2  # after the title
WIDTHS = (20, 10, 92)


def told(form: Form) -> dict[str, str]:
    """Give what the cover says of a form, by key, as it is read again."""
    survey = form.survey
    return {
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


def write_cover(sheet, form: Form, styles: Styles) -> None:
    """Fill the first sheet."""
    language = form.survey.language
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, None, {"hidden": place == 1})
    sheet.write_string(0, 0, f"{form.survey.title[language]} · {form.name[language]}", styles["title"])
    row = FIRST
    for name, key, text in _lines(form, language):
        sheet.write_string(row, 0, name, styles["note" if key else "label"])
        if key:
            sheet.write_string(row, 1, key, styles["key"])
        sheet.write_string(row, 2, text, styles["note" if key else "plain"])
        row += 1


def _lines(form: Form, language: str) -> Iterator[tuple[str, str, str]]:
    """Give the label, the key and the text of every line; what is read again comes last."""
    for key, text in _for_people(form, language):
        yield label(key)[language], "", text
    for number, line in enumerate(words().how):
        yield "" if number else label("how")[language], "", f"{number + 1}. {line[language]}"
    for number, line in enumerate(_legend(language)):
        yield "" if number else label("legend")[language], "", line
    for key, text in told(form).items():
        yield label(key)[language], key, text


def _for_people(form: Form, language: str) -> Iterator[tuple[str, str]]:
    survey = form.survey
    yield "reporter_name", form.name[language]
    yield "standing", label(f"standing_{form.standing}")[language]
    yield "year", str(survey.year)
    yield "scope", label(f"scope_{SCOPES[form.partial]}")[language]
    if form.reporter in survey.deadlines:
        yield "deadline", survey.deadlines[form.reporter].isoformat()
    if survey.metadata.synthetic:
        yield "synthetic", survey.metadata.synthetic[language]


def _legend(language: str) -> Iterator[str]:
    colon = "：" if language == "zh" else ": "
    for state in STATES:
        meaning = label(f"meaning_{state.replace(' ', '_')}")[language]
        yield f"{state_label(state, language)}{colon}{meaning}"
    for level in ("error", "warning"):
        yield label(f"legend_{level}")[language]

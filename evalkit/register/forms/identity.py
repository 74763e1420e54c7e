"""Whose form a workbook is: what its first sheet says, held against what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evalkit.register.forms import tidying
from evalkit.register.forms.columns import COVER_KEYS, FORM_KIND
from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.cover import ENTERED
from evalkit.register.forms.opening import Opened
from evalkit.register.forms.questions import Form, Survey
from evalkit.register.forms.sheet import given_in
from evalkit.register.forms.tidying import UnfitError
from evalkit.register.forms.words import cited, label
from evalkit.tabular.xlsx.book import filled, is_blank
from evalkit.tabular.xlsx.book import label as text_of

if TYPE_CHECKING:
    from openpyxl.cell import Cell

LANGUAGES = ("zh", "en")


def form_of(cover: Mapping[str, str], survey: Survey, said: Comments) -> Form | None:
    """Give the form that a cover names; what keeps it from being taken is added to `said`."""
    place = Place(cover.get("sheet", ""))
    if cover["form"] != FORM_KIND or cover["study"] != survey.study:
        said.say("wrong_study", place, found=cited(f"{cover['study']} ({cover['form']})"), expected=survey.study)
    elif cover["year"] != str(survey.year):
        said.say("wrong_year", place, found=cited(cover["year"]), expected=survey.year)
    elif cover["reporter"] not in survey.reporters:
        said.say("wrong_reporter", place, found=cited(cover["reporter"]))
    else:
        form = survey.form(cover["reporter"])
        if cover["version"] != form.version:
            said.say("wrong_version", place, found=cited(cover["version"]), expected=form.version)
        return form
    return None


def read_cover(opened: Opened, said: Comments) -> dict[str, str] | None:
    """Give what the first sheet says of a form, by key; None where it lacks something."""
    names = [label("cover")[language] for language in LANGUAGES]
    name = next((each for each in names if each in opened.book.sheetnames), names[0])
    found: dict[str, str] = {}
    if name in opened.book.sheetnames and hasattr(opened.book[name], "merged_cells"):
        sheet = opened.book[name]
        for cell in filled(sheet):
            beside = sheet.cell(cell.row, cell.column + 1)
            if text_of(cell) in (*COVER_KEYS, ENTERED) and not is_blank(beside):
                found.setdefault(text_of(cell), text_in(beside))
    absent = [key for key in COVER_KEYS if not found.get(key)]
    if absent:
        said.say("no_cover", Place(name), name=name, keys=", ".join(absent))
        return None
    return found | {"sheet": name}


def text_in(cell: Cell) -> str:
    """Give the text of a locked cell as a code; what cannot be read is given as it is."""
    try:
        return tidying.code(given_in(cell), lambda *_, **__: None)
    except UnfitError:
        return str(cell.value)

"""A small study, made up: two cities and a county, two projects, a register of libraries; and its forms."""

import warnings
from datetime import date

import openpyxl
import pandas as pd

from evalkit.base.text import Text
from evalkit.data.metadata import Metadata
from evalkit.index import IndexSystem
from evalkit.register.forms.columns import FIRST_ROW, KEY_ROW
from evalkit.register.forms.questions import Survey
from evalkit.register.forms.reading import read_filled
from evalkit.register.forms.writing import write_form

YEAR = 2012
CARE, CULTURE, LIBRARIES = "P1 医疗", "P2 文化", "图书馆面积"


def text(zh):
    return {"zh": zh, "en": "".join(chr(ord("a") + ord(each) % 26) for each in zh)}


def indicator(code, departments, **terms):
    posts = {"worst": 0, "best": 9, "basis": text("书"), "date": "2012"}
    posts |= {"worst_status": "proxy", "best_status": "proxy"}
    named = {"code": code, "name": text(code), "unit": text("个"), "layer": "output", "goalposts": posts}
    return named | {"responsible": departments} | terms


SYSTEM = IndexSystem.model_validate(
    {
        "code": "small",
        "version": "1",
        "name": text("小"),
        "departments": {
            code: {"names": ({"name": text(code)},), "source": text("书")} for code in ("health", "culture", "sport")
        },
        "tree": {
            "code": "index",
            "name": text("总"),
            "level": "index",
            "children": (
                {
                    "code": "P1",
                    "name": text("医疗"),
                    "level": "project",
                    "children": (
                        indicator("I1", ("health", "sport"), numerator="doctors", denominator="people"),
                        indicator("I2", ("health",), variable="spending"),
                    ),
                },
                {
                    "code": "P2",
                    "name": text("文化"),
                    "level": "project",
                    "children": (
                        indicator("I3", ("culture",), variable="library_area"),
                        indicator("I4", ("culture",), numerator="readers", denominator="people"),
                    ),
                },
            ),
        },
    }
)


def variable(name, **more):
    """Declare a variable, by default a count of cities and counties in two years."""
    declared = {"name": text(name), "unit": text("人"), "definition": text(f"年末{name}"), "kind": "count"}
    return declared | {"scope": text("全"), "levels": ("city", "county"), "years": (2011, 2012)} | more


VARIABLES = {
    "people": variable("人口"),
    "doctors": variable("医师"),
    "spending": variable("支出", kind="amount", unit=text("万元"), scale=10000.0, valid=(None, None)),
    "library_area": variable("图书馆面积", kind="facility", levels=("county",), unit=text("平方米")),
    "readers": variable("读者", levels=("city",), years=(2012, 2012)),
    "unasked": variable("无关"),
}
METADATA = Metadata.model_validate(
    {
        "title": text("小"),
        "licence": text("无"),
        "synthetic": text("演示"),
        "publications": {code: {"title": text(code), "stated": True} for code in ("book", "form")},
        "variables": VARIABLES,
    }
)
REGIONS = pd.DataFrame(
    {
        "name_zh": ["甲市", "乙市", "丁县", "旧县"],
        "name_en": ["A", "B", "D", "Old"],
        "level": ["city", "city", "county", "county"],
        "parent": [None, None, "0100", "0100"],
        "since": [None] * 4,
        "until": [None, None, None, 2010.0],
    },
    index=pd.Index(["0100", "0200", "0101", "0102"], name="code"),
)
BEFORE = [
    ("people", "0100", "", 1000.0), ("doctors", "0100", "", 20.0), ("spending", "0100", "", -3.5),
    ("people", "0101", "", 400.0), ("library_area", "0101", "老馆", 1500.0), ("library_area", "0101", "=新馆", 900.0),
]  # fmt: skip


def figures(rows=BEFORE, year=2011, **more):
    table = pd.DataFrame(rows, columns=["variable", "region", "unit", "value"])
    return table.assign(year=year, state="value", publication="book", **more)


def survey(**changes):
    given = {"figures": figures(), "publication": "form", "language": "zh"} | changes
    return Survey("small", Text(zh="小评价", en="small study"), YEAR, SYSTEM, METADATA, REGIONS, **given)


def fill(path, *edits, reporter="0100", of=None):
    """Write a form, fill it in without fault, change it, and give its path."""
    write_form((of or survey()).form(reporter), path)
    return changed(path, complete, *edits)


def changed(path, *edits):
    with warnings.catch_warnings(action="ignore"):
        book = openpyxl.load_workbook(path)
    for edit in edits:
        edit(book)
    book.save(path)
    return path


def read(path, *edits, reporter="0100", of=None):
    """Read a form that is filled in without fault, and changed."""
    return read_filled(fill(path, *edits, reporter=reporter, of=of), of or survey())


def column(sheet, key):
    return next(cell.column for cell in sheet[KEY_ROW] if cell.value == key)


def at(sheet, key, name="value"):
    """Give the cell of a figure, by the key of its row."""
    row = next(row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value == key)
    return sheet.cell(row, column(sheet, name))


def put(key, sheet=CARE, **cells):
    """Give an edit that fills in cells of a row; a cell may have a value and a format."""

    def edit(book):
        for name, value in cells.items():
            cell = at(book[sheet], key, name)
            cell.value, cell.number_format = value if isinstance(value, tuple) else (value, cell.number_format)

    return edit


def said(form):
    """What is said of a form: the level, the rule, the cell."""
    return [(comment.level, comment.rule, comment.place.cell) for comment in form.comments]


ENTRIES = {"source": "年报", "page": 12, "compiler": "张三", "compiled": date(2013, 3, 15)}


def complete(book):
    for sheet in book.worksheets[1:]:
        if sheet.cell(KEY_ROW, 1).value != "key":
            continue
        for row in range(FIRST_ROW, sheet.max_row + 1):
            if sheet.cell(row, 1).value not in (None, "new"):
                for name, value in {"value": 10 * row, **ENTRIES}.items():
                    sheet.cell(row, column(sheet, name)).value = value

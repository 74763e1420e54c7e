"""Forms and answers by the published rules of the file, to which Excel and WPS hold (ECMA-376, part 1)."""

import posixpath
import re
import zipfile
from xml.etree import ElementTree

import pytest

from evalkit.register.forms.replying import reply
from evalkit.register.forms.writing import write_form
from tests.register.forms.small import put, read, survey

# 18.3.1.99, the parts of a worksheet in their order, as far as forms have them.
ORDER = [
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "mergeCells",
    "conditionalFormatting", "dataValidations", "hyperlinks", "pageMargins", "pageSetup", "headerFooter", "drawing",
    "legacyDrawing",
]  # fmt: skip


@pytest.fixture(scope="module", params=["form", "answer"])
def parts(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    path = folder / "a.xlsx"
    if request.param == "form":
        write_form(survey().form("0101"), path)
    else:
        path, _ = reply(read(path, put("doctors/0100", value="无")), "returned", folder, "zh")
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def local(element):
    return element.tag.rpartition("}")[2]


def sheets(parts):
    return [ElementTree.fromstring(text) for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]


def test_the_parts_of_a_sheet_stand_in_their_order(parts):
    for sheet in sheets(parts):
        places = [ORDER.index(local(child)) for child in sheet]
        assert places == sorted(places)


def test_every_part_is_declared_and_every_relation_leads_to_one(parts):
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    declared = {each.get("PartName", "").lstrip("/") for each in types} | {
        f"*.{each.get('Extension')}" for each in types
    }
    others = [name for name in parts if name != "[Content_Types].xml"]
    assert [name for name in others if name not in declared and f"*.{name.rpartition('.')[2]}" not in declared] == []
    for name, text in parts.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in ElementTree.fromstring(text):
                assert posixpath.normpath(posixpath.join("/", base, relation.get("Target"))).lstrip("/") in parts


def test_names_and_texts_keep_to_their_lengths(parts):
    book = ElementTree.fromstring(parts["xl/workbook.xml"])
    names = [each.get("name") for each in book.iter() if local(each) == "sheet"]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)
    for sheet in sheets(parts):
        for rule in (each for each in sheet.iter() if local(each) == "dataValidation"):
            assert len(rule.get("promptTitle", "")) <= 32
            assert max(len(rule.get(key, "")) for key in ("prompt", "error")) <= 255
            assert all(len(formula.text or "") <= 255 for formula in rule)


def test_no_formula_and_no_merged_cell_is_in_a_form(parts):
    for sheet in sheets(parts):
        assert {local(each) for each in sheet.iter()} & {"f", "mergeCell"} == set()

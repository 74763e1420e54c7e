"""Every part of a workbook is looked at before it is opened."""

import zipfile

import openpyxl
import pytest

from evalkit.base.errors import ParamsError
from evalkit.base.limits import MEGABYTE, WORKBOOK_PARTS
from evalkit.tabular.xlsx.parts import check_parts

SHEET = "xl/worksheets/sheet1.xml"
BOMB = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.fixture
def parts(tmp_path):
    """The parts of a workbook, by name."""
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.save(tmp_path / "whole.xlsx")
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as whole:
        return {name: whole.read(name) for name in whole.namelist()}


@pytest.fixture
def told(tmp_path):
    """Puts parts into a workbook and gives the message with which it is refused."""

    def refused(parts):
        with zipfile.ZipFile(tmp_path / "book.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
            for name, content in parts.items():
                book.writestr(name, content)
        with pytest.raises(ParamsError) as error:
            check_parts(tmp_path / "book.xlsx")
        return str(error.value)

    return refused


def test_damaged_xml_is_told_in_every_part_at_once(parts, told):
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    message = told({**parts, **{name: parts[name][: len(parts[name]) // 2] for name in names}})
    assert [name for name in names if f"the part {name}: found damaged XML (" not in message] == []


def test_a_part_that_declares_entities_is_told(parts, told):
    assert "sheet1.xml: found a document type; expected XML without one" in told(
        {**parts, "xl/worksheets/sheet1.xml": BOMB}
    )


@pytest.mark.parametrize("tag", ["mergeCell", "hyperlink"])
def test_an_area_that_would_be_filled_cell_by_cell_is_told(parts, told, tag):
    sheet = f'<a><{tag} ref="A1:XFD1048576"/></a>'.encode()
    assert "found the area A1:XFD1048576; expected at most 100000 cells" in told(
        {**parts, "xl/worksheets/sheet1.xml": sheet}
    )


def test_what_unpacks_to_too_much_is_told_by_its_declared_size(parts, told):
    message = told({**parts, "xl/media/a.bin": bytes(200 * MEGABYTE)})
    assert "the workbook: found parts that unpack to 200 MB; expected at most 128 MB" in message


def test_very_many_parts_are_told(told):
    assert f"found {WORKBOOK_PARTS + 1} parts; expected at most" in told(
        {str(n): b"" for n in range(WORKBOOK_PARTS + 1)}
    )


def test_a_damaged_archive_is_told(tmp_path):
    path = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(path)
    whole = path.read_bytes()
    for cut in (0, 10, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:cut])
        with pytest.raises(ParamsError, match=r"expected an Excel workbook \(\.xlsx\)"):
            check_parts(path)


def test_a_part_that_does_not_unpack_is_told(tmp_path):
    path = tmp_path / "book.xlsx"
    openpyxl.Workbook().save(path)
    content = bytearray(path.read_bytes())
    content[600:620] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(ParamsError, match=r"the part \S+: found damage"):
        check_parts(path)


def test_a_folder_is_no_workbook(tmp_path):
    with pytest.raises(ParamsError, match="found a folder; expected a file"):
        check_parts(tmp_path)


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.bin", "xl/media/a.png", "a"])
@pytest.mark.parametrize("before", [b"", b" \n", b"\xef\xbb\xbf", "utf-16"])
def test_a_part_that_declares_entities_is_told_by_whatever_name(parts, told, name, before):
    bomb = BOMB.decode().encode("utf-16") if before == "utf-16" else before + BOMB
    assert f"{name}: found a document type; expected XML without one" in told({**parts, name: bomb})


def test_a_part_of_another_kind_may_look_like_xml_and_be_none(parts, tmp_path):
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        for name, content in {**parts, "xl/drawings/a.vml": b"<xml><br></xml>", "xl/media/a.png": b"\x89PNG<"}.items():
            book.writestr(name, content)
    check_parts(tmp_path / "book.xlsx")

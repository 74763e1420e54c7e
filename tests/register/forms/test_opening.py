import io
import re
import zipfile

import pytest

from evalkit.register.forms import opening
from evalkit.register.forms.comments import Comments
from evalkit.register.forms.opening import open_form
from evalkit.register.forms.reading import read_filled
from tests.register.forms.small import CARE, changed, fill, said, survey

OLE = opening.OLE + bytes(600)


def parts_of(path, change):
    """Write a form's parts anew, each as `change` gives it by its name, and whatever it adds."""
    fill(path)
    with zipfile.ZipFile(path) as before:
        kept = {name: before.read(name) for name in before.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for name, content in change(kept).items():
            after.writestr(name, content)
    return path


def told(path):
    comments = Comments()
    assert open_form(path, comments) is None
    return [comment.found.zh for comment in comments.all]


BYTES = {
    "old Excel": (OLE, "旧版 Excel"),
    "a password": (OLE + opening.ENCRYPTED, "设有打开密码"),
    "nothing": (b"", "不是 Excel 工作簿"),
    "text": (b"code,value\n1,2\n", "不是 Excel 工作簿"),
    "half a zip": (b"PK\x03\x04" + bytes(40), "不是 Excel 工作簿"),
}


@pytest.mark.parametrize(("content", "expected"), BYTES.values(), ids=BYTES)
def test_what_is_no_workbook_is_told_as_what_it_is(tmp_path, content, expected):
    (tmp_path / "a.xlsx").write_bytes(content)
    [found] = told(tmp_path / "a.xlsx")
    assert expected in found


def test_a_truncated_workbook_is_told(tmp_path):
    path = fill(tmp_path / "a.xlsx")
    path.write_bytes(path.read_bytes()[:-300])
    assert "损坏、不完整" in told(path)[0]


def test_a_bomb_is_refused_before_anything_is_unpacked(tmp_path, monkeypatch):
    path = parts_of(tmp_path / "a.xlsx", lambda parts: parts | {"xl/sharedStrings.xml": b"<a>" + b" " * 400 * 2**20})
    assert path.stat().st_size < 500_000
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("it was unpacked"))
    assert told(path) == ["解压后有 400 MB 的文件，上限为 32 MB"]


def test_a_file_of_many_megabytes_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "MOST_PACKED", 2**20)
    (tmp_path / "a.xlsx").write_bytes(b"PK\x03\x04" + bytes(2**21))
    assert told(tmp_path / "a.xlsx") == ["2 MB 的文件，上限为 1 MB"]


def test_macros_are_refused(tmp_path):
    assert told(parts_of(tmp_path / "a.xlsx", lambda parts: parts | {"xl/vbaProject.bin": b"x"})) == [
        "含有宏（程序）的工作簿"
    ]


def test_a_document_type_is_refused(tmp_path):
    laughs = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    assert "document type" in told(parts_of(tmp_path / "a.xlsx", lambda parts: parts | {"xl/styles.xml": laughs}))[0]


def test_a_cell_far_outside_is_refused(tmp_path):
    path = changed(fill(tmp_path / "a.xlsx"), lambda book: book[CARE].cell(1, 500, "x"))
    assert told(path) == [f"{CARE}!SF1 有内容，远在表格之外"]


def test_a_wrong_dimension_hides_no_cell(tmp_path):
    def shrink(parts):
        wrong = {
            name: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', content)
            for name, content in parts.items()
            if name.startswith("xl/worksheets/")
        }
        assert all(b'ref="A1"' in content for content in wrong.values() if b"dimension" in content)
        return parts | wrong

    form = read_filled(parts_of(tmp_path / "a.xlsx", shrink), survey())
    assert said(form) == []
    assert len(form.answers) == 4


def test_a_formula_is_known_by_its_sheet_and_cell(tmp_path):
    path = fill(tmp_path / "a.xlsx", lambda book: book[CARE].cell(5, 7, "=SUM(1,2)"))
    assert open_form(path, Comments()).formulas == {(CARE, "G5"): "=SUM(1,2)"}


def test_a_part_under_a_password_is_told(tmp_path):
    content = bytearray(fill(tmp_path / "a.xlsx").read_bytes())
    central = content.rindex(b"PK\x01\x02")
    content[central + 8] |= 1
    (tmp_path / "a.xlsx").write_bytes(content)
    assert told(tmp_path / "a.xlsx") == ["设有打开密码的文件"]
    assert zipfile.is_zipfile(io.BytesIO(content))

import zipfile

from evalkit.register.forms.locked import LockedWorkbook


def test_the_structure_is_protected_where_the_schema_has_it(tmp_path):
    book = LockedWorkbook(str(tmp_path / "a.xlsx"))
    book.add_worksheet("a")
    book.close()
    with zipfile.ZipFile(tmp_path / "a.xlsx") as parts:
        text = parts.read("xl/workbook.xml").decode()
    assert (
        text.index("<workbookPr ") < text.index('<workbookProtection lockStructure="1"/>') < text.index("<bookViews>")
    )

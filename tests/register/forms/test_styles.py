import xlsxwriter

from evalkit.register.forms.styles import Styles


def test_a_format_is_made_once_and_a_mark_makes_another(tmp_path):
    styles = Styles(xlsxwriter.Workbook(str(tmp_path / "a.xlsx")))
    assert styles["text"] is styles["text"]
    assert styles.marked("text", "error") is not styles["text"]
    assert (styles["text"].locked, styles["said"].locked) == (False, 1)

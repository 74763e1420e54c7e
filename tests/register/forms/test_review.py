import openpyxl

from evalkit.register.forms.comments import Comments, Place
from evalkit.register.forms.review import cells_of, write_list


def comments():
    said = Comments()
    said.say("no_answer", Place("a", "B1"))
    return said.all


def test_a_comment_is_told_in_one_line():
    assert list(cells_of(comments()[0], 3, "zh").values()) == [
        "3", "错误", "a!B1", "", "没有填写", "数值；没有数据的，选择状态并写明原因", "no_answer",
    ]  # fmt: skip


def test_a_list_stands_alone_under_what_became_of_the_file(tmp_path):
    write_list(tmp_path / "a.xlsx", comments(), [("审核结果", "已退回")], "zh")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["审核意见"]
    assert (sheet["A1"].value, sheet["C1"].value, sheet["C4"].value) == ("审核结果", "已退回", "a!B1")


def test_where_nothing_is_found_that_is_said(tmp_path):
    write_list(tmp_path / "a.xlsx", [], [], "en")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["Review"]["C3"].value == "nothing found"

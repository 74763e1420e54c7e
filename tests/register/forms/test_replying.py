import openpyxl

from evalkit.register.forms.reading import read_filled
from evalkit.register.forms.replying import counted, reply
from tests.register.forms.small import CARE, changed, fill, put, read, said, survey

DOCTORS = "doctors/0100"


def test_the_answer_is_the_senders_form_with_all_that_is_said_of_it(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, value="无"), put("people/0100", value="１２"))
    book, page = reply(form, "returned", tmp_path, "zh")
    assert (book.name, page.name) == ("a-answer.xlsx", "a-answer.html")
    assert counted(form) == {"error": 1, "note": 1}
    again = read_filled(book, survey())
    assert again.is_untouched
    assert said(again) == said(form)
    assert again.entries == form.entries
    text = page.read_text(encoding="utf-8")
    assert "已退回" in text
    assert "数值栏写了 “无”" in text
    assert text.count("<tr>") == 3


def test_an_answer_that_was_put_right_is_a_form_again(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, value="无"))
    book, _ = reply(form, "returned", tmp_path, "zh")
    again = read_filled(changed(book, put(DOCTORS, value=21)), survey())
    assert again.is_sound
    assert not again.is_untouched
    assert again.answers.value[0] == 21.0


def test_units_that_are_new_stay_in_the_answer(tmp_path):
    def add(book):
        for column, value in ((2, "分馆"), (5, "12万")):
            book["图书馆面积"].cell(7, column).value = value

    form = read(tmp_path / "a.xlsx", add, reporter="0101")
    book, _ = reply(form, "returned", tmp_path, "zh")
    again = read_filled(book, survey())
    assert [rule for _, rule, _ in said(again)] == ["no_number"]
    assert again.entries["library_area/new1"]["unit"] == "分馆"


def test_what_is_no_form_is_answered_with_a_list(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"no")
    book, page = reply(read_filled(tmp_path / "a.xlsx", survey()), "returned", tmp_path, "zh")
    assert openpyxl.load_workbook(book).sheetnames == ["审核意见"]
    assert "不是 Excel 工作簿" in page.read_text(encoding="utf-8")


def test_what_somebody_typed_is_no_markup(tmp_path):
    form = read(tmp_path / "a.xlsx", put(DOCTORS, value="<script>"))
    assert "<script>" not in reply(form, "returned", tmp_path, "zh")[1].read_text(encoding="utf-8")


def test_an_answer_in_english(tmp_path):
    of = survey(language="en")
    path = fill(tmp_path / "a.xlsx", of=of)
    form = read_filled(path, of)
    assert said(form) == []
    page = reply(form, "submitted", tmp_path, "en")[1].read_text(encoding="utf-8")
    assert "accepted" in page
    assert 'lang="en-GB"' in page
    assert CARE not in page

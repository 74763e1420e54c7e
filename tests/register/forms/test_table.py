import csv

import pytest

from evalkit.register.forms.reading import read_filled
from tests.register.forms.small import said, survey

HEADER = ["study", "reporter", "year", "version", "variable", "region", "unit", "value", "state", "reason", "source"]


def rows(reporter="0100"):
    form = survey().form(reporter)
    whose = ["small", reporter, "2012", form.version]
    return [
        [*whose, each.variable, each.region, each.unit, "12.5", "", "", "'=年报"] for each in form.questions.values()
    ]


def read(path, table, header=HEADER):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([header, *table])
    return read_filled(path, survey())


def test_a_table_is_read_as_a_workbook_is(tmp_path):
    form = read(tmp_path / "a.csv", rows())
    assert said(form) == []
    assert form.answers.value.tolist() == [12.5] * 4
    assert (form.answers.source[0], form.answers.cell[0], form.answers.publication[0]) == ("=年报", "2:value", "book")


def test_units_that_are_new_may_stand_in_a_table(tmp_path):
    table = rows("0101")
    new = [*table[-1][:6], "分馆", *table[-1][7:]]
    form = read(tmp_path / "a.csv", [*table, new])
    assert said(form) == []
    assert form.answers.unit.tolist()[-3:] == ["老馆", "=新馆", "分馆"]


def edited(place, value):
    table = rows()
    table[0][place] = value
    return table


FAULTS = {
    "a code as a number": (edited(5, "0100.0"), []),
    "a word for nothing": (edited(7, "NA"), [("nothing_word", "2:value")]),
    "wide digits": (edited(7, "１２"), [("normalised", "2:value")]),
    "another variable": (edited(4, "beds"), [("unknown_row", "2"), ("no_row", "")]),
    "the same row again": ([*rows(), rows()[0]], [("row_twice", "6")]),
    "a row that is gone": (rows()[1:], [("no_row", "")]),
    "a cell too many": ([*rows()[:-1], [*rows()[-1], "x"]], [("stray", "5")]),
    "two years": (edited(2, "2011"), [("no_cover", "1")]),
    "another year": ([[*row[:2], "2011", *row[3:]] for row in rows()], [("wrong_year", "")]),
    "nothing": ([], [("no_cover", "1")]),
}


@pytest.mark.parametrize(("table", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_by_its_row(tmp_path, table, expected):
    assert [(rule, cell) for _, rule, cell in said(read(tmp_path / "a.csv", table))] == expected


def test_columns_are_those_of_the_form(tmp_path):
    form = read(tmp_path / "a.csv", rows(), [*HEADER[:-2], "note", "note"])
    assert [rule for _, rule, _ in said(form)] == ["stray"]
    form = read(tmp_path / "b.csv", rows(), [*HEADER[:7], "state", "state", *HEADER[9:]])
    assert [rule for _, rule, _ in said(form)] == ["column_twice", "no_column"]


@pytest.mark.parametrize("content", ["代码".encode("gb18030"), b"a\0b", b'"open'])
def test_what_cannot_be_read_is_told(tmp_path, content):
    (tmp_path / "a.csv").write_bytes(content)
    form = read_filled(tmp_path / "a.csv", survey())
    assert form.form is None
    assert {rule for _, rule, _ in said(form)} <= {"not_workbook", "stray", "no_column"}
    assert not form.is_sound

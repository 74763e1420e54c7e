from datetime import date

from evalkit.reporting.chapters.reporters.tables import late, open_objections, reporters, standing
from evalkit.tabular.cells import NOT_PRINTED


def test_everybody_stands_in_a_row(report):
    words = {"zh": ("甲市", "市", "有异议", "卫"), "en": ("A", "city", "disputed", "health")}[report.language]
    rows = reporters(report).rows
    assert rows[0] == (words[0], "0100", words[1], words[2], date(2013, 4, 12), 3, 1, 2, 0, 0, NOT_PRINTED)
    assert rows[1][-2:] == (2, "doctors: ten times last year's")
    assert (rows[3][0], rows[3][5]) == (words[3], 9)


def test_what_is_late_names_who_and_since_when(report):
    names = {"zh": ["乙市", "丙市", "卫"], "en": ["B", "C", "health"]}[report.language]
    assert [(row[1], row[3], row[4]) for row in late(report).rows] == [(name, date(2013, 4, 10), 2) for name in names]


def test_an_open_objection_says_whose_turn_it_is(report):
    told = {
        "zh": ("O-2012-001", "医师", "甲市", "乙市", date(2013, 4, 12), "被质疑方答复", "甲市", date(2013, 4, 19)),
        "en": ("O-2012-001", "doctors", "A", "B", date(2013, 4, 12), "reply", "A", date(2013, 4, 19)),
    }
    (row,) = open_objections(report).rows
    assert row == told[report.language]


def test_it_is_of_the_last_day_on_record(report):
    assert standing(report).day == date(2013, 4, 12)

import copy
import pickle
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from evalkit.base.text import Text
from evalkit.tabular.cells import LAMP_SIGNS, NO_DATA, NOT_PRINTED, estimate, number, percent, rank, signed, span
from evalkit.tabular.table import Column, Table, numbered, of_columns, of_rows
from tests.tabular.tables import column, table

MIXED = table(
    score=[number(79.2449, 2), NO_DATA],
    change=[signed(-1.25, 1), NOT_PRINTED],
    rank=[rank(4.0), rank(None)],
    range=[span(2, 5), span(float("nan"), 1)],
    half_life=[estimate(15.94, (6.71, float("inf")), 1), NOT_PRINTED],
    lamp=[LAMP_SIGNS["met"], LAMP_SIGNS["behind"]],
    share=[percent(0.0256, 0), percent(None, 0)],
    day=[date(2012, 12, 31), NOT_PRINTED],
    money=[Decimal("12.50"), Decimal("0.10")],
    name=["甲", "乙"],
)
DATA = {
    "score": [79.2449, None],
    "change": [-1.25, None],
    "rank": [4, None],
    "range_low": [2, None],
    "range_high": [5, None],
    "half_life": [15.94, None],
    "half_life_low": [6.71, None],
    "half_life_high": [np.inf, None],
    "lamp": ["met", "behind"],
    "share": [2.56, None],
    "day": [pd.Timestamp(2012, 12, 31), None],
    "money": [12.5, 0.1],
    "name": ["甲", "乙"],
}


@pytest.mark.parametrize("code", DATA)
def test_data_are_the_values_that_are_printed(code):
    found = MIXED.data[code].astype(object)
    assert found.where(found.notna(), None).tolist() == DATA[code]


@pytest.mark.parametrize("handed_on", [copy.deepcopy, lambda table: pickle.loads(pickle.dumps(table))])
def test_a_table_that_is_handed_on_is_the_same(handed_on):
    pd.testing.assert_frame_equal(handed_on(MIXED).data, MIXED.data)
    assert handed_on(MIXED).html == MIXED.html


def test_data_have_the_types_of_their_values():
    kinds = [f"{kind}" for kind in MIXED.data.dtypes]
    assert kinds == [
        *["float64"] * 2,
        "Int64",
        *["float64"] * 5,
        "category",
        "float64",
        "datetime64[s]",
        "float64",
        "object",
    ]


def test_what_is_printed_is_said_in_words_of_the_language():
    printed = [str(cell) for cell in MIXED.rows[0]]
    assert printed == ["79.24", "-1.3", "4", "2–5", "15.9 [6.7, ∞]", "●", "3 %", "2012-12-31", "12.50", "甲"]
    assert list(MIXED.printed) == MIXED.codes


def test_a_range_is_two_columns_even_where_there_is_none():
    assert list(table(range=[span(float("nan"), 1)]).data) == ["range_low", "range_high"]


def test_numbers_among_words_stay_what_they_are():
    mixed = table(a=[number(1, 1), "甲", span(1, 2)])
    assert mixed.data.a.tolist() == [1.0, "甲", "1–2"]
    assert mixed.numeric == (False,)


def test_what_a_reader_writes_into_the_data_stays_with_the_reader():
    data = MIXED.data
    data["name"] = "丙"
    assert MIXED.data.name.tolist() == ["甲", "乙"]


def test_a_column_that_stands_in_some_rows_only_is_a_sign_in_the_others():
    keys = {key: column(key) for key in ("a", "b")}
    assert of_rows([{"a": 1}, {"b": 2}], keys, "zh").rows == ((1, NOT_PRINTED), (NOT_PRINTED, 2))


def test_rows_of_columns():
    assert of_columns({"a": [1, 2], "b": [3, 4]}) == [{"a": 1, "b": 3}, {"a": 2, "b": 4}]


@pytest.mark.parametrize(("at", "codes"), [(0, ["new", "a"]), (None, ["a", "new"])])
def test_a_column_more(at, codes):
    assert table(a=[1, 2]).with_column(column("new"), "x", at=at).codes == codes
    assert table(a=[1, 2]).with_column(column("new"), [3, 4]).data.new.tolist() == [3, 4]


def test_a_year_stands_in_code_and_label():
    assert column("gini", "基尼系数").in_year(2012).label == Text(zh="基尼系数 2012", en="gini 2012")
    assert column("gini").in_year(2012).code == "gini_2012"
    assert numbered(2012).label == Text(zh="2012", en="2012")


def test_a_notebook_shows_rows_as_html_and_of_no_rows_a_sign():
    assert "<td" in MIXED._repr_mimebundle_()["text/html"]
    assert table(a=[])._repr_mimebundle_() == {"text/plain": "—"}


def test_rows_are_kept_and_columns_chosen():
    assert MIXED.kept([False, True]).data.name.tolist() == ["乙"]
    assert MIXED.where("name", "甲").rows == MIXED.rows[:1]
    some = MIXED.only("name", "rank", first=1)
    assert (some.codes, some.rows) == (["name", "rank"], (("甲", 4),))


def test_some_columns_of_the_first_rows_are_given_and_of_no_rows_nothing():
    whole = table(甲=[1, 2], 乙=["a", "b"])
    assert whole.only("乙", first=1).rows == (("a",),)
    assert whole.where("甲", 2).rows == ((2, "b"),)
    empty = table()
    assert empty.only("乙") is empty


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_a_table_that_nobody_reads_whole_the_ends_are_shown_and_their_number_is_told(language):
    rows = tuple((place, Decimal(place)) for place in range(1, 1002))
    columns = tuple(Column(code, Text(zh=code, en=code)) for code in "ab")
    whole = Table(columns, rows, language, title="T")
    shown = whole.abridged
    assert [row[0] for row in shown.rows] == [*range(1, 41), "…", *range(982, 1002)]
    assert shown.title.startswith("T")
    assert all(number in shown.title for number in ("40", "20", "1001"))
    assert shown.numeric == whole.numeric == (True, True)
    assert whole._repr_mimebundle_()["text/html"] == shown.html
    assert replace(whole, rows=rows[1:]).abridged.rows == rows[1:]

import json
from datetime import date
from decimal import Decimal
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.base.text import Text
from evalkit.tabular import Column, Table
from evalkit.tabular.cells import LAMP_SIGNS, NO_DATA, Figures, Number, Printed, interval, number, span, value_of
from evalkit.tabular.packing import packed, unpacked

CELLS = [
    "杭州市", 3, date(2012, 12, 31), Decimal("1.50"), Number(2.345, 2), NO_DATA, LAMP_SIGNS["behind"],
    Printed("是", "scored"), Figures("∞", inf), interval((-8.65, inf), 1), Figures("—", (nan, nan)),
    Figures("2012", (2012, 2012)), span(3, 8).in_language("zh"),
]  # fmt: skip


def through(cell):
    return unpacked(json.loads(json.dumps(packed(cell), allow_nan=False)))


@pytest.mark.parametrize("cell", CELLS, ids=repr)
def test_a_cell_comes_back_as_it_was(cell):
    found = through(cell)
    assert type(found) is type(cell)
    assert str(found) == str(cell)
    assert repr(value_of(found)) == repr(value_of(cell))


@given(st.floats(allow_nan=False, allow_infinity=False, width=32), st.integers(0, 4))
def test_a_number_keeps_its_decimals_and_its_value(value, decimals):
    cell = number(value, decimals)
    assert (str(through(cell)), through(cell).value) == (str(cell), cell.value)


def test_a_table_comes_back_as_it_was():
    columns = (Column("city", Text(zh="市", en="City")), Column("score", Text(zh="得分", en="Score")))
    table = Table(columns, (("杭州市", number(86.4, 2)), ("宁波市", NO_DATA)), "zh", "各市得分")
    found = Table.unpacked(json.loads(json.dumps(table.packed)))
    assert found == table
    assert found.data.score.tolist()[0] == 86.4

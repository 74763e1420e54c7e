from datetime import date
from decimal import Decimal
from io import StringIO

import pandas as pd
import pytest

from evalkit.tabular.cells import LAMP_SIGNS, NO_DATA, Figures, number, span
from evalkit.tabular.csv import below, data_csv, header, printed_csv, write
from tests.tabular.tables import table

TABLE = table(
    城市=["衢州市", "杭州市"], 得分=[Decimal("79.20"), "—"], 位次=[4, 2], 比上年=[Figures("+5.98", 5.9849), NO_DATA]
)


def test_a_file_begins_with_a_mark_and_reads_back_as_it_is_printed(tmp_path):
    write(printed_csv(TABLE), tmp_path / "a.csv")
    start = "\ufeff城市,得分,位次,比上年\r\n衢州市,79.20,4,+5.98\r\n".encode()
    assert (tmp_path / "a.csv").read_bytes().startswith(start)
    found = pd.read_csv(tmp_path / "a.csv", dtype=str)
    pd.testing.assert_frame_equal(found, TABLE.printed.astype(str), check_dtype=False)


def test_what_holds_commas_is_quoted():
    assert printed_csv(table(甲=["a,b", 'c"d'])) == '甲\r\n"a,b"\r\n"c""d"\r\n'


def test_data_are_numbers_in_full_and_blanks():
    assert data_csv(table(a=[number(1 / 3, 1), NO_DATA], b=[span(1, 2), span(3, 3)])) == (
        "a,b_low,b_high\r\n0.333333333333,1,2\r\n,3,3\r\n"
    )


@pytest.mark.parametrize("text", [printed_csv, data_csv])
def test_a_day_has_no_hours(text):
    assert text(table(a=[date(2013, 7, 31)])) == "a\r\n2013-07-31\r\n"


def test_each_type_of_column_is_written_as_its_frame_has_it():
    cells = {
        "whole": [True, 3, NO_DATA], "lit": [LAMP_SIGNS["met"], NO_DATA, LAMP_SIGNS["behind"]],
        "mixed": [date(2013, 7, 31), "字", number(2, 1)], "none": [NO_DATA] * 3, "sizes": [span(1, 2), NO_DATA, "—"],
        "infinite": [number(float("inf"), 1), number(1e15, 0), 2],
    }  # fmt: skip
    made = table(**cells)
    frame = made.data.astype(object).where(made.data.notna(), "")
    days = frame.map(lambda cell: cell.date() if isinstance(cell, pd.Timestamp) else cell)
    assert data_csv(made) == days.map(lambda cell: f"{cell:.12g}" if isinstance(cell, float) else cell).to_csv(
        index=False, lineterminator="\r\n"
    )
    assert data_csv(made).startswith("whole,lit,mixed,none,sizes,infinite\r\n1,met,2013-07-31,,1–2,inf\r\n")


def test_data_read_back_as_values():
    found = pd.read_csv(StringIO(data_csv(TABLE)))
    assert found["比上年"].tolist()[0] == 5.9849
    assert found["比上年"].isna().tolist() == [False, True]


def test_no_cell_and_no_code_is_a_formula():
    assert (
        printed_csv(table(**{"=x": ["@SUM(A1)"]})) == data_csv(table(**{"=x": ["@SUM(A1)"]})) == "'=x\r\n'@SUM(A1)\r\n"
    )


def test_rows_below_the_same_header_stay_as_they_are():
    assert below('code,x\r\n3,"a ""b"", c"\r\n1,1.50\r\n', ["code", "x"]) == '3,"a ""b"", c"\r\n1,1.50\r\n'


def test_rows_below_another_header_are_put_under_it_with_blanks():
    assert header('code,"x, y"\n2,b\n') == ["code", "x, y"]
    assert below("code,y\n2,b\n", ["code", "x", "y"]) == "2,,b\r\n"
    assert header("") == []

from decimal import Decimal

import pytest
from lxml.html import fragment_fromstring

from evalkit.tabular.cells import LAMP_SIGNS, NOT_PRINTED, Figures, number
from tests.tabular.tables import table


def parsed(made):
    return fragment_fromstring(made.html)


def cells(made, tag="td"):
    return [(cell.get("class"), cell.text) for cell in parsed(made).iter(tag)]


def test_numbers_and_their_header_stand_to_the_right_and_signs_with_them():
    made = table(a=[number(1.25, 1), NOT_PRINTED])
    assert cells(made, "th") == [("number", "a")]
    assert cells(made) == [("number", "1.3"), ("number", "—")]


def test_text_that_looks_like_a_number_is_text():
    assert cells(table(code=["330100"])) == [(None, "330100")]


def test_long_text_has_room():
    assert [kind for kind, _ in cells(table(a=["一二三四五六七八九十一二三四五", "短"]))] == ["long", "long"]


@pytest.mark.parametrize(("lamp", "kind"), [("met", "met"), ("on_schedule", "on-schedule"), ("behind", "behind")])
def test_lamps_have_their_colours(lamp, kind):
    assert cells(table(a=[LAMP_SIGNS[lamp]])) == [(kind, str(LAMP_SIGNS[lamp]))]


@pytest.mark.parametrize(
    ("cell", "written"),
    [(Decimal("-12345.60"), "-12,345.60"), (Decimal("9999.5"), "9999.5"), (Figures("+12345.6", 1), "+12,345.6")],
)
def test_thousands_of_amounts_are_parted(cell, written):
    assert cells(table(a=[cell])) == [("number", written)]


@pytest.mark.parametrize("cell", [12345, "12345.60"])
def test_whole_numbers_and_text_are_left_as_they_are(cell):
    assert [text for _, text in cells(table(a=[cell]))] == [str(cell)]


def test_text_is_never_markup():
    assert [text for _, text in cells(table(a=["<b>&"]))] == ["<b>&"]


def test_a_dollar_is_no_formula_in_a_notebook():
    assert parsed(table(a=["$x$"])).find("table").get("class") == "mathjax_ignore"


def test_a_table_scrolls_by_itself_and_knows_its_size():
    assert parsed(table(a=[1])).get("class") == "scroll short"
    assert parsed(table(**{f"c{n}": [1] * 17 for n in range(8)})).get("class") == "scroll wide"


def test_a_table_without_rows_is_nothing():
    assert table(a=[]).html == ""

from decimal import Decimal

import numpy as np
import pytest

from evalkit.tabular.cells import NOT_PRINTED, interval, number, plain, rank, signed, span


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (2.675, 2, "2.68"),  # stored below itself
        (2.665, 2, "2.67"),  # half to even would go down
        (0.5, 0, "1"),
        (-2.345, 2, "-2.35"),
        (1e-7, 2, "0.00"),
        (1388933.0, 0, "1388933"),
        (np.float64(36.25), 1, "36.3"),
        (7, 1, "7.0"),
    ],
)
def test_numbers_round_half_up_and_keep_their_decimals(value, decimals, printed):
    assert str(number(value, decimals)) == printed


def test_numbers_stay_numbers():
    assert number(4.0, 2) == 4
    assert isinstance(number(4.0, 2), Decimal)


@pytest.mark.parametrize("nothing", [None, float("nan"), np.float64("nan")])
def test_each_kind_of_nothing_has_its_sign(nothing):
    assert number(nothing, 2) == "…"
    assert number(nothing, 2, blank="—") == "—"
    assert signed(nothing, 2) == "—"
    assert rank(nothing) == "—"
    assert rank(nothing, blank="…") == "…"


def test_a_change_from_nothing_is_infinite():
    assert number(float("inf"), 2) == "∞"
    assert number(float("-inf"), 2) == "-∞"


def test_an_interval_may_be_open():
    assert interval((-8.65, 19.1), 1) == "[-8.7, 19.1]"
    assert interval((float("-inf"), float("inf")), 1) == "[-∞, ∞]"


@pytest.mark.parametrize(("value", "printed"), [(5.975, "+5.98"), (-0.5, "-0.50"), (0.0, "0.00")])
def test_changes_show_their_sign(value, printed):
    assert signed(value, 2) == printed


def test_ranks_are_whole_numbers():
    assert (rank(3.0), type(rank(np.float64(3)))) == (3, int)


def test_spans_of_one_are_one_number():
    assert (span(3.0, 8.0), span(10.0, 10.0)) == ("3–8", "10")


def test_literals_have_no_trailing_zeros():
    assert (plain(85.0), plain(13.2)) == ("85", "13.2")
    assert [plain(value) for value in (1e12, 1234567.0, 0.00001)] == ["1000000000000", "1234567", "0.00001"]


def test_a_range_of_ranks_that_are_not_there_has_a_sign():
    assert span(float("nan"), float("nan")) == NOT_PRINTED

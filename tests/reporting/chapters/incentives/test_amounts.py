from decimal import Decimal
from fractions import Fraction

import pytest

from evalkit.reporting.chapters.incentives.amounts import IN_MYRIADS, adding_up, rounded
from evalkit.reporting.chapters.incentives.tables import in_force
from tests.reporting.assessed import demo


@pytest.mark.parametrize("unit", [1, IN_MYRIADS])
def test_printed_amounts_add_up_to_the_printed_sum(unit):
    found = in_force(demo())[1].table
    for column in ("entitlement", "amount", "performance", "progress", "need"):
        printed = adding_up(found[column], unit)
        assert sum(printed.values()) == rounded(found[column].sum(), unit)
        exact = {who: Fraction(amount) / unit for who, amount in found[column].items()}
        assert all(abs(Fraction(printed[who]) - exact[who]) < Fraction(1, 100) for who in exact)


def test_whoever_lost_most_gets_one_more():
    assert adding_up({"a": Decimal("0.014"), "b": Decimal("0.016")}) == {"a": Decimal("0.01"), "b": Decimal("0.02")}
    assert adding_up({"a": Fraction(50), "b": Fraction(50)}, IN_MYRIADS) == {"a": Decimal("0.01"), "b": Decimal("0.00")}


def test_a_half_goes_up():
    assert rounded(Fraction(1, 200)) == Decimal("0.01")

from decimal import Decimal

import pytest

from evalkit.reporting.chapters import incentives
from tests.reporting.assessed import demo
from tests.reporting.cities import WENZHOU, assessed_report


@pytest.mark.parametrize(
    "read", [incentives.sentences.allocation, incentives.sentences.simulation, incentives.sentences.measures]
)
def test_a_round_without_rules_of_incentives_says_nothing(read, round_report):
    assert read(round_report()).data == ""


def test_the_fund_is_told_as_an_example_that_is_spent_to_the_cent():
    text = incentives.sentences.allocation(demo()).data
    assert "分配 100,000,000 元。" in text
    assert "资金总额为示例，不代表任何实有资金。" in text
    assert "合计 100,000,000.00 元" in text


def test_what_moves_between_cities_under_another_rule_is_half_of_all_changes():
    held = demo().study.consequences.simulation("balanced", 2012)
    moved = sum(abs(x) for x in held.difference) / Decimal(2)
    assert f"市际转移共 {moved:,} 元" in incentives.sentences.simulation(demo()).data


def test_cities_that_are_commended_and_restricted_are_counted():
    assert incentives.sentences.measures(demo()).data == "2012 年 3 个市得到表扬激励，1 个市受到限制。"


def test_a_city_is_told_its_amount():
    amount = demo().study.consequences.allocation("performance", 2012).table.amount[WENZHOU]
    text = incentives.sentences.city(assessed_report()).data
    assert f"温州市分得 {amount / 10_000:,.2f} 万元" in text
    assert "只得保底（一票否决）" in incentives.sentences.city(assessed_report("330600")).data

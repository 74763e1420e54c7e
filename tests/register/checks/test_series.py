import numpy as np
import pytest

from evalkit.register.checks.series import (
    ConstantCheck,
    JumpCheck,
    PeersCheck,
    SlipCheck,
    by_chance,
    log_change,
    percent,
)
from tests.register.checks.small import CITY, figure, figures, series, told

MANY = tuple(f"01{number:02}" for number in range(1, 13))
GROWN = series("spending", 100, 110, 120, 133, 145)


@pytest.mark.parametrize(
    ("value", "likely"),
    [
        (1_300_000, "可能应以“万”计而未折算"),
        (0.0125, "可能误以“万”计"),
        (120_000, "误以“千”计"),
        (13, "小数点错位"),
        (12_000, "小数点错位"),
    ],
)
def test_a_value_in_another_unit_is_named_as_a_slip(value, likely):
    (remark,) = SlipCheck(code="s").judge(figures([figure("spending", value)], GROWN))
    assert likely in remark.expected.zh
    assert remark.expected.zh.startswith("以“万元”计的数")


@pytest.mark.parametrize(("value", "likely"), [(0.95, "百分数填成了小数"), (940, "误以千分数")])
def test_a_share_is_told_from_per_cent(value, likely):
    (remark,) = SlipCheck(code="s").judge(figures([figure("cover", value)], series("cover", 93, 94, 94.5)))
    assert likely in remark.expected.zh


def test_what_is_near_its_history_is_no_slip():
    assert told(SlipCheck(code="s"), [figure("spending", value) for value in (200, 420)], GROWN) == {}


def test_a_history_that_has_such_values_makes_none_a_slip():
    assert told(SlipCheck(code="s"), [figure("spending", 1000)], series("spending", 100, 100, 400)) == {}
    assert list(told(SlipCheck(code="s"), [figure("spending", 1000)], series("spending", 100, 100, 300))) == [10]


def test_few_things_may_be_ten_times_as_many():
    history = [*series("stations", 1, 1, 1), *series("people", 2, 2, 2)]
    assert list(told(SlipCheck(code="s"), [figure("stations", 10), figure("people", 20)], history)) == [20]


def test_without_a_history_nothing_is_a_slip():
    assert told(SlipCheck(code="s"), [figure("spending", 1e6)]) == {}


def test_a_jump_is_told_with_the_bounds_of_its_own_history():
    # changes of 1.1, 1.1, 1.1, 1.1: a spread of 0, so 0.05 stands for it, and 5 of them are 0.25: 1.1 · e^±0.25
    history = series("spending", 100, 110, 121, 133.1, 146.41)
    (remark,) = JumpCheck(code="j").judge(figures([figure("spending", 219.615)], history))
    assert remark.found.zh == "spending数为 219.615 万元，上年为 146.41 万元，变动 +50.0%"
    assert remark.expected.zh.startswith("按本地历年变动，在 −14.3% 至 +41.2% 之间")


@pytest.mark.parametrize(("value", "jumps"), [(206.7, False), (206.9, True), (125.5, False), (121, True)])
def test_a_change_within_its_bounds_is_none(value, jumps):
    # 146.41 · 1.1 · e^0.25 = 206.79; below, the factor 1.2 counts: 146.41 / 1.2 = 122.0
    history = series("spending", 100, 110, 121, 133.1, 146.41)
    assert bool(told(JumpCheck(code="j"), [figure("spending", value)], history)) == jumps


def test_the_spread_of_its_changes_widens_the_bounds():
    restless = series("spending", 100, 150, 105, 160, 110)
    assert told(JumpCheck(code="j"), [figure("spending", 190)], restless) == {}


def test_few_changes_are_no_history():
    assert told(JumpCheck(code="j", years=3), [figure("spending", 900)], series("spending", 100, 100, 100)) == {}
    assert told(JumpCheck(code="j", years=3), [figure("spending", 900)], series("spending", *[100] * 4)) != {}


def test_small_numbers_jump_by_chance():
    history = [*series("stations", 4, 4, 4, 4, 4), *series("people", *[40_000] * 5)]
    found = told(JumpCheck(code="j"), [figure("stations", 8), figure("people", 80_000)], history)
    assert list(found) == [20]


def test_a_count_that_falls_to_nothing_is_a_jump():
    assert list(told(JumpCheck(code="j"), [figure("people", 0)], series("people", *[500] * 5))) == [10]


def grown(by):
    """All counties grow by 5 %, the first one by something else."""
    history = [figure("spending", 100 + number, code, 2011) for number, code in enumerate(MANY)]
    factors = [by, *[1.05] * (len(MANY) - 1)]
    answers = [figure("spending", row["value"] * by, row["region"]) for row, by in zip(history, factors, strict=True)]
    return answers, history


@pytest.mark.parametrize(("by", "rows"), [(1.05 * np.exp(0.49), []), (1.05 * np.exp(0.51), [10])])
def test_a_change_is_held_beside_those_of_its_peers(by, rows):
    answers, history = grown(by)
    assert list(told(PeersCheck(code="p"), answers, history, counties=MANY)) == rows


def test_peers_are_of_the_same_level_and_enough():
    answers, history = grown(3)
    assert told(PeersCheck(code="p"), answers[:8], history, counties=MANY) == {}
    assert list(told(PeersCheck(code="p"), answers[:9], history, counties=MANY)) == [10]
    city = [figure("spending", 9000), *answers[1:]], [figure("spending", 3000, CITY, 2011), *history]
    assert told(PeersCheck(code="p"), *city, counties=MANY) == {}


def test_peers_may_have_been_accepted_before():
    answers, history = grown(3)
    assert list(told(PeersCheck(code="p"), answers[:1], [*history, *answers[1:]], counties=MANY)) == [10]


def test_a_level_is_held_beside_others_per_head():
    people = [figure("people", 1000 * (number + 1), code) for number, code in enumerate(MANY)]
    money = [figure("spending", row["value"] / 10, row["region"]) for row in people]
    money[2]["value"] *= 4
    rule = PeersCheck(code="p", of="level", per="people", variables=["spending"])
    (remark,) = rule.judge(figures(money, people, None, MANY))
    assert (remark.row, remark.found.zh) == (30, "spending数为 1200 万元，除以people数为 0.4，与 11 个同级地区相差悬殊")
    assert "中位数 0.1）" in remark.expected.zh


def test_a_rate_is_held_beside_others_as_it_is():
    rates = [figure("cover", 50, code) for code in MANY]
    rates[1]["value"] = 5
    found = told(PeersCheck(code="p", of="level"), rates, counties=MANY)
    assert found == {
        20: ("cover数为 5%，与 11 个同级地区相差悬殊", "cover: 5%, far from that of 11 regions of the same level")
    }


@pytest.mark.parametrize(
    ("before", "value", "rows"),
    [
        ((61231, 61555, 62874), 62874, [10]),
        ((61231, 62874, 62874), 62874, []),  # it stood still before
        ((61555, 62874), 62874, []),  # one change alone
        ((61231, 61555, 62000), 62000, []),  # two digits
        ((61231, 61555, 62874), 62875, []),
    ],
)
def test_a_figure_that_always_moved_does_not_come_out_the_same(before, value, rows):
    assert list(told(ConstantCheck(code="c"), [figure("people", value)], series("people", *before))) == rows


def test_changes_are_logarithms_of_ratios_and_of_counts_with_one_more():
    before, after = np.array([1.0, 1.0, 0.0]), np.array([2.0, 3.0, 5.0])
    found = log_change(before, after, np.array([False, True, False]))
    np.testing.assert_allclose(found, [np.log(2), np.log(2), np.nan])


def test_chance_moves_few_things_more_than_many():
    found = by_chance(np.array([0.0, 3.0, 99.0, -5.0, 3.0]), np.array([True] * 4 + [False]))
    np.testing.assert_allclose(found, [1, 0.25, 0.01, 1, 0])


def test_a_change_is_shown_in_percent_with_its_sign():
    assert (percent(np.log(1.5)), percent(np.log(0.5))) == ("+50.0%", "−50.0%")

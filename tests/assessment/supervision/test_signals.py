import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import ParamsError
from evalkit.assessment.supervision.signals import robust_z, signals
from tests.assessment.inspected import claimed, finding, record, rows, rules
from tests.scoring.small import quick

STEADY = [60, 61, 62, 63, 64, 65]


def test_robust_z_by_hand():
    # median 2, deviations −1, 0, −1, 0, 22, MAD 1
    assert robust_z(np.array([1, 2, 1, 2, 24.0]))[-1] == pytest.approx(22 / 1.4826)


def test_where_most_values_are_the_same_the_mean_deviation_takes_the_place_of_the_mad():
    assert robust_z(np.array([50, 50, 50, 50, 80.0]))[-1] == pytest.approx(30 / (1.2533 * 6))
    assert robust_z(np.array([50, 50, 50.0])).tolist() == [0, 0, 0]


def test_noise_of_floating_point_is_no_spread():
    assert robust_z(np.array([0.1 + 0.2, 0.3, 0.3, 0.1 * 3])).tolist() == [0, 0, 0, 0]


def test_too_few_values_have_no_z():
    assert np.isnan(robust_z(np.array([1.0, 5.0, np.nan]))).all()


def test_a_change_by_the_factor_is_a_jump_up_or_down():
    assert rows(record(a=[10, 10, 10, 10, 10, 16]), "jump") == [("r1", "a", 1.6, 1.6, "factor", "")]
    assert rows(record(a=[80, 80, 80, 80, 80, 40]), "jump") == [("r1", "a", 2, 1.6, "factor", "")]
    assert rows(record(a=STEADY), "jump") == []


def test_a_change_by_exactly_the_factor_is_a_jump_though_binary_falls_short_of_it():
    assert 4.8 / 3.0 < 1.6
    assert rows(record(a=[3.0] * 5 + [4.8]), "jump") == [("r1", "a", 4.8 / 3.0, 1.6, "factor", "")]
    assert rows(record(a=[3.0] * 5 + [4.7]), "jump", z=1e9) == []


@quick
@given(st.integers(1, 2999))
def test_every_change_by_exactly_the_factor_is_a_jump(tenths):
    before, after = tenths / 10, tenths * 16 / 100
    assert [why for *_, why, _ in rows(record(a=[before] * 5 + [after]), "jump")] == ["factor"]
    almost = rows(record(a=[before] * 5 + [after - 0.001]), "jump", z=1e9)
    assert almost == []


@quick
@given(st.integers(20, 2000))
def test_what_is_overstated_by_exactly_the_margin_is_a_signal(tenths):
    seen = tenths * 95 / 1000
    found = rows(record(a=[60] * 5 + [tenths / 10], findings=[finding(seen=seen)]), "overstated")
    assert [why for *_, why, _ in found] == ["finding"]
    assert rows(record(a=[60] * 5 + [tenths / 10], findings=[finding(seen=seen + 0.001)]), "overstated") == []


def test_a_change_unlike_the_own_changes_before_is_a_jump():
    ((*_, found, bound, why, _),) = rows(record(a=[60, 61, 63, 64, 66, 90]), "jump")
    assert (found, bound, why) == (pytest.approx(22 / 1.4826), 3.5, "own_changes")


def test_a_change_that_is_unlike_others_and_small_is_no_jump():
    assert rows(record(a=[160, 161, 163, 164, 166, 174]), "jump") == []
    assert len(rows(record(a=[160, 161, 163, 164, 166, 174]), "jump", apart=0.04)) == 1


def test_what_comes_later_makes_no_jump_of_a_year():
    assert rows(record(a=[60, 61, 62, 63, 64, 10]), "jump", year=2011) == []


def test_from_or_to_zero_there_is_no_factor():
    assert rows(record(a=[0, 40, "missing", 0, 40, 0]), "jump") == []


def test_sums_towards_a_quota_are_compared_as_shares_of_the_milestone():
    clubs = {"a": {"kind": "cumulative_quota", "value": 100}}
    assert rows(record(a=[0, 20, 40, 60, 80, 100], targets=clubs), "jump", year=2009) == []
    ((*_, found, _, _, _),) = rows(record(a=[0, 20, 80, 80, 80, 100], targets=clubs), "jump", year=2009)
    assert found == 2


def test_an_outlier_is_far_from_the_median_of_the_year():
    last = dict(zip(("r1", "r2", "r3", "r4", "r5"), (60, 61, 62, 63, 90), strict=True))
    found = rows(record(a={region: [50, 50, 50, 50, 50, x] for region, x in last.items()}), "outlier")
    assert found == [("r5", "a", pytest.approx(28 / 1.4826), 3.5, "peers", "")]


def test_where_all_are_nearly_alike_nobody_is_an_outlier():
    last = {f"r{n}": [50] * 5 + [x] for n, x in enumerate((99, 99, 99, 99, 100))}
    assert rows(record(a=last), "outlier") == []
    assert len(rows(record(a=last), "outlier", apart=0)) == 1


def test_fewer_regions_than_declared_have_no_outlier():
    assert rows(record(a={"r1": [50] * 6, "r2": [50] * 6, "r3": [1] * 6, "r4": [50] * 6}), "outlier") == []


def test_a_finding_worse_than_the_figure_is_overstated_by_its_share_of_the_larger():
    found = rows(record(a=[60] * 5 + [90], findings=[finding(seen=81.0)]), "overstated")
    assert found == [("r1", "a", pytest.approx(9 / 90), 0.05, "finding", "F1")]


def test_where_less_is_better_a_higher_finding_is_worse():
    deaths = {"a": {"kind": "ceiling", "value": 5}}
    found = rows(record(a=[20] * 5 + [10], targets=deaths, findings=[finding(seen=20.0)]), "overstated")
    assert found[0][2] == 0.5
    assert rows(record(a=[20] * 5 + [10], targets=deaths, findings=[finding(seen=5.0)]), "overstated") == []


def test_a_self_assessment_is_held_against_the_verified_figure():
    found = rows(record(a=[60] * 5 + [90], claims=claimed(95)), "overstated")
    assert found == [("r1", "a", pytest.approx(5 / 95), 0.05, "self_assessment", "")]
    assert rows(record(a=[60] * 5 + [90], claims=claimed(92)), "overstated") == []


def test_what_was_seen_is_held_against_the_self_assessment_where_there_is_one():
    found = rows(record(a=[60] * 5 + [90], claims=claimed(100), findings=[finding(seen=80.0)]), "overstated")
    assert [(why, excess) for *_, excess, _, why, _ in found] == [
        ("finding", pytest.approx(0.2)),
        ("self_assessment", pytest.approx(0.1)),
    ]


def test_a_finding_counts_once_under_the_first_declared_signal_that_it_meets():
    found = record(a=[60] * 5 + [90], findings=[finding(seen=81.0), finding("F2", verdict="falsified", seen=45.0)])
    table = signals(found, rules("falsified", "overstated", "contradicted"), 2012)
    assert table[["signal", "about"]].values.tolist() == [["falsified", "F2"], ["overstated", "F1"]]
    assert len(signals(found, rules("contradicted"), 2012)) == 2


def test_findings_are_remembered_for_the_declared_years_and_not_known_before():
    found = record(a=STEADY, findings=[finding(year=2009)])
    counted = {year: rows(found, "contradicted", year=year) for year in (2008, 2009, 2011, 2012)}
    assert {year: len(given) for year, given in counted.items()} == {2008: 0, 2009: 1, 2011: 1, 2012: 0}
    assert counted[2011] == [("r1", "a", 2, 3, "finding", "F1")]


def test_states_count_from_the_year_in_which_they_hold_in_a_row():
    found = record(a=[60, 60, "missing", 60, "missing", "missing"])
    assert rows(found, "missing") == [("r1", "a", 2, 1, "state", "missing")]
    assert rows(found, "missing", years=3) == []
    assert rows(found, "missing", year=2010) == []


def test_a_dispute_that_a_finding_explains_does_not_count_again():
    values = [60, 60, 60, 60, 60, "disputed"]
    assert rows(record(a=values), "disputed") == [("r1", "a", 1, 1, "state", "disputed")]
    found = record(a=values, findings=[finding()])
    assert signals(found, rules("contradicted", "disputed"), 2012).signal.tolist() == ["contradicted"]
    assert len(rows(found, "disputed")) == 1


def test_a_project_is_behind_by_the_share_of_its_lit_lamps():
    found = record(a=[60] * 5 + [90], b=[60] * 5 + [70], c=[60] * 5 + [90])
    assert rows(found, "behind") == [("r1", "", 0.5, 0.5, "lamps", "")]
    assert rows(found, "behind", share=0.51) == []
    assert signals(found, rules("behind"), 2012).project.tolist() == ["P01"]


def test_a_project_without_a_lit_lamp_is_not_behind():
    assert rows(record(a=[60] * 5 + ["missing"]), "behind") == []


def test_years_without_inspection_count_from_the_last_finding_or_from_the_base_year():
    found = record(a=STEADY, c=STEADY, findings=[finding(year=2009, verdict="confirmed")])
    last, never = rows(found, "uninspected", years=3)
    assert last == ("r1", "", 3, 3, "last_inspected", "")
    assert never == ("r1", "", 5, 3, "never_inspected", "")
    assert len(rows(found, "uninspected", years=4)) == 1


def test_rows_stand_in_declared_order_with_their_points():
    found = record(a={"r2": STEADY, "r1": [60] * 5 + [10]}, c={"r2": [60] * 5 + ["missing"], "r1": STEADY})
    table = signals(found, rules("missing", "jump", "behind"), 2012)
    assert table[["region", "project", "indicator", "signal", "points"]].values.tolist() == [
        ["r2", "P01", "", "behind", 15],
        ["r2", "P02", "c", "missing", 5],
        ["r1", "P01", "a", "jump", 10],
        ["r1", "P01", "", "behind", 15],
        ["r1", "P02", "", "behind", 15],
    ]


def test_a_year_outside_the_round_has_no_signals():
    with pytest.raises(ParamsError, match="year: found 2013; expected one of 2008"):
        signals(record(a=STEADY), rules("jump"), 2013)

import numpy as np
import pytest

from evalkit.assessment.targets.trajectories import REASONS, UNLIT
from tests.assessment.panels import achieved, row
from tests.index.test_target import BEDS, CLUBS, ROOMS

NAN = float("nan")
OWN = {"assessed": ("city",)}


def close(expected):
    return pytest.approx(expected, nan_ok=True)


def test_a_floor_by_hand():
    # from 80 in 2007 to 90 in 2012: milestones 82, 84, 86, 88, 90
    found = achieved({"r1": [80, 81, 84, 83, 90, 89.5]})
    assert row(found.completion) == close([50, 100, 50, 100, 95])
    assert row(found.progress) == close([0.5, 1, 0, 1, 0])
    assert row(found.lamps) == ["behind", "on_schedule", "behind", "met", "behind"]
    assert row(found.reasons) == [""] * 5


def test_a_ceiling_by_hand():
    # from 20 down to 10: milestones 18, 16, 14, 12, 10
    found = achieved({"r1": [20, 20, 17, 14, 9, 11]}, worst=100, best=0, value=10)
    assert row(found.completion) == close([0, 75, 100, 100, 90])
    assert row(found.progress) == close([0, 0.75, 1, 1, 0])
    assert row(found.lamps) == ["behind", "behind", "on_schedule", "met", "behind"]


def test_a_declared_baseline_and_milestones_by_hand():
    taken = {"year": 2007, "value": 60, "status": "proxy", "document": {"zh": "d", "en": "d"}, "by_region": {"r2": 70}}
    found = achieved({"r1": ["missing", 65], "r2": ["missing", 74]}, baseline=taken, milestones={2008: 80})
    assert row(found.completion)[0] == 25
    assert row(found.completion, "r2")[0] == 40
    assert found.baselines["a"].to_dict() == {"r1": 60, "r2": 70}


def test_an_interval_by_hand():
    found = achieved({"r1": [30, 50, 55, 70, 90, 100]}, **BEDS)
    assert row(found.completion) == close([50, 75, 100, 50, 0])
    assert row(found.progress) == close([2 / 3, 0.5, 1, 0, 0])
    assert row(found.lamps) == ["behind", "behind", "met", "behind", "behind"]


def test_an_annual_quota_by_hand():
    # 200 a year: 250 (ahead), 100, 250 (the sum 600 of 600), 300, 200: 1100 of 1000
    found = achieved({"r1": [0, 250, 100, 250, 300, 200]}, **ROOMS | OWN | {"value": 200})
    assert row(found.completion) == close([100, 50, 100, 100, 100])
    assert row(found.progress) == close([1, 100 / 150, 1, 1, 1])
    assert row(found.lamps) == ["on_schedule", "behind", "on_schedule", "on_schedule", "met"]


def test_a_lag_of_the_sum_is_not_made_good_by_one_full_year():
    found = achieved({"r1": [0, 100, 200, 300]}, **ROOMS | OWN | {"value": 200})
    assert row(found.completion)[:3] == close([50, 75, 100])
    assert row(found.progress)[:3] == close([0.5, 200 / 300, 1])


def test_the_sum_is_not_known_where_an_earlier_year_is_missing():
    found = achieved({"r1": [0, 200, "missing", 200]}, **ROOMS | OWN | {"value": 200})
    assert row(found.reasons)[:3] == ["", "missing", "earlier_years_missing"]
    assert row(found.lamps)[:3] == ["on_schedule", "no_data", "no_data"]


def test_a_year_that_is_not_applicable_asks_for_nothing():
    found = achieved({"r1": [0, 200, "not applicable", 200, 200, 200]}, **ROOMS | OWN | {"value": 200})
    assert row(found.lamps) == ["on_schedule", "not_applicable", "on_schedule", "on_schedule", "met"]
    assert row(found.completion) == close([100, NAN, 100, 100, 100])


def test_an_annual_quota_ends_with_its_last_year():
    found = achieved({"r1": [0, 200, 200, 0]}, **ROOMS | OWN | {"value": 200, "year": 2009})
    assert row(found.reasons)[:3] == ["", "", "ended"]
    assert row(found.lamps)[:3] == ["on_schedule", "met", "not_applicable"]


def test_a_cumulative_quota_by_hand():
    # 1000 in five years: 200, 400, 600, 800, 1000
    found = achieved({"r1": ["no series", 150, 400, 500, 1000, 1100]}, **CLUBS | OWN | {"apportionment": None})
    assert row(found.completion) == close([75, 100, 500 / 6, 100, 100])
    assert row(found.progress) == close([0.75, 1, 0.5, 1, 1])
    assert row(found.lamps) == ["behind", "on_schedule", "behind", "met", "met"]


def test_a_range_is_full_at_its_lower_bound_and_says_what_exceeds_it():
    found = achieved({"r1": [0, 1, 2, 5, 10, 12]}, kind="range", value=5, upper=10)
    assert row(found.completion) == close([100, 100, 100, 100, 100])
    assert row(found.lamps) == ["on_schedule", "on_schedule", "met", "met", "met"]
    assert row(found.reasons) == ["", "", "", "", "above_the_range"]
    assert row(found.values)[-1] == 12


def test_parity_by_hand():
    # from 0.5 to 1: milestones 0.6 … 1; 0.05 either way is parity
    found = achieved({"r1": [0.5, 0.55, 0.7, 0.96, 1.05, 1.25]}, kind="parity", value=1, tolerance=0.05)
    assert row(found.completion) == close([50, 100, 100, 100, 100 * (0.45 - 0.2) / 0.45])
    assert row(found.lamps) == ["behind", "on_schedule", "met", "met", "behind"]
    assert row(found.progress) == close([0.5, 1, 1, 1, 0])


def test_each_state_is_told_and_none_is_zero():
    cells = ["not applicable", "not due", "disputed", "missing", "imputed"]
    found = achieved({"r1": [80, *cells]})
    assert row(found.states) == ["not applicable", "not due", "disputed", "missing", "missing"]
    assert row(found.lamps) == ["not_applicable", "not_applicable", "disputed", "no_data", "no_data"]
    assert row(found.reasons) == ["not_applicable", "not_due", "disputed", "missing", "imputed"]
    assert np.isnan([row(found.completion), row(found.progress)]).all()


def test_nothing_is_due_before_valid_from():
    found = achieved({"r1": [10, 20, 30, 80, 82, 91]}, valid_from=2011)
    assert row(found.reasons) == ["not_due", "not_due", "base_year", "", ""]
    assert row(found.milestones) == close([NAN, NAN, NAN, 85, 90])
    assert row(found.completion)[3:] == close([40, 100])


def test_what_is_due_after_the_round_is_not_due_in_it():
    found = achieved({"r1": [10, 20, 30, 80, 82, 91]}, valid_from=2014, year=2015)
    assert row(found.reasons) == ["not_due"] * 5
    assert found.baselines["a"].isna().all()


def test_without_a_baseline_the_target_and_known_milestones_still_light_a_lamp():
    found = achieved({"r1": ["missing", 80, 91, 80, 85, 89]}, milestones={2010: 84})
    assert row(found.reasons) == ["no_baseline"] * 5
    assert row(found.lamps) == ["no_data", "met", "behind", "behind", "behind"]
    assert np.isnan([row(found.completion), row(found.progress)]).all()


def test_progress_is_blank_without_an_earlier_value():
    found = achieved({"r1": [80, "missing", 85]})
    assert row(found.reasons)[:2] == ["missing", "no_earlier_value"]
    assert row(found.completion)[1] == 100
    assert np.isnan(row(found.progress)[1])


def test_every_reason_has_a_state_and_every_state_but_a_value_its_lamp():
    assert {*REASONS.values()} == {"value", *UNLIT}

import numpy as np
import pytest

from tests.index.test_target import BEDS, CENTRES, KINDS, ROOMS, aimed
from tests.scoring.small import words

PLAN = np.arange(2007, 2014)


def way(baseline, **target):
    return np.nan_to_num(aimed(**target).way(PLAN, baseline, since=2007), nan=-1).round(6).tolist()


def test_the_way_is_linear_from_the_baseline_to_the_target():
    assert way(80, kind="floor") == [-1, 82, 84, 86, 88, 90, 90]
    assert way(20, kind="ceiling", value=10) == [-1, 18, 16, 14, 12, 10, 10]


def test_declared_milestones_bend_the_way():
    assert way(80, kind="floor", milestones={2009: 81, 2011: 89}) == [-1, 80.5, 81, 85, 89, 90, 90]


@pytest.mark.parametrize(("kind", "baseline"), [("floor", 95), ("ceiling", 70)])
def test_what_is_at_the_target_already_has_to_hold_it(kind, baseline):
    assert way(baseline, kind=kind) == [-1] + [90] * 6


def test_village_clubs_are_asked_in_fifths():
    clubs = {"kind": "cumulative_quota", "value": 1000, "assessed": ("province",)}
    assert way(0, **clubs) == [-1, 200, 400, 600, 800, 1000, 1000]


def test_an_annual_quota_is_each_years_own_and_ends():
    assert way(0, **ROOMS, milestones={2009: 1200}) == [-1, 1000, 1200, 1000, 1000, 1000, -1]


def test_an_interval_has_its_lower_bound_and_parity_a_way_from_either_side():
    assert way(30, **BEDS) == [-1] + [60] * 6
    assert way(1.5, kind="parity", value=1) == [-1, 1.4, 1.3, 1.2, 1.1, 1, 1]
    assert way(0.96, kind="parity", value=1, tolerance=0.05) == [-1] + [1] * 6


def test_an_unknown_baseline_leaves_the_way_open():
    assert way(np.nan, kind="floor") == [-1, -1, -1, -1, -1, 90, 90]


@pytest.mark.parametrize(
    ("declared", "expected"),
    [({}, 2007), ({"valid_from": 2010}, 2009), ({"valid_from": 2005}, 2007), ({"baseline": {"year": 2010}}, 2010)],
)
def test_the_base_year_is_declared_or_the_one_before_anything_is_due(declared, expected):
    assert aimed(**declared).base_year(2008) == expected


@pytest.mark.parametrize(("x", "gap"), [(1, 0), (0.95, 0), (1.05, 0), (0.85, 0.1), (1.25, 0.2), (np.nan, np.nan)])
def test_parity_is_measured_from_either_side_beyond_its_tolerance(x, gap):
    assert KINDS["parity"].distance(x) == pytest.approx(gap, nan_ok=True)


def test_an_interval_is_measured_by_the_distance_from_it():
    assert KINDS["interval"].distance(np.array([55.0, 60, 80, 90])).tolist() == [5, 0, 0, 10]


@pytest.mark.parametrize(
    ("declared", "x", "than", "expected"),
    [
        ({"kind": "floor"}, 85, 80, 5),
        ({"kind": "ceiling"}, 85, 80, -5),
        (BEDS, 55, 90, 5),  # 5 below 60 is better than 10 above 80
        ({"kind": "parity", "value": 1}, 1.25, 0.5, 0.25),
    ],
)
def test_a_value_is_better_in_the_direction_of_its_kind(declared, x, than, expected):
    assert aimed(**declared).better_by(x, than=than) == expected


def test_a_target_names_its_ends():
    assert aimed(kind="floor").ends == {"value": 90}
    assert KINDS["interval"].ends == {"value": 60, "upper": 80}
    assert KINDS["range"].ends == {"value": 5, "upper": 10}
    assert KINDS["threshold_share"].ends == {"value": 100, "threshold": 1500}


def test_only_a_floor_or_a_ceiling_is_one_level():
    assert (aimed(kind="floor").line, aimed(kind="ceiling").line) == (90, 90)
    assert [kind for kind, target in KINDS.items() if target.line is not None] == ["floor"]


def test_a_share_of_units_has_the_unit_of_its_threshold():
    assert aimed(**CENTRES).unit("%") == words("m²")
    assert aimed(kind="floor").unit("%") == "%"


def test_only_parity_has_a_leeway_and_only_a_range_a_most():
    assert {name: target.leeway for name, target in KINDS.items() if target.leeway} == {"parity": 0.05}
    assert {name: target.most for name, target in KINDS.items() if target.most < np.inf} == {"range": 10}


@pytest.mark.parametrize(("milestone", "expected"), [(0.9, 0.1), (1.2, 0.2), (0.98, 0.05)])
def test_a_year_of_parity_lets_a_value_differ_by_its_milestone_or_the_tolerance(milestone, expected):
    assert KINDS["parity"].margin(milestone) == pytest.approx(expected)
    assert aimed(kind="floor").margin(milestone) is None


@pytest.mark.parametrize(
    ("said", "kinds"),
    [
        ("is_count", {"annual_quota", "cumulative_quota"}),
        ("judged_by_year", {"annual_quota"}),
        ("by_unit", {"threshold_share"}),
        ("is_band", {"interval"}),
        ("adds_up", {"annual_quota", "cumulative_quota", "range"}),
    ],
)
def test_a_kind_says_what_it_is(said, kinds):
    assert {name for name, target in KINDS.items() if getattr(target, said)} == kinds


def test_of_ceilings_intervals_and_parity_less_is_better():
    assert {kind for kind, target in KINDS.items() if not target.rises} == {"interval", "parity"}
    assert not aimed(kind="ceiling").rises


def test_the_ends_of_an_interval_and_of_a_tolerance_are_inside_whatever_noise_a_value_has():
    narrow = aimed(kind="interval", value=0.3, upper=0.8, permitted=(0.1, 1))
    assert narrow.distance(np.array([0.1 + 0.7, 0.1 + 0.2, 0.1 * 3])).tolist() == [0, 0, 0]
    assert aimed(kind="parity", value=1, tolerance=0.1).distance(np.array([1.1, 0.9])).tolist() == [0, 0]

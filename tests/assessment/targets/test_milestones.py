import numpy as np
import pytest

from evalkit.assessment.targets.milestones import base_year, levels, milestones
from tests.assessment.panels import YEARS
from tests.index.test_target import BEDS, ROOMS, aimed

PLAN = range(2007, 2014)


def way(baseline, **target):
    return milestones(aimed(**target), PLAN, baseline, since=2007).fillna(-1).round(6).tolist()


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
    found = levels([aimed(kind="floor")], np.array(YEARS), np.array([np.nan]), since=2007)
    assert np.isnan(found[0, :4]).all()
    assert milestones(aimed(kind="floor"), [2009], None, since=2007).isna().all()


@pytest.mark.parametrize(
    ("declared", "expected"),
    [({}, 2007), ({"valid_from": 2010}, 2009), ({"valid_from": 2005}, 2007), ({"baseline": {"year": 2010}}, 2010)],
)
def test_the_base_year_is_declared_or_the_one_before_anything_is_due(declared, expected):
    assert base_year(aimed(**declared), 2008) == expected

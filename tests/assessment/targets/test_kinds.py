import pytest

from evalkit.assessment.targets.kinds import trajectory_of
from evalkit.assessment.targets.trajectories import Trajectory
from tests.assessment.panels import achieved, row
from tests.index.test_target import BEDS, KINDS

QUOTA = {"kind": "annual_quota", "value": 100}


def test_what_has_no_rule_of_its_own_is_judged_by_its_declaration():
    own = {name for name, target in KINDS.items() if trajectory_of(target) is not Trajectory}
    assert own == {"interval", "annual_quota"}


@pytest.mark.parametrize(
    ("target", "baseline", "value", "gap"),
    [
        ({"kind": "floor"}, 80, 81.0, 1),  # 82 is asked
        ({"kind": "ceiling", "value": 4}, 9, 8.6, 0.6),  # 8 is asked
        (BEDS, 50, 85.0, 5),  # from 60 to 80
        (BEDS, 50, 57.5, 2.5),
        # 0.15 beyond the tolerance, where 0.88 is asked, which is 0.07 beyond it
        ({"kind": "parity", "value": 1, "tolerance": 0.05}, 0.85, 0.8, 0.08),
        ({"kind": "parity", "value": 1, "tolerance": 0.05}, 0.85, 1.2, 0.08),
    ],
)
def test_a_gap_is_above_0_whichever_direction_is_better(target, baseline, value, gap):
    down = target["kind"] == "ceiling"
    found = achieved({"r1": [baseline, value]}, worst=100 * down, best=100 * (not down), **target)
    assert row(found.gaps)[0] == pytest.approx(gap)


def test_an_annual_quota_lacks_what_its_year_or_its_sum_lacks():
    found = row(achieved({"r1": [0, 80, 120, 100, "not due", 90]}, **QUOTA).gaps)
    assert [found[place] for place in (0, 1, 2, 4)] == [20, 0, 0, 10]
    assert row(achieved({"r1": [0, 50, 110]}, **QUOTA).gaps)[:2] == [50, 40]


def test_an_interval_is_in_order_at_the_bound_that_is_nearer():
    found = achieved({"r1": [70, 85, 50, 70]}, **BEDS)
    assert row(found.acceptance)[:3] == [80, 60, 60]


def test_the_next_year_asks_its_milestone_and_after_the_last_the_target():
    assert row(achieved({"r1": [80, 81, 84, 83, 90, 89.5]}).acceptance) == [84, 86, 88, 90, 90]

import pandas as pd
import pytest

from evalkit import DataError
from evalkit.assessment.supervision.risk import risk_scores
from tests.assessment.inspected import rules

UNITS = pd.MultiIndex.from_product([["r2", "r1"], ["P01", "P02"]], names=["region", "project"])
ROWS = ("region", "project", "signal", "points")
RULES = rules("missing", "jump")


def risks(*rows, units=UNITS):
    return risk_scores(pd.DataFrame(rows, columns=list(ROWS)), units, RULES)


def test_points_add_up_by_signal_and_unit():
    found = risks(("r1", "P01", "jump", 10), ("r1", "P01", "missing", 5), ("r1", "P01", "missing", 5))
    assert found.loc[("r1", "P01")].to_dict() == {"missing": 10, "jump": 10, "points": 20, "score": 20, "place": 1}
    assert found.loc[("r2", "P01")].tolist() == [0, 0, 0, 0, 2]


def test_the_sum_is_held_within_the_cap():
    found = risks(*[("r1", "P02", "jump", 10)] * 12)
    assert found.loc[("r1", "P02"), ["points", "score"]].tolist() == [120, 100]


def test_ties_go_by_the_first_signal_that_tells_apart_and_then_as_units_are_declared():
    found = risks(("r1", "P02", "missing", 10), ("r2", "P01", "jump", 10))
    assert found.place.to_dict() == {("r2", "P01"): 2, ("r2", "P02"): 3, ("r1", "P01"): 4, ("r1", "P02"): 1}


def test_without_signals_nobody_is_at_risk():
    assert risks().score.tolist() == [0, 0, 0, 0]
    assert risks().place.tolist() == [1, 2, 3, 4]


def test_the_order_of_the_rows_does_not_matter():
    rows = [("r1", "P02", "missing", 10), ("r2", "P01", "jump", 10), ("r1", "P01", "jump", 5)]
    pd.testing.assert_frame_equal(risks(*rows), risks(*rows[::-1]))


def test_every_row_that_cannot_count_is_told_at_once():
    with pytest.raises(DataError) as error:
        risks(("r3", "P01", "jump", 10), ("r1", "P01", "jmp", 10), ("r1", "P01", "jump", -5))
    told = "\n".join(map(str, error.value.problems))
    assert "'r3 P01'" in told
    assert "'jmp'; expected one of missing, jump (did you mean 'jump'?)" in told
    assert "points of signal 3: found -5; expected a whole number of 0 or more" in told


def test_a_unit_twice_is_refused():
    with pytest.raises(DataError, match="r1 P02 twice"):
        risks(units=UNITS.append(UNITS[-1:]))

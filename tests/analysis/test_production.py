import pandas as pd
import pytest

from evalkit.analysis.dea import dea
from evalkit.base.errors import MethodError
from tests.analysis.shops import made_up

NAN = float("nan")


def refused(inputs, outputs, units="ABCD"):
    tables = (pd.DataFrame(side, index=list(units)) for side in (inputs, outputs))
    with pytest.raises(MethodError) as caught:
        dea(*tables)
    return [str(problem) for problem in caught.value.problems]


def test_every_bad_cell_is_named_at_once():
    found = refused({"yuan": [0, -1, NAN, 4]}, {"beds": [1, -2, float("inf"), "many"]})
    assert found == [
        "yuan of A: found 0.0; expected a number above 0",
        "yuan of B: found -1.0; expected a number above 0",
        "yuan of C: found a blank; expected a number above 0",
        "beds of B: found -2; expected a number of 0 or more",
        "beds of C: found inf; expected a number of 0 or more",
        "beds of D: found many; expected a number of 0 or more",
    ]


def test_outputs_of_zero_are_refused_only_where_a_whole_row_or_column_is():
    found = refused({"yuan": [1, 2, 3, 4]}, {"beds": [0, 0, 3, 4], "books": [0, 1, 0, 3], "films": [0] * 4})
    assert found == [
        "films: found 0 for every unit; expected a unit above 0 at least",
        "A: found no output above 0; expected one at least",
    ]
    part = pd.DataFrame({"beds": [0, 3, 4], "books": [1, 0, 3]})
    assert dea(pd.DataFrame({"yuan": [1, 2, 3]}), part).scores[0] == 1


def test_units_are_told_where_they_differ_or_repeat():
    with pytest.raises(MethodError, match=r"A: found inputs but no outputs.*\n  - B: found outputs but no inputs"):
        dea(pd.DataFrame({"x": [1.0]}, ["A"]), pd.DataFrame({"y": [2.0]}, ["B"]))
    found = refused({"x": [1.0, 2, 3]}, {"y": [1.0, 2, 3]}, "AAB")
    assert found == [f"A in the {side}: found several rows; expected one row a unit" for side in ("inputs", "outputs")]


@pytest.mark.parametrize(("shape", "told"), [((3, 2, 2), "found 3 for 4"), ((1, 1, 1), "found 1 for 2")])
def test_there_are_as_many_units_as_columns_and_two_at_least(shape, told):
    with pytest.raises(MethodError, match=rf"the number of units: {told} inputs and outputs"):
        dea(*made_up(*shape))


def test_a_side_without_columns_is_refused():
    with pytest.raises(MethodError, match="the inputs: found no column"):
        dea(pd.DataFrame(index=["A", "B"]), pd.DataFrame({"y": [1.0, 2.0]}, ["A", "B"]))


def test_a_unit_of_two_levels_is_named_by_both():
    index = pd.MultiIndex.from_product([["Hangzhou"], [2010, 2011]])
    with pytest.raises(MethodError, match="x of Hangzhou in 2011: found 0"):
        dea(pd.DataFrame({"x": [1.0, 0.0]}, index), pd.DataFrame({"y": [1.0, 2.0]}, index))

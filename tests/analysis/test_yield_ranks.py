import pandas as pd
import pytest

from evalkit.analysis.yield_ranks import input_output_ranks
from evalkit.base.errors import MethodError


def test_ranks_of_means_and_of_results_stand_side_by_side():
    found = input_output_ranks(pd.Series({"A": 9, "B": 5, "C": 7}), pd.Series({"C": 60, "A": 60, "B": 80}))
    assert found.input_rank.to_dict() == {"A": 1, "B": 3, "C": 2}
    assert found.result_rank.to_dict() == {"A": 2, "B": 1, "C": 2}
    assert found.difference.to_dict() == {"A": -1, "B": 2, "C": 0}


def test_a_unit_with_a_blank_has_no_rank_and_the_others_are_counted_without_it():
    found = input_output_ranks(pd.Series({"A": 9, "B": None, "C": 7}), pd.Series({"A": 50, "B": 80, "C": 60}))
    assert found.difference.isna().tolist() == [False, True, False]
    assert found.result_rank.tolist()[::2] == [2, 1]
    assert found.n.tolist() == [2, 2, 2]


def test_units_that_differ_or_repeat_are_all_named():
    inputs, results = pd.Series([1, 2, 3], ["A", "A", "B"]), pd.Series([1, 2], ["A", "C"])
    with pytest.raises(MethodError, match=r"(?s)A in the inputs.*B: found an input but.*C: found a result but"):
        input_output_ranks(inputs, results)

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit import AnalyticHierarchy, MethodError, ahp_weights
from tests.scoring.small import leaf, quick, ragged, system, weigh


def judged(node, children, *rows, **more):
    return AnalyticHierarchy(judgements={node: {"children": children, "matrix": rows}}, **more)


def test_judgements_weigh_their_node_and_leave_the_others_as_declared():
    weights = weigh(judged("index", ("g", "a"), (1.0, 4.0), (0.25, 1.0)), ragged())
    assert weights.to_dict() == pytest.approx({"a": 0.2, "g": 0.8, "b": 0.25, "c": 0.75})


@pytest.mark.parametrize(
    ("weighting", "match"),
    [
        (
            judged("idx", ("a", "g"), (1.0, 1.0), (1.0, 1.0)),
            "found 'idx'; expected one of index, g .did you mean 'index'",
        ),
        (judged("g", ("b", "d"), (1.0, 1.0), (1.0, 1.0)), "judgements of g: found b, d; expected its children b, c"),
        (judged("g", ("b", "c"), (1.0, 3.0), (3.0, 1.0)), r"b to c: found 3; expected 0\.333, as c to b is 3"),
    ],
)
def test_judgements_that_do_not_fit_are_refused(weighting, match):
    with pytest.raises(MethodError, match=match):
        weigh(weighting, ragged())


def test_inconsistent_judgements_are_refused_with_their_ratio():
    # a over b over c over a: λmax = 1 + 3 + 1/3, so CI is 0.667 and CR 0.667 / 0.58
    circle = judged("index", ("a", "b", "c"), (1.0, 3.0, 1 / 3), (1 / 3, 1.0, 3.0), (3.0, 1 / 3, 1.0))
    with pytest.raises(MethodError, match=r"index: found a consistency ratio of 1\.149; expected 0\.1 at most"):
        weigh(circle, system(leaf("a"), leaf("b"), leaf("c")))


def test_a_judgement_matrix_has_a_row_for_every_child():
    with pytest.raises(ValidationError, match="2 rows of 2 judgements, one for each of a, b"):
        judged("index", ("a", "b"), (1.0, 1.0))


@quick
@given(st.lists(st.floats(0.1, 10), min_size=3, max_size=7))
def test_consistent_judgements_give_back_the_weights_they_rest_on(sizes):
    sizes = np.array(sizes)
    found = ahp_weights(sizes[:, None] / sizes)
    assert found.weights.tolist() == pytest.approx((sizes / sizes.sum()).tolist())
    assert found[1:] == pytest.approx((len(sizes), 0, 0), abs=1e-9)


def test_judgements_that_are_not_reciprocal_are_named():
    matrix = pd.DataFrame([[1, 3, 1], [1, 1, 1], [1, 1, 1]], index=list("abc"), columns=list("abc"))
    with pytest.raises(MethodError, match=r"a to b: found 3; expected 1, as b to a is 1"):
        ahp_weights(matrix)


def test_rounded_reciprocals_are_accepted():
    assert ahp_weights([[1, 3], [0.33, 1]]).weights.tolist() == pytest.approx([0.75, 0.25], abs=0.002)
    assert ahp_weights([[1, 1.05], [1, 1]]).weights.sum() == pytest.approx(1), "off by exactly 5 %"


@pytest.mark.parametrize("entry", [0, -2, np.nan, np.inf])
def test_judgements_that_are_not_positive_are_named(entry):
    with pytest.raises(MethodError, match=r"1 to 2: found .*; expected a number above 0"):
        ahp_weights([[1, entry], [0.5, 1]])


def test_the_diagonal_compares_a_thing_with_itself():
    with pytest.raises(MethodError, match="2 to 2: found 2"):
        ahp_weights([[1, 2], [0.5, 2]])


@pytest.mark.parametrize("matrix", [[[1, 2]], np.ones((16, 16)), np.ones(4)])
def test_judgements_need_a_square_matrix(matrix):
    with pytest.raises(MethodError, match="as many rows as columns, 15 at most"):
        ahp_weights(matrix)

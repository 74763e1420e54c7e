import numpy as np
import pandas as pd
import pytest

from evalkit import DataError
from evalkit.assessment import Events
from tests.assessment.small import event, evidence, rows, series, table

NAN = np.nan


def test_only_a_value_counts_in_any_part():
    states = {"a": ["disputed", "value"]}
    given = evidence({"a": [50, 60]}, states=states, progress=table({"a": [0.5, 0.6]}), equality=table({"a": [5, 6]}))
    bases = [given.basis(part)[0]["a"].tolist() for part in ("completion", "progress", "equality")]
    assert np.array_equal(bases, [[NAN, 60], [NAN, 60], [NAN, 6]], equal_nan=True)


def test_progress_may_lack_rows_and_public_evaluation_is_a_column_of_its_own():
    years = (2011, 2012)
    progress = table({"a": [0.5]}, years=(2012,))
    given = evidence({"a": [1, 2]}, years=years, progress=progress, public_evaluation=series(80.0, years=(2011,)))
    assert given.basis("progress")[0]["a"].fillna(-1).tolist() == [-1, 50]
    frame, weights = given.basis("public_evaluation")
    assert (frame["public_evaluation"].fillna(-1).tolist(), weights.tolist()) == ([80, -1], [1])


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"equality": table({"a": [101, 5]})},
            r"equality of a, r1 in 2012: found 101.*; expected a number from 0 to 100",
        ),
        ({"progress": table({"a": [1, 1.5]})}, r"progress of a, r2 in 2012: found 1\.5; expected a number from 0 to 1"),
        ({"progress": table({"a": [0, "x"]})}, r"progress of a, r2 in 2012: found x; expected a number"),
        ({"public_evaluation": series(50, -1)}, r"public_evaluation of r2 in 2012: found -1"),
        (
            {"public_evaluation": series(50, 5, 5)},
            r"public_evaluation: found r3 in 2012; expected a region and year of",
        ),
        ({"progress": table({"b": [0, 0]})}, r"progress: found 'b'; expected one of a"),
        ({"states": {"a": ["value", "lost"]}}, r"state of a, r2 in 2012: found lost; expected one of value, missing"),
        (
            {"states": {"a": ["value", "missing"]}},
            r"completion of a, r2 in 2012: found 60.*a blank where the state is no",
        ),
        ({"weights": {"a": -1}}, r"weight of a: found -1; expected a number of 0 or more"),
        ({"weights": {"a": 0}}, r"weights: found a sum of 0"),
        ({"weights": {"b": 1}}, r"completion: found 'a'; expected one of b"),
        ({"projects": {"c": "P01"}}, r"projects: found 'c'; expected one of a"),
        (
            {"earmark": series("yes", None)},
            r"earmark of r1 in 2012: found 'yes'; expected True, False, not applicable, or None",
        ),
        (
            {"earmark": pd.Series([True], index=pd.Index(["r1"]))},
            r"index of earmark: found \[None\]; expected reg",
        ),
        ({"events": Events(code="e", events=(event(region="r9", points=1.0),))}, "region of the event E1: found 'r9'"),
    ],
)
def test_tables_that_do_not_fit_together_are_refused(more, expected):
    with pytest.raises(DataError, match=expected):
        evidence({"a": [50, 60]}, **more)


def test_a_value_without_completion_is_refused_where_it_has_weight():
    states = {"b": ["value", "value"]}
    with pytest.raises(
        DataError, match="completion of b, r1 in 2012: found a blank; expected a number where the state"
    ):
        evidence({"a": [50, 60], "b": [NAN, 1]}, states=states)
    weightless = evidence({"a": [50, 60], "b": [NAN, 1]}, states=states, weights={"a": 1, "b": 0})
    assert weightless.basis("completion")[1].tolist() == [1, 0]


def test_states_of_every_row_and_indicator_are_needed():
    given = evidence({"a": [50, 60]})
    less = {"completion": given.completion, "weights": given.weights, "projects": given.projects}
    with pytest.raises(DataError, match="states: found no r2 in 2012"):
        type(given)(states=given.states.iloc[:1], **less)
    with pytest.raises(DataError, match="states: found no a;"):
        type(given)(states=given.states[[]], **less)


def test_a_region_and_year_twice_is_refused():
    twice = pd.Series([1.0, 2.0, 3.0], index=rows(["r1", "r2"]).append(rows(["r1"])))
    with pytest.raises(DataError, match="public_evaluation: found r1 in 2012 twice"):
        evidence({"a": [50, 60]}, public_evaluation=twice)


def test_every_offender_is_named_at_once():
    with pytest.raises(DataError) as error:
        evidence({"a": [150, -1]}, progress=table({"a": [2, 0]}), weights={"a": -1})
    assert len(error.value.problems) == 4


def test_a_long_list_of_offenders_says_how_many_more():
    with pytest.raises(DataError, match="… and 10 more"):
        evidence({"a": [150] * 50})

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.assessment import Events, assess, improvements
from tests.assessment.small import event, evidence, only, quick, rules, scored, series, table

NAN = np.nan
COMPLETION = only(completion=100)


def lifted(given, chosen=COMPLETION):
    return improvements(assess(given, chosen), "r1", 2012)


def three(**more):
    """Three equal indicators: 60, 30 and 90, hence 60.00, 合格."""
    return evidence({"a": [60], "b": [30], "c": [90]}, **more)


def test_the_largest_gain_comes_first_and_the_list_ends_with_the_next_grade():
    found = lifted(three())
    assert found.about.tolist() == ["b"]
    assert found.loc[0, ["rule", "completion", "score", "grade"]].tolist() == ["score", 30, 83.33, "good"]
    assert found.gain.tolist() == pytest.approx([70 / 3])


def test_gains_cumulate_until_the_grade_is_reached():
    found = lifted(evidence({"a": [60], "b": [50], "c": [40], "d": [90]}))
    assert found.about.tolist() == ["c", "b"]
    assert found.score.tolist() == [75, 87.5]
    assert found.grade.tolist() == ["pass", "good"]


def test_the_weight_counts_in_the_gain():
    assert lifted(three(weights={"a": 5, "b": 1, "c": 1})).about.tolist()[0] == "a"


def test_full_progress_comes_with_the_milestone():
    found = lifted(evidence({"a": [50]}, progress=table({"a": [0.4]})), only(completion=80, progress=20))
    assert (found.gain.tolist(), found.score.tolist()) == ([52], [100])


def test_a_project_is_cleared_first_although_others_gain_more():
    given = evidence(
        {"a": [60], "b": [50], "c": [95], "d": [100]},
        weights={"a": 4, "b": 1, "c": 5, "d": 10},
        projects={"a": "P1", "b": "P2", "c": "P3", "d": "P3"},
        earmark=series(True),
    )
    found = lifted(given)
    assert found[["rule", "about", "score"]].to_numpy().tolist() == [["project", "b", 90.75]]
    assert found.grade.tolist() == ["excellent"]


def test_of_a_project_only_so_much_is_raised_as_clears_it():
    given = evidence(
        {"a": [40], "b": [10], "c": [100]},
        weights={"a": 2, "b": 1, "c": 17},
        projects={"a": "P1", "b": "P1", "c": "P2"},
    )
    found = lifted(given)
    assert found[["rule", "about", "score", "grade"]].to_numpy().tolist() == [["project", "a", 95.5, "excellent"]]


def test_the_earmark_is_to_be_met_before_anything_is_raised():
    found = lifted(evidence({"a": [80], "b": [90]}, earmark=series(False)))
    assert found[["rule", "about", "grade"]].to_numpy().tolist() == [
        ["earmark", "", "good"],
        ["score", "a", "excellent"],
    ]
    assert found.held_by.tolist() == [(), ()]


def test_a_gate_that_does_not_keep_from_the_next_grade_need_not_be_cleared():
    given = three(earmark=series(False), projects={"a": "P1", "b": "P2", "c": "P3"})
    assert lifted(given).rule.tolist() == ["score"]


def test_nothing_lifts_a_veto():
    found = lifted(three(events=Events(code="e", events=(event(veto=True),))))
    assert found[["rule", "about", "grade", "held_by"]].to_numpy().tolist() == [["veto", "E1", "fail", ("veto",)]]


def test_the_quota_is_held_against_the_others_as_they_are():
    chosen = rules(quota={"share": 0.5})
    columns = {"a": [90, 96], "b": [92, 98]}
    found = lifted(evidence(columns, earmark=series(True, True)), chosen)
    assert found[["about", "score", "grade", "held_by"]].to_numpy().tolist() == [
        ["a", 96, "good", ("quota",)],
        ["b", 100, "excellent", ()],
    ]


@pytest.mark.parametrize("completion", [100, NAN])
def test_the_best_grade_and_what_is_not_rated_have_no_list(completion):
    assert lifted(scored(completion)).empty


def test_where_raising_is_not_enough_the_last_step_says_so():
    given = evidence({"a": [50]}, equality=table({"a": [10]}))
    found = lifted(given, only(completion=30, equality=70))
    assert (found.about.tolist(), found.grade.tolist(), found.score.tolist()) == (["a"], ["fail"], [37])


@quick
@given(st.lists(st.floats(0, 100), min_size=4, max_size=4), st.lists(st.floats(0.1, 9), min_size=4, max_size=4))
def test_the_last_step_is_what_a_new_assessment_of_the_raised_values_gives(completion, weights):
    weights = dict(zip("abcd", weights, strict=True))
    projects = {"a": "P1", "b": "P1", "c": "P2", "d": "P2"}
    columns = {code: [x] for code, x in zip("abcd", completion, strict=True)}
    found = lifted(evidence(columns, weights=weights, projects=projects))
    raised = {code: [100] if code in found.about.tolist() else cell for code, cell in columns.items()}
    again = assess(evidence(raised, weights=weights, projects=projects), COMPLETION).results.iloc[0]
    if len(found):
        assert found.iloc[-1][["score", "grade"]].tolist() == again[["score", "grade"]].tolist()

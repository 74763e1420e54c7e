import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import ParamsError
from evalkit.assessment import Events, assess
from tests.assessment.small import event, evidence, only, quick, rules, scored, series, table

NAN = np.nan
points = st.floats(0, 100)


def results(given, chosen=None):
    return assess(given, chosen or only(completion=100)).results


@pytest.mark.parametrize(
    ("completion", "score", "band"),
    [
        (89.995, 90.00, "excellent"),
        (90.00, 90.00, "excellent"),
        (89.994, 89.99, "good"),
        (59.994, 59.99, "fail"),
        (59.995, 60.00, "pass"),
        (100, 100, "excellent"),
        (0, 0, "fail"),
    ],
)
def test_the_score_is_published_before_it_is_graded(completion, score, band):
    row = results(scored(completion, earmark=series(True), projects={"a": None})).iloc[0]
    assert row[["score", "band", "grade"]].tolist() == [score, band, band]


def test_a_whole_year_by_hand():
    more = {"equality": table({"a": [60, 80]}), "public_evaluation": series(None, 90)}
    row = results(evidence({"a": [90, 85]}, **more), rules()).loc[("r1", 2012)]
    # 60 + 20 of 100 points have data: factor 1.25; 0.90 × 75 + 0.60 × 25
    assert row[["points", "score", "band", "factor"]].tolist() == [82.5, 82.5, "good", 1.25]
    assert row.dropped == ("progress", "public_evaluation")


def test_without_enough_valid_weight_there_is_no_rating():
    weights = {"a": 79, "b": 21}
    found = assess(evidence({"a": [95, 95], "b": [NAN, 95]}, weights=weights), only(completion=100))
    row = found.results.loc[("r1", 2012)]
    assert row[["band", "gated", "grade", "valid_share"]].tolist() == ["unrated"] * 3 + [0.79]
    assert row[["score", "rank"]].isna().all()
    assert found.reasons.loc[[("r1", 2012)], ["rule", "outcome"]].to_numpy().tolist() == [["valid_share", "not_rated"]]


def test_four_fifths_of_valid_weight_are_enough():
    weights = {"a": 0.7, "b": 0.1, "c": 0.2}
    assert 0.7 + 0.1 < 0.8
    found = results(evidence({"a": [95], "b": [95], "c": [NAN]}, weights=weights))
    assert found.loc[("r1", 2012), ["valid_share", "grade"]].tolist() == [0.8, "excellent"]


def test_without_any_data_nothing_is_rated():
    found = results(evidence({"a": [NAN, NAN]}, states={"a": ["missing", "not due"]}), rules())
    assert found.grade.tolist() == ["unrated", "unrated"]
    assert found[["points", "score", "rank", "factor"]].isna().all(axis=None)
    assert found.dropped.unique().tolist() == [("completion", "equality", "progress", "public_evaluation")]


def test_regions_that_tie_share_a_rank_and_the_group_has_its_own():
    groups = pd.Series({"r1": "n", "r2": "s", "r3": "n", "r4": "s", "r9": "n"})
    found = results(scored(80.004, 90, 80, 70, groups=groups))
    assert found["rank"].tolist() == [2, 1, 2, 4]
    assert found.rank_in_group.tolist() == [1, 1, 1, 2]


def test_a_region_without_a_group_has_no_rank_in_one():
    found = results(scored(80, 90, groups=pd.Series({"r1": "n"})))
    assert found.rank_in_group.fillna(-1).tolist() == [1, -1]


@pytest.mark.parametrize(
    ("declared", "counted", "score"),
    [((2.5,), 2.5, 72.5), ((4, 4), 5, 75), ((-3, -4), -5, 65), ((4, -1.5), 2.5, 72.5), ((9, -3), 5, 75)],
)
def test_the_points_of_all_events_are_capped_together(declared, counted, score):
    events = tuple(event(f"E{n}", points=float(points)) for n, points in enumerate(declared))
    row = results(scored(70, 70, events=Events(code="e", events=events))).loc[("r1", 2012)]
    assert row[["events", "counted", "score"]].tolist() == [sum(declared), counted, score]


@pytest.mark.parametrize(("completion", "change", "score"), [(98, 5.0, 100), (3, -5.0, 0)])
def test_the_score_stays_within_0_and_100(completion, change, score):
    given = scored(completion, events=Events(code="e", events=(event(points=change),)))
    assert results(given).score.tolist() == [score]


def test_gates_lower_the_grade_and_never_the_score():
    veto = Events(code="e", events=(event(region="r3", veto=True),))
    found = results(scored(95, 95, 95, earmark=series(True, False, True), events=veto))
    assert found.score.tolist() == [95, 95, 95]
    assert found.band.unique().tolist() == ["excellent"]
    assert found.grade.tolist() == ["excellent", "good", "fail"]


def test_a_project_below_60_keeps_from_excellence():
    given = evidence({"a": [100], "b": [59.994]}, weights={"a": 9, "b": 1}, projects={"a": "P1", "b": "P2"})
    found = assess(given, only(completion=100))
    assert found.results.loc[("r1", 2012), ["score", "grade"]].tolist() == [96.0, "good"]
    reason = found.reasons[found.reasons.rule == "project"].iloc[0]
    assert reason[["about", "found", "bound", "outcome"]].tolist() == ["P2", 59.99, 60, "lowers"]


@pytest.mark.parametrize(
    ("state", "outcome"), [("missing", ["not_tested"]), ("disputed", ["not_tested"]), ("not due", [])]
)
def test_a_project_without_data_is_told_unless_nothing_of_it_is_due(state, outcome):
    columns = {"a": [95], "b": [NAN]}
    given = evidence(columns, states={"b": state}, weights={"a": 9, "b": 1}, projects={"a": "P1", "b": "P2"})
    found = assess(given, only(completion=100)).reasons
    assert found[found.rule == "project"].outcome.tolist() == outcome


def test_the_quota_applies_after_the_gates():
    met = series(False, *[True] * 9)
    found = assess(scored(*range(99, 89, -1), earmark=met), rules())
    assert found.results.grade.tolist() == ["good", *["excellent"] * 3, *["good"] * 6]
    quota = found.reasons[found.reasons.rule == "quota"]
    assert (len(quota), quota.iloc[0].found, quota.iloc[0].bound) == (6, 4, 3)


def test_every_difference_between_band_and_grade_has_its_reason():
    given = scored(*range(99, 89, -1), earmark=series(*[True, False] * 5))
    found = assess(given, rules())
    differs = found.results.index[found.results.band != found.results.grade]
    lowered = found.reasons.index[found.reasons.outcome == "lowers"]
    assert len(differs) > 3
    assert sorted(differs) == sorted(set(lowered))


def test_a_city_is_selected_with_what_belongs_to_it():
    found = assess(scored(80, 90, years=(2011, 2012)), rules())
    city = found.of("r1", 2012)
    assert (city.region, city.year, city.result.score) == ("r1", 2012, 90)
    assert city.parts.index.tolist() == ["completion", "equality", "progress", "public_evaluation"]
    assert city.projects.to_dict() == {"P01": 90}
    assert city.reasons[["rule", "outcome"]].to_numpy().tolist() == [["earmark", "not_tested"], ["quota", "lowers"]]


@pytest.mark.parametrize(("region", "year"), [("r7", 2012), ("r1", 2031)])
def test_a_city_that_is_not_assessed_is_refused(region, year):
    with pytest.raises(ParamsError, match=r"is not assessed\n(?s:.*)expected one of"):
        assess(scored(80), rules()).of(region, year)


def test_the_period_rests_on_the_published_scores():
    found = assess(scored(80, 90, years=(2011, 2012)), rules()).period()
    assert found.loc["r1", ["score", "years"]].tolist() == [85, (2011, 2012)]


@quick
@given(st.lists(points, min_size=2, max_size=5), points, st.data())
def test_a_higher_completion_never_lowers_the_score(completion, better, data):
    place = data.draw(st.integers(0, len(completion) - 1))
    raised = [max(x, better) if n == place else x for n, x in enumerate(completion)]
    weights = {f"i{n}": data.draw(st.floats(0, 10)) + 0.1 for n in range(len(completion))}
    rows = {f"i{n}": list(pair) for n, pair in enumerate(zip(completion, raised, strict=True))}
    before, after = results(evidence(rows, weights=weights), rules()).score
    assert after >= before


@quick
@given(st.lists(st.none() | points, min_size=1, max_size=6), st.lists(points, min_size=6, max_size=6))
def test_the_printed_band_never_contradicts_the_printed_score(completion, equality):
    given = scored(*completion, equality=table({"a": equality[: len(completion)]}))
    found = results(given, rules())
    bounds = {"excellent": (90, 100.01), "good": (80, 90), "pass": (60, 80), "fail": (0, 60)}
    for row in found[found.score.notna()].itertuples():
        assert bounds[row.band][0] <= float(f"{row.score:.2f}") < bounds[row.band][1]
    assert (found.score.isna() == (found.band == "unrated")).all()

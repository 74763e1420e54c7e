from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import ParamsError
from evalkit.assessment import Events, assess, pathway
from tests.assessment.small import event, evidence, only, quick, rules, scored, series, table

NAN = np.nan
thirds = st.floats(0, 100) | st.sampled_from([100 / 3, 200 / 3, 59.995])


def way(given, chosen=None, **more):
    return pathway(assess(given, chosen or rules()), "r1", 2012, **more)


def exact(points):
    return sum(Decimal(str(number)) for number in points.dropna())


def full():
    """Two indicators, one missing; equality; two events above the limit; the earmark not met."""
    events = (event("E1", points=4.0), event("E2", points=3.0))
    return evidence(
        {"a": [90.0], "b": [93.0], "c": [NAN]},
        weights={"a": 6, "b": 3, "c": 1},
        equality=table({"a": [70.0]}),
        earmark=series(False),
        events=Events(code="e", events=events),
    )


def test_the_steps_by_hand():
    found = way(full(), values=table({"a": [1.5]})).set_index(["step", "about"])
    # completion: 60 × 1.25 × (2/3 × 90 + 1/3 × 93)/100; equality: 20 × 1.25 × 70/100
    assert found.loc[("indicator", "a"), "points"].tolist() == [45.0, 17.5]
    assert found.loc[("indicator", "a"), "value"].tolist() == [1.5, 1.5]
    assert found.loc[[("indicator", "b")], "points"].tolist() == [23.25]
    assert found.loc[("limit", "events"), "points"] == -2
    assert found.xs("part").total.dropna().tolist() == [68.25, 17.5]
    assert found.xs("score").total.tolist() == [90.75]


def test_what_does_not_count_is_shown_with_its_state_and_without_points():
    found = way(full()).query("part == 'completion' and about == 'c'").iloc[0]
    assert found.state == "missing"
    assert found[["basis", "weight", "points"]].isna().all()


def test_the_way_from_band_to_grade():
    found = way(full())
    tail = found[found.step.isin(["band", "gate", "quota", "grade"])]
    assert tail[["step", "rule", "grade"]].fillna("").to_numpy().tolist() == [
        ["band", "", "excellent"],
        ["gate", "earmark", "good"],
        ["grade", "", "good"],
    ]


def test_the_quota_is_the_last_step_before_the_grade():
    found = pathway(assess(scored(91, 95, earmark=series(True, True)), rules(quota={"share": 0.5})), "r1", 2012)
    assert found.step.tolist()[-3:] == ["band", "quota", "grade"]
    assert found.iloc[-2][["found", "bound", "grade"]].tolist() == [2, 1, "good"]


def test_the_end_of_the_scale_is_a_step():
    given = scored(98, events=Events(code="e", events=(event(points=5.0),)))
    found = way(given, only(completion=100))
    assert found[found.step == "limit"][["about", "points"]].to_numpy().tolist() == [["scale", -3]]
    assert exact(found.points) == 100


def test_what_is_not_rated_has_steps_and_no_points():
    found = way(evidence({"a": [90], "b": [NAN]}, events=Events(code="e", events=(event(points=5.0),))))
    assert found.points.isna().all()
    assert found.step.unique().tolist() == ["indicator", "part", "band", "gate", "grade"]
    assert found.iloc[-2][["rule", "found", "bound", "outcome"]].tolist() == ["valid_share", 0.5, 0.8, "not_rated"]


def test_a_region_that_is_not_assessed_is_refused():
    with pytest.raises(ParamsError, match="found 'r8'"):
        pathway(assess(scored(80), rules()), "r8", 2012)


@quick
@given(st.lists(thirds, min_size=3, max_size=3), st.lists(st.floats(0.1, 10), min_size=3, max_size=3), thirds)
def test_the_printed_points_add_up_exactly_to_the_published_score(completion, weights, public):
    columns = {code: [x] for code, x in zip("abc", completion, strict=True)}
    given = evidence(
        columns,
        weights=dict(zip("abc", weights, strict=True)),
        public_evaluation=series(public),
        events=Events(code="e", events=(event(points=1.255),)),
    )
    found = way(given)
    assert exact(found.points) == Decimal(str(found.set_index("step").total["score"]))
    assert abs(found.set_index("step").points["rounding"]) <= 0.006


def test_the_points_of_a_part_are_those_of_its_indicators():
    found = assess(full(), rules())
    summed = way(full()).groupby("part").points.sum()
    declared = found.of("r1", 2012).parts.points.dropna()
    pd.testing.assert_series_equal(summed[declared.index], declared, check_names=False, atol=1e-4)

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit import (
    DistanceToLeader,
    DistanceToReference,
    DistanceToTarget,
    FloorToTarget,
    GoalpostsScale,
    Interval,
    Method,
    MethodError,
    MinMax,
    PercentileRank,
    Rank,
    ZScore,
    evaluate,
)
from evalkit.scoring.scales import finite
from tests.scoring.small import leaf, panel, quick, system

RANGED = [MinMax, Rank, PercentileRank, DistanceToLeader]
every_ranged = pytest.mark.parametrize("scale", RANGED)
samples = st.lists(st.integers(1, 1000), min_size=3, max_size=8, unique=True)


def scores(scale, values, *, less=False, **more):
    tree = system(leaf("a", worst=int(less), best=int(not less), **more))
    return scale(panel({"a": values}).values, tree)["a"].tolist()


@every_ranged
def test_a_range_stretches_the_scale(scale):
    plain = scores(scale(), [2, 4, 8])
    assert scores(scale(range=(1, 10)), [2, 4, 8]) == pytest.approx([1 + 9 * score / 100 for score in plain])


@pytest.mark.parametrize("ends", [(100, 0), (5, 5)])
def test_a_range_runs_from_low_to_high(ends):
    with pytest.raises(ValidationError, match="a range from low to high"):
        MinMax(range=ends)


@pytest.mark.parametrize("scale", [MinMax(), ZScore(), Rank(), PercentileRank()], ids=lambda s: s.kind)
@quick
@given(samples)
def test_the_two_directions_mirror_each_other(scale, values):
    mirrored = [-x for x in values]
    assert scores(scale, mirrored, less=True) == scores(scale, values)


@pytest.mark.parametrize("scale", [DistanceToLeader(), DistanceToReference(region="r2")], ids=lambda s: s.kind)
@quick
@given(samples)
def test_the_two_directions_of_a_distance_are_reciprocal(scale, values):
    assert scores(scale, [1 / x for x in values], less=True) == pytest.approx(scores(scale, values))


@pytest.mark.parametrize(
    "scale", [MinMax(), ZScore(), Rank(), PercentileRank(), DistanceToLeader()], ids=lambda s: s.kind
)
@quick
@given(values=samples, less=st.booleans())
def test_another_unit_changes_nothing(scale, values, less):
    assert scores(scale, [x / 1000 for x in values], less=less) == pytest.approx(scores(scale, values, less=less))


@pytest.mark.parametrize("scale", [MinMax(), ZScore(), DistanceToLeader(), GoalpostsScale()], ids=lambda s: s.kind)
def test_an_infinite_value_is_named(scale):
    with pytest.raises(MethodError, match=r"a of r2 in 2012: found -?inf; expected a finite value"):
        scores(scale, [1, float("inf"), 3])


def test_all_infinite_cells_are_named_at_once():
    with pytest.raises(MethodError) as error:
        finite(panel({"a": [float("inf"), 1], "b": [1, -float("inf")]}).values, system(leaf("a"), leaf("b")))
    assert [o.where for o in error.value.problems] == ["a of r1 in 2012", "b of r2 in 2012"]


def test_a_cap_holds_scores_within_their_range():
    method = Method(normalisation=DistanceToReference(region="r1", range=(0, 10)))
    result = evaluate(panel({"a": [4, 8, 2]}), system(leaf("a")), method)
    assert result.scores["index"].tolist() == [10, 10, 5]
    assert result.at_cap["a"].tolist() == [True, True, False]


def test_a_cap_does_not_touch_z_scores():
    result = evaluate(panel({"a": [1, 2, 3]}), system(leaf("a")), Method(normalisation=ZScore(mean=0, sd=1)))
    assert result.scores["index"].tolist() == [-1, 0, 1]


def test_a_scale_written_out_reads_back_as_itself():
    ends = {"low_bound": 0, "low": 1, "high": 2, "high_bound": 3}
    for scale in [ZScore(sd=15), DistanceToTarget(range=(0, 1)), Interval(indicators={"a": ends})]:
        assert Method.model_validate(Method(normalisation=scale).model_dump()).normalisation == scale


PERMITTED = {"low_bound": 10, "low": 20, "high": 30, "high_bound": 50}


def test_a_scale_of_goalposts_names_every_indicator_without_them():
    tree = system(leaf("a"), leaf("b", worst=None, better="higher"), leaf("c", worst=None, better="lower"))
    values = panel({code: [1, 2] for code in "abc"}).values
    for scale in (GoalpostsScale(), FloorToTarget(), Interval(indicators={"a": PERMITTED})):
        with pytest.raises(MethodError, match="the scale needs goalposts") as error:
            scale(values, tree)
        assert [(o.where, o.found) for o in error.value.problems] == [("b", "no goalposts"), ("c", "no goalposts")]


def test_what_has_an_interval_of_its_own_needs_no_goalposts():
    tree = system(leaf("a"), leaf("b", worst=None, better="higher"))
    found = Interval(indicators={"b": PERMITTED})(panel({"a": [50, 60], "b": [15, 25]}).values, tree)
    assert found.to_numpy().tolist() == [[50, 50], [60, 100]]

from dataclasses import replace
from math import isnan

import pytest

from evalkit import MethodError, ParamsError, evaluate, load_study
from evalkit.new_project import STARTER
from evalkit.reporting.explore import adjustable, what_if
from evalkit.reporting.explore.what_if import rank_interval, reweighted
from tests.conftest import DEMO, STUDY, shipped
from tests.scoring.small import group, leaf, system

HUZHOU = "330500"


@pytest.fixture
def without_draws(study):
    """The public round, which then has its alternatives alone."""
    return replace(study, round=study.round.model_copy(update={"uncertainty": None}))


def test_all_weight_on_one_project_gives_its_score_to_the_whole(study, result):
    found = what_if(study, {"P03": 7, "P04": 0}, city=HUZHOU, year=2012).other
    assert found.result.published["index"].tolist() == result.published["P03"].tolist()
    assert found.score("index") == result.published.loc[(HUZHOU, 2012), "P03"]


def test_weights_count_in_proportion_to_their_siblings(study, result):
    scores = result.scores.loc[(HUZHOU, 2012)]
    found = what_if(study, {"P03": 1, "P04": 3}, city=HUZHOU).other
    assert found.result.scores.loc[(HUZHOU, 2012), "index"] == pytest.approx(0.25 * scores.P03 + 0.75 * scores.P04)


def test_what_changed_adds_up_to_the_change_of_the_score(study, result):
    found = what_if(study, {"P03": 1, "P04": 3}, city=HUZHOU)
    own, other = (report.result.scores.loc[(HUZHOU, 2012), "index"] for report in (found.own, found.other))
    parts = found.contributions
    assert parts.change.sum() == pytest.approx(other - own)
    assert parts.change.abs().is_monotonic_decreasing
    # each of the two indicators of health weighs a quarter before, and three eighths after
    beds = result.normalised.loc[(HUZHOU, 2012), "P04-beds"]
    assert parts.loc["P04-beds"].tolist() == pytest.approx([beds / 4, beds * 3 / 8, beds / 8])


def test_the_study_s_own_result_stays_and_no_weights_are_that_result(study, result):
    found = what_if(study)
    assert (found.own.result, found.groups) == (result, ())
    assert found.other is found.own
    what_if(study, {"P03": 1, "P04": 0})
    assert study.evaluate() is result
    assert study.method.weighting.kind == "declared"


def test_weights_of_other_groups_stay_as_the_study_s_method_finds_them(study):
    declared = study.method.but(weighting={"kind": "equal", "over": "indicators"})
    other = replace(study, round=study.round.model_copy(update={"method": declared}))
    weighting = reweighted(other, {"P03": 1, "P04": 3}).weighting
    assert weighting.weights["P03-primary"] == 1 / 2
    assert (weighting.weights["P03"], weighting.weights["P04"]) == (1, 3)


@pytest.mark.parametrize(
    ("weights", "kind", "told"),
    [
        ({"P03": 0, "P04": 0}, MethodError, "0 for P03, P04; expected a weight above 0 for one of them"),
        ({"P03": 1}, MethodError, "found none for P04"),
        ({"P3": 1}, MethodError, "did you mean 'P03'"),
        ({"P03": -1, "P04": 1}, ParamsError, "greater than or equal to 0|at least 0|-1"),
    ],
)
def test_weights_that_cannot_be_used_are_refused_in_words(study, weights, kind, told):
    with pytest.raises(kind, match=told):
        what_if(study, weights)


def test_a_city_that_the_study_does_not_have_is_refused(study):
    with pytest.raises(ParamsError, match="no such report"):
        what_if(study, city="nowhere")


def test_the_interval_of_ranks_is_that_of_the_declared_draws_and_around_the_weights_that_are_tried(study):
    found = what_if(study, {"P03": 1, "P04": 0}, city=HUZHOU)
    row = study.draws(2012).rank_interval(0.9).loc[HUZHOU]
    assert found.rank_intervals["own"] == (row.low, row.high)
    low, high = found.rank_intervals["other"]
    assert low <= found.other.rank("index") <= high


def test_without_draws_it_is_that_of_the_declared_ways_of_scoring(without_draws):
    found = what_if(without_draws, {"P03": 1, "P04": 0}, city=HUZHOU)
    assert found.rank_intervals["own"] == tuple(found.own.rank_range.loc[HUZHOU])
    min_max = {"normalisation": {"kind": "min_max"}, "cap": False}
    ways = ({}, {"aggregation": {"kind": "geometric"}}, min_max, {"cap": False})
    ranks = [rank_under(found.other, way) for way in ways]
    ranks.append(rank_under(found.other, {}, without_draws.panel(population_base="registered")))
    assert found.rank_intervals["other"] == (min(ranks), max(ranks))


def rank_under(report, way, panel=None):
    method = report.result.method.but(**way)
    return evaluate(panel or report.study.panel(), report.system, method).ranks.loc[(HUZHOU, 2012), "index"]


def test_where_nothing_is_declared_there_is_no_interval(without_draws):
    alone = replace(without_draws, round=without_draws.round.model_copy(update={"alternatives": ()}))
    assert all(map(isnan, rank_interval(what_if(alone).own)))


def test_draws_that_leave_out_all_that_weighs_give_no_interval(study):
    """The only indicator with a weight is left out in some draw."""
    found = what_if(study, {"P03": 1, "P04": 0, "P03-primary": 1, "P03-secondary": 0})
    assert all(map(isnan, found.rank_intervals["other"]))


def test_a_score_that_cannot_be_split_has_no_parts(study):
    copeland = study.method.but(aggregation={"kind": "copeland"})
    other = replace(study, round=study.round.model_copy(update={"method": copeland}))
    assert what_if(other, {"P03": 1, "P04": 3}).contributions.empty


@pytest.mark.parametrize(("name", "groups"), [(STUDY, ["A2"]), (DEMO, ["index", "A1", "A2", "A3"])])
def test_areas_and_projects_can_be_weighed_against_one_another(name, groups):
    assert [group.code for group in adjustable(shipped(name).system)] == groups


def test_in_a_tree_without_groups_of_groups_it_is_the_first_that_has_several():
    assert [one.code for one in adjustable(system(leaf("a"), group("g", leaf("b"), leaf("c"))))] == ["index"]


@pytest.mark.parametrize("name", [STUDY, "zhejiang-public-2015", DEMO, "starter"])
def test_every_shipped_study_can_be_tried_by_area_and_by_project(name):
    study = load_study(name, root=STARTER) if name == "starter" else shipped(name)
    for parent in adjustable(study.system):
        first, *others = (child.code for child in parent.scored_children)
        found = what_if(study, {first: 1} | dict.fromkeys(others, 0)).other.result.published
        both = found[[parent.code, first]].dropna()
        assert both[parent.code].tolist() == both[first].tolist()
        assert len(both)

import random

import numpy as np
import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from evalkit import (
    Arithmetic,
    Copeland,
    EqualWeights,
    Geometric,
    Harmonic,
    Method,
    MethodError,
    MinMax,
    Panel,
    ZScore,
    evaluate,
    load_study,
)
from evalkit.scoring import effective_weights
from tests.conftest import ROOT, STUDY
from tests.scoring.small import YEAR, cases, group, leaf, panel, quick, system

R1, R2 = ("r1", YEAR), ("r2", YEAR)


def nested():
    """A tree with a group (b and c at 1 : 3) that weighs as much as the indicator beside it."""
    return system(leaf("a"), group("g", leaf("b", weight=1), leaf("c", weight=3)))


def mixtures(tree):
    """Every group arithmetic or geometric, with a floor so that no score of 0 is refused."""
    means = st.sampled_from([Arithmetic(), Geometric(floor=1)])
    return st.fixed_dictionaries({node.code: means for node in tree.scored_groups})


def test_scores_climb_from_the_leaves_to_the_root():
    result = evaluate(panel({"a": [40, 10], "b": [20, 10], "c": [60, 10]}), nested())
    assert result.scores.loc[R1].to_dict() == {"index": 45, "a": 40, "g": 50, "b": 20, "c": 60}
    assert result.scores.loc[R2].eq(10).all()


def test_a_score_rests_on_no_figure_below_a_group_that_is_not_rated():
    result = evaluate(panel({"a": [40, 40], "b": [20, np.nan], "c": [np.nan, 60]}), nested(), Method(min_weight=0.5))
    assert result.scored_on.tolist() == [0.5, 0.875]  # b is a quarter of its group and c three, of half of all


def test_a_node_may_have_its_own_mean():
    method = Method(aggregation_at={"index": Geometric()})
    result = evaluate(panel({"a": [8], "b": [20], "c": [60]}), nested(), method)
    assert result.scores.loc[R1, ["index", "g"]].tolist() == pytest.approx([20, 50])


def test_scores_are_capped_before_they_are_aggregated():
    values = panel({"a": [150], "b": [-40], "c": [50]})
    result = evaluate(values, nested())
    assert result.scores.loc[R1].to_dict() == {"index": 68.75, "a": 100, "g": 37.5, "b": 0, "c": 50}
    assert result.uncapped.loc[R1].to_dict() == {"a": 150, "b": -40, "c": 50}
    assert evaluate(values, nested(), Method(cap=False)).scores.loc[R1, "index"] == 88.75


def test_what_reaches_100_is_at_the_cap():
    result = evaluate(panel({"a": [100, 99.9], "b": [101, 0], "c": [5, 100]}), nested())
    assert result.at_cap.to_dict("list") == {"a": [True, False], "b": [True, False], "c": [False, True]}


def test_published_scores_have_two_decimals_and_ranks_rest_on_them():
    result = evaluate(panel({"a": [50.001, 50.004, 50.005]}), system(leaf("a")))
    assert result.published["index"].tolist() == [50, 50, 50.01]
    assert result.ranks["index"].tolist() == [2, 2, 1]


@pytest.mark.parametrize(
    ("normalisation", "decimals"),
    [(MinMax(), 2), (MinMax(range=(0, 1)), 4), (MinMax(range=(1, 10)), 4), (ZScore(), 2), (ZScore(mean=0, sd=1), 3)],
)
def test_the_decimals_follow_the_declared_range(normalisation, decimals):
    table = panel({"a": [1, 2, 4], "b": [3, 1, 2]})
    result = evaluate(table, system(leaf("a"), leaf("b")), Method(normalisation=normalisation, cap=False))
    assert [result.decimals(node) for node in ("index", "a")] == [decimals] * 2


def test_ninety_regions_on_a_scale_of_1_have_the_ranks_of_a_scale_of_100():
    rng = np.random.default_rng(3)
    table = panel({code: rng.random(90) for code in "abcd"})
    tree = system(*map(leaf, "abcd"))
    ranks = [
        evaluate(table, tree, Method(normalisation=MinMax(range=ends))).ranks["index"] for ends in ((0, 100), (0, 1))
    ]
    assert ranks[0].tolist() == ranks[1].tolist()
    assert ranks[1].nunique() > 85, "two decimals leave 47"


def test_copelands_rule_has_a_scale_of_its_own():
    result = evaluate(
        panel({"a": [1, 2, 4]}), system(leaf("a")), Method(normalisation=MinMax(range=(0, 1)), aggregation=Copeland())
    )
    assert [result.decimals(node) for node in ("index", "a")] == [2, 4]


def test_a_scale_that_cannot_tell_its_units_apart_says_so():
    result = evaluate(panel({"a": [50.001, 50.004, 50.005, 50.001]}), system(leaf("a")))
    [told] = result.blurred().to_dict("records")
    assert (told["year"], told["score"], told["regions"]) == (YEAR, 50, ("r1", "r2", "r4"))
    assert told["apart"] == pytest.approx(0.003)


def test_scores_that_are_the_same_but_for_noise_are_not_called_blurred():
    result = evaluate(panel({"a": [1.65, 9.58], "b": [17.52, 9.59]}), system(leaf("a"), leaf("b")))
    assert result.blurred().empty


@quick
@given(st.lists(st.integers(0, 10**7), min_size=2, max_size=8), st.integers(0, 3))
def test_ranks_and_what_is_blurred_do_not_depend_on_the_unit_of_the_scale(points, zeros):
    ranks, groups = [], []
    for scale in (1, 10**zeros):
        tree = system(leaf("a"))
        result = evaluate(panel({"a": [*points, 0, 10**7]}), tree, Method(normalisation=MinMax(range=(0, 100 / scale))))
        ranks.append(result.ranks["index"].tolist())
        groups.append(result.blurred().regions.tolist())
    assert ranks[0] == ranks[1]
    assert groups[0] == groups[1]


def test_index_and_assessment_publish_a_half_alike_whatever_its_sum_left_of_it():
    result = evaluate(panel({"a": [1.65, 9.58, 20], "b": [17.52, 9.59, 20]}), system(leaf("a"), leaf("b")))
    assert result.published["index"].tolist() == [9.59, 9.59, 20.00]
    assert result.ranks["index"].tolist() == [2, 2, 1]


@quick
@given(st.lists(st.tuples(*[st.integers(0, 10_000)] * 2), min_size=2, max_size=6))
def test_scores_are_published_and_ranked_as_exact_fractions_say(hundredths):
    a, b = zip(*hundredths, strict=True)
    table = panel({"a": [x / 100 for x in a], "b": [x / 100 for x in b]})
    result = evaluate(table, system(leaf("a"), leaf("b")))
    exact = [(x + y + 1) // 2 for x, y in hundredths]
    assert result.published["index"].tolist() == [units / 100 for units in exact]
    assert result.ranks["index"].tolist() == [1 + sum(other > own for other in exact) for own in exact]


def test_the_method_may_not_name_nodes_that_the_system_does_not_have():
    method = Method(aggregation_at={"P3": Geometric(), "a": Geometric(), "index": Geometric()})
    with pytest.raises(MethodError, match=r"found 'P3'; .*did you mean 'P03'") as error:
        evaluate(panel({"a": [1]}), system(group("P03", leaf("a"))), method)
    assert [o.found for o in error.value.problems] == ["'P3'", "'a'"]


def test_a_geometric_mean_over_a_score_of_0_names_indicator_region_and_year():
    with pytest.raises(MethodError, match=r"b of r2 in 2012: found 0\.00 points"):
        evaluate(panel({"a": [5, 5], "b": [5, -5], "c": [5, 5]}), nested(), Method(aggregation=Geometric()))


def test_a_floor_lets_the_geometric_mean_pass_a_score_of_0():
    result = evaluate(panel({"a": [0], "b": [100], "c": [100]}), nested(), Method(aggregation=Geometric(floor=1)))
    assert result.scores.loc[R1, "index"] == pytest.approx(10)
    assert result.scores.loc[R1, "a"] == 0


def test_by_default_one_blank_leaves_every_node_above_it_unrated():
    result = evaluate(panel({"a": [40, 40], "b": [None, 20], "c": [60, 60]}), nested())
    assert result.scores.loc[R1].isna().to_dict() == {"index": True, "a": False, "g": True, "b": True, "c": False}
    assert result.scores.loc[R2, "index"] == 45


def test_what_is_not_rated_is_listed_with_the_reason():
    result = evaluate(panel({"a": [40, 40], "b": [None, 20], "c": [60, 60]}), nested())
    rows = result.unrated().set_index("node").loc[["index", "g"]]
    assert rows.region.tolist() == ["r1", "r1"]
    assert rows.coverage.tolist() == [0.5, 0.75]
    assert rows.needed.tolist() == [1, 1]
    assert len(result.unrated()) == 2


def test_below_1_the_weights_with_data_are_rescaled_and_coverage_says_so():
    method = Method(min_weight=0.5)
    result = evaluate(panel({"a": [40], "b": [None], "c": [60]}), nested(), method)
    assert result.scores.loc[R1, ["g", "index"]].tolist() == [60, 50]
    assert result.coverage.loc[R1].to_dict() == {"index": 1, "g": 0.75}
    assert result.unrated().empty


def test_a_group_with_too_little_data_is_not_rated_and_counts_as_missing_above():
    result = evaluate(panel({"a": [40], "b": [20], "c": [None]}), nested(), Method(min_weight=0.5))
    assert np.isnan(result.scores.loc[R1, "g"])
    assert result.scores.loc[R1, "index"] == 40
    assert result.coverage.loc[R1].to_dict() == {"index": 0.5, "g": 0.25}
    assert result.unrated()[["node", "coverage", "needed"]].to_numpy().tolist() == [["g", 0.25, 0.5]]


def test_a_share_of_weight_that_is_just_reached_is_enough():
    tree = system(*(leaf(code, weight=0.1) for code in "abcdefghij"))
    values = {code: [None if code in "abc" else 50] for code in "abcdefghij"}
    result = evaluate(panel(values), tree, Method(min_weight=0.7))
    assert result.scores.loc[R1, "index"] == pytest.approx(50)


def test_nothing_known_is_not_a_score_of_0():
    result = evaluate(panel({"a": [None, 1], "b": [None, 1], "c": [None, 1]}), nested(), Method(min_weight=0.1))
    assert result.scores.loc[R1].isna().all()
    assert result.coverage.loc[R1].tolist() == [0, 0]


@quick
@given(cases(blanks=True), st.sampled_from([0.3, 0.6, 1]))
def test_a_group_is_rated_where_coverage_reaches_the_minimum_and_nowhere_else(case, minimum):
    tree, values = case
    result = evaluate(values, tree, Method(min_weight=minimum))
    rated = result.scores[result.coverage.columns].notna()
    pd.testing.assert_frame_equal(rated, result.coverage >= minimum - 1e-9)


@quick
@given(cases(blanks=True))
def test_coverage_is_the_weight_of_the_children_that_have_a_score(case):
    tree, values = case
    result = evaluate(values, tree, Method(min_weight=0.4))
    for parent in tree.scored_groups:
        known = result.scores[[child.code for child in parent.scored_children]].notna()
        expected = (known * result.weights[known.columns]).sum(axis=1)
        assert result.coverage[parent.code].tolist() == pytest.approx(expected.tolist())


def test_contributions_are_points_of_the_index():
    result = evaluate(panel({"a": [40], "b": [20], "c": [60]}), nested())
    parts = result.contributions(*R1)
    assert parts.to_dict() == pytest.approx({"a": 20, "b": 2.5, "c": 22.5})
    assert parts.name == "points"


STANDARD = Method(normalisation=ZScore(mean=0, sd=1), cap=False)


def test_parts_that_cancel_are_contributions():
    result = evaluate(panel({"a": [1, 2, 3], "b": [3, 2, 1]}), system(leaf("a"), leaf("b")), STANDARD)
    assert result.contributions(*R1).to_dict() == {"a": -0.5, "b": 0.5}
    assert result.contributions(*R2).to_dict() == {"a": 0, "b": 0}


def test_parts_of_a_group_that_cancel_are_contributions_too():
    tree = system(leaf("x"), group("g", leaf("a", weight=1), leaf("b", weight=3)))
    result = evaluate(panel({"x": [1, 2, 3], "a": [30, 20, 10], "b": [1, 2, 3]}), tree, STANDARD)
    assert result.contributions(*R1).to_dict() == {"x": -0.5, "a": 0.125, "b": -0.375}
    level = system(leaf("x"), group("g", leaf("a"), leaf("b")))
    result = evaluate(panel({"x": [1, 2, 3], "a": [3, 2, 1], "b": [1, 2, 3]}), level, STANDARD)
    assert result.contributions(*R1).to_dict() == {"x": -0.5, "a": 0.25, "b": -0.25}


@quick
@given(st.data())
def test_under_arithmetic_nodes_a_contribution_is_weight_times_score_along_the_path(data):
    tree, table = data.draw(cases(values=st.integers(-100, 100).map(float), regions=3))
    constant = [i.code for i in tree.scored if table.values[i.code].nunique() < 2]
    table.values.loc[table.values.index[0], constant] += 1
    result = evaluate(table, tree, STANDARD)
    expected = effective_weights(result.weights, tree) * result.scores.loc[R1, [i.code for i in tree.scored]]
    found = result.contributions(*R1)
    assert found.to_numpy() == pytest.approx(expected.to_numpy(), abs=1e-12)
    assert found.sum() == pytest.approx(result.scores.loc[R1, "index"], abs=1e-9)


def test_contributions_say_when_they_are_split_by_logarithm():
    method = Method(aggregation_at={"g": Geometric()})
    assert evaluate(panel({"a": [40], "b": [20], "c": [60]}), nested(), method).contributions(*R1).name == "log share"


def test_contributions_say_when_they_are_split_in_proportion():
    method = Method(aggregation=Harmonic())
    result = evaluate(panel({"a": [40], "b": [20], "c": [60]}), nested(), method)
    parts = result.contributions(*R1)
    assert (parts.name, parts.sum()) == ("proportional share", pytest.approx(40))
    assert parts["c"] / parts["b"] == pytest.approx(9)


def test_contributions_are_refused_under_copelands_rule():
    result = evaluate(panel({"a": [40, 1], "b": [20, 1], "c": [60, 1]}), nested(), Method(aggregation=Copeland()))
    assert result.scores["index"].tolist() == [100, 0]
    with pytest.raises(MethodError, match="no contributions"):
        result.contributions(*R1)


def test_copelands_rule_refuses_rows_with_different_blanks():
    method = Method(aggregation_at={"g": Copeland()}, min_weight=0.5)
    with pytest.raises(MethodError, match="b: found 1 blanks; expected none"):
        evaluate(panel({"a": [4, 5, 6], "b": [None, 2, 3], "c": [1, 2, 3]}), nested(), method)


@quick
@given(st.data())
def test_contributions_sum_to_the_score_of_the_root(data):
    tree, values = data.draw(cases(values=st.floats(-20, 120)))
    result = evaluate(values, tree, Method(aggregation_at=data.draw(mixtures(tree))))
    for at in (R1, R2):
        assert result.contributions(*at).sum() == pytest.approx(result.scores.loc[at, "index"], abs=1e-9)


@quick
@given(st.data())
def test_contributions_sum_to_the_score_of_the_root_where_data_are_missing(data):
    tree, values = data.draw(cases(values=st.floats(-20, 120), blanks=True))
    result = evaluate(values, tree, Method(aggregation_at=data.draw(mixtures(tree)), min_weight=0.4))
    for at in (R1, R2):
        parts, score = result.contributions(*at), result.scores.loc[at, "index"]
        assert parts.sum(min_count=1) == pytest.approx(score, abs=1e-9, nan_ok=True)
        assert parts[values.values.loc[at, parts.index].isna()].isna().all()


def test_what_is_unrated_gives_nothing_and_is_blank():
    result = evaluate(panel({"a": [40], "b": [20], "c": [None]}), nested(), Method(min_weight=0.5))
    parts = result.contributions(*R1)
    assert parts["a"] == 40
    assert parts[["b", "c"]].isna().all()


@pytest.mark.parametrize("b", [0, None])
def test_a_group_at_0_that_a_floor_lifts_shares_its_part_by_weight(b):
    method = Method(aggregation_at={"index": Geometric(floor=1)}, min_weight=0.5)
    parts = evaluate(panel({"a": [100], "b": [b], "c": [0]}), nested(), method).contributions(*R1)
    assert parts.sum() == pytest.approx(10)
    assert parts["b"] == pytest.approx(parts["c"] / 3) if b == 0 else np.isnan(parts["b"])


def test_a_score_that_has_no_geometric_mean_does_no_harm_in_a_group_that_is_not_rated():
    method = Method(aggregation_at={"g": Geometric()}, min_weight=0.5)
    result = evaluate(panel({"a": [40], "b": [0], "c": [None]}), nested(), method)
    assert result.contributions(*R1).fillna(-1).to_dict() == {"a": 40, "b": -1, "c": -1}


@quick
@given(cases(regions=3))
def test_one_more_region_changes_no_other_score_on_goalposts(case):
    tree, values = case
    twin = values.values.loc[["r1"]].rename(index={"r1": "twin"}, level="region")
    scores = evaluate(Panel.from_values(pd.concat([values.values, twin])), tree).scores
    pd.testing.assert_frame_equal(scores.drop("twin", level="region"), evaluate(values, tree).scores)
    assert scores.loc[("twin", YEAR)].tolist() == scores.loc[R1].tolist()


@pytest.mark.parametrize("method", [Method(), Method(min_weight=0.5)], ids=["complete", "half"])
@quick
@given(case=cases(blanks=True, regions=4), seed=st.integers(0, 99))
def test_the_order_of_the_regions_changes_no_score(method, case, seed):
    tree, values = case
    order = list(values.values.index)
    random.Random(seed).shuffle(order)
    shuffled = evaluate(Panel.from_values(values.values.loc[order]), tree, method).scores
    pd.testing.assert_frame_equal(shuffled.loc[values.values.index], evaluate(values, tree, method).scores)


def test_the_order_of_the_regions_changes_no_score_under_min_max():
    method = Method(normalisation=MinMax())
    forth = evaluate(panel({"a": [1, 5, 9]}), system(leaf("a")), method).scores["index"]
    back = evaluate(panel({"a": [9, 5, 1]}), system(leaf("a")), method).scores["index"]
    assert forth.tolist() == back.tolist()[::-1] == [0, 50, 100]


@quick
@given(cases(), st.sampled_from(["siblings", "indicators"]))
def test_a_tree_is_its_flat_equivalent_with_effective_weights(case, over):
    tree, values = case
    deep = evaluate(values, tree, Method(weighting=EqualWeights(over=over)))
    shares = effective_weights(deep.weights, tree)
    flat = evaluate(values, system(*(leaf(code, weight=float(share)) for code, share in shares.items())))
    assert flat.scores["index"].tolist() == pytest.approx(deep.scores["index"].tolist())


def by_plain_pandas(study, figures, population):
    """The index of 2012 from the raw tables, with the goalposts that the YAML file gives."""
    x = figures.xs(2012, level="year").loc[list(study.regions.index)]
    values = {
        "P03-primary": 10_000 * x.pupils_primary / x.teachers_primary,
        "P03-secondary": 10_000 * x.pupils_secondary / x.teachers_secondary,
        "P04-physicians": x.physicians / (10 * x[population]),
        "P04-beds": x.hospital_beds / (10 * x[population]),
    }
    posts = goalposts(declared_tree(study), study.round.unscored)
    score = {k: (100 * (v - posts[k][0]) / (posts[k][1] - posts[k][0])).clip(0, 100) for k, v in values.items()}
    education, health = score["P03-primary"] + score["P03-secondary"], score["P04-physicians"] + score["P04-beds"]
    return (education / 2 + health / 2) / 2


def declared_tree(study):
    return yaml.safe_load((study.root / "params/index/zhejiang-public.yaml").read_text("utf-8"))["tree"]


def goalposts(node, left_out):
    """Worst and best of every scored indicator below a node of the YAML file, by code."""
    if "children" in node:
        return {code: ends for child in node["children"] for code, ends in goalposts(child, left_out).items()}
    scored = "goalposts" in node and "unscored" not in node and node["code"] not in left_out
    return {node["code"]: (node["goalposts"]["worst"], node["goalposts"]["best"])} if scored else {}


def test_the_index_of_every_city_is_what_plain_pandas_makes_of_the_raw_tables(study, result, figures):
    expected = by_plain_pandas(study, figures, "pop_resident")
    found = result.scores["index"].xs(2012, level="year")
    pd.testing.assert_series_equal(found, expected, check_names=False)
    assert len(expected) == 11


def test_what_is_scored_is_what_the_file_gives_goalposts_and_no_reason_against():
    study = load_study(STUDY, root=ROOT)
    found = goalposts(declared_tree(study), study.round.unscored)
    assert sorted(found) == sorted(indicator.code for indicator in study.system.scored)


@pytest.mark.parametrize(("base", "rank"), [("resident", 4), ("registered", 8)])
def test_quzhou_ranks_fourth_per_resident_and_eighth_per_registered_inhabitant(study, figures, base, rank):
    found = evaluate(study.panel(population_base=base), study.system, study.method)
    plain = by_plain_pandas(study, figures, f"pop_{base}").round(2).rank(ascending=False)
    assert found.ranks.loc[("330800", 2012), "index"] == plain["330800"] == rank


def halves():
    """Two groups of equal weight: b and c at 1 : 1, d and e at 1 : 3."""
    return system(group("g", leaf("b"), leaf("c")), group("h", leaf("d", weight=1), leaf("e", weight=3)))


BY_INDEX = Method(min_weight=0.7, min_weight_of="index")


def test_only_the_missing_indicator_leaves_where_the_index_as_a_whole_has_enough():
    values = panel({"b": [40, 40], "c": [None, None], "d": [20, 20], "e": [60, None]})
    result = evaluate(values, halves(), BY_INDEX)
    assert result.scores.loc[R1, ["g", "h", "index"]].tolist() == [40, 50, 45]  # 1/2 · 40 + 1/2 · (20 + 3 · 60) / 4
    assert (result.coverage.loc[R1, "index"], result.scored_on[R1], result.counted.loc[R1, "index"]) == (0.75, 0.75, 3)
    assert pd.isna(result.scores.loc[R2, "index"])  # 1/4 + 1/8 of the weight
    assert result.unrated()[["region", "node", "coverage"]].to_numpy().tolist() == [["r2", "index", 0.375]]
    assert pd.isna(evaluate(values, halves(), Method(min_weight=0.7)).scores.loc[R1, "index"])  # g has half of its own


@pytest.mark.parametrize("of", ["node", "index"])
def test_weights_behind_a_score_make_it_of_what_is_known(of):
    values = panel({"b": [40], "c": [None], "d": [20], "e": [60]})
    result = evaluate(values, halves(), Method(min_weight=0.5, min_weight_of=of))
    assert result.weights_behind(*R1).to_dict() == {"b": 0.5, "c": 0, "d": 0.125, "e": 0.375}
    assert result.weights_behind(*R1) @ result.normalised.loc[R1].fillna(0) == result.scores.loc[R1, "index"] == 45


def test_two_years_are_compared_on_what_both_have():
    values = panel({"b": [40, 50], "c": [None, 90], "d": [20, 20], "e": [60, 60]}, years=(2011, 2012))
    result = evaluate(values, halves(), BY_INDEX)
    assert result.published["index"].tolist() == [45, 60]  # (40 + 50) / 2, then (70 + 50) / 2
    assert result.on_common_base(2011, 2012)["index"].tolist() == [45, 50]
    assert result.on_common_base(2011, 2012)["c"].isna().all()


def test_two_years_with_too_little_in_common_are_not_compared():
    values = panel({"b": [40, None], "c": [None, 90], "d": [20, 20], "e": [60, 60]}, years=(2011, 2012))
    result = evaluate(values, halves(), BY_INDEX)
    assert result.scores["index"].notna().all()
    assert result.on_common_base(2011, 2012)["index"].isna().all()

import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from evalkit import Geometric, Method, MethodError, MinMax, Panel, ParamsError, evaluate
from evalkit.data.imputation import PeerGroup
from evalkit.scoring.normalisation import FloorToTarget
from evalkit.scoring.uncertainty import uncertainty
from evalkit.scoring.uncertainty_sources import (
    Choice,
    DirichletWeights,
    ExpertWeights,
    Inclusion,
    MeasurementError,
    Uncertainty,
    WeightNoise,
)
from tests.scoring.small import YEAR, group, leaf, panel, system

YEARS = (2011, YEAR)
CODES = "abcdef"


def nested(**more):
    """Three levels, both directions, and an indicator beside groups."""
    deep = group("h", leaf("d", worst=1, weight=2, **more), leaf("e", worst=90, best=10, **more))
    return system(leaf("a"), group("g", leaf("b"), leaf("c", weight=3), deep), group("k", leaf("f"), leaf("x")))


def wide(regions=9):
    """Two years of values, with one that any treatment finds."""
    values = np.random.default_rng(5).uniform(5, 95, (7, 2 * regions))
    values[1] = np.linspace(5, 8, 2 * regions)
    values[1, 3] = 120
    return panel(dict(zip([*CODES, "x"], values.tolist(), strict=True)), years=YEARS)


def mixed(draws=60):
    return Uncertainty(
        draws=draws,
        sources={
            "weights": WeightNoise(spread=0.5),
            "dirichlet": DirichletWeights(concentration=50),
            "experts": ExpertWeights(experts={"x": {"a": 1, "g": 2, "k": 3}, "y": {"b": 5, "c": 1, "h": 4}}),
            "scale": Choice(of="normalisation", options=({"kind": "min_max"}, {"kind": "z_score"})),
            "mean": Choice(of="aggregation", options=({"kind": "geometric", "floor": 1}, {"kind": "copeland"})),
            "node": Choice(of="aggregation_at", options=({"g": {"kind": "mazziotta_pareto"}},)),
            "cap": Choice(of="cap", options=(False,)),
            "left out": Inclusion(),
            "outliers": Choice(of="treatment", options=({"kind": "winsorise"},)),
        },
    )


def one(**sources):
    return Uncertainty(draws=40, sources=sources)


def reweighted(node, weights):
    """The tree with the weights of a draw; what weighs nothing is not there."""
    kept = [child for child in getattr(node, "children", ()) if weights[child.code] > 0]
    changes = {"children": tuple(reweighted(child, weights) for child in kept)} if kept else {}
    return node.model_copy(update={"weight": weights.get(node.code, 1.0), **changes})


def again(result, design, draws, number):
    """The scores of one draw, by an evaluation of its own."""
    chosen = draws.choices.loc[number]
    choices = {n: s for n, s in design.sources.items() if isinstance(s, Choice) and chosen[n]}
    method = result.method.but(**{source.of: source.options[chosen[name] - 1] for name, source in choices.items()})
    tree = reweighted(result.system.tree, draws.weights.loc[number].to_dict())
    found = evaluate(result.panel, system(*tree.children), method)
    return found.scores["index"].xs(draws.year, level="year").to_numpy()


@pytest.fixture(scope="module")
def base():
    return evaluate(wide(), nested())


@pytest.fixture(scope="module")
def drawn(base):
    return uncertainty(base, mixed(), seed=3)


@pytest.mark.parametrize("number", range(0, 60, 2))
def test_a_draw_is_what_an_evaluation_of_its_own_gives(base, drawn, number):
    assert drawn.scores[number] == pytest.approx(again(base, mixed(), drawn, number), abs=1e-9, rel=0)


def test_every_choice_of_the_mixed_design_was_drawn(drawn):
    options = drawn.choices.nunique()
    assert options.to_dict() == {
        "experts": 2, "scale": 3, "mean": 3, "node": 2, "cap": 2, "left out": 8, "outliers": 2
    }  # fmt: skip


def test_the_weights_of_a_draw_sum_to_1_within_each_parent(base, drawn):
    for parent in base.system.scored_groups:
        codes = [child.code for child in parent.scored_children]
        assert drawn.weights[codes].sum(axis=1).to_numpy() == pytest.approx(1)


def test_what_is_left_out_weighs_nothing_and_nothing_else_does(drawn):
    for number, code in drawn.choices["left out"].items():
        assert [node for node, weight in drawn.weights.loc[number].items() if weight == 0] == [code] * bool(code)


@pytest.mark.parametrize(
    "sources",
    [
        {"experts": ExpertWeights(experts={"same": {"a": 1, "g": 1, "k": 1}, "more": {"d": 2, "e": 1}})},
        {"mean": Choice(of="aggregation", options=({"kind": "arithmetic"},))},
        {
            "scale": Choice(of="normalisation", options=({"kind": "goalposts"},)),
            "cap": Choice(of="cap", options=(True,)),
        },
        {"imputation": Choice(of="imputation", options=({"kind": "peer_group"},))},
    ],
)
def test_a_design_that_changes_nothing_gives_the_scores_in_force(base, sources):
    found = uncertainty(base, one(**sources), seed=1)
    expected = base.scores["index"].xs(YEAR, level="year").to_numpy()
    assert found.scores == pytest.approx(np.tile(expected, (40, 1)), abs=1e-12, rel=0)
    assert found.base.tolist() == expected.tolist()


def test_one_seed_gives_the_same_draws_and_another_gives_others(base, drawn):
    same, other = (uncertainty(base, mixed(), seed=seed) for seed in (3, 4))
    assert (same.scores == drawn.scores).all()
    pd.testing.assert_frame_equal(same.choices, drawn.choices)
    assert (other.weights["a"] != drawn.weights["a"]).mean() > 0.9


def test_the_order_in_which_weights_are_declared_changes_nothing_that_is_left_out(base):
    experts = ExpertWeights(experts={"x": {"b": 1, "c": 1, "h": 1}})
    found = uncertainty(base, one(first=Inclusion(indicators=("b",)), then=experts), seed=1)
    assert set(found.choices["first"]) == {"", "b"}
    assert ((found.weights["b"] == 0) == (found.choices["first"] == "b")).all()


def test_experts_come_before_the_noise_around_them(base):
    experts = ExpertWeights(experts={"x": {"b": 1, "c": 1, "h": 1}})
    found = uncertainty(base, one(noise=WeightNoise(), then=experts), seed=1).weights["b"]
    assert found.nunique() == 40
    assert found.between(0.75 / 3.25, 1.25 / 2.75).all()


def test_ranks_of_draws_are_the_same_on_a_scale_of_1_and_of_100():
    found = []
    for end in (100, 1):
        scales = Choice(of="normalisation", options=({"kind": "rank", "range": (0, 100 / end)},))
        result = evaluate(wide(), nested(), Method(normalisation=MinMax(range=(0, end)), cap=False))
        found.append(uncertainty(result, one(noise=WeightNoise(), scale=scales), seed=3))
    assert found[0].ranks.tolist() == found[1].ranks.tolist()
    assert set(found[1].decimals) == {2, 4}


def test_another_year_can_be_drawn(base):
    found = uncertainty(base, one(cap=Choice(of="cap", options=(True,))), seed=1, year=2011)
    assert found.year == 2011
    assert found.scores[0] == pytest.approx(base.scores["index"].xs(2011, level="year").to_numpy())


@pytest.mark.parametrize("design", [mixed(20), one(weights=WeightNoise())], ids=["mixed", "weights"])
def test_permuted_regions_have_permuted_ranks(design):
    values, order = wide().values, [f"r{n}" for n in (4, 2, 9, 1, 7, 3, 8, 6, 5)]
    moved = evaluate(Panel.from_values(values.loc[order]), nested())
    forth, back = (uncertainty(result, design, seed=2) for result in (evaluate(wide(), nested()), moved))
    assert back.regions == tuple(order)
    assert (back.ranks == forth.ranks[:, [forth.regions.index(region) for region in order]]).all()


def test_parts_of_the_draws_are_the_whole(base, drawn, monkeypatch):
    monkeypatch.setattr(sys.modules[uncertainty.__module__], "CELLS", 100)
    assert uncertainty(base, mixed(), seed=3).scores == pytest.approx(drawn.scores, abs=1e-12, rel=0)


ERRORS = one(errors=MeasurementError(relative=0.03))


@pytest.mark.parametrize("method", [Method(), Method(normalisation=FloorToTarget()), Method(cap=False)])
def test_values_with_errors_are_scored_like_any_others(method):
    values, tree = wide(), nested(transform="log")
    result = evaluate(values, tree, method)
    found = uncertainty(result, ERRORS, seed=1)
    errors = np.random.default_rng(found.choices["errors"][5]).standard_normal((9, 7))
    noisy = values.values.xs(YEAR, level="year", drop_level=False)[[i.code for i in tree.scored]] * (1 + 0.03 * errors)
    expected = evaluate(Panel.from_values(noisy), tree, method).scores["index"]
    assert found.scores[5] == pytest.approx(expected.to_numpy(), abs=1e-9)


def test_errors_have_their_mean_and_deviation_in_the_scores():
    result = evaluate(panel({"a": [40, 80]}), system(leaf("a", best=200)))
    scores = uncertainty(result, Uncertainty(draws=4000, sources={"e": MeasurementError(relative=0.1)}), seed=1).scores
    assert scores.mean(axis=0) == pytest.approx([20, 40], abs=0.2)
    assert scores.std(axis=0) == pytest.approx([2, 4], rel=0.05)


def blanks():
    values = panel({"a": [40, None, 20], "b": [10, 20, None]})
    groups = pd.DataFrame({"group": "all"}, index=pd.Index(["r1", "r2", "r3"], name="code"))
    return replace(values, regions=groups), system(leaf("a"), leaf("b"))


def test_imputations_are_drawn_from_what_was_published():
    values, tree = blanks()
    median = Choice(of="imputation", options=({"kind": "nearest_neighbours", "k": 1},))
    result = evaluate(values, tree, Method(imputation=PeerGroup()))
    found = uncertainty(result, one(imputation=median), seed=1)
    for option, expected in enumerate([[25, 25, 17.5], [25, 30, 15]]):
        assert found.scores[found.choices["imputation"] == option][0] == pytest.approx(expected)


def test_a_region_without_a_score_in_some_draw_is_refused_by_name():
    published = Choice(of="imputation", options=({"kind": "none"},))
    values, tree = blanks()
    with pytest.raises(MethodError, match="need a score of the same regions") as error:
        uncertainty(evaluate(values, tree, Method(imputation=PeerGroup())), one(data=published), seed=1)
    assert [o.where for o in error.value.problems] == ["r2 in 2012", "r3 in 2012"]


def test_a_region_without_a_score_is_in_no_draw():
    values = wide()
    values.values.loc[("r2", YEAR), "a"] = np.nan
    found = uncertainty(evaluate(values, nested()), one(weights=WeightNoise()), seed=1)
    assert "r2" not in found.regions
    assert (found.ranks.max(axis=1) == len(found.regions)).all()
    assert len(found.regions) == 8


@pytest.mark.parametrize("of", ["node", "index"])
def test_a_region_that_is_scored_on_part_of_its_data_is_drawn_on_that_part(of):
    values, design = wide(), one(weights=WeightNoise())
    values.values.loc[("r2", YEAR), ["a", "e"]] = np.nan
    result = evaluate(values, nested(), Method(min_weight=0.3, min_weight_of=of))
    drawn = uncertainty(result, design, seed=1)
    assert drawn.base == pytest.approx(result.scores["index"].xs(YEAR, level="year").to_numpy())
    for number in range(3):
        assert drawn.scores[number] == pytest.approx(again(result, design, drawn, number))


def test_an_alternative_that_cannot_apply_is_refused_with_region_and_indicator():
    result = evaluate(panel({"a": [0, 50], "b": [10, 20]}), system(leaf("a"), leaf("b")))
    design = one(weights=WeightNoise(), mean=Choice(of="aggregation", options=(Geometric(),)))
    with pytest.raises(MethodError, match=r"geometric mean needs .*\n  - a of r1 in 2012: found 0\.00 points"):
        uncertainty(result, design, seed=1)


def test_what_is_too_low_by_an_error_is_named_too():
    result = evaluate(panel({"a": [0, 50], "b": [10, 20]}), system(leaf("a"), leaf("b")))
    design = one(errors=MeasurementError(), mean=Choice(of="aggregation", options=(Geometric(),)))
    with pytest.raises(MethodError, match=r"a of r1 in 2012: found 0\.00 points"):
        uncertainty(result, design, seed=1)


@pytest.mark.parametrize("options", [(), (MinMax(),)])
def test_errors_need_a_scale_that_does_not_move(base, options):
    sources = {"scale": Choice(of="normalisation", options=options)} if options else {}
    result = base if options else evaluate(wide(), nested(), Method(normalisation=MinMax()))
    with pytest.raises(MethodError, match=r"needs ends of the scale .*\n.*found min_max; expected one of goalposts"):
        uncertainty(result, one(errors=MeasurementError(), **sources), seed=1)


def test_options_that_are_no_method_are_named_whether_drawn_or_not(base):
    design = Uncertainty(
        draws=1,
        sources={
            "mean": Choice(of="aggregation", options=({"kind": "geometrical"}, {"kind": "geometric"})),
            "node": Choice(of="aggregation_at", options=({"G": {"kind": "geometric"}},)),
        },
    )
    with pytest.raises(ParamsError, match=r"option 1 of mean: aggregation.*found 'geometrical'") as error:
        uncertainty(base, design, seed=1)
    assert len(error.value.problems) == 2
    assert str(error.value.problems[1]).startswith("option 1 of node: aggregation_at: found 'G'")


@pytest.mark.parametrize(
    ("source", "named"),
    [
        (Inclusion(indicators=("z",)), "inclusion: found 'z'"),
        (ExpertWeights(experts={"x": {"z": 1}}), "weights of x: found 'z'"),
    ],
)
def test_a_source_that_matches_nothing_is_refused(base, source, named):
    with pytest.raises(MethodError, match=named):
        uncertainty(base, one(source=source), seed=1)


def test_a_node_that_is_left_without_weights_is_named():
    result = evaluate(panel({"a": [1, 2], "b": [3, 4]}), system(leaf("a"), leaf("b")))
    both = one(first=Inclusion(indicators=("a",)), second=Inclusion(indicators=("b",)))
    with pytest.raises(MethodError, match=r"second: found weights of 0 on all children of index in \d+ draws"):
        uncertainty(result, both, seed=1)


def test_a_year_that_is_not_evaluated_is_refused(base):
    with pytest.raises(MethodError, match="year: found 1999; expected one of 2011, 2012"):
        uncertainty(base, one(weights=WeightNoise()), seed=1, year=1999)


def test_one_region_has_no_rank_to_draw():
    with pytest.raises(MethodError, match="regions: found 1 with a score in force; expected two at least"):
        uncertainty(evaluate(panel({"a": [1]}), system(leaf("a"))), one(weights=WeightNoise()), seed=1)


def test_a_logarithm_and_goalposts_are_refused_together_though_each_would_do_alone():
    result = evaluate(wide(), nested(), Method(normalisation=MinMax()))
    logs = Choice(of="treatment", options=({"kind": "log"},))
    design = one(logs=logs, scale=Choice(of="normalisation", options=({"kind": "goalposts"},)))
    with pytest.raises(MethodError, match=r"treatment: found log; expected winsorise or none beside goalposts"):
        uncertainty(result, design, seed=1)

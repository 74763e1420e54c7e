import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit import (
    Arithmetic,
    Copeland,
    Geometric,
    Harmonic,
    MazziottaPareto,
    Method,
    MethodError,
    PowerMean,
    copeland,
    evaluate,
)
from tests.scoring.small import cases, quick

MEANS = [Arithmetic(), Geometric(), Harmonic(), PowerMean(p=0.5), PowerMean(p=-2), MazziottaPareto()]
every = pytest.mark.parametrize("mean", [*MEANS, Copeland()], ids=lambda mean: mean.kind)
floored = pytest.mark.parametrize("mean", [Geometric, Harmonic, lambda **more: PowerMean(p=-1, **more)])
both = pytest.mark.parametrize("mean", [Arithmetic(), Geometric()])


def scores(*rows):
    index = pd.MultiIndex.from_product([[f"r{place}" for place in range(1, len(rows) + 1)], [2012]])
    return pd.DataFrame(rows, index=index.set_names(["region", "year"]), columns=["a", "b"], dtype=float)


def by(a, b):
    return pd.Series({"a": a, "b": b})


def test_the_arithmetic_mean_makes_up_for_a_low_score():
    assert Arithmetic()(scores((0, 100), (30, 70)), by(0.25, 0.75)).tolist() == [75, 60]


def test_the_geometric_mean_does_not():
    assert Geometric()(scores((4, 100), (16, 81)), by(0.5, 0.5)).tolist() == pytest.approx([20, 36])


def test_the_geometric_mean_is_weighted():
    assert Geometric()(scores((16, 81)), by(0.75, 0.25)).tolist() == pytest.approx([24])


@both
def test_a_row_with_a_blank_stays_blank(mean):
    assert mean(scores((None, 50), (50, 50)), by(0.5, 0.5)).isna().tolist() == [True, False]


def test_a_geometric_mean_names_every_score_that_is_not_above_0():
    with pytest.raises(MethodError, match="a geometric mean needs scores above 0") as error:
        Geometric()(scores((0, 50), (50, 60), (20, -5)), by(0.5, 0.5))
    found = [(o.where, o.found) for o in error.value.problems]
    assert found == [("a of r1 in 2012", "0.00 points"), ("b of r3 in 2012", "-5.00 points")]


def test_a_floor_lifts_scores_that_have_no_geometric_mean():
    assert Geometric(floor=1)(scores((0, 100), (-5, 64)), by(0.5, 0.5)).tolist() == pytest.approx([10, 8])


def test_a_floor_leaves_higher_scores_alone():
    assert Geometric(floor=1)(scores((4, 100)), by(0.5, 0.5)).tolist() == pytest.approx([20])


@pytest.mark.parametrize("floor", [0, -1])
def test_a_floor_is_above_0(floor):
    with pytest.raises(ValidationError, match="greater than 0"):
        Geometric(floor=floor)


def test_arithmetic_shares_are_points():
    assert Arithmetic().shares(scores((40, 80)), by(0.25, 0.75)).to_numpy().tolist() == [[10, 60]]


def test_geometric_shares_split_the_score_by_logarithms_of_1_more():
    # ln(1 + 3) is twice ln(1 + 1), so the mean of the two, √3, is split 1 : 2.
    shares = Geometric().shares(scores((1, 3)), by(0.5, 0.5)).to_numpy().tolist()
    assert shares == [pytest.approx([3**0.5 / 3, 2 * 3**0.5 / 3])]


@quick
@given(a=st.floats(0.01, 100), b=st.floats(0.01, 100), weight=st.floats(0.01, 0.99))
def test_shares_are_positive_and_sum_to_the_mean(a, b, weight):
    row, weights = scores((a, b)), by(weight, 1 - weight)
    for mean in (Arithmetic(), Geometric()):
        shares = mean.shares(row, weights)
        assert shares.gt(0).all(axis=None), mean
        assert shares.sum(axis=1).iloc[0] == pytest.approx(mean(row, weights).iloc[0]), mean


@quick
@given(cases())
def test_every_group_lies_between_its_lowest_and_its_highest_child_and_the_means_in_their_order(case):
    tree, values = case
    results = {mean: evaluate(values, tree, Method(aggregation=mean)).scores for mean in MEANS[:-1]}
    for mean, result in results.items():
        for parent in tree.scored_groups:
            children = result[[child.code for child in parent.scored_children]]
            assert result[parent.code].ge(children.min(axis=1) - 1e-9).all(), mean
            assert result[parent.code].le(children.max(axis=1) + 1e-9).all(), mean
    arithmetic, geometric, harmonic, *_ = results.values()
    assert geometric.le(arithmetic + 1e-9).all(axis=None)
    assert harmonic.le(geometric + 1e-9).all(axis=None)


def test_the_harmonic_mean_is_weighted():
    assert Harmonic()(scores((20, 60), (50, 50)), by(0.25, 0.75)).tolist() == pytest.approx([40, 50])


def test_a_power_mean_by_hand():
    assert PowerMean(p=2)(scores((10, 70)), by(0.5, 0.5)).tolist() == pytest.approx([50])


@pytest.mark.parametrize(("p", "same"), [(1, Arithmetic()), (-1, Harmonic()), (1e-7, Geometric())])
def test_a_power_mean_is_another_mean_at_its_power(p, same):
    rows, weights = scores((20, 60), (5, 99)), by(0.3, 0.7)
    assert PowerMean(p=p)(rows, weights).tolist() == pytest.approx(same(rows, weights).tolist(), rel=1e-6)


@pytest.mark.parametrize(
    ("p", "expected"),
    [(0, "a power other than 0"), (float("inf"), "a finite number"), (float("nan"), "a finite number")],
)
def test_a_power_mean_has_a_finite_power_other_than_0(p, expected):
    with pytest.raises(ValidationError, match=expected):
        PowerMean(p=p)


def test_a_power_above_0_takes_0_but_nothing_below():
    assert PowerMean(p=0.5)(scores((0, 64)), by(0.5, 0.5)).tolist() == pytest.approx([16])
    with pytest.raises(
        MethodError, match=r"scores of 0 or more\n.*a of r1 in 2012: found -1\.00 points; expected 0 or more"
    ):
        PowerMean(p=0.5)(scores((-1, 64)), by(0.5, 0.5))


@floored
def test_a_0_is_named_with_the_ways_out_unless_a_floor_is_declared(mean):
    with pytest.raises(MethodError, match=r"b of r2 in 2012: found 0\.00 points; expected above 0, or a `floor`"):
        mean()(scores((5, 5), (5, 0)), by(0.5, 0.5))
    lifted = mean()(scores((5, 5), (5, 1)), by(0.5, 0.5))
    assert mean(floor=1)(scores((5, 5), (5, 0)), by(0.5, 0.5)).tolist() == lifted.tolist()


@floored
def test_the_kernel_places_what_is_too_low_in_any_draw(mean):
    draws = np.array([[[5, 5], [5, 5]], [[5, 5], [5, 0]]], dtype=float)
    with pytest.raises(MethodError, match="child 1 of row 1") as error:
        mean().combine(draws, np.array([0.5, 0.5]))
    assert len(error.value.problems) == 1


@pytest.mark.parametrize(("penalty", "expected"), [("minus", 99), ("plus", 101)])
def test_mazziotta_and_pareto_take_off_or_add_the_squared_spread_over_the_mean(penalty, expected):
    # Mean 100, standard deviation 10 (by n): 100 ∓ 10²/100
    found = MazziottaPareto(penalty=penalty)(scores((90, 110), (100, 100)), by(0.5, 0.5))
    assert found.tolist() == pytest.approx([expected, 100])


def test_mazziotta_and_pareto_are_weighted():
    # Mean 0.25 · 40 + 0.75 · 80 = 70, variance 0.25 · 900 + 0.75 · 100 = 300
    assert MazziottaPareto()(scores((40, 80)), by(0.25, 0.75)).tolist() == pytest.approx([70 - 300 / 70])


def test_mazziotta_and_pareto_need_a_mean_above_0():
    with pytest.raises(MethodError, match=r"a, b of r2 in 2012: found a mean of 0\.00; expected above 0"):
        MazziottaPareto()(scores((5, 5), (0, 0)), by(0.5, 0.5))
    with pytest.raises(MethodError, match=r"row 0: found a mean of -1\.00"):
        MazziottaPareto().combine(np.array([[-1.0, -1.0]]), np.array([0.5, 0.5]))


def test_copelands_points_are_the_share_of_the_others_that_are_beaten():
    rows = scores((51, 10), (50, 90), (50, 0), (0, 0), (0, None))
    found = Copeland()(rows, by(0.6, 0.4))
    assert found.tolist()[:4] == pytest.approx([100, 200 / 3, 100 / 3, 0])
    assert np.isnan(found.iloc[4])


def test_copeland_compares_regions_of_one_year():
    index = pd.MultiIndex.from_product([["r1", "r2"], [2011, 2012]], names=["region", "year"])
    rows = pd.DataFrame({"a": [1, 9, 5, 5], "b": [1, 9, 5, 5]}, index=index)
    assert Copeland()(rows, by(0.5, 0.5)).tolist() == [0, 100, 100, 0]


def test_copeland_ranks_as_the_bare_function_does():
    rows = scores(*np.random.default_rng(2).uniform(0, 100, (9, 2)))
    ranks = [found.rank().tolist() for found in (Copeland()(rows, by(0.6, 0.4)), copeland(rows, by(0.6, 0.4)))]
    assert ranks[0] == ranks[1]


def test_copeland_cannot_compare_a_region_with_itself():
    with pytest.raises(MethodError, match="2012: found one region only; expected two at least to compare"):
        Copeland()(scores((5, 5), (5, None)), by(0.5, 0.5))


def test_copeland_gives_no_contributions():
    with pytest.raises(MethodError, match="a, b: found copeland; expected a mean"):
        Copeland().shares(scores((5, 5)), by(0.5, 0.5))


@pytest.mark.parametrize("mean", [Harmonic(floor=2), PowerMean(p=0.5), MazziottaPareto()], ids=lambda mean: mean.kind)
def test_other_means_are_split_in_proportion_to_weight_times_score(mean):
    shares = mean.shares(scores((20, 60)), by(0.25, 0.75)).iloc[0]
    assert shares["b"] / shares["a"] == pytest.approx(9)
    assert shares.sum() == pytest.approx(mean(scores((20, 60)), by(0.25, 0.75)).iloc[0])


@every
@pytest.mark.parametrize("shape", ["weights", "scores", "both"])
def test_the_kernel_gives_in_every_draw_what_it_gives_alone(mean, shape):
    random = np.random.default_rng(0)
    x, w = random.uniform(1, 100, (5, 7, 4)), random.dirichlet(np.ones(4), 5)
    x, w = (x if shape != "weights" else x[0]), (w if shape != "scores" else w[0])
    found = mean.combine(x, w)
    alone = [mean.combine(x[i] if x.ndim > 2 else x, w[i] if w.ndim > 1 else w) for i in range(5)]
    assert found.shape == (5, 7)
    np.testing.assert_allclose(found, alone, rtol=1e-13, atol=1e-12)


@every
def test_the_call_is_the_kernel_by_name(mean):
    rows, weights = scores((20, 60), (70, 30), (50, 1)), by(0.3, 0.7)
    expected = mean.combine(rows.to_numpy(), weights.to_numpy())
    assert mean(rows, weights[["b", "a"]]).tolist() == expected.tolist()


@every
def test_a_blank_is_blank_in_every_draw_and_touches_no_other_row(mean):
    x = np.array([[40.0, np.nan], [50, 60], [70, 80]])
    found = mean.combine(x, np.array([[0.5, 0.5], [0.2, 0.8]]))
    assert np.isnan(found[:, 0]).all()
    np.testing.assert_allclose(found[:, 1:], mean.combine(x[1:], np.array([[0.5, 0.5], [0.2, 0.8]])), rtol=1e-13)


@quick
@given(case=cases(values=st.floats(50, 100), regions=3))
def test_ten_times_the_weights_change_nothing(case):
    tree, values = case
    heavy = tree.model_validate(tenfold(tree.model_dump(exclude_unset=True)))
    for mean in MEANS:
        plain, ten = (evaluate(values, t, Method(aggregation=mean)).scores for t in (tree, heavy))
        pd.testing.assert_frame_equal(plain, ten, rtol=1e-12)


@every
def test_permuted_regions_permute_scores(mean):
    rows, weights = scores((20, 60), (70, 30), (50, 1), (3, 99)), by(0.3, 0.7)
    order = [2, 0, 3, 1]
    assert mean(rows.iloc[order], weights).tolist() == mean(rows, weights).iloc[order].tolist()


def tenfold(node):
    """Multiply every weight of a dumped index system by ten."""
    if isinstance(node, dict):
        return {key: 10 * value if key == "weight" else tenfold(value) for key, value in node.items()}
    return tuple(map(tenfold, node)) if isinstance(node, tuple | list) else node

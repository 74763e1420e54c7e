import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit import MethodError, MinMax, PercentileRank, Rank, ZScore
from evalkit.scoring.relative import rank_shares
from tests.scoring.small import leaf, panel, quick, system

every = pytest.mark.parametrize("scale", [MinMax, ZScore, Rank, PercentileRank])
TREE = system(leaf("a"))
YEARS = (2011, 2012)


def scores(scale, values, years=(2012,), tree=TREE):
    return scale(panel({"a": values}, years=years).values, tree)["a"]


def test_z_scores_have_the_declared_mean_and_standard_deviation():
    found = scores(ZScore(mean=100, sd=15), [3, 8, 1, 9])
    assert (found.mean(), found.std()) == pytest.approx((100, 15))


def test_z_scores_divide_by_n_less_1():
    assert scores(ZScore(), [1, 2, 3]).tolist() == [40, 50, 60]


def test_ranks_are_evenly_spaced_whatever_the_distances():
    assert scores(Rank(), [5, 1000, 6, 7, 1]).tolist() == [25, 100, 50, 75, 0]


def test_ties_share_their_mean_rank():
    assert scores(Rank(), [1, 4, 4]).tolist() == [0, 75, 75]


def test_a_percentile_rank_is_the_share_that_is_worse_and_half_of_what_is_equal():
    assert scores(PercentileRank(), [1, 4, 4, 9]).tolist() == [12.5, 50, 50, 87.5]


def test_within_a_year_regions_are_held_only_against_those_of_that_year():
    assert scores(MinMax(over="year"), [0, 10, 8, 30], YEARS).tolist() == [0, 0, 100, 100]
    assert scores(MinMax(over="panel"), [0, 10, 8, 30], YEARS).tolist() == pytest.approx([0, 100 / 3, 80 / 3, 100])


@every
def test_within_a_year_is_that_year_alone(scale):
    together = scores(scale(over="year"), [1, 9, 4, 2, 3, 7], YEARS).xs(2012, level="year")
    assert together.tolist() == scores(scale(), [9, 2, 7]).tolist()


@every
def test_a_blank_stays_blank_and_counts_for_nothing(scale):
    found = scores(scale(), [1, None, 9, 4])
    assert np.isnan(found.iloc[1])
    assert found.dropna().tolist() == scores(scale(), [1, 9, 4]).tolist()


@every
def test_a_logarithm_is_taken_first(scale):
    tree = system(leaf("a", worst=1, best=10, transform="log"))
    logs = scores(scale(), [0, 1, 3])
    assert scores(scale(), [1, 10, 1000], tree=tree).tolist() == pytest.approx(logs.tolist())


@every
@quick
@given(values=st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(lambda v: len(set(v)) > 1), data=st.data())
def test_permuted_regions_permute_scores(scale, values, data):
    order = data.draw(st.permutations(range(len(values))))
    straight = scores(scale(), values).to_numpy()
    assert scores(scale(), [values[i] for i in order]).tolist() == pytest.approx(straight[list(order)].tolist())


@every
def test_constant_and_empty_columns_are_named(scale):
    tree = system(leaf("a"), leaf("b"), leaf("c"))
    with pytest.raises(MethodError, match=r"need.* values that vary") as error:
        scale()(panel({"a": [5, 5], "b": [1, 2], "c": [None, None]}).values, tree)
    found = [(o.where, o.found) for o in error.value.problems]
    assert found == [("a", "one value only"), ("c", "no value")]


@every
def test_a_column_that_is_constant_in_one_year_is_named_with_it(scale):
    with pytest.raises(MethodError, match=r"a in 2012: found one value only; expected two at least"):
        scores(scale(over="year"), [1, 5, 2, 5], YEARS)


@every
@quick
@given(values=st.lists(st.integers(0, 50), min_size=2, max_size=8).filter(lambda v: len(set(v)) > 1))
def test_which_way_is_better_is_all_that_these_scales_need(scale, values):
    for better, ends in (("higher", (0, 100)), ("lower", (100, 0))):
        bare = system(leaf("a", worst=None, better=better))
        posts = system(leaf("a", worst=ends[0], best=ends[1]))
        assert scores(scale(), values, tree=bare).tolist() == scores(scale(), values, tree=posts).tolist()


def test_the_divisor_of_the_standard_deviation_is_declared():
    assert scores(ZScore(mean=0, sd=1), [1, 2, 3]).tolist() == [-1, 0, 1]
    whole = np.sqrt(3 / 2)
    assert scores(ZScore(mean=0, sd=1, ddof=0), [1, 2, 3]).tolist() == pytest.approx([-whole, 0, whole])


@every
def test_a_single_region_has_nothing_to_be_held_against(scale):
    with pytest.raises(MethodError, match=r"regions to compare\n.*found r1 only; expected two at least, or goalposts"):
        scores(scale(), [5])


def test_rank_shares_leave_blanks_out_of_the_count():
    assert rank_shares(np.array([[1.0], [np.nan], [3.0]]))[[0, 2], 0].tolist() == [0, 1]


@pytest.mark.parametrize("scale", [MinMax(), ZScore(), Rank(), PercentileRank()])
def test_float_noise_is_no_difference(scale):
    noisy = panel({"a": [0.1 + 0.2, 0.3, 0.3]}).values
    with pytest.raises(MethodError, match="a: found one value only"):
        scale(noisy, system(leaf("a")))


@pytest.mark.parametrize("scale", [Rank(), PercentileRank()])
def test_values_that_differ_by_noise_are_ties(scale):
    values = panel({"a": [0.1 + 0.2, 0.3, 0.5]}).values
    first, second, _ = scale(values, system(leaf("a")))["a"]
    assert first == second


def test_a_percentile_rank_of_others_is_the_share_of_the_others_that_are_worse():
    values = panel({"a": [30, 10, 10, 20, 50]}).values
    found = PercentileRank(definition="of_others")(values, system(leaf("a")))["a"]
    assert found.tolist() == [75, 0, 0, 50, 100]
    assert PercentileRank()(values, system(leaf("a")))["a"].tolist() == pytest.approx([70, 20, 20, 50, 90])

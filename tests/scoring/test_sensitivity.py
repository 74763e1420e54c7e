import numpy as np
import pytest

from evalkit import Method, MethodError, MinMax, evaluate
from evalkit.scoring.sensitivity import sensitivity
from evalkit.scoring.uncertainty_sources import Choice, ExpertWeights, Uncertainty, WeightNoise
from tests.scoring.small import leaf, panel, system

UNCAPPED = Choice(of="cap", options=(False,))


def indices(values, sources, *, method=None, **more):
    result = evaluate(panel(values), system(*(leaf(code) for code in values)), method)
    table = sensitivity(result, Uncertainty(sources=sources), seed=1, **more)
    return table.set_index(["region", "source"])


def experts(x, y):
    return ExpertWeights(experts={"x": dict(zip("ab", x, strict=True)), "y": dict(zip("ab", y, strict=True))})


def test_a_source_that_alone_moves_the_ranks_has_all_of_the_variance():
    # whoever counts a puts r1 first, whoever counts b puts r2 first; nothing is at the cap
    found = indices({"a": [90, 10], "b": [10, 90]}, {"z": experts((3, 1), (1, 3)), "cap": UNCAPPED})
    assert found.loc[("r1", "z"), ["first", "total"]].tolist() == pytest.approx([1, 1], abs=0.02)
    assert found.loc[("r1", "cap"), ["first", "total"]].tolist() == pytest.approx([0, 0], abs=1e-9)


def test_two_sources_that_move_a_rank_only_together_share_it_by_theory():
    # r2 is first only where b counts and nothing is capped: a variance of 3/16, of which each alone gives 1/16
    sources = {"z": experts((1, 0), (0.8, 0.2)), "cap": UNCAPPED}
    found = indices({"a": [55, 40], "b": [50, 150]}, sources, size=1024)
    assert found["first"].to_numpy() == pytest.approx(np.full(4, 1 / 3), abs=0.05)
    assert found["total"].to_numpy() == pytest.approx(np.full(4, 2 / 3), abs=0.05)


def test_of_two_regions_each_mirrors_the_other():
    found = indices({"a": [90, 10], "b": [10, 88]}, {"noise": WeightNoise(), "cap": UNCAPPED}, size=64)
    one, other = (found.loc[region, ["first", "total"]].to_numpy() for region in ("r1", "r2"))
    assert one == pytest.approx(other)


def test_indices_are_the_same_on_a_scale_of_1_and_of_100():
    values = np.random.default_rng(4).random((2, 40)).tolist()
    sources = {"noise": WeightNoise(), "cap": UNCAPPED}
    large, small = (
        indices(dict(zip("ab", values, strict=True)), sources, size=16, method=Method(normalisation=MinMax(range=ends)))
        for ends in ((0, 100), (0, 1))
    )
    assert small.to_numpy() == pytest.approx(large.to_numpy(), nan_ok=True)


def test_rows_are_regions_by_sources_with_half_widths():
    found = indices({"a": [90, 10], "b": [10, 90]}, {"z": experts((3, 1), (1, 3)), "cap": UNCAPPED}, size=16)
    assert found.index.tolist() == [("r1", "z"), ("r1", "cap"), ("r2", "z"), ("r2", "cap")]
    assert list(found.columns) == ["first", "first_half_width", "total", "total_half_width"]
    assert (found.total_half_width.xs("z", level="source") >= 0).all()


def test_a_rank_that_never_moves_is_blank():
    found = indices({"a": [90, 10], "b": [90, 10]}, {"noise": WeightNoise(), "cap": UNCAPPED}, size=16)
    assert found.isna().all(axis=None)


def test_one_seed_gives_one_table():
    def table():
        return indices({"a": [90, 10], "b": [10, 88]}, {"noise": WeightNoise(), "cap": UNCAPPED}, size=16)

    assert table().equals(table())


def test_one_source_has_nothing_to_be_told_apart_from():
    with pytest.raises(MethodError, match="sources: found noise; expected two at least"):
        indices({"a": [90, 10], "b": [10, 90]}, {"noise": WeightNoise()})


@pytest.mark.parametrize("size", [0, 1, 100])
def test_the_design_comes_in_powers_of_2(size):
    with pytest.raises(MethodError, match=f"size: found {size}; expected 256, 512"):
        indices({"a": [90, 10], "b": [10, 90]}, {"noise": WeightNoise(), "cap": UNCAPPED}, size=size)

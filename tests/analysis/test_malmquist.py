import numpy as np
import pandas as pd
import pytest

from evalkit.analysis.dea import dea
from evalkit.analysis.malmquist import malmquist
from evalkit.base.errors import MethodError

YEARS = [2008, 2009, 2011]


def panel(n=8, years=YEARS, seed=5):
    index = pd.MultiIndex.from_product([[f"u{place}" for place in range(n)], years], names=["region", "year"])
    random = np.random.default_rng(seed)
    x, y = random.uniform(1, 9, (len(index), 1)), random.uniform(1, 9, (len(index), 2))
    return pd.DataFrame(x, index, ["yuan"]), pd.DataFrame(y, index, ["beds", "books"])


@pytest.mark.parametrize("orientation", ["output", "input"])
def test_the_parts_multiply_to_the_whole(orientation):
    found = malmquist(*panel(), orientation=orientation)
    assert found.index.tolist() == [(f"u{place}", year) for place in range(8) for year in (2009, 2011)]
    assert (found.efficiency_change * found.technical_change / found.productivity_change - 1).abs().max() < 1e-12
    assert (found.pure_change * found.scale_change / found.efficiency_change - 1).abs().max() < 1e-12


def test_catching_up_is_the_ratio_of_the_years_scores():
    inputs, outputs = panel()
    scores = {y: dea(inputs.xs(y, level=1), outputs.xs(y, level=1), returns="constant").scores for y in YEARS}
    found = malmquist(inputs, outputs).efficiency_change.xs(2009, level="year")
    assert found.tolist() == pytest.approx((scores[2009] / scores[2008]).tolist())


def test_with_one_input_and_one_output_productivity_is_their_ratio():
    inputs, outputs = panel()
    ratio = (outputs.beds / inputs.yuan).unstack("year")
    found = malmquist(inputs, outputs[["beds"]]).productivity_change.unstack("year")
    assert found[2011].tolist() == pytest.approx((ratio[2011] / ratio[2009]).tolist())


def test_twice_the_output_for_all_moves_the_frontier_alone():
    inputs, outputs = (frame.xs(2008, level=1) for frame in panel())
    moved = (pd.concat({2008: a, 2009: b}).swaplevel() for a, b in [(inputs, inputs), (outputs, 2 * outputs)])
    found = malmquist(*moved)
    assert found.technical_change.tolist() == pytest.approx([2] * 8)
    assert found.efficiency_change.tolist() == pytest.approx([1] * 8)


def test_missing_unit_years_are_all_named():
    inputs, outputs = (frame.drop([("u1", 2009), ("u4", 2011)]) for frame in panel())
    with pytest.raises(MethodError, match=r"u1 in 2009: found no row; .*\n  - u4 in 2011: found no row"):
        malmquist(inputs, outputs)


def test_an_output_that_is_zero_in_a_whole_year_is_named_with_the_year():
    inputs, outputs = panel()
    outputs.loc[pd.IndexSlice[:, 2009], "books"] = 0
    with pytest.raises(MethodError, match="books in 2009: found 0 for every unit"):
        malmquist(inputs, outputs)


def test_one_year_or_an_index_without_years_is_refused():
    with pytest.raises(MethodError, match="the years: found 1; expected two at least"):
        malmquist(*panel(years=[2008]))
    with pytest.raises(MethodError, match="unit and year"):
        malmquist(*(frame.droplevel("year") for frame in panel()))


def test_years_that_were_cut_off_are_forgotten():
    index = pd.MultiIndex.from_product([["A", "B"], [2010, 2011, 2012]], names=["unit", "year"])
    inputs = pd.DataFrame({"yuan": [2.0, 3, 4, 3, 3, 5]}, index=index)
    outputs = pd.DataFrame({"beds": [1.0, 2, 2, 2, 3, 3]}, index=index)
    kept = index.get_level_values("year") < 2012
    pd.testing.assert_frame_equal(
        malmquist(inputs[kept], outputs[kept]), malmquist(inputs, outputs).drop(index=2012, level="year")
    )

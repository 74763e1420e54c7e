import numpy as np
import pytest

from evalkit.analysis.quality_design import QualityDesign
from evalkit.readings.quality_digits import Register, _of_block
from evalkit.readings.quality_figures import Block

DESIGN = QualityDesign()


def register(values, **design):
    values = np.array(values, dtype=float)[None]
    places = tuple((f"r{n}", "") for n in range(values.shape[1]))
    block = Block("county", ("n",), places, tuple(range(values.shape[2])), values)
    return next(iter(_of_block(block, DESIGN.model_copy(update=design))))


def test_even_digits_raise_no_question_and_heaped_ones_do():
    rng = np.random.default_rng(1)
    even = register(rng.integers(1000, 9999, size=(300, 1)))
    heaped = register(5 * rng.integers(200, 1999, size=(300, 1)) + (rng.random((300, 1)) < 0.5))
    assert even.tested
    assert not even.suspicious(0.001)
    assert heaped.suspicious(0.001)
    assert heaped.round_share == pytest.approx(0.5, abs=0.08)


def test_too_few_figures_or_too_short_ones_are_not_tested():
    assert not register(np.arange(1000, 1090)[:, None]).tested
    assert not register(np.tile(np.arange(10, 99), 3)[:, None]).tested
    assert not register(np.arange(1000, 1090)[:, None]).suspicious(0.5)


def test_a_figure_that_stays_the_same_counts_once():
    assert register(np.tile(np.arange(1000, 1150)[:, None], (1, 4))).n == 150


def test_a_few_figures_with_decimals_do_not_make_the_others_end_in_0():
    values = np.random.default_rng(4).integers(1000, 9999, size=(300, 1)).astype(float)
    values[:5] += 0.5
    found = register(values)
    assert found.round_share == pytest.approx(0.2, abs=0.06)
    assert not found.suspicious(0.001)


def test_first_digits_are_tested_only_where_figures_span_orders_of_magnitude():
    wide = register(np.rint(10 ** np.random.default_rng(2).uniform(2, 6, size=(400, 1))))
    narrow = register(np.random.default_rng(3).integers(1000, 9999, size=(400, 1)))
    assert (wide.conforms in ("close", "acceptable", "marginal"), narrow.conforms) == (True, "")
    assert np.isnan(narrow.first)
    assert wide.first > 0.01


def test_first_digits_alone_raise_no_question():
    assert not Register("city", "n", 2012, 500, 4.0, last=0.5, round_share=0.2, heaping=0.5, first=0.0005).suspicious(
        0.001
    )

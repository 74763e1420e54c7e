"""The Technology Achievement Index of 23 countries, as the OECD/JRC Handbook works through it (2008, chapter 4).

`tai.csv` holds the eight indicators; telephones and electricity are logarithms to base 10.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.scoring.coherence import cronbach_alpha, principal_components, reliability
from tests.scoring.small import leaf, system

PRINTED_ALPHA = 0.70  # section 4.3


@pytest.fixture(scope="module")
def indicators():
    return pd.read_csv(Path(__file__).with_name("tai.csv"), index_col="country")


def test_cronbachs_alpha_is_met_as_printed(indicators):
    assert indicators.shape == (23, 8)
    assert round(cronbach_alpha(indicators), 2) == PRINTED_ALPHA


def test_alpha_with_each_indicator_deleted_is_that_of_plain_pandas(indicators):
    z = (indicators - indicators.mean()) / indicators.std()
    rest = {code: z.drop(columns=code) for code in z}
    expected = [7 / 6 * (1 - x.var().sum() / x.sum(axis="columns").var()) for x in rest.values()]
    table = reliability(indicators, system(*map(leaf, indicators)))
    assert table.alpha_without.tolist() == pytest.approx(expected, rel=1e-12)


def test_alpha_of_the_indicators_in_their_units_misses_the_printed_one(indicators):
    assert abs(cronbach_alpha(indicators, standardise=False) - PRINTED_ALPHA) > 0.1


def test_the_components_are_those_of_a_singular_value_decomposition(indicators):
    z = (indicators - indicators.mean()) / indicators.std()
    expected = np.linalg.svd(z.to_numpy(), compute_uv=False) ** 2 / 22
    assert principal_components(indicators).table.eigenvalue.tolist() == pytest.approx(expected.tolist(), rel=1e-9)

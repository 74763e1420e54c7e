import numpy as np
import pandas as pd
import pytest

from evalkit import MethodError, coupling_coordination

SYSTEMS = pd.DataFrame({"town": [0.9, 0.2, 0.5], "country": [0.4, 0.2, np.nan]}, index=["r1", "r2", "r3"])


def test_by_hand():
    # C = 2 √(0.9 · 0.4) / 1.3 = 12/13, T = 0.65, D = √(12/13 · 0.65) = √0.6
    row = coupling_coordination(SYSTEMS).loc["r1"]
    assert row.tolist() == pytest.approx([12 / 13, 0.65, np.sqrt(0.6)])


def test_three_systems_and_weights_by_hand():
    # the means are (0.2 · 0.4 · 0.9)^(1/3) and 0.5; the level is 0.1 + 0.1 + 0.225
    row = coupling_coordination(
        pd.DataFrame([[0.2, 0.4, 0.9]], columns=list("abc")), pd.Series([0.5, 0.25, 0.25], list("abc"))
    )
    assert row.iloc[0].tolist() == pytest.approx(
        [0.072 ** (1 / 3) / 0.5, 0.425, np.sqrt(0.072 ** (1 / 3) / 0.5 * 0.425)]
    )


def test_equally_bad_systems_are_fully_coupled_and_hardly_coordinated():
    row = coupling_coordination(SYSTEMS).loc["r2"]
    assert row.tolist() == pytest.approx([1, 0.2, np.sqrt(0.2)])


def test_of_two_systems_alike_it_is_the_root_of_the_geometric_mean():
    pairs = pd.DataFrame(np.random.default_rng(1).uniform(size=(20, 2)))
    assert coupling_coordination(pairs).coordination.tolist() == pytest.approx(pairs.prod(axis=1).pow(1 / 4).tolist())


def test_a_blank_stays_blank_and_zeros_are_taken():
    assert coupling_coordination(SYSTEMS).loc["r3"].isna().all()
    assert coupling_coordination(pd.DataFrame([[0.0, 0.5], [0, 0]])).to_numpy().tolist() == [[0, 0.25, 0], [1, 0, 0]]


def test_scores_of_another_scale_and_weights_of_other_systems_are_refused():
    with pytest.raises(MethodError, match=r"(?s)town of r1: found 90;.*country of r2: found -1"):
        coupling_coordination(pd.DataFrame({"town": [90, 0.5], "country": [0.5, -1]}, index=["r1", "r2"]))
    with pytest.raises(MethodError, match=r"weights: found town, sea; expected town, country"):
        coupling_coordination(SYSTEMS, pd.Series({"town": 0.5, "sea": 0.5}))
    with pytest.raises(MethodError, match=r"systems: found 1"):
        coupling_coordination(SYSTEMS[["town"]])
    with pytest.raises(MethodError, match=r"a sum of 1\.5"):
        coupling_coordination(SYSTEMS, pd.Series({"town": 1, "country": 0.5}))

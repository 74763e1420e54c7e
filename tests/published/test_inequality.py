"""Gini in Dagum's three parts, Theil's T and L between and within groups, as peer libraries print them."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from evalkit import dagum, gini, mean_log_deviation, theil, theil_decomposition

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def printed():
    return yaml.safe_load((HERE / "inequality.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def units(printed):
    table = pd.DataFrame(printed["units"], columns=["group", "value", "weight"])
    return table.rename_axis("region")


def test_gini_and_its_three_parts(printed, units):
    found = dagum(units.value, units.group)
    for part, expected in printed["gini"].items():
        assert getattr(found, part) == pytest.approx(expected, abs=1e-11)
    assert gini(units.value) == pytest.approx(printed["gini"]["total"], abs=1e-11)


@pytest.mark.parametrize(("measure", "whole"), [("theil", theil), ("mean_log_deviation", mean_log_deviation)])
def test_theil_between_and_within_groups(printed, units, measure, whole):
    found = theil_decomposition(units.value, units.group, measure=measure).iloc[0]
    for part, expected in printed[measure].items():
        assert found[part] == pytest.approx(expected, abs=1e-10)
    assert whole(units.value) == pytest.approx(printed[measure]["total"], abs=1e-10)

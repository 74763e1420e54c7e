"""Malmquist indices of the DEAP program's guide, from `dea.yaml`."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from evalkit.analysis.malmquist import malmquist

EG4 = yaml.safe_load(Path(__file__).with_name("dea.yaml").read_text(encoding="utf-8"))["eg4"]


@pytest.fixture(scope="module")
def changes():
    sides = [pd.DataFrame(EG4[side]).rename_axis("firm") for side in ("inputs", "outputs")]
    return malmquist(*(side.stack().rename_axis(["firm", "year"]).to_frame("amount") for side in sides))


@pytest.mark.parametrize("year", [2, 3])
def test_every_published_change_is_met_to_its_last_digit(changes, year):
    published = pd.DataFrame(EG4["changes"][year], columns=EG4["columns"])
    found = changes.xs(year, level="year")
    assert (found - published).abs().max().max() < EG4["tolerance"] * 1.001

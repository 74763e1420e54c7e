"""Scores of the textbooks on data envelopment, from `dea.yaml`."""

from pathlib import Path

import pandas as pd
import pytest
import yaml

from evalkit.analysis.dea import dea

EXAMPLES = yaml.safe_load(Path(__file__).with_name("dea.yaml").read_text(encoding="utf-8"))
SCORED = [(name, returns) for name, example in EXAMPLES.items() for returns in example.get("scores", ())]


def envelopment(name, **choices):
    example = EXAMPLES[name]
    return dea(*(pd.DataFrame(example[side], index=example["units"]) for side in ("inputs", "outputs")), **choices)


@pytest.mark.parametrize(("name", "returns"), SCORED)
def test_every_published_score_is_met_to_its_last_digit(name, returns):
    found, example = envelopment(name, returns=returns, orientation="input"), EXAMPLES[name]
    assert found.scores.tolist() == pytest.approx(example["scores"][returns], rel=0, abs=example["tolerance"] * 1.001)
    assert found.gap.max() < 1e-9


def test_unit_f_has_a_slack_of_2_and_so_is_not_efficient():
    found = envelopment("slack", returns="constant", orientation="input")
    assert found.slacks.loc["F"].tolist() == pytest.approx([2, 0, 0], abs=1e-9)
    assert found.efficient.tolist() == [False, False, True, True, True, False]

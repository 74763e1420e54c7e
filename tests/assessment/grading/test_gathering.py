import pandas as pd
import pytest

from evalkit import Panel
from evalkit.assessment import assess
from evalkit.assessment.grading.events import NO_EVENTS
from evalkit.assessment.grading.gathering import gather_evidence
from evalkit.assessment.targets.achievement import achieve
from tests.assessment.panels import YEARS, declared
from tests.assessment.small import rules
from tests.index.test_target import aimed
from tests.scoring.small import group, leaf, system

FULL = {"worst": 0, "best": 100, "target": aimed()}


def gathered(tree, **values):
    """Evidence of one region whose values are given from 2007 on."""
    index = declared({"r1": next(iter(values.values()))}).values.index
    panel = Panel.from_values(pd.DataFrame(values, index=index))
    return gather_evidence(achieve(panel, tree, YEARS), tree, events=NO_EVENTS)


@pytest.fixture
def evidence():
    project = group("P01", leaf("a", **FULL), leaf("e", layer="equity", **FULL), level="project")
    other = group("P02", leaf("b", **FULL), leaf("off", weight=0, unscored="context", **FULL), level="project")
    # 2 points a year are asked from 80 on: a gains 1, e gains 2, b gains nothing
    return gathered(system(project, other), a=[80, 81], e=[80, 82], b=[80, 80], off=[80, 80])


def test_equality_has_a_part_of_its_own_and_leaves_the_completion(evidence):
    assert list(evidence.completion) == ["a", "b"]
    assert list(evidence.equality) == ["e"]
    assert evidence.completion.loc[("r1", 2008)].tolist() == [50, 0]
    assert evidence.equality.loc[("r1", 2008)].tolist() == [100]


def test_progress_is_of_all_that_is_scored(evidence):
    assert list(evidence.progress) == ["a", "e", "b"]
    assert evidence.progress.loc[("r1", 2008)].tolist() == [0.5, 1, 0]


def test_every_indicator_weighs_what_it_weighs_in_the_index(evidence):
    assert evidence.weights.to_dict() == {"a": 0.25, "e": 0.25, "b": 0.5}
    assert evidence.projects.to_dict() == {"a": "P01", "e": "P01", "b": "P02"}


def test_the_points_follow(evidence):
    found = assess(evidence, rules()).parts.xs(("r1", 2008), level=["region", "year"])
    # completion (0.25·50 + 0.5·0) / 0.75, equality 100, progress 0.25·50 + 0.25·100
    assert found["mean"].dropna().tolist() == pytest.approx([100 / 6, 100, 37.5])
    assert pd.isna(found["mean"]["public_evaluation"])

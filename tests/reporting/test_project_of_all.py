"""A project that has groups of its own is one project, in every table and figure that lists projects."""

import pytest

from evalkit import load_study
from evalkit.reporting.chapters.targets.figures import lamps_by_project
from evalkit.reporting.city import CityReport
from evalkit.reporting.report import RoundReport
from tests.mutations.edit import SYSTEM, Edit
from tests.mutations.project import Small
from tests.reporting.printed import coherence, grade, province_targets

PROJECT, PART = "医", "维"


def deepen(system):
    """Have the first area be a project whose indicators stand in a group below it."""
    group = system["tree"]["children"][0]
    below = {"code": "dim", "name": {"zh": PART, "en": "part"}, "level": "dimension", "children": group["children"]}
    group.update(level="project", children=[below])


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    edit = Edit(Small.make(tmp_path_factory.mktemp("deep") / "small"))
    edit.assessed()
    edit.without("uncertainty")
    edit.yaml(SYSTEM, deepen)
    edit.missing("doctors", 2012)
    return load_study("small", root=edit.small.root)


@pytest.fixture(scope="module")
def city(study):
    return CityReport(study, study.evaluate(), "0100", 2012, "zh")


@pytest.fixture(scope="module")
def whole(study):
    return RoundReport(study, study.evaluate(), 2012, "zh")


def test_its_targets_are_counted_under_it(city, whole):
    own = grade.tables.project_scores(city).set_index("工程").loc[PROJECT]
    of_all = province_targets.tables.projects(whole).set_index("工程").loc[PROJECT]
    assert [(row["… 数据缺失"], row["◐ 达到时序进度"]) for row in (own, of_all)] == [(1, 0), (3, 0)]


def test_the_figure_has_a_bar_of_it(city):
    names = [label.get_text() for label in lamps_by_project(city).axes[0].get_yticklabels()]
    assert PROJECT in names
    assert PART not in names


def test_its_departments_answer_for_all_its_scored_indicators(whole):
    row = coherence.tables.departments(whole).set_index("工程").loc[PROJECT]
    assert row["计分指标数"] == 1


def test_a_project_without_a_score_is_not_said_to_keep_its_floor(city):
    assert grade.tables.project_scores(city).set_index("工程").loc[PROJECT, "低于底线"] == "无数据，未检验"

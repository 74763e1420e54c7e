"""What a check tells of a study that is not wrong: the starter, with one thing turned about."""

import re
import shutil

import pytest

from evalkit import load_study
from evalkit.new_project import new_project
from evalkit.runs.remarks import listed, remarks

UNWEIGHED = (
    "there is no total of all cities of senior_teachers_rural, senior_teachers_urban: "
    "rates and averages without `weight` in the metadata"
)
METADATA = "data/statistics/metadata.yaml"
FIGURES, STUDY, INDEX = "data/statistics/yearbook.csv", "params/studies/own.yaml", "params/index/services.yaml"


@pytest.fixture(scope="module")
def starter(tmp_path_factory):
    return new_project(tmp_path_factory.mktemp("starter") / "own").root


@pytest.fixture
def told(starter, tmp_path):
    """Give the remarks on a starter of which one file is changed by a pattern."""

    def tell(file, pattern, by, least="0.8", min_weight="0.8"):
        root = shutil.copytree(starter, tmp_path / "own")
        text, made = re.subn(pattern, by, (root / file).read_text("utf-8"), count=1)
        assert made
        (root / file).write_text(text, "utf-8")
        rules = root / "params/rules/annual.yaml"
        rules.write_text(rules.read_text("utf-8").replace("least: 0.8", f"least: {least}"), "utf-8")
        study = root / STUDY
        study.write_text(study.read_text("utf-8").replace("min_weight: 0.8", f"min_weight: {min_weight}"), "utf-8")
        return list(remarks(load_study("own", root=root), 2020))

    return tell


def test_of_the_starter_nothing_is_remarked_but_its_rates_without_weight(told):
    assert told(STUDY, "status: preliminary", "status: final") == [UNWEIGHED]


def test_a_rate_that_is_weighed_has_a_total_and_is_not_told(told):
    variable = r"(senior_teachers_rural:(?:\n    .*)*?\n    levels: \[city\])"
    [line] = told(METADATA, variable, r"\1\n    weight: pop_resident")
    assert line == UNWEIGHED.replace("senior_teachers_rural, ", "")


def test_a_blank_of_a_city_that_is_scored_and_graded_all_the_same_is_told(told):
    blank, _ = told(FIGURES, r"(physicians,990100,2020),\d+,value", r"\1,,missing", min_weight="0.3")
    assert (
        blank
        == "physicians: no usable figure in 2020 of 甲市 (990100); a score or a grade may be higher or lower for it"
    )


def test_points_that_nothing_fills_are_told_with_what_the_others_are_multiplied_by(told):
    *_, line = told(STUDY, "  public_evaluation: satisfaction\n", "")
    shared = "they are shared out among the other parts (×1.1111)"  # 100 / (60 + 20 + 10)
    assert line == f"public_evaluation: no indicator or figure fills its 10 points in 2020 for any city; {shared}"


def test_points_that_nothing_fills_in_one_city_are_told_of_that_city(told):
    *_, line = told("data/statistics/survey.csv", r"(satisfaction,990100,2020),[\d.]+,value", r"\1,,missing")
    assert "fills its 10 points in 2020 for 甲市 (990100); they" in line


def test_a_city_without_a_score_or_a_grade_is_told_with_every_node_that_lacks_and_what_it_lacks(told):
    score, grade, _ = told(FIGURES, r"(physicians,990100,2020),\d+,value", r"\1,,missing", least="0.9")
    asked = "`min_weight` asks 80 % of every node's weight, and there is health 50 %, social 66.67 %, index 40 %"
    assert score == f"甲市 (990100) has no score in 2020: {asked}; no usable figure of physicians"
    asked = "`valid_share` asks 90 % of all weight, and there is 88.89 %"  # but 0.1 of the 0.9 of completion
    assert grade == f"甲市 (990100) has no grade in 2020: {asked}; no usable figure of physicians"


def test_years_that_cannot_be_graded_since_targets_start_from_them_are_told(told):
    assert told(STUDY, r"years: \[2017", "years: [2016")[0] == (
        "no city has a grade in 2016: targets start from 2016, so that `years` would begin in 2017"
    )


def test_a_target_that_most_cities_met_before_it_began_is_told(told):
    _, line = told(INDEX, r"worst: 10, best: 3", "worst: 3, best: 10")
    assert line.startswith("infants: 5 of 5 cities met the target (more is better, floor 4) at its baseline")


def test_every_indicator_is_listed_with_its_direction_and_its_kind_of_target(demo):
    lines = {line.split()[0]: line.split()[1:-1] for line in listed(demo, demo.check())}
    assert lines["P04-05"] == ["scored", "less", "is", "better,", "ceiling", "10"]
    assert lines["P05-04"] == ["scored", "more", "is", "better,", "annual_quota", "1000"]
    assert lines["P01-05"] == ["input"]

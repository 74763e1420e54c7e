from dataclasses import replace

import pytest

from evalkit.subjects import CITY, COUNTY, DEPARTMENT, SUBJECTS
from tests.conftest import DEMO, STUDY, shipped


def test_cities_are_those_that_are_assessed():
    assert CITY.codes(shipped(STUDY)) == tuple(shipped(STUDY).regions.index)
    assert CITY.name_of(shipped(STUDY), "330800", 2012, "en") == "Quzhou"


def test_departments_are_those_that_answer_for_a_target_by_the_name_of_the_year():
    assert DEPARTMENT.codes(shipped(STUDY)) == ()
    assert "culture" in DEPARTMENT.codes(shipped(DEMO))
    assert DEPARTMENT.name_of(shipped(DEMO), "culture", 2012, "zh") == "省文化厅"


@pytest.mark.parametrize("subject", SUBJECTS, ids=lambda subject: subject.name)
def test_every_code_has_a_name_in_both_languages(subject):
    names = [subject.named(shipped(DEMO), code, 2012) for code in subject.codes(shipped(DEMO))]
    assert names
    assert all(name.zh and name.en for name in names)


def test_a_county_is_listed_under_its_city_and_a_department_under_nothing():
    assert COUNTY.within(shipped(STUDY), "330802").zh == "衢州市"
    assert DEPARTMENT.within(shipped(DEMO), "culture") is None


def test_counties_are_those_that_are_graded_or_that_a_census_shows():
    assert len(COUNTY.codes(shipped(DEMO))) == len(COUNTY.codes(shipped(STUDY))) == 90
    assert COUNTY.codes(ungraded(shipped(DEMO))) == ()


@pytest.mark.parametrize("subject", [COUNTY, DEPARTMENT], ids=lambda subject: subject.name)
def test_codes_are_worked_out_once_a_study(subject):
    """Every report of a request asks for them."""
    assert subject.codes(shipped(DEMO)) is subject.codes(shipped(DEMO))


def test_the_counties_of_a_city_are_worked_out_once_a_study_and_year():
    before, now = (shipped(STUDY).counties("330100", year) for year in (2010, 2012))
    assert shipped(STUDY).counties("330100", 2012) is now is not before


def ungraded(study):
    """The same study without rules for counties, and no census in it."""
    return replace(study, assessment_files=replace(study.assessment_files, county_rules=None))

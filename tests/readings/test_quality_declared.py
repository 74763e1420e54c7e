from dataclasses import replace

import pytest

from evalkit.base.text import Text
from evalkit.data.metadata import Break
from evalkit.readings.quality_declared import DeclaredBeside
from tests.conftest import shipped
from tests.readings.planted import planted, times


def beside(name, year):
    return DeclaredBeside.of(shipped(name), year)


@pytest.mark.parametrize(
    ("name", "year", "declared", "found"), [("zhejiang-public", 2012, 17, 15), ("zhejiang-public-2015", 2015, 22, 18)]
)
def test_most_of_what_the_shipped_data_declare_is_found_without_being_told(name, year, declared, found):
    known = beside(name, year).known
    assert (len(known), sum(one.found for one in known)) == (declared, found)


def test_the_repeated_figure_and_the_missing_zone_are_found_for_what_they_are():
    every = beside("zhejiang-public-2015", 2015).known
    known = {(one.variable, one.declared.region, one.declared.year): one for one in every}
    assert "same" in {f.kind for f in known["fiscal_expenditure", "330500", 2013].findings}
    assert {f.kind for f in known["pop_census", "330300", 2020].findings} == {"counties"}


def test_what_is_missed_says_why():
    missed = [one for one in beside("zhejiang-public", 2012).known if not one.found]
    why = {(one.variable, one.declared.year): one.why_not for one in missed}
    assert why == {("pop_resident", 2008): "small", ("pop_census", 2020): "alone"}
    second = {one.why_not for one in beside("zhejiang-public-2015", 2015).known if not one.found}
    assert second == {"small", "usual"}


def test_what_is_raised_beyond_is_what_nothing_declares():
    own = beside("zhejiang-public", 2012)
    matched = {f for one in own.known for f in one.findings}
    assert matched.isdisjoint(own.beyond)
    assert (len(own.beyond), len(beside("zhejiang-public-2015", 2015).beyond)) == (65, 63)  # docs/methods.md
    assert {f.kind for f in own.beyond}.isdisjoint({"missing", "digits", "coarse"})


def declaring(year, region="330700"):
    quality = planted(times(1.5, "hospital_beds", "330700", 2011))
    note = Text(zh="注", en="note")
    variable = quality.study.dataset.metadata.variables["hospital_beds"]
    variables = quality.study.dataset.metadata.variables | {
        "hospital_beds": variable.model_copy(update={"breaks": (Break(year=year, region=region, note=note),)})
    }
    metadata = quality.study.dataset.metadata.model_copy(update={"variables": variables})
    study = replace(quality.study, dataset=replace(quality.study.dataset, metadata=metadata))
    return next(one for one in DeclaredBeside.of(study, 2012).known if one.variable == "hospital_beds")


@pytest.mark.parametrize(("year", "found"), [(2011, {2011, 2012}), (2012, {2012}), (2010, {2011}), (2009, set())])
def test_a_change_is_that_of_either_of_its_ends(year, found):
    assert {f.year for f in declaring(year).findings} == found


def test_one_of_another_region_is_not_taken_for_it():
    assert not declaring(2011, region="330800").found
    assert declaring(2011, region=None).found


def test_remarks_without_a_year_stand_with_the_findings_of_their_variable():
    undated = beside("zhejiang-public", 2012).undated
    assert len(undated) == 11
    assert {code: n for code, _, n in undated}["hospital_beds"] == 0

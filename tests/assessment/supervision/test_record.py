import pandas as pd
import pytest

from evalkit import DataError, ParamsError
from evalkit.assessment.supervision.signals import signals
from tests.assessment.inspected import claimed, finding, record, rules
from tests.scoring.small import group, leaf, system

STEADY = [60, 61, 62, 63, 64, 65]


def test_what_can_be_visited_is_every_region_and_project():
    found = record(a={"r2": STEADY, "r1": STEADY}, c={"r2": STEADY, "r1": STEADY})
    assert found.units.tolist() == [("r2", "P01"), ("r2", "P02"), ("r1", "P01"), ("r1", "P02")]


def test_a_project_without_a_target_is_not_visited_whatever_was_found_there():
    elsewhere = {"c": {"assessed": ("county",)}}
    found = record(a=STEADY, c=STEADY, targets=elsewhere, findings=[finding(indicator="c")])
    assert found.units.tolist() == [("r1", "P01")]
    assert signals(found, rules(), 2012).project.unique().tolist() == ["P01"]


def test_outside_projects_the_highest_group_is_visited():
    found = record(a=STEADY)
    fiscal = group("F", group("F1", leaf("x")), leaf("y"))
    tree = system(fiscal, group("A1", group("P01", group("sub", leaf("a")), level="project")), leaf("z"))
    changed = type(found)(tree, found.panel, found.achievement)
    assert changed.projects == {"x": "F", "y": "F", "a": "P01", "z": "index"}


def test_the_last_inspected_figures_are_those_of_findings_with_an_indicator():
    given = [finding("F1", year=2009), finding("F2", year=2011, verdict="confirmed", indicator=None)]
    found = record(a=STEADY, b=STEADY, c=STEADY, findings=[*given, finding("F3", year=2012, indicator="c")])
    assert found.last_inspected(2012).to_dict() == {("r1", "P01"): 2009, ("r1", "P02"): 2012}
    assert found.last_inspected(2011).isna().tolist() == [False, True]


def test_a_region_reported_its_self_assessment_and_otherwise_the_panels_figure():
    found = record(a={"r1": STEADY, "r2": STEADY}, claims=claimed(70))
    assert found.reported["a"].xs(2012, level="year").to_dict() == {"r1": 70, "r2": 65}


def test_every_unknown_name_is_told_at_once():
    given = [finding("F1", region="r3"), finding("F2", indicator="aa"), finding("F3", year=2013)]
    claims = pd.concat([claimed("many"), claimed(1, region="r1x"), claimed(1, year=2020)])
    with pytest.raises(DataError) as error:
        record(a={"r1": STEADY, "r2": STEADY}, findings=given, claims=claims.assign(d=1))
    told = "\n".join(map(str, error.value.problems))
    for part in ("'r3'", "'aa'; expected one of a (did you mean 'a'?)", "2013", "'r1x'", "2020", "'d'", "'many'"):
        assert part in told


def test_a_self_assessment_that_is_not_by_region_and_year_or_says_a_row_twice_is_refused():
    with pytest.raises(DataError, match=r"index of the self-assessment: found \['region'\]"):
        record(a=STEADY, claims=claimed(1).droplevel("year"))
    with pytest.raises(DataError, match="self-assessment: found r1 in 2012 twice"):
        record(a=STEADY, claims=pd.concat([claimed(1), claimed(2)]))


def test_a_year_outside_the_round_is_refused():
    with pytest.raises(ParamsError, match="year: found 2007; expected one of 2008, 2009, 2010, 2011, 2012"):
        record(a=STEADY).check_year(2007)

import numpy as np
import pandas as pd
import pytest

from evalkit import DataError
from evalkit.assessment import assess
from evalkit.assessment.findings.inspections import NO_FINDINGS
from evalkit.assessment.grading.events import NO_EVENTS
from evalkit.assessment.grading.gathering import gather_evidence
from evalkit.assessment.rectification.shortfalls import RoundResults, observe
from evalkit.assessment.targets.achievement import achieve
from evalkit.index.plan import Department, Name
from tests.assessment.findings.test_inspections import finding, findings
from tests.assessment.panels import YEARS, achieved, declared
from tests.assessment.small import rules
from tests.index.test_target import aimed
from tests.scoring.small import group, leaf, system, words

CODES = ("culture", "sport", "finance")
DEPARTMENTS = {code: Department(names=(Name(name=words(code)),), source=words("none")) for code in CODES}


def results(values, *, years=YEARS, worst=0, best=100, met=None, earmark=None, **target):
    """One indicator `a` of the project P01; `met` are verdicts on the earmark by (region, year)."""
    own = leaf("a", worst=worst, best=best, target=aimed(**target), responsible=("sport", "culture"))
    tree = system(group("P01", own, level="project", responsible=("culture",)), departments=DEPARTMENTS)
    cities = achieve(declared(values), tree, years)
    verdicts = None if met is None else pd.Series(met).rename_axis(["region", "year"])
    evidence = gather_evidence(cities, tree, events=NO_EVENTS, earmark=verdicts)
    return RoundResults(cities, assess(evidence, rules(quota=None)), tree, earmark)


def seen(results, fault, *, region="r1", given=NO_FINDINGS):
    return [one for one in observe(results, given) if (one.fault, one.region) == (fault, region)]


# 82, 84, 86, 88 and 90 are asked
BEHIND = {"r1": [80, 81, 84, "missing", 85, 91]}


def test_a_value_is_held_against_its_milestone_year_by_year():
    found = seen(results(BEHIND), "behind")
    assert [one.kept for one in found] == [False, True, None, False, True]
    assert [one.gap for one in found] == pytest.approx([1, 0, np.nan, 3, -1], nan_ok=True)
    assert [one.accept_at for one in found] == [84, 86, 88, 90, 90]


def test_a_missing_figure_is_a_fault_of_its_own():
    assert [one.kept for one in seen(results(BEHIND), "missing")] == [True, True, False, True, True]


@pytest.mark.parametrize(("before", "kept"), [("missing", [False, False, False]), ("disputed", [None, None, None])])
def test_a_figure_that_was_reported_is_not_missing_for_a_dispute_about_an_earlier_one(before, kept):
    found = results({"r1": [0, 100, 100, before, 100, 100]}, kind="annual_quota", value=100)
    assert [one.kept for one in seen(found, "missing")] == [True, True, *kept]


def test_a_disputed_figure_shows_nothing_but_the_dispute():
    given = findings(finding(year=2008, seen=79.0))
    found = results(BEHIND)
    assert seen(found, "behind", given=given)[0].kept is None
    assert seen(found, "missing", given=given)[0].kept is None
    disputes = seen(found, "contradicted", given=given)
    assert [(one.year, one.kept) for one in disputes] == [(year, False) for year in YEARS]
    assert (disputes[0].value, disputes[0].finding, disputes[0].accept_kind) == (79, "D1", "finding")


def test_a_project_is_held_against_the_floor_of_its_gate():
    found = seen(results(BEHIND), "project")
    # 50 of 100 in 2008, and (85 − 80)/(88 − 80) in 2011
    assert [(one.value, one.kept) for one in found if one.kept is not None] == [
        (50, False), (100, True), (62.5, True), (100, True),
    ]  # fmt: skip
    assert (found[0].gap, found[0].bound, found[0].subject) == (10, 60, "P01")


def test_without_a_gate_no_project_has_a_floor():
    found = results(BEHIND)
    bare = assess(found.assessment.evidence, rules(quota=None, gates={"project": None}))
    assert seen(RoundResults(found.achievement, bare, found.system), "project") == []


def test_the_earmark_stands_for_its_indicator():
    met = {("r1", year): year != 2009 for year in YEARS}
    own = results(BEHIND, met=met, earmark="a")
    assert [one.kept for one in seen(own, "earmark")] == [True, False, True, True, True]
    assert seen(own, "behind") == []
    assert own.departments("earmark") == ("sport", "culture")
    assert results(BEHIND, met=met).departments("earmark") == ()


def test_the_next_year_of_an_annual_quota_asks_for_the_backlog_too():
    found = results({"r1": [0, 80, 90, 130, 100, 70]}, kind="annual_quota", value=100)
    assert [one.accept_at for one in seen(found, "behind")] == [120, 130, 100, 100, 30]


def test_tables_of_other_regions_are_refused():
    cities = achieved({"r1": [80, 81], "r2": [80, 81]})
    own = results({"r1": [80, 81]})
    with pytest.raises(DataError, match=r"(?s)assessment: found no r2 in 2008.*earmark: found 'b'; expected one of a"):
        RoundResults(cities, own.assessment, own.system, "b")

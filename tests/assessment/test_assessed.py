from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

ROOMS = "P05-04"  # 1 000 a year over the province, split among the cities
CLUBS = "P05-08"  # 1 000 in all by 2012
CENTRES = "P05-07"  # the province's alone


@pytest.fixture(scope="module")
def assessed(demo):
    return demo.assessed


@pytest.fixture(scope="module")
def printed(demo):
    """The cities' figures of one variable as the files have them: one row a city, one column a year."""
    files = [pd.read_csv(file, dtype={"region": str}) for file in demo.files if file.suffix == ".csv"]
    rows = pd.concat([table for table in files if "unit" not in table])
    rows = rows[rows.region.isin(demo.regions.index)]
    return lambda name: rows[rows.variable == name].pivot(index="region", columns="year", values="value")


def test_a_round_that_declares_no_assessment_is_not_assessed(study):
    assert study.assessed is None


def test_targets_start_from_the_year_before_the_round(assessed):
    assert list(assessed.panel.values.index.unique("year")) == list(range(2007, 2013))
    for frame in (assessed.cities.lamps, assessed.counties.lamps, assessed.province.lamps):
        assert list(frame.index.unique("year")) == list(range(2008, 2013))


def test_a_target_without_a_baseline_starts_from_the_citys_own_figure_of_2007(assessed, printed):
    own = 100 * printed("venues_free")[2007] / printed("venues_state")[2007]
    pd.testing.assert_series_equal(
        assessed.cities.baselines["P05-05"], own.reindex(assessed.cities.baselines.index), check_names=False
    )


def test_cities_counties_and_the_province_are_those_of_the_round(assessed, demo):
    assert list(assessed.cities.targets.index) == list(demo.regions.index)
    assert list(assessed.province.targets.index) == [demo.all_regions.code]
    levels = demo.all_regions.table.level[assessed.counties.targets.index]
    assert set(levels) == {"county"}


def test_the_provinces_totals_are_the_sums_of_the_cities(assessed, printed):
    for code, variable in ((ROOMS, "village_rooms_subsidised"), (CLUBS, "village_clubs"), (CENTRES, "fitness_centres")):
        sums = printed(variable)[list(range(2008, 2013))].sum(skipna=False)
        assert assessed.province.values[code].tolist() == pytest.approx(sums.tolist(), nan_ok=True)


def test_a_total_is_asked_of_the_province_and_its_parts_of_the_cities(assessed):
    assert assessed.province.targets[ROOMS].tolist() == [1000]
    assert assessed.cities.targets[ROOMS].sum() == 1000
    assert assessed.cities.parts[ROOMS].values.sum() == 1000
    assert assessed.province.parts == {}


def test_what_is_the_provinces_alone_is_asked_of_no_city(assessed):
    assert set(assessed.cities.lamps[CENTRES]) == {"not_applicable"}
    assert set(assessed.cities.reasons[CENTRES]) == {"assessed_elsewhere"}
    assert set(assessed.province.states[CENTRES]) <= {"value", "missing"}


def test_what_is_a_citys_is_not_asked_of_the_province(assessed):
    assert set(assessed.province.lamps["P05-05"]) == {"not_applicable"}


def role_of(department):
    return "report" if department == "statistics" else "joint"


def test_every_department_that_an_indicator_names_has_its_duty_once(assessed, demo):
    named = {
        (indicator.code, department, role_of(department) if place else "lead")
        for indicator in demo.system.indicators
        if indicator.target
        for place, department in enumerate(demo.system.departments_of(indicator.code))
    }
    rows = list(assessed.duties.itertuples(index=False, name=None))
    assert len(rows) == len(named)
    assert set(rows) == named


def test_the_earmark_is_exact_on_the_printed_terms(assessed, demo):
    term, base = demo.system.node(demo.round.assessment.earmark).terms
    for key, met in assessed.earmark.met.items():
        spent, found = assessed.panel.variables.loc[key, [term, base]]
        known = pd.notna(spent) and pd.notna(found) and found > 0
        exact = 3 * Fraction(str(float(spent))) >= 2 * Fraction(str(float(found))) if known else None
        assert met is exact
    assert {True, False} <= set(assessed.earmark.met)


def test_the_earmark_is_of_the_years_of_the_round(assessed):
    assert list(assessed.earmark.index.unique("year")) == list(range(2008, 2013))


def test_the_evidence_has_what_the_round_declares(assessed, demo):
    evidence = assessed.assessment.evidence
    exempt = assessed.earmark.state == "not applicable"
    assert evidence.earmark.equals(assessed.earmark.met.mask(exempt, "not applicable"))
    surveyed = assessed.panel.variables[demo.round.assessment.public_evaluation].drop(index=2007, level="year")
    pd.testing.assert_series_equal(evidence.public_evaluation, surveyed)
    assert evidence.events == demo.assessment_files.grading_events
    assert evidence.groups.to_dict() == demo.regions.group.to_dict()


def test_equality_makes_a_part_of_its_own_and_counts_nowhere_twice(assessed, demo):
    evidence = assessed.assessment.evidence
    equal = {i.code for i in demo.system.scored if i.layer == "equity"}
    assert set(evidence.equality) == equal
    assert not equal & set(evidence.completion)
    assert set(evidence.progress) == {i.code for i in demo.system.scored}


def test_every_city_and_year_has_a_row_and_parts_that_make_its_points(assessed):
    results, parts = assessed.assessment.results, assessed.assessment.parts
    assert len(results) == 11 * 5
    sums = parts.points.groupby(level=["region", "year"]).sum(min_count=1)
    assert np.allclose(results.points, sums.reindex(results.index), equal_nan=True)
    full = parts.available.groupby(level=["region", "year"]).sum()
    assert np.allclose(full, 100)


def test_it_is_computed_once(assessed):
    assert assessed.cities is assessed.cities
    assert assessed.assessment is assessed.assessment


def test_counties_are_graded_by_their_own_rules_on_what_is_judged_there(demo):
    found = demo.assessed.county_assessment
    assert demo.assessed.graded_counties == tuple(found.results.index.unique("region"))
    assert found.rules is demo.assessment_files.county_rules
    assert set(found.evidence.weights.index) == set(demo.assessed.judged_in_counties)
    assert all("county" in demo.system.node(code).target.assessed for code in found.evidence.weights.index)
    assert len(found.results.xs(2012, level="year")) == 90


def test_a_county_s_completion_part_is_the_weighted_mean_of_its_own(demo):
    assessed, key = demo.assessed, ("330802", 2012)
    weights = demo.system.root_shares()
    codes = [code for code in assessed.judged_in_counties if demo.system.node(code).layer != "equity"]
    own = (
        assessed.counties.completion.loc[key, codes].where(assessed.counties.states.loc[key, codes] == "value").dropna()
    )
    mean = sum(own[code] * weights[code] for code in own.index) / sum(weights[code] for code in own.index)
    assert assessed.county_assessment.parts.loc[(*key, "completion"), "mean"] == pytest.approx(mean)


def test_counties_are_not_graded_where_no_rules_are_named(demo):
    without = replace(demo.assessed, assessment_files=replace(demo.assessment_files, county_rules=None))
    assert without.county_assessment is None
    assert without.graded_counties == ()


def test_no_gap_that_widened_counts_as_progress(demo):
    found = demo.assessed.cities
    gaps = [i for i in demo.system.scored if i.layer == "equity"]
    widened = 0
    for indicator in gaps:
        apart = found.values[indicator.code].map(lambda x, aim=indicator.aim: float(aim.distance(x)))
        apart = -apart if indicator.aim.rises else apart
        worse = apart.unstack("year").diff(axis=1).stack() > 1e-9
        progress = found.progress[indicator.code].reindex(worse.index)[worse].dropna()
        widened += len(progress)
        assert set(progress) <= {0}
    assert widened == 5

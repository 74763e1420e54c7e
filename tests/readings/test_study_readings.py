"""The readings of the shipped round, held against its printed figures in plain pandas."""

import numpy as np
import pytest

from evalkit.readings.study_readings import StudyReadings


@pytest.fixture(scope="module")
def readings(study):
    return StudyReadings(study)


def test_figures_are_in_base_units(readings, figures):
    row = readings.variables.loc[("330800", 2012)]
    assert row.pop_resident == figures.loc[("330800", 2012), "pop_resident"] * 1e4
    assert row.fiscal_revenue == figures.loc[("330800", 2012), "fiscal_revenue"] * 1e4
    assert row.physicians == figures.loc[("330800", 2012), "physicians"]


def test_a_node_is_weighed_by_those_that_it_is_per(readings):
    assert readings.weight_base("P04-beds") == readings.weight_base("P03-primary") == "resident"
    assert readings.weight("index").equals(readings.variables.pop_resident)


def test_a_group_is_read_without_its_cap(readings, study):
    assert readings.series("index").max() > study.evaluate().scores["index"].max()
    assert readings.series("P04-beds").equals(study.panel().values["P04-beds"])


def test_the_gap_between_groups_is_one_of_ratios_of_sums(readings, figures, study):
    sums = figures.xs(2012, level="year").loc[list(study.regions.index)].groupby(study.regions.group).sum()
    beds = sums.hospital_beds / sums.pop_resident / 1e4 * 1000
    row = readings.group_gap(study.system.node("P04-beds"), ("northeast", "southwest")).loc[2012]
    assert (row.better, row.worse) == pytest.approx((beds.northeast, beds.southwest))
    assert row.lacking == pytest.approx((beds.northeast - beds.southwest) * sums.pop_resident.southwest * 10)
    assert (row.n, row.of) == (11, 11)


def test_of_pupils_per_teacher_teachers_are_lacking(readings, figures, study):
    sums = figures.xs(2012, level="year").loc[list(study.regions.index)].groupby(study.regions.group).sum()
    row = readings.group_gap(study.system.node("P03-primary"), ("northeast", "southwest")).loc[2012]
    pupils = sums.pupils_primary * 1e4
    wanted = pupils.southwest * sums.teachers_primary.northeast / pupils.northeast
    assert row.people == pytest.approx(pupils.southwest)
    assert row.lacking == pytest.approx(wanted - sums.teachers_primary.southwest)


def test_a_city_can_be_left_out_of_a_gap(readings, study):
    others = tuple(city for city in study.regions.index if city != "330100")
    row = readings.group_gap(study.system.node("P04-beds"), ("northeast", "southwest"), among=others).loc[2012]
    assert row.n == 10


def test_convergence_holds_the_first_year_against_the_last(readings, study):
    values = np.log(study.panel().values["P04-beds"].unstack("year"))
    found = readings.convergences(2012)["P04-beds"]
    assert found.change.first == pytest.approx(values[2008].std(ddof=0))
    assert found.change.last == pytest.approx(values[2012].std(ddof=0))
    slope = np.polyfit(values[2008], (values[2012] - values[2008]) / 4, 1)[0]
    assert found.beta.slope == pytest.approx(slope)


def test_all_cities_together_are_sums(readings, figures, study):
    sums = figures.loc[list(study.regions.index)].groupby("year").sum()
    spending = readings.spending.xs("zhejiang", level="region")
    assert spending.per_head[2012] == pytest.approx(sums.fiscal_expenditure[2012] / sums.pop_resident[2012])
    growth = sums.fiscal_expenditure[2012] / sums.fiscal_expenditure[2011] - 1
    assert spending.spending_growth[2012] == pytest.approx(growth)
    mean = (sums.fiscal_expenditure[2012] / sums.fiscal_expenditure[2008]) ** 0.25 - 1
    assert readings.mean_growth(2012).at["zhejiang", "spending_growth"] == pytest.approx(mean)


def test_the_share_of_growth_is_that_of_the_known_functions(readings, figures):
    row = figures.loc["330800"]
    known = row.exp_education + row.exp_health
    expected = (known[2012] - known[2008]) / (row.fiscal_expenditure[2012] - row.fiscal_expenditure[2008])
    assert readings.share_of_growth(since=2008).loc[("330800", 2012), "share"] == pytest.approx(expected)


def test_regressors_are_ratios_and_their_logarithms(readings, figures):
    row, found = figures.loc[("330800", 2012)], readings.regressors.loc[("330800", 2012)]
    assert found.gdp == pytest.approx(np.log(row.gdp / row.pop_resident))
    assert found.urban == pytest.approx(row.pop_urban / row.pop_resident)


def test_the_regression_between_cities_is_that_of_least_squares(readings):
    outcome = readings.series("index")
    x = np.column_stack([np.ones(len(outcome)), readings.regressors.loc[outcome.index]])
    expected = np.linalg.lstsq(x, outcome.to_numpy(), rcond=None)[0][1:]
    assert readings.regressions(2012)["none"].table.coefficient.tolist() == pytest.approx(expected.tolist())


def test_a_round_that_declares_no_readings_has_none(project):
    text = project.path("study").read_text("utf-8").partition("# What is read beside the score")[0]
    project.path("study").write_text(text, encoding="utf-8")
    found = StudyReadings(project.load())
    assert (found.services, found.convergences(2012), found.regressions(2012)) == ((), {}, {})


def test_the_most_comparable_cities_are_those_nearest_in_structure(readings, figures):
    raw = figures.xs(2012, level="year").loc[list(readings.study.regions.index)]
    size, wealth = np.log(raw.pop_resident), np.log(raw.gdp / raw.pop_resident)
    parts = [(x - x.mean()) / x.std() for x in (size, wealth, raw.pop_urban / raw.pop_resident)]
    distance = sum((x - x["330800"]) ** 2 for x in parts).drop("330800")
    assert readings.comparable("330800", 2012) == tuple(distance.nsmallest(3).index)

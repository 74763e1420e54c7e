"""The demonstration submissions: made again from their seed, and what they show."""

import numpy as np
import pandas as pd
import pytest

from evalkit.data.contract import STATES
from evalkit.index.target import Quota
from tests import conftest


@pytest.fixture(scope="module")
def tool():
    with conftest.tool("demonstration") as found:
        yield found


@pytest.fixture(scope="module")
def made(tool):
    return tool.submissions()


@pytest.fixture(scope="module")
def table(demo):
    return demo.dataset.table


def test_the_seed_gives_the_same_bytes_again(tool, made, tmp_path):
    tool.write(tool.tables(made), tmp_path)
    again = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert again == {file.name: file.read_bytes() for file in tool.FOLDER.glob("*.csv")}


def test_another_seed_gives_other_figures(tool, made):
    other = tool.submissions(seed=1)
    same = [
        name for name in ("pop_resident", "physicians", "fiscal_expenditure") if (other.of(name) == made.of(name)).all()
    ]
    assert same == []


def test_no_figure_depends_on_what_is_drawn_before_it(tool, made):
    other = tool.submissions()
    for name in ("migrants_trained", "physicians", "villages"):
        assert (other.of(name) == made.of(name)).all()


def test_a_city_is_the_sum_of_its_counties(demo):
    counties = demo.dataset.values.villages_with_road.drop(demo.regions.index, level="region")
    parent = counties.index.get_level_values("region").map(demo.all_regions.table.parent)
    year = counties.index.get_level_values("year")
    sums = counties.groupby([parent, year]).agg(lambda figures: figures.sum(skipna=False)).dropna()
    told = demo.dataset.values.villages_with_road.reindex(sums.index).dropna()
    assert len(told) > 40
    assert (told == sums[told.index]).all()


def test_an_average_of_a_city_lies_among_its_counties(made):
    of_counties = pd.DataFrame(made.of("life_expectancy")).groupby(made.of_city)
    city = made.of_cities("life_expectancy")
    assert ((of_counties.min() <= city) & (city <= of_counties.max())).all(axis=None)


def test_no_part_is_more_than_its_whole(made):
    parts = {i.numerator: i.denominator for i in made.system.scored if i.valid == (0, 100) and i.numerator}
    assert [part for part, whole in parts.items() if (made.of(part) > made.of(whole)).any()] == []


def test_every_state_occurs(table):
    assert set(table.state) == set(STATES)
    assert {True, False} == set(table[table.state == "disputed"].value.isna())


def test_what_is_split_or_counted_in_full_has_no_gap(demo, table):
    quotas = [i for i in demo.system.indicators if isinstance(i.target, Quota)]
    firm = {i.target.apportionment.base for i in quotas} | {"pop_resident"}
    assert set(table[table.variable.isin(firm)].state) == {"value"}


def test_few_figures_of_a_city_that_reports_are_missing(demo, table):
    cities = table[table.region.isin(demo.regions.index)]
    missing = (cities.state == "missing").groupby([cities.region, cities.year]).mean()
    assert (missing > 0.1).sum() == 2
    assert 0.002 < missing[missing < 0.1].mean() < 0.012


def test_every_county_reports_its_facilities(table):
    units = table[(table.unit != "") & (table.year == 2012)]
    numbers = units.groupby(["variable", "region"]).unit.nunique().unstack("variable")
    assert len(numbers) == 90
    assert (numbers[["cultural_centre_area", "library_area"]] == 1).all(axis=None)
    assert numbers.township_station_area.between(6, 25).all()


def test_some_facilities_stand_just_at_the_threshold_and_some_just_below(table):
    areas = table[table.variable.isin(["cultural_centre_area", "library_area"])].value
    assert {1500, 1499.5} <= set(areas)


def test_in_every_city_most_facilities_are_large_enough_in_the_end(demo):
    share = demo.assessed.cities.units.share.xs(2012, level="year")
    assert len(share) == 33
    assert share.between(80, 100).all()


def test_a_year_in_which_resources_fall_is_not_held_against_the_earmark(demo):
    states = demo.assessed.panel.states["F-01"].drop(2007, level="year")
    met = demo.assessed.earmark.met
    assert (states == "not applicable").sum() == 1
    assert met[states == "not applicable"].isna().all()
    assert (~met.xs(2012, level="year").astype(bool)).sum() == 1


def test_the_province_builds_as_many_fitness_centres_as_the_plan_asks(demo):
    assert demo.assessed.province.values["P05-07"].xs(2012, level="year").between(5, 10).all()


def test_the_last_year_has_every_outcome(demo):
    results = demo.assessed.assessment.results.xs(2012, level="year")
    assert (results.score >= 90).sum() >= 4
    assert set(results.grade) == {"excellent", "good", "pass", "fail", "unrated"}


def test_every_rule_bites_in_the_last_year(demo):
    reasons = demo.assessed.assessment.reasons.xs(2012, level="year")
    lowering = set(reasons[reasons.outcome == "lowers"].rule)
    assert lowering == {"earmark", "project", "veto", "quota"}
    assert "not_rated" in set(reasons.outcome)


def test_scores_rise_over_the_years(demo):
    means = demo.assessed.assessment.results.score.groupby("year").mean()
    assert (np.diff(means) > 0).all()

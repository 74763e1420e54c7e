import numpy as np
import pytest

from evalkit.readings.counties import Counties

TOILET, ILLITERACY = "P08-toilet", "P03-illiteracy"


@pytest.fixture(scope="module")
def counties(study):
    return Counties(study, 2012)


@pytest.fixture(scope="module")
def census(figures):
    """The figures of the counties in the two censuses, read without evalkit."""
    table = figures.loc[figures.index.isin([2010, 2020], level="year"), :]
    return table[~table.index.get_level_values("region").str.endswith("00")]


def test_both_censuses_are_read_with_every_county(counties):
    assert counties.years == (2010, 2020)
    assert [len(counties.regions(year)) for year in counties.years] == [90, 90]


def test_the_mean_is_weighed_by_the_people_of_the_census(counties, census, study):
    own = census.xs(2010, level="year").dropna(subset=["hh_share_toilet"])
    expected = np.average(own.hh_share_toilet, weights=own.pop_census)
    assert counties.mean(study.system.node(TOILET))[2010] == pytest.approx(expected, rel=1e-12)


def test_the_spread_of_a_census(counties, census, study):
    own = census.xs(2020, level="year").dropna(subset=["hh_share_toilet"])
    x, p = own.hh_share_toilet.to_numpy(), (own.pop_census / own.pop_census.sum()).to_numpy()
    mean = p @ x
    found = counties.spread(study.system.node(TOILET), 2020)
    assert found["deviation"] == pytest.approx(np.sqrt(p @ (x - mean) ** 2), rel=1e-9)
    assert found["gini"] == pytest.approx((np.abs(np.subtract.outer(x, x)) * np.outer(p, p)).sum() / (2 * mean))
    assert (found["n"], 0 < found["between_share"] < 1) == (90, True)


def test_a_county_under_a_new_code_is_followed_and_one_redrawn_is_not(counties):
    codes = counties.comparable(2010, 2020)
    assert codes["330183"] == "330111"  # Fuyang, a city that became a district
    assert codes["330102"] == "330102"
    assert not {"330204", "330212", "330303", "330322", "330621"} & set(codes.index)
    assert len(codes) == 82


def test_below_the_mean_means_worse_off(counties, study):
    more, less = (counties.shortfall(study.system.node(code), 2010) for code in (TOILET, ILLITERACY))
    assert (more.index[0], less.index[0]) == ("331024", "330824")  # Xianju lacks toilets, Kaihua cannot read
    assert less.value.iloc[0] == 18.74


def test_progress_follows_the_counties_that_were_worse_off(counties, census, study):
    toilet = study.system.node(TOILET)
    found = counties.progress(toilet, 2010, 2020)
    shares, means = census.hh_share_toilet, counties.mean(toilet)
    assert (found.base > 0).all()
    assert found.now["331024"] == pytest.approx(means[2020] - shares["331024", 2020])
    assert found.closed["331024"] == pytest.approx(1 - abs(found.now["331024"] / found.base["331024"]))


def test_deviations_are_over_the_same_counties(counties, census, study):
    codes = counties.comparable(2010, 2020)
    own = census.xs(2020, level="year").loc[codes]
    x, p = own.hh_share_bath.to_numpy(), (own.pop_census / own.pop_census.sum()).to_numpy()
    before, after, n = counties.deviations(study.system.node("P08-bath"), 2010, 2020)
    assert after == pytest.approx(np.sqrt(p @ (x - p @ x) ** 2), rel=1e-9)
    assert (n, before > after) == (82, True)


def test_without_people_to_weigh_by_nothing_is_read(project):
    project.edit("study", "  county_population: pop_census\n", "")
    found = Counties(project.load(), 2012)
    assert (found.indicators, found.years) == ((), ())

import pytest

from evalkit.reporting.chapters.county import tables
from tests.reporting.assessed import blank_or_chinese
from tests.reporting.counties import UNRATED, county_report, public_county, scores

OF_A_GRADED = (tables.result, tables.parts, tables.projects, tables.behind, tables.items, tables.leadership)


def test_ranks_are_among_all_the_city_s_and_the_peers():
    row = tables.result(county_report()).data.iloc[0]
    every = scores()
    districts = every[[code for code in every.index if code[-2:] <= "20"]]
    own = every["330802"]
    assert row["rank"] == (every > own).sum() + 1
    assert row.rank_in_city == (every.filter(like="3308") > own).sum() + 1
    assert row.rank_in_peers == (districts > own).sum() + 1
    assert (row.counties_rated, row.rated_in_city, row.rated_in_peers) == (
        every.count(), every.filter(like="3308").count(), districts.count(),
    )  # fmt: skip


def test_points_of_the_parts_add_up_to_the_score():
    assert tables.parts(county_report()).data.points.sum() == pytest.approx(scores()["330802"], abs=0.005)


def test_a_county_without_enough_data_has_signs_and_no_score():
    row = tables.result(county_report(UNRATED)).printed.iloc[0]
    assert (row["考核得分"], row["等次"], row["位次"]) == ("—", "不予评定", "—")


def test_what_lags_is_all_that_lags_the_furthest_first():
    report = county_report()
    found = tables.behind(report).data
    assert len(found) == (report.judged.lamps == "behind").sum()
    assert found.completion.dropna().is_monotonic_increasing
    siblings = report.achievement.completion["P03-01"].xs(2012, level="year")[list(report.siblings)]
    assert found.mean_in_city.iloc[0] == pytest.approx(siblings.mean())


def test_projects_stand_beside_the_mean_of_the_city_s_counties():
    found = tables.projects(county_report()).data.set_index("project")
    every = county_report().assessment.projects.xs(2012, level="year")["P02"].filter(like="3308")
    assert found.loc["社会保障工程", "mean_in_city"] == pytest.approx(every.mean())
    assert found.loc["社会保障工程", "rank_in_city"] == (every > every["330802"]).sum() + 1


def test_items_are_the_county_s_own():
    lists = county_report().study.consequences.county_rectification.closing(2012)
    assert len(tables.items(county_report())) == (lists.region == "330802").sum()


def test_years_of_the_leadership_are_those_up_to_the_report_s():
    found = tables.leadership(county_report(year=2010)).data
    assert found.year.tolist() == [2008, 2009, 2010]
    assert found.assessment_score.tolist()[-1] == scores(2010)["330802"]


def test_places_in_a_census_go_by_what_is_better():
    report = public_county()
    found = tables.census(report).data.set_index("indicator")
    rates = report.counties.census.counties(2020).values["P03-illiteracy"].droplevel("year")[list(report.siblings)]
    assert found.loc["15 岁及以上文盲率", "rank_in_city"] == (rates < rates["330802"]).sum() + 1
    assert found.loc["15 岁及以上文盲率", "counties_in_city"] == 6


@pytest.mark.parametrize("table", OF_A_GRADED, ids=lambda table: table.__name__)
def test_a_table_is_there_where_counties_are_graded_and_not_elsewhere(table):
    assert len(table(county_report()))
    assert table(public_county()) is None
    assert tables.census(county_report()) is None


@pytest.mark.parametrize("table", OF_A_GRADED, ids=lambda table: table.__name__)
def test_english_tables_are_english(table):
    made = table(county_report(language="en")).printed
    assert blank_or_chinese(made, "en") == []

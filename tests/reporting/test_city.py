from dataclasses import FrozenInstanceError, replace
from decimal import Decimal
from math import isnan

import pytest
import yaml

from evalkit.base.errors import ParamsError
from evalkit.reporting.city import CityReport
from tests.conftest import FILES, ROOT, anew
from tests.reporting.printed import indicators


def test_everything_that_is_wrong_is_told_at_once(study, result):
    expected = r"(?s)'339999'.*did you mean '330900'.*found 2031; expected one of 2008, .*'cn'; expected one of zh, en"
    with pytest.raises(ParamsError, match=expected):
        CityReport(study, result, "339999", 2031, "cn")


@pytest.mark.parametrize("year", ["2012", 2007, None])
def test_a_year_is_a_number_of_the_round(study, result, year):
    with pytest.raises(ParamsError, match="the study zhejiang-public has no such report\n  - year"):
        CityReport(study, result, "330800", year, "zh")


def test_a_county_has_no_report(study, result):
    with pytest.raises(ParamsError, match="'330802'"):
        CityReport(study, result, "330802", 2012, "zh")


def test_a_report_is_a_value(city_report, study, result):
    assert CityReport(study, result, "330800", 2012, "zh") == city_report()
    with pytest.raises(FrozenInstanceError):
        city_report().city = "330100"


def test_a_code_of_digits_may_come_as_a_number(city_report, study, result):
    assert CityReport(study, result, 330800, 2012, "zh") == city_report()


def test_the_base_year_has_no_year_before(city_report):
    assert city_report(year=2008).previous is None
    assert city_report(year=2009).previous == 2008


@pytest.mark.parametrize(
    ("language", "city", "county", "province"),
    [("zh", "衢州市", "柯城区", "各市合计"), ("en", "Quzhou", "Kecheng", "All cities together")],
)
def test_regions_are_named(city_report, language, city, county, province):
    report = city_report(language=language)
    assert (report.city_name, report.region("330802"), report.region("zhejiang")) == (city, county, province)


def test_every_page_says_what_the_index_covers(city_report):
    assert city_report().headline == "公共统计服务指数（涵盖 10 项工程中的 2 项）"
    assert city_report().edition_line == "公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评"
    english = "Public-statistics service index over 2 of 10 projects · public edition 1.0 · preliminary"
    assert city_report(language="en").edition_line == english


def test_titles(city_report):
    assert city_report().title == "衢州市 2012 年基本公共服务评价报告"
    assert city_report("330100", 2008, "en").title == "Hangzhou 2008: basic public services"


def test_scores_are_those_of_plain_pandas(city_report, points):
    report = city_report()
    for code, score in points.loc["330800", 2012].items():
        assert report.score(code) == pytest.approx(score, abs=0.005)
    assert report.score("index", 2008) == pytest.approx(points.loc["330800", 2008].mean(), abs=0.005)


def test_ranks_are_those_of_plain_pandas(city_report, points):
    ranks = points.mean(axis=1).round(2).groupby("year").rank(ascending=False, method="min")
    for city in points.index.unique("region"):
        report = city_report(city)
        assert [report.rank("index", year) for year in range(2008, 2013)] == list(ranks[city])


def test_a_year_that_there_is_not_has_no_value(city_report):
    assert city_report().value("P09-sewage-plant", 2012) == 75
    assert isnan(city_report().value("P09-sewage-plant", None))


def test_what_is_earned_adds_up_to_the_score(city_report, points):
    report = city_report()
    assert report.points.to_dict() == dict.fromkeys(points.columns, 25)
    assert list(report.earned) == [2011, 2012]
    assert [sum(points.values()) for points in report.earned.values()] == pytest.approx(
        list(points.loc["330800"].loc[2011:].mean(axis=1))
    )


def test_standings_count_from_both_ends(city_report, values):
    standing = city_report().standings.loc["P03-secondary"]
    pupils = values["P03-secondary"].xs(2012, level="year").dropna().sort_values()
    assert standing["rank"] == 1 + list(pupils.index).index("330800")
    assert standing.from_bottom == len(pupils) - list(pupils.index).index("330800")


def test_census_values_stand_with_their_year(city_report):
    assert city_report().census_year == 2010
    assert city_report().standings.loc["P08-toilet", "as_of"] == 2010
    assert city_report(year=2009).standings.loc["P08-toilet", "value":"as_of"].isna().tolist() == [True, False]


@pytest.mark.parametrize("city", ["330800", "330100"])
def test_county_values_are_those_of_the_counties_of_the_city(city_report, figures, city):
    declared = yaml.safe_load((ROOT / FILES["regions"]).read_text("utf-8"))["regions"]
    codes = [region["code"] for region in declared if region.get("parent") == city and "since" not in region]
    found = city_report(city).county_values
    assert list(found.index) == codes
    assert list(found["P08-toilet"]) == list(figures.loc[[(code, 2010) for code in codes], "hh_share_toilet"])


def test_ranks_by_alternative_begin_with_the_report_s_own(city_report):
    table = city_report().ranks_by_alternative
    assert list(table) == ["main", "equal", "geometric", "min-max", "uncapped", "registered"]
    assert table.loc["330800", "main"] == city_report().rank("index")


def test_the_range_of_ranks_is_over_all_alternatives(city_report):
    report = city_report()
    ranks = report.ranks_by_alternative.loc["330800"]
    assert tuple(report.rank_range.loc["330800"]) == (ranks.min(), ranks.max())


def test_projects(city_report):
    assert len(city_report().projects) == 10
    assert [project.code for project in city_report().scored_projects] == ["P03", "P04"]


def test_a_table_without_rows_keeps_its_columns(city_report):
    assert city_report().table([], ("city", "score")).labels == ["城市", "得分"]


def test_the_project_of_an_indicator(city_report):
    system = city_report().system
    assert city_report().project_of(system.node("P09-roads")) == "公用设施工程"
    assert city_report().project_of(system.node("F-cover")) == "财政保障"


def test_an_imputed_value_is_marked_in_the_annex(study, result):
    states = result.panel.states.copy()
    states.loc[("330800", 2012), "P04-beds"] = "imputed"
    marked = replace(result, panel=replace(result.panel, states=states))
    table = indicators.tables.annex(CityReport(study, marked, "330800", 2012, "zh")).set_index("指标名称")
    assert table.loc["每千常住人口医院、卫生院床位数", "2012 年实际值"] == "3.78*"
    assert table.loc["每千常住人口医院、卫生院床位数", "2011 年实际值"] == Decimal("3.43")


def test_the_counties_of_every_census_are_those_of_the_city(city_report, figures):
    table = city_report("330300").census_counties
    assert table.groupby("year").size().to_dict() == {2010: 11, 2020: 12}
    assert list(table.people) == list(figures.pop_census[table.index])
    assert list(table["P08-bath"]) == pytest.approx(list(figures.hh_share_bath[table.index]))


def test_a_renamed_county_is_the_same_and_a_redrawn_one_is_not(city_report):
    assert city_report("330100").comparable_counties["330183"] == "330111"
    assert not {"330303", "330322", "330327"} & {*city_report("330300").comparable_counties.index}


def test_what_is_lacking_is_that_which_the_city_would_need(city_report, figures):
    row = city_report("330300").shortages["P04-beds"]
    year = figures.xs(2012, level="year").dropna(subset="hospital_beds")
    level = year.hospital_beds.sum() / year.pop_resident.sum()
    assert row.present + row.lacking == pytest.approx(level * year.pop_resident["330300"])


def test_a_service_that_no_count_is_known_of_is_in_no_shortage(study, result):
    report = anew(CityReport(study, result, "330300", 2012, "zh"))
    variables = report.readings.variables.copy()
    variables.loc[("330800", 2012), "physicians"] = float("nan")
    report.readings.__dict__["variables"] = variables
    assert list(report.shortages) == ["P03-primary", "P03-secondary", "P04-beds"]


def test_growth_is_of_the_city_and_of_all_and_has_no_first_year(city_report):
    assert list(city_report().spending_growth.index) == ["330800", "zhejiang"]
    assert list(city_report().shares_of_growth) == [None, 2008]
    assert city_report(year=2008).shares_of_growth == {}

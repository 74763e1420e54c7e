from decimal import Decimal

import pandas as pd
import pytest

from evalkit.reporting.city import CityReport
from tests.conftest import anew
from tests.indicators import FORMULAS
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.plain import CENSUS, MONEY, printed
from tests.reporting.printed import basis, indicators

CITIES = ["330800", "330100"]
SATURATED = ["P05-libraries", "P09-refuse", "P09-roads"]
ANNEX = ["领域", "序号", "指标名称", "单位", "权数", "目标值"]
OF_A_YEAR = ["{} 年实际值", "{} 年得分（权数分）", "{} 年实现度（%）"]


def listed(values, cities, *, worst):
    """Plain pandas: which indicators have which city first or second, or last or next to last."""
    latest = values.xs(2012, level="year").loc[cities].assign(**values[CENSUS].xs(2010, level="year").loc[cities])
    better = {code: side for code, (_, side) in FORMULAS.items() if side}
    ranks = {c: latest[c].rank(method="min", ascending=(side == "lower") != worst) for c, side in better.items()}
    return pd.DataFrame(ranks) <= 2


def test_the_annex_has_the_official_columns(city_report):
    years = [column.format(year) for year in (2011, 2012) for column in OF_A_YEAR]
    assert list(indicators.tables.annex(city_report())) == [*ANNEX, *years]


def test_the_annex_of_the_base_year_leaves_the_year_before_blank(city_report):
    annex = indicators.tables.annex(city_report(year=2008))
    assert list(annex)[6:9] == [column.format(2007) for column in OF_A_YEAR]
    assert set(annex.iloc[:, 6:9].to_numpy().ravel()) == {"—"}


@pytest.mark.parametrize("city", CITIES)
def test_the_annex_has_the_values_of_plain_pandas(city_report, by_code, declared, values, city):
    annex = by_code(indicators.tables.annex(city_report(city)), "指标名称")
    assert list(annex["序号"]) == list(range(1, len(declared) + 1))
    for code, node in declared.items():
        for year in (2011, 2012):
            value = values.loc[(city, year), code]
            expected = "…" if pd.isna(value) else printed(value, node.get("decimals", 2))
            assert annex.loc[code, f"{year} 年实际值"] == expected, (code, year)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_weight_points_are_weight_times_score(city_report, by_code, points, city, year):
    annex = by_code(indicators.tables.annex(city_report(city, year)), "指标名称")
    earned = annex[f"{year} 年得分（权数分）"]
    weights = annex["权数"]
    assert weights.sum() == 100
    assert set(weights.index[weights > 0]) == set(points)
    assert earned[list(points)].to_dict() == {
        code: printed(25 * score / 100, 2) for code, score in points.loc[city, year].items()
    }
    assert set(earned.drop(list(points))) == {"—"}


def test_money_weighs_nothing(city_report, by_code):
    annex = by_code(indicators.tables.annex(city_report()), "指标名称").loc[MONEY]
    assert set(annex["权数"]) == {0}
    assert set(annex["2012 年得分（权数分）"]) == {"—"}


@pytest.mark.parametrize(
    ("city", "target", "reached"),
    [
        ("330800", "82", ["92.7", "91.5"]),
        ("330100", "85", ["100.0"] * 2),
        ("330200", "85", ["85.9", "88.2"]),
    ],
)
def test_achievement_is_printed_for_the_one_official_target(city_report, by_code, city, target, reached):
    annex = by_code(indicators.tables.annex(city_report(city)), "指标名称")
    columns = ["2011 年实现度（%）", "2012 年实现度（%）"]
    assert annex.loc["P09-sewage-plant", "目标值"] == target
    assert list(annex.loc["P09-sewage-plant", columns].map(str)) == reached  # 75/82 in 2012; at most 100; 75/85
    assert set(annex.drop(index="P09-sewage-plant")[["目标值", *columns]].to_numpy().ravel()) == {"—"}


def test_achievement_without_data_is_not_known(city_report, by_code):
    annex = by_code(indicators.tables.annex(city_report(year=2010)), "指标名称")
    assert list(annex.loc["P09-sewage-plant", ["2009 年实现度（%）", "2010 年实现度（%）"]]) == ["…", "…"]


@pytest.mark.parametrize("city", CITIES)
def test_both_terms_are_printed(city_report, by_code, declared, figures, city):
    terms = by_code(indicators.tables.terms(city_report(city)))
    for code, node in declared.items():
        year = 2010 if code in CENSUS else 2012
        for column, variable in (
            ("分子", node.get("numerator", node.get("variable"))),
            ("分母", node.get("denominator")),
        ):
            value = figures.loc[(city, year), variable] if variable else None
            cell = terms.loc[code, column]
            assert number_in(cell) == (None if value is None or pd.isna(value) else pytest.approx(value, abs=0.005)), (
                code
            )
        assert terms.loc[code, "数据年份"] == year


def number_in(cell):
    found = [part.replace(",", "") for part in cell.split(" ")][1:]
    return next((float(part) for part in found if part.replace(".", "").isdigit()), None) if found else None


def test_terms_in_words(city_report, by_code):
    row = by_code(indicators.tables.terms(city_report())).loc["P04-physicians"]
    assert list(row)[1:] == [
        2012,
        "执业（助理）医师数 6,386 人",
        "年末常住人口 212 万人",
        "常住人口",
        Decimal("3.01"),
        "人",
    ]
    row = by_code(indicators.tables.terms(city_report()), "指标").loc["P08-housing-area"]
    assert list(row)[1:5] == [2010, "人均住房建筑面积 56.05 平方米", "—", "无"]


def test_english_units_that_begin_with_a_number_are_told_apart_from_it(city_report, by_code):
    row = by_code(indicators.tables.terms(city_report(language="en")), "Indicator").loc["P01-unemployment"]
    assert row["Numerator"] == "Registered urban unemployed at year-end 12,274 persons"
    assert row["Denominator"] == "Employees of urban units 20 × 10 000 persons"


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_contributions_add_up(city_report, points, city, year):
    *parts, total = indicators.tables.contributions(city_report(city, year)).to_dict("records")
    assert total["权数"] == sum(part["权数"] for part in parts) == 100
    assert total["得分"] == total["贡献（分）"] == printed(points.loc[city, year].mean(), 2)
    assert [part["贡献（分）"] for part in parts] == [printed(score / 4, 2) for score in points.loc[city, year]]
    assert abs(sum(part["贡献（分）"] for part in parts) - total["得分"]) <= Decimal("0.02")  # four roundings


def test_the_annex_and_the_contributions_agree(city_report, by_code):
    for year in range(2008, 2013):
        annex = by_code(indicators.tables.annex(city_report(year=year)), "指标名称")[f"{year} 年得分（权数分）"]
        contributions = by_code(indicators.tables.contributions(city_report(year=year)))["贡献（分）"].iloc[:-1]
        assert annex[contributions.index].to_dict() == contributions.to_dict()


def test_shortfalls_are_all_results_on_which_the_city_is_last_or_next_to_last(city_report, by_code, values, cities):
    worst = listed(values, cities, worst=True)
    for city in cities:
        found = by_code(indicators.tables.shortfalls(city_report(city)))
        assert list(found.index) == list(worst.columns[worst.loc[city]]), city


def test_strengths_are_all_results_on_which_the_city_is_first_or_second(city_report, by_code, values, cities):
    best = listed(values, cities, worst=False).drop(columns=SATURATED)
    for city in cities:
        found = by_code(indicators.tables.strengths(city_report(city)))
        assert list(found.index) == list(best.columns[best.loc[city]]), city


def test_a_city_that_is_last_at_the_better_goalpost_is_said_to_have_reached_it(city_report, by_code):
    status = by_code(indicators.tables.shortfalls(city_report("330100")))["状态"]
    assert status["P09-roads"] == "仅展示：已饱和（超过三分之一城市触顶）（本市已达最优值）"
    assert "已达最优值" not in by_code(indicators.tables.shortfalls(city_report()))["状态"].str.cat()


def test_a_shortfall_says_what_it_rests_on_and_who_answers(city_report, by_code):
    table = by_code(indicators.tables.shortfalls(city_report()))
    row = table.loc["P03-secondary"]
    assert list(row) == [
        "教育公平工程",
        "普通中学生师比（学生/专任教师）",
        Decimal("13.81"),
        "人",
        2012,
        2,
        "计分",
        "省教育厅",
    ]
    assert table.loc["P09-tap-water", ["数据年份", "倒数位次", "状态"]].tolist() == [2010, 1, "仅展示：普查时点数"]
    assert table.loc["P09-tap-water", "责任部门"] == "省水利厅、省建设厅"


def test_departments_bear_the_name_of_the_year(city_report, by_code):
    departments = [by_code(indicators.tables.shortfalls(city_report(year=year)))["责任部门"] for year in (2008, 2012)]
    assert departments[0]["P01-unemployment"] == "省劳动保障厅"
    assert departments[1]["P01-unemployment"] == "省人力社保厅"


@pytest.mark.parametrize("code", ["P05-04", "P05-08"])
def test_a_city_is_held_to_its_part_of_a_total_of_the_province(code):
    report = assessed_report()
    part = report.study.assessed.cities.parts[code].values[WENZHOU]
    (row,) = [r for r in indicators.tables.annex(report).to_dict("records") if r["指标名称"] == report.node(code)]
    (aim,) = [r for r in basis.tables.targets(report).to_dict("records") if r["指标"] == report.node(code)]
    assert row["目标值"] == aim["目标值"] == str(part)
    share = 100 * report.value(code, 2011) / part
    assert float(row["2011 年实现度（%）"]) == pytest.approx(min(share, 100), abs=0.05)


def test_a_value_below_0_is_no_share_of_a_target(monkeypatch):
    report = anew(assessed_report())
    monkeypatch.setattr(CityReport, "value", lambda *_: -60.0)
    assert set(indicators.tables.annex(report)["2012 年实现度（%）"]) == {"—"}


def test_no_indicator_gives_more_than_it_weighs_in_the_score_of_a_city_that_lacks_figures():
    table = indicators.tables.contributions(assessed_report(WENZHOU, 2012)).iloc[:-1]
    known = table[table["贡献（分）"] != "…"]
    assert len(known) == 62
    assert (known["贡献（分）"].astype(float) <= known["权数"].astype(float) + 0.055).all()
    assert set(table.drop(known.index)["权数"].astype(float)) == {0}


def test_no_city_is_held_against_a_total_of_the_province():
    table = indicators.tables.annex(assessed_report()).set_index("指标名称")
    row = table.loc["省级全民健身活动中心（基地）数"]
    assert (row["目标值"], row["2012 年实现度（%）"]) == ("—", "—")


def test_scored_indicators_in_short_add_up_to_the_score(city_report):
    report = city_report(WENZHOU)
    table = indicators.tables.scored(report)
    assert len(table) == 4
    assert sum(table["贡献（分）"]) == pytest.approx(Decimal(str(report.score("index"))), abs=Decimal("0.02"))
    beds = table.set_index("指标").loc["每千常住人口医院、卫生院床位数（张）"]
    values = report.result.panel.values["P04-beds"]
    assert beds["位次"] == 1 + (values.xs(2012, level="year") > values[WENZHOU, 2012]).sum()
    assert float(beds["上年数值"]) == pytest.approx(values[WENZHOU, 2011], abs=0.00501)


def test_an_assessed_round_has_its_targets_in_their_place():
    assert indicators.tables.scored(assessed_report()) is None

import pandas as pd
import pytest

from tests.indicators import FORMULAS
from tests.reporting.plain import CENSUS, MONEY, printed
from tests.reporting.printed import basis
from tests.reporting.whatif import BEDS, CARRIED, under

CITIES = ["330800", "330100"]
SATURATED = ["P05-libraries", "P09-refuse", "P09-roads"]


def test_the_plan_s_own_numbers_have_no_public_data(city_report):
    table = basis.tables.plan_targets(city_report())
    assert list(table["条款"]) == ["三（五）"] * 7 + ["四（三）"]
    assert set(table["公开数据"]) == {"无公开数据"}


def test_the_composition_counts_what_is_imputed_where_the_round_imputes(round_report):
    counted = basis.tables.composition(under(round_report(), BEDS, **CARRIED)).set_index("指标")["插补数"]
    assert counted[counted > 0].to_dict() == {"每千常住人口医院、卫生院床位数": 1}
    assert "插补数" not in basis.tables.composition(round_report())


def test_the_formulas_of_the_tests_are_those_of_the_index(declared):
    assert list(FORMULAS) == list(declared)
    assert [code for code, node in declared.items() if node.get("unscored") == "snapshot"] == CENSUS
    assert {code for code, node in declared.items() if node["layer"] == "input"} == set(MONEY)
    assert [code for code, node in declared.items() if node.get("unscored") == "saturated"] == SATURATED


def test_targets_stand_with_their_document(city_report, by_code):
    table = by_code(basis.tables.targets(city_report()))
    assert list(table.index) == ["P09-sewage-plant"]
    assert table[["目标值", "年份", "目标性质"]].iloc[0].tolist() == ["82", 2012, "其他官方文件"]
    assert "《浙江省环境保护实施方案》" in table.at["P09-sewage-plant", "出处"]


def test_the_composition_says_what_is_scored_and_why_the_rest_is_not(city_report, by_code, declared):
    status = by_code(basis.tables.composition(city_report()))["状态"]
    assert list(status.index) == list(declared)
    assert list(status.index[status == "计分"]) == [code for code, node in declared.items() if "unscored" not in node]
    assert status["P09-refuse"] == "仅展示：已饱和（超过三分之一城市触顶）"
    assert set(status[CENSUS]) == {"仅展示：普查时点数"}
    assert set(status[MONEY]) == {"仅展示：投入"}


def test_the_composition_counts_what_is_missing(city_report, by_code, values, cities):
    missing = by_code(basis.tables.composition(city_report()))["缺数"]
    blank = (
        values.loc[cities]
        .drop(index=2007, level="year")
        .reindex(pd.MultiIndex.from_product([cities, range(2008, 2013)]))
    )
    assert missing.to_dict() == {code: f"{n}（共 55）" for code, n in blank.isna().sum().items()}


def test_the_composition_has_the_largest_jump(city_report, by_code, values, cities):
    jump = by_code(basis.tables.composition(city_report()))["最大年际变动（倍）"]
    wide = {code: values[code].unstack("year").loc[cities, range(2008, 2013)] for code in FORMULAS}
    ratio = {code: table.T.shift(-1).T / table for code, table in wide.items()}
    for code, table in ratio.items():
        largest = pd.concat([table, 1 / table]).max(axis=None)
        assert jump[code] == ("—" if pd.isna(largest) else printed(largest, 2)), code


@pytest.mark.parametrize("year", [2008, 2012])
def test_caps_are_counted_in_the_year_of_the_report(city_report, by_code, values, uncapped, cities, year):
    composition = by_code(basis.tables.composition(city_report(year=year)))
    at_cap, own = composition[f"{year} 年触顶市数"], values.xs(year, level="year").loc[cities]
    assert at_cap["P05-libraries"] == (own["P05-libraries"] >= 1).sum()
    assert at_cap["P09-roads"] == (own["P09-roads"] >= 10).sum()
    assert at_cap["P03-share"] == "—"
    goalposts = by_code(basis.tables.goalposts(city_report(year=year)))[f"{year} 年触顶市数"]
    assert goalposts.to_dict() == (uncapped.xs(year, level="year") >= 100).sum().to_dict()


@pytest.mark.parametrize("city", CITIES)
def test_goalposts_show_the_score_before_and_after_the_cap(city_report, by_code, uncapped, city):
    table = by_code(basis.tables.goalposts(city_report(city)))
    scores = uncapped.loc[city, 2012]
    assert list(table.index) == list(scores.index)
    assert list(table["未封顶得分"]) == [printed(score, 2) for score in scores]
    assert list(table["得分"]) == [printed(min(score, 100), 2) for score in scores]


def test_goalposts_stand_with_their_status(city_report, by_code):
    table = by_code(basis.tables.goalposts(city_report()))
    assert table.loc["P04-physicians", ["最差值", "最优值"]].tolist() == ["1.35 建议值（待审定）", "2.5 参照值"]
    assert table.loc["P03-primary", ["最差值", "最优值"]].tolist() == ["26.4 建议值（待审定）", "13.2 建议值（待审定）"]
    assert all(table["依据"])

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
import yaml

from evalkit.reporting import CityReport
from tests.conftest import FILES, ROOT, anew
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.conftest import FORMULAS
from tests.reporting.printed import tables

CITIES = ["330800", "330100"]
CENSUS = [
    "P08-housing-area",
    "P08-toilet",
    "P08-kitchen",
    "P08-bath",
    "P03-schooling",
    "P03-illiteracy",
    "P09-tap-water",
]
MONEY = ["P03-spending", "P03-share", "P04-spending", "P04-share", "F-spending", "F-revenue", "F-cover"]
SATURATED = ["P05-libraries", "P09-refuse", "P09-roads"]
ANNEX = ["领域", "序号", "指标名称", "单位", "权数", "目标值"]
OF_A_YEAR = ["{} 年实际值", "{} 年得分（权数分）", "{} 年实现度（%）"]


@pytest.fixture(scope="session")
def declared():
    """Every indicator as index and study declare it, by code, in the order of the file."""
    found, waiting = {}, [yaml.safe_load((ROOT / FILES["index"]).read_text("utf-8"))["tree"]]
    while waiting:
        node = waiting.pop(0)
        waiting = node.get("children", []) + waiting
        if "children" not in node:
            found[node["code"]] = node
    reasons = yaml.safe_load((ROOT / FILES["study"]).read_text("utf-8"))["unscored"]
    return {code: node | ({"unscored": reasons[code]} if code in reasons else {}) for code, node in found.items()}


@pytest.fixture(scope="session")
def by_code(declared):
    """Gives a table with the codes of the indicators as its index."""
    codes = {node["name"][language]: code for code, node in declared.items() for language in ("zh", "en")}

    def index(table, column="指标"):
        return table.set_index(table[column].map(codes))

    return index


@pytest.fixture(scope="session")
def cities(figures):
    return sorted(figures.libraries.dropna().index.unique("region"))


def printed(number, decimals):
    return Decimal(str(round(number, 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def listed(values, cities, *, worst):
    """Plain pandas: which indicators have which city first or second, or last or next to last."""
    latest = values.xs(2012, level="year").loc[cities].assign(**values[CENSUS].xs(2010, level="year").loc[cities])
    better = {code: side for code, (_, side) in FORMULAS.items() if side}
    ranks = {c: latest[c].rank(method="min", ascending=(side == "lower") != worst) for c, side in better.items()}
    return pd.DataFrame(ranks) <= 2


def test_the_formulas_of_the_tests_are_those_of_the_index(declared):
    assert list(FORMULAS) == list(declared)
    assert [code for code, node in declared.items() if node.get("unscored") == "snapshot"] == CENSUS
    assert {code for code, node in declared.items() if node["layer"] == "input"} == set(MONEY)
    assert [code for code, node in declared.items() if node.get("unscored") == "saturated"] == SATURATED


def test_the_annex_has_the_official_columns(city_report):
    years = [column.format(year) for year in (2011, 2012) for column in OF_A_YEAR]
    assert list(tables.annex(city_report())) == [*ANNEX, *years]


def test_the_annex_of_the_base_year_leaves_the_year_before_blank(city_report):
    annex = tables.annex(city_report(year=2008))
    assert list(annex)[6:9] == [column.format(2007) for column in OF_A_YEAR]
    assert set(annex.iloc[:, 6:9].to_numpy().ravel()) == {"—"}


@pytest.mark.parametrize("city", CITIES)
def test_the_annex_has_the_values_of_plain_pandas(city_report, by_code, declared, values, city):
    annex = by_code(tables.annex(city_report(city)), "指标名称")
    assert list(annex["序号"]) == list(range(1, 34))
    for code, node in declared.items():
        for year in (2011, 2012):
            value = values.loc[(city, year), code]
            expected = "…" if pd.isna(value) else printed(value, node.get("decimals", 2))
            assert annex.loc[code, f"{year} 年实际值"] == expected, (code, year)


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_weight_points_are_weight_times_score(city_report, by_code, points, city, year):
    annex = by_code(tables.annex(city_report(city, year)), "指标名称")
    earned = annex[f"{year} 年得分（权数分）"]
    weights = annex["权数"]
    assert weights.sum() == 100
    assert set(weights.index[weights > 0]) == set(points)
    assert earned[list(points)].to_dict() == {
        code: printed(25 * score / 100, 2) for code, score in points.loc[city, year].items()
    }
    assert set(earned.drop(list(points))) == {"—"}


def test_money_weighs_nothing(city_report, by_code):
    annex = by_code(tables.annex(city_report()), "指标名称").loc[MONEY]
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
    annex = by_code(tables.annex(city_report(city)), "指标名称")
    columns = ["2011 年实现度（%）", "2012 年实现度（%）"]
    assert annex.loc["P09-sewage-plant", "目标值"] == target
    assert list(annex.loc["P09-sewage-plant", columns].map(str)) == reached  # 75/82 in 2012; at most 100; 75/85
    assert set(annex.drop(index="P09-sewage-plant")[["目标值", *columns]].to_numpy().ravel()) == {"—"}


def test_achievement_without_data_is_not_known(city_report, by_code):
    annex = by_code(tables.annex(city_report(year=2010)), "指标名称")
    assert list(annex.loc["P09-sewage-plant", ["2009 年实现度（%）", "2010 年实现度（%）"]]) == ["…", "…"]


def test_targets_stand_with_their_document(city_report, by_code):
    table = by_code(tables.targets(city_report()))
    assert list(table.index) == ["P09-sewage-plant"]
    assert table[["目标值", "年份", "目标性质"]].iloc[0].tolist() == ["82", 2012, "其他官方文件"]
    assert "《浙江省环境保护实施方案》" in table.at["P09-sewage-plant", "出处"]


@pytest.mark.parametrize("city", CITIES)
def test_both_terms_are_printed(city_report, by_code, declared, figures, city):
    terms = by_code(tables.terms(city_report(city)))
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
    row = by_code(tables.terms(city_report())).loc["P04-physicians"]
    assert list(row)[1:] == [
        2012,
        "执业（助理）医师数 6,386 人",
        "年末常住人口 212 万人",
        "常住人口",
        Decimal("3.01"),
        "人",
    ]
    row = by_code(tables.terms(city_report()), "指标").loc["P08-housing-area"]
    assert list(row)[1:5] == [2010, "人均住房建筑面积 56.05 平方米", "—", "无"]


def test_english_units_that_begin_with_a_number_are_told_apart_from_it(city_report, by_code):
    row = by_code(tables.terms(city_report(language="en")), "Indicator").loc["P01-unemployment"]
    assert row["Numerator"] == "Registered urban unemployed at year-end 12,274 persons"
    assert row["Denominator"] == "Employees of urban units 20 × 10 000 persons"


def test_the_composition_says_what_is_scored_and_why_the_rest_is_not(city_report, by_code, declared):
    status = by_code(tables.composition(city_report()))["状态"]
    assert len(status) == 33
    assert list(status.index[status == "计分"]) == [code for code, node in declared.items() if "unscored" not in node]
    assert status["P09-refuse"] == "仅展示：已饱和（超过三分之一城市触顶）"
    assert set(status[CENSUS]) == {"仅展示：普查时点数"}
    assert set(status[MONEY]) == {"仅展示：投入"}


def test_the_composition_counts_what_is_missing(city_report, by_code, values, cities):
    missing = by_code(tables.composition(city_report()))["缺数"]
    blank = (
        values.loc[cities]
        .drop(index=2007, level="year")
        .reindex(pd.MultiIndex.from_product([cities, range(2008, 2013)]))
    )
    assert missing.to_dict() == {code: f"{n}（共 55）" for code, n in blank.isna().sum().items()}


def test_the_composition_has_the_largest_jump(city_report, by_code, values, cities):
    jump = by_code(tables.composition(city_report()))["最大年际变动（倍）"]
    wide = {code: values[code].unstack("year").loc[cities, range(2008, 2013)] for code in FORMULAS}
    ratio = {code: table.T.shift(-1).T / table for code, table in wide.items()}
    for code, table in ratio.items():
        largest = pd.concat([table, 1 / table]).max(axis=None)
        assert jump[code] == ("—" if pd.isna(largest) else printed(largest, 2)), code


@pytest.mark.parametrize("year", [2008, 2012])
def test_caps_are_counted_in_the_year_of_the_report(city_report, by_code, values, uncapped, cities, year):
    composition = by_code(tables.composition(city_report(year=year)))
    at_cap, own = composition[f"{year} 年触顶市数"], values.xs(year, level="year").loc[cities]
    assert at_cap["P05-libraries"] == (own["P05-libraries"] >= 1).sum()
    assert at_cap["P09-roads"] == (own["P09-roads"] >= 10).sum()
    assert at_cap["P03-share"] == "—"
    goalposts = by_code(tables.goalposts(city_report(year=year)))[f"{year} 年触顶市数"]
    assert goalposts.to_dict() == (uncapped.xs(year, level="year") >= 100).sum().to_dict()


@pytest.mark.parametrize("city", CITIES)
def test_goalposts_show_the_score_before_and_after_the_cap(city_report, by_code, uncapped, city):
    table = by_code(tables.goalposts(city_report(city)))
    scores = uncapped.loc[city, 2012]
    assert list(table.index) == list(scores.index)
    assert list(table["未封顶得分"]) == [printed(score, 2) for score in scores]
    assert list(table["得分"]) == [printed(min(score, 100), 2) for score in scores]


def test_goalposts_stand_with_their_status(city_report, by_code):
    table = by_code(tables.goalposts(city_report()))
    assert table.loc["P04-physicians", ["最差值", "最优值"]].tolist() == ["1.35 本体系提出", "2.5 参照值"]
    assert table.loc["P03-primary", ["最差值", "最优值"]].tolist() == ["26.4 本体系提出", "13.2 本体系提出"]
    assert all(table["依据"])


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("year", [2008, 2012])
def test_contributions_add_up(city_report, points, city, year):
    *parts, total = tables.contributions(city_report(city, year)).to_dict("records")
    assert total["权数"] == sum(part["权数"] for part in parts) == 100
    assert total["得分"] == total["贡献（分）"] == printed(points.loc[city, year].mean(), 2)
    assert [part["贡献（分）"] for part in parts] == [printed(score / 4, 2) for score in points.loc[city, year]]
    assert abs(sum(part["贡献（分）"] for part in parts) - total["得分"]) <= Decimal("0.02")  # four roundings


def test_the_annex_and_the_contributions_agree(city_report, by_code):
    for year in range(2008, 2013):
        annex = by_code(tables.annex(city_report(year=year)), "指标名称")[f"{year} 年得分（权数分）"]
        contributions = by_code(tables.contributions(city_report(year=year)))["贡献（分）"].iloc[:-1]
        assert annex[contributions.index].to_dict() == contributions.to_dict()


def test_shortfalls_are_all_results_on_which_the_city_is_last_or_next_to_last(city_report, by_code, values, cities):
    worst = listed(values, cities, worst=True)
    for city in cities:
        found = by_code(tables.shortfalls(city_report(city)))
        assert list(found.index) == list(worst.columns[worst.loc[city]]), city


def test_strengths_are_all_results_on_which_the_city_is_first_or_second(city_report, by_code, values, cities):
    best = listed(values, cities, worst=False).drop(columns=SATURATED)
    for city in cities:
        found = by_code(tables.strengths(city_report(city)))
        assert list(found.index) == list(best.columns[best.loc[city]]), city


def test_a_city_that_is_last_at_the_better_goalpost_is_said_to_have_reached_it(city_report, by_code):
    status = by_code(tables.shortfalls(city_report("330100")))["状态"]
    assert status["P09-roads"] == "仅展示：已饱和（超过三分之一城市触顶）（本市已达最优值）"
    assert "已达最优值" not in by_code(tables.shortfalls(city_report()))["状态"].str.cat()


def test_a_shortfall_says_what_it_rests_on_and_who_answers(city_report, by_code):
    table = by_code(tables.shortfalls(city_report()))
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
    assert table.loc["P09-tap-water", "责任部门"] == "省水利厅、省住房和城乡建设厅"


def test_departments_bear_the_name_of_the_year(city_report, by_code):
    departments = [by_code(tables.shortfalls(city_report(year=year)))["责任部门"] for year in (2008, 2012)]
    assert departments[0]["P01-unemployment"] == "省劳动保障厅"
    assert departments[1]["P01-unemployment"] == "省人力资源和社会保障厅"


@pytest.mark.parametrize("code", ["P05-04", "P05-08"])
def test_a_city_is_held_to_its_part_of_a_total_of_the_province(code):
    report = assessed_report()
    part = report.study.assessed.cities.parts[code].values[WENZHOU]
    (row,) = [r for r in tables.annex(report).to_dict("records") if r["指标名称"] == report.node(code)]
    (aim,) = [r for r in tables.targets(report).to_dict("records") if r["指标"] == report.node(code)]
    assert row["目标值"] == aim["目标值"] == str(part)
    share = 100 * report.value(code, 2011) / part
    assert float(row["2011 年实现度（%）"]) == pytest.approx(min(share, 100), abs=0.05)


def test_a_value_below_0_is_no_share_of_a_target(monkeypatch):
    report = anew(assessed_report())
    monkeypatch.setattr(CityReport, "value", lambda *_: -60.0)
    assert set(tables.annex(report)["2012 年实现度（%）"]) == {"—"}

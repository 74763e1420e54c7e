from dataclasses import replace
from decimal import Decimal

import pandas as pd
import pytest
import yaml

from evalkit import evaluate
from evalkit.data.dataset import SHIPPED
from tests.conftest import FILES, ROOT
from tests.reporting.printed import tables

CITIES = ["330800", "330100", "330200"]
CENSUS = {
    "人均住房建筑面积 (平方米)": "housing_area_per_capita",
    "住房内有厕所的家庭户比重 (%)": "hh_share_toilet",
    "住房内有厨房的家庭户比重 (%)": "hh_share_kitchen",
    "住房内有洗澡设施的家庭户比重 (%)": "hh_share_bath",
    "平均受教育年限 (年)": "schooling_years_mean",
    "15 岁及以上文盲率 (%)": "illiteracy_rate_15plus",
    "饮用自来水的家庭户比重 (%)": "hh_share_tap_water",
}
HALF_A_UNIT = {column: 0.005001 if "年" in column or "文盲" in column else 0.05001 for column in CENSUS}


@pytest.fixture(scope="session")
def counties_of():
    """Gives the codes and names of the counties of a city."""
    declared = yaml.safe_load((ROOT / FILES["regions"]).read_text("utf-8"))["regions"]
    return lambda city: {r["code"]: r["name"]["zh"] for r in declared if r.get("parent") == city and "since" not in r}


def test_the_plan_s_own_numbers_have_no_public_data(city_report):
    table = tables.plan_targets(city_report())
    assert list(table["条款"]) == ["三（五）"] * 7 + ["四（三）"]
    assert set(table["公开数据"]) == {"无公开数据"}


@pytest.mark.parametrize("city", CITIES)
def test_inputs_stand_with_their_rank_and_the_cities_together(city_report, figures, values, city):
    row = tables.resources(city_report(city)).set_index("指标").loc["人均一般预算支出"]
    spending = values["F-spending"].xs(2012, level="year").dropna()
    total = figures.loc[spending.index].xs(2012, level="year").sum()
    assert row["数值"] == pytest.approx(Decimal(spending[city]), abs=Decimal("0.5"))
    assert row["位次"] == 1 + (spending > spending[city]).sum()
    assert row["各市合计"] == round(total.fiscal_expenditure / total.pop_resident)


def test_resources_keep_inputs_and_results_apart(city_report):
    table = tables.resources(city_report())
    assert list(table["类别"]) == ["投入"] * 7 + ["产出（供给）"] * 3
    assert list(table["指标"])[7:] == ["公共统计服务指数", "教育公平工程", "全民健康工程"]
    assert list(table["数值"])[7:] == [Decimal("79.24"), Decimal("63.88"), Decimal("94.60")]


@pytest.mark.parametrize("city", CITIES)
def test_counties_are_those_of_the_city_and_the_city_itself(city_report, counties_of, figures, city):
    table = tables.counties(city_report(city))
    codes = [*counties_of(city), city]
    assert list(table["地区"]) == [*counties_of(city).values(), city_report(city).city_name]
    expected = figures.loc[[(code, 2010) for code in codes], list(CENSUS.values())]
    for column, variable in CENSUS.items():
        assert list(table[column].astype(float)) == pytest.approx(list(expected[variable]), abs=HALF_A_UNIT[column])


@pytest.mark.parametrize("city", CITIES)
def test_the_spread_is_that_of_the_printed_counties(city_report, city):
    printed = tables.counties(city_report(city)).set_index("地区").iloc[:-1]
    spread = tables.county_spread(city_report(city))
    for row, column in zip(spread.to_dict("records"), CENSUS, strict=True):
        ends = [printed[column].max(), printed[column].min()]
        best, worst = reversed(ends) if "文盲" in column else ends
        assert [row["最好的县（市、区）"].split(" ")[1], row["最差的县（市、区）"].split(" ")[1]] == [
            f"({best})",
            f"({worst})",
        ]
        assert row["差距"] == ends[0] - ends[1]
        assert float(row["倍数"]) == pytest.approx(float(ends[0] / ends[1]), rel=0.01)


def test_the_best_and_the_worst_county_of_quzhou(city_report, counties_of, figures):
    names = counties_of("330800")
    tap = figures.loc[[(code, 2010) for code in names], "hh_share_tap_water"].droplevel("year")
    row = tables.county_spread(city_report()).set_index("指标").loc["饮用自来水的家庭户比重"]
    assert row["最好的县（市、区）"].startswith(names[tap.idxmax()])
    assert row["最差的县（市、区）"].startswith(names[tap.idxmin()])


def test_a_higher_illiteracy_rate_is_worse(city_report):
    row = tables.county_spread(city_report()).set_index("指标").loc["15 岁及以上文盲率"]
    assert (row["最好的县（市、区）"], row["最差的县（市、区）"]) == ("柯城区 (6.36)", "开化县 (18.74)")
    assert row["差距"] == Decimal("12.38")


@pytest.mark.parametrize("city", [*CITIES, "330500", "331100"])
def test_quality_names_the_breaks_of_this_city_and_of_all(city_report, variables, city):
    quality = tables.quality(city_report(city))
    breaks = quality[quality["发现"] == "序列断裂"]
    expected = [
        (variable["name"]["zh"], found["year"], found["note"]["zh"])
        for variable in variables.values()
        for found in variable.get("breaks", ())
        if found.get("region") in (None, city) and 2008 <= found["year"] <= 2012
    ]
    assert list(breaks[["统计指标", "年份", "说明"]].itertuples(index=False, name=None)) == expected


def test_quality_has_every_doubt_and_check(city_report, variables):
    quality = tables.quality(city_report())
    for kind, label in (("oddities", "存疑"), ("checks", "核对通过")):
        expected = [note["zh"] for variable in variables.values() for note in variable.get(kind, ())]
        assert list(quality.loc[quality["发现"] == label, "说明"]) == expected


def test_quality_names_figures_whose_publication_is_not_established(city_report):
    unstated = pd.concat(pd.read_csv(path) for path in (SHIPPED / "zhejiang").glob("*.csv"))
    codes = set(unstated.variable[unstated.publication == "compilation-only"])
    quality = tables.quality(city_report())
    assert (quality["发现"] == "出处未能确认").sum() == len(codes) == 5


def test_a_dataset_without_findings_has_an_empty_table(city_report):
    report = city_report()
    plain = {
        code: v.model_copy(update=dict.fromkeys(("breaks", "oddities", "checks"), ())) for code, v in metadata(report)
    }
    stated = {
        code: p.model_copy(update={"stated": True}) for code, p in report.study.dataset.metadata.publications.items()
    }
    clean = report.study.dataset.metadata.model_copy(update={"variables": plain, "publications": stated})
    study = replace(report.study, dataset=replace(report.study.dataset, metadata=clean))
    assert tables.quality(replace(report, study=study)).shape == (0, 4)


def metadata(report):
    return report.study.dataset.metadata.variables.items()


def test_every_imputed_figure_is_listed_and_of_a_city_its_own(city_report, round_report, imputed_in):
    row = [2012, "每千常住人口医院、卫生院床位数", Decimal("3.43"), "张"]
    assert tables.city_imputed(imputed_in(city_report())).to_numpy().tolist() == [row]
    assert tables.imputed(imputed_in(round_report())).to_numpy().tolist() == [["衢州市", *row]]
    assert tables.city_imputed(imputed_in(city_report("330100"))).empty
    assert tables.city_imputed(city_report()) is tables.imputed(round_report()) is None


def test_the_composition_counts_what_is_imputed_where_the_round_imputes(round_report, imputed_in):
    counted = tables.composition(imputed_in(round_report())).set_index("指标")["插补数"]
    assert counted[counted > 0].to_dict() == {"每千常住人口医院、卫生院床位数": 1}
    assert "插补数" not in tables.composition(round_report())


@pytest.fixture
def imputed_in():
    """Takes out Quzhou's beds of 2012, and has the method of the round carry those of 2011 forward."""

    def made(report):
        panel, cell = report.result.panel, (("330800", 2012), "P04-beds")
        values, states = panel.values.copy(), panel.states.copy()
        values.loc[cell], states.loc[cell] = float("nan"), "missing"
        method = report.study.method.but(imputation={"kind": "carry_forward"})
        blank = replace(panel, values=values, states=states)
        return replace(report, result=evaluate(blank, report.study.system, method))

    return made

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from evalkit.base.errors import ParamsError
from evalkit.readings.study_readings import StudyReadings
from tests.reporting.assessed import blank_or_chinese, demo
from tests.reporting.cities import WENZHOU, assessed_report
from tests.reporting.printed import incentives

SHAOXING, YEAR = "330600", 2012
OF_THE_ROUND = (
    incentives.tables.allocation,
    incentives.tables.simulation,
    incentives.fund_rules.fund_rules,
    incentives.tables.measures,
)


@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_a_round_without_rules_of_incentives_has_no_such_table(table, round_report):
    assert table(round_report()) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_no_cell_is_blank_and_no_english_one_is_chinese(table, language):
    to_fill = ("预算科目", "Budget line")
    shown = table(demo(YEAR, language)).drop(columns=list(to_fill), errors="ignore")
    assert blank_or_chinese(shown, language) == []


def test_the_amounts_add_up_to_the_fund_to_the_cent():
    *cities, whole = incentives.tables.allocation(demo())["分配金额（元）"]
    assert sum(cities) == whole == Decimal("100000000.00")
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in cities)


def test_parts_of_a_fund_that_bear_one_name_are_refused(monkeypatch):
    report = demo()
    fund, shared = incentives.tables.in_force(report)
    alike = {code: pot.model_copy(update={"name": fund.name}) for code, pot in fund.parts.items()}
    monkeypatch.setattr(
        incentives.tables.module, "in_force", lambda _: (fund.model_copy(update={"parts": alike}), shared)
    )
    with pytest.raises(ParamsError, match=r"the table allocation: found '按.*（元）' twice"):
        incentives.tables.allocation(replace(report, result=report.study.uncapped))


def test_a_citys_part_is_its_share_of_the_sizes():
    scores = demo().study.assessed.assessment.results.xs(YEAR, level="year")
    free = scores.score[(scores.grade != "fail") & scores.score.notna()]
    exact = Fraction(60_000_000) * Fraction(str(free[WENZHOU])) / sum(Fraction(str(x)) for x in free)
    row = incentives.tables.fund_share(assessed_report()).set_index("组成").loc["绩效"]
    assert float(row["金额（元）"]) == pytest.approx(float(exact), abs=0.005)
    assert row["全省该部分（元）"] == Decimal("60000000.00")


def test_a_city_sees_its_amount_under_either_rule():
    table = incentives.tables.fund_share(assessed_report()).set_index("组成")["金额（元）"]
    given = demo().study.consequences
    for code, word in (("performance", "分配金额："), ("balanced", "对照规则下的金额：")):
        (amount,) = [value for name, value in table.items() if name.startswith(word)]
        assert amount == given.allocation(code, YEAR).table.amount[WENZHOU]


def test_who_is_vetoed_or_not_rated_gets_the_floor_and_is_told_why():
    table = incentives.tables.allocation(demo()).set_index("城市")
    assert table["保底或封顶"]["绍兴市"] == "只得保底（一票否决）"
    assert table["保底或封顶"]["湖州市"] == "只得保底（不予评定）"
    assert set(table["分配金额（元）"][["绍兴市", "湖州市"]]) == {Decimal("3000000.00")}
    assert table["考核得分"]["湖州市"] == "无得分"


def test_an_amount_a_head_is_of_persons_whatever_unit_they_are_printed_in():
    report = demo()
    study = replace(report.study)
    vars(study)["consequences"] = report.study.consequences
    vars(StudyReadings.of(study))["variables"] = StudyReadings.of(report.study).variables * 10_000
    column = "人均（元/常住人口）"
    *heads, _ = incentives.tables.allocation(report)[column]
    *scaled, _ = incentives.tables.allocation(replace(report, study=study))[column]
    assert [float(x) for x in scaled] == pytest.approx([float(x) / 10_000 for x in heads], abs=0.005)


def test_the_changes_of_another_rule_add_up_to_nothing_and_the_most_gained_stands_first():
    table = incentives.tables.simulation(demo())
    *changes, whole = [Decimal(cell) for cell in table["增减（元）"]]
    assert sum(changes) == whole == 0
    assert changes == sorted(changes, reverse=True)
    assert all((effect == "增") == (x > 0) for effect, x in zip(table["影响"], changes, strict=False))


def test_a_finding_restricts_and_an_excellent_grade_commends():
    table = incentives.tables.measures(demo())
    (row,) = table[table["城市"] == "绍兴市"].to_dict("records")
    assert (row["措施"], row["性质"], row["依据"]) == ("取消评优资格", "限制", "核查结论 D-2012-01")
    grades = demo().study.assessed.assessment.results.grade.xs(YEAR, level="year")
    commended = set(table[table["性质"] == "表扬激励"]["城市"])
    assert commended == {demo().region(city) for city in grades.index[grades == "excellent"]}
    assert list(incentives.tables.city_measures(assessed_report(SHAOXING))["措施"]) == ["取消评优资格"]
    assert incentives.tables.city_measures(assessed_report(WENZHOU)).empty


def test_rows_and_columns_of_the_fund_add_up_as_they_are_printed():
    table = incentives.tables.allocation(demo())
    parts = [name for name in table if name.startswith("按")]
    assert len(parts) == 3
    assert (table[parts].sum(axis=1) == table["应得合计（元）"]).all()
    for name in [*parts, "应得合计（元）", "分配金额（元）"]:
        *each, whole = table[name]
        assert sum(each) == whole
    for city in demo().study.regions.index:
        lines = incentives.tables.fund_share(assessed_report(city)).set_index("组成")["金额（元）"]
        assert lines.iloc[:3].sum() == lines["应得合计（元）"]

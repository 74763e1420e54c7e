from collections import Counter

import pytest

from tests.reporting.assessed import blank_or_chinese, demo
from tests.reporting.cities import assessed_report
from tests.reporting.departments import department_report
from tests.reporting.printed import supervision

OF_THE_ROUND = (
    supervision.tables.visits,
    supervision.tables.visits_by_city,
    supervision.tables.units,
    supervision.tables.signals,
    supervision.tables.supervision_rules,
)
HUZHOU = "330500"


@pytest.fixture(scope="module")
def plan():
    return demo().study.consequences.visit_plan(2012)


@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_a_round_without_rules_of_supervision_has_no_such_table(table, round_report):
    assert table(round_report()) is None


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("table", OF_THE_ROUND, ids=lambda table: table.__name__)
def test_no_cell_is_blank_and_no_english_one_is_chinese(table, language):
    assert blank_or_chinese(table(demo(2012, language)), language) == []


def test_there_are_as_many_visits_as_the_capacity_and_each_with_its_probability(plan):
    made = supervision.tables.visits(demo())
    assert list(made["序号"]) == list(range(1, 23))
    assert [float(p) for p in made["入选概率"][:8]] == [1.0] * 8
    assert list(made["选取方式"]) == ["必查"] * 8 + ["随机"] * 14
    assert list(made["风险分"]) == sorted(made["风险分"], reverse=True)


def test_visits_by_city_are_those_that_were_chosen_and_expected(plan):
    made = supervision.tables.visits_by_city(demo()).set_index("城市")
    chosen = Counter(visit.region for visit in plan.visits)
    assert made["安排次数"]["湖州市"] == chosen[HUZHOU]
    assert float(made["概率之和"]["湖州市"]) == pytest.approx(plan.selection.probability[HUZHOU].sum(), abs=5e-4)
    assert (made["安排次数"]["合计"], float(made["概率之和"]["合计"])) == (22, 22.0)


def test_the_points_of_a_unit_are_its_signals_and_make_its_risk():
    units, signals = supervision.tables.units(demo()), supervision.tables.signals(demo())
    kinds = list(units.columns[7:])
    for _, unit in units.head(12).iterrows():
        own = signals[(signals["城市"] == unit["城市"]) & (signals["工程"] == unit["工程"])]
        assert own.groupby("信号")["风险分值"].sum().to_dict() == {kind: unit[kind] for kind in kinds if unit[kind]}
        assert unit["风险分"] == min(100, own["风险分值"].sum())


def test_a_rule_says_its_points_and_its_bounds():
    table = supervision.tables.supervision_rules(demo()).set_index("规则")["数值"]
    assert table["信号：自评高于核实"] == "30 分、高出 5% 以上、3 年内"
    assert table["信号：较上年异常变动"].startswith("10 分、相差 1.6 倍以上、稳健 z 值绝对值 3.5 以上")
    assert (table["年度督查次数"], table["必查"]) == ("22 次", "风险最高的 8 个单元")


def test_a_city_and_a_department_see_their_visits_under_the_numbers_of_the_province(plan):
    of_city = supervision.tables.city_visits(assessed_report(HUZHOU))
    assert list(of_city["序号"]) == [n for n, visit in enumerate(plan.visits, 1) if visit.region == HUZHOU]
    of_department = supervision.tables.department_visits(department_report())
    own = {code.partition("-")[0] for code in department_report().scorecard.index}
    assert list(of_department["序号"]) == [n for n, visit in enumerate(plan.visits, 1) if visit.project in own]


def test_a_signal_says_by_what_it_was_seen():
    assert supervision.tables.why(demo(), "finding", "D-2012-01") == "核查结论（D-2012-01）"
    assert supervision.tables.why(demo(), "own_changes") == "与本市历年变动对照"

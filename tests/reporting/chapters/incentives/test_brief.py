from decimal import Decimal

from evalkit.reporting.chapters.incentives import brief, sentences, tables
from evalkit.reporting.chapters.incentives.amounts import IN_MYRIADS, rounded
from tests.reporting.assessed import demo, demo_under


def paid_otherwise(payment):
    """The demonstration with a fund in force that is paid otherwise."""
    report = demo()
    fund, _ = tables.in_force(report)
    other = fund.model_copy(update={"payment": payment})
    rules = report.study.assessment_files.incentives
    given = rules.model_copy(update={"funds": {**rules.funds, next(iter(rules.funds)): other}})
    return demo_under(incentives=given)


def test_the_fund_adds_up_as_it_is_printed_in_myriads(round_report):
    table = brief.allocation(demo()).printed
    amounts = table["金额（万元）"].tolist()
    assert sum(amounts[:-1]) == amounts[-1] == Decimal("10000.00")
    entitled = table["应得合计（万元）"].tolist()
    assert sum(entitled[:-1]) == entitled[-1] == Decimal("10000.00")
    assert brief.allocation(round_report()) is None


def test_the_exact_amounts_add_up_as_well():
    table = tables.allocation(demo()).printed
    for column in ("按绩效（元）", "按进步（元）", "按需要（元）", "应得合计（元）", "分配金额（元）"):
        assert sum(table[column][:-1]) == table[column].iloc[-1]


def test_the_payee_is_declared_and_the_budget_line_is_left_to_be_filled_in():
    table = brief.allocation(demo()).printed.set_index("城市")
    assert table.loc["宁波市", "收款单位"] == "市财政局（另行结算）"
    assert table.loc["杭州市", ["收款单位", "预算科目"]].tolist() == ["市财政局", ""]
    text = sentences.in_brief(demo()).data
    assert "规则未声明的预算科目留空" in text
    assert "另行结算的市：宁波市（计划单列市" in text
    assert "县（市）资金：" in text


def test_rules_that_do_not_say_how_a_fund_is_paid_are_said_not_to():
    text = sentences.in_brief(paid_otherwise(None)).data
    assert "规则未声明的收款单位、预算科目留空" in text
    assert "规则没有区分计划单列市" in text
    assert "另行结算" not in text
    assert set(brief.allocation(paid_otherwise(None)).printed["收款单位"][:-1]) == {""}


def test_one_city_is_worked_through_to_its_amount():
    table = brief.worked(demo()).printed
    parts, (whole, scaled, paid) = table["金额（万元）"][:3], table["金额（万元）"][3:]
    assert sum(parts) == whole
    _, shared = tables.in_force(demo())
    assert round(float(shared.level) * float(whole), 1) == round(float(scaled), 1)
    assert brief.example(shared) == "330200"
    column = brief.allocation(demo()).printed.set_index("城市")
    # of Hangzhou, the first, the column has 1278.10, so that it adds up, where its own amount rounds to 1278.11
    assert [whole, paid] == column.loc["宁波市", ["应得合计（万元）", "金额（万元）"]].tolist()
    assert column["应得合计（万元）"]["杭州市"] == Decimal("1278.10")
    assert rounded(shared.table.entitlement["330100"], IN_MYRIADS) == Decimal("1278.11")
    assert paid == (shared.table.amount["330200"] / 10_000).quantize(Decimal("0.01"))
    own = float(100 * shared.table.performance["330200"] / 60_000_000)
    assert f"本市占 {own:.2f}%" in table["步骤"][0]
    assert sentences.worked(demo()).data == "以宁波市为例，金额逐步得出如下。"


def test_measures_stand_once_with_all_their_cities():
    table = brief.by_measure(demo()).printed.set_index("措施")
    assert table.loc["通报表扬", "适用的市"] == "杭州市、宁波市、衢州市"
    assert table.loc["取消评优资格", "适用的市"] == "绍兴市"
    assert (table["因受限不予执行的市"] == "无").all()

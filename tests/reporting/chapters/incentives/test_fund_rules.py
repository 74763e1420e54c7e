from tests.reporting.assessed import demo
from tests.reporting.printed import incentives


def test_rules_of_a_fund_say_what_need_is():
    table = incentives.fund_rules.fund_rules(demo())
    first = table[table["资金与分配规则"] == table["资金与分配规则"][0]].set_index("规则")["数值"]
    assert first["“需要”的算法"] == "“一般预算支出÷年末常住人口”的倒数"
    assert (first["每市保底"], first["资金总额"]) == ("资金总额的 3%", "100,000,000 元")
    assert first["拨付办法"].startswith("市财政局；宁波市（计划单列市")

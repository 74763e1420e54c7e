from tests.reporting.assessed import demo
from tests.reporting.printed import rectification


def test_a_round_without_them_has_no_such_table(round_report):
    assert rectification.accountability.accountability_rules(round_report()) is None


def test_every_term_and_step_stands_with_its_status():
    rules = demo().study.assessment_files.accountability
    table = rectification.accountability.accountability_rules(demo()).set_index("规则")
    assert len(table) == 1 + len(rules.reports) + len(rules.grounds) + len(rules.measures)
    assert table["数值"]["书面报告：不合格"] == "通报后 1 个月，月末"
    assert table["数值"]["整改：指标未达年度目标"] == "通报后 5 个月，月末；完成度低于 80% 的年份计入升级年数"
    assert table["数值"]["整改：数据弄虚作假"].endswith("列入时即为通报批评")
    assert table["数值"]["措施：建议改进"] == "目标性质不是“文件确认”的"
    assert (table["数值"]["措施：限期整改通知"], table["数值"]["措施：约谈"]) == ("自列入清单起", "连续计入 2 年起")
    assert set(table["状态"]) == {"建议值（待审定）", "其他官方文件"}

from evalkit.reporting.chapters import consequences
from tests.reporting.assessed import demo


def test_a_round_from_which_nothing_follows_has_no_summary(round_report):
    assert consequences.sentences.summary(round_report()).data == ""


def test_the_summary_has_a_line_for_each_consequence():
    given = demo().study.consequences
    lines = consequences.sentences.summary(demo()).data.splitlines()
    assert len(lines) == 4
    assert f"未销号 {len(given.rectification.closing(2012))} 项" in lines[0]
    assert "只得保底的市：湖州市、绍兴市" in lines[1]
    assert "3 个市得到表扬激励" in lines[2]
    assert "安排 22 次" in lines[3]


def test_the_limits_say_that_nobody_is_called_to_account_by_proposed_rules():
    assert "不得据以问责或拨款" in consequences.sentences.limits(demo()).data
    assert "Departments answer, not persons" in consequences.sentences.limits(demo(2012, "en")).data

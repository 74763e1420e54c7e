import re

import pytest

from tests.reporting.printed import convergence, fiscal


def test_no_convergence_is_claimed_where_every_interval_holds_no_change(round_report):
    text = convergence.sentences.convergence(round_report()).data
    assert "**没有一个序列能证明各市差距缩小，也没有一个能证明差距扩大**" in text
    assert "11 个市、5 年的数据说明不了更多；说明不了，不等于差距没有变化。" in text
    assert "离散度倍数的区间共 9 个" in text
    assert "约 0.9 个显得有变化" in text


def test_what_leaves_no_change_out_is_named_with_its_sense(round_report):
    """At 60 % the interval of the primary schools' ratio (p = 0.107) leaves 1 out, upwards."""
    text = convergence.sentences.convergence(round_report(level=0.6)).data
    assert "没有一个序列" not in text
    assert re.search("倍数的区间不含 1 的序列：\\*\\*小学生师比（学生/专任教师）（拉开）", text)
    assert "人均医疗卫生支出（落后者增长较快）" in text


def test_the_movers_are_those_of_the_table(round_report):
    table = convergence.tables.series(round_report()).set_index("序列")["位次变动最大的市"]
    text = convergence.sentences.convergence(round_report()).data
    assert f"位次变动最大的市：{table['公共统计服务指数（不封顶）']}。" in text
    assert f"“每千常住人口执业（助理）医师数”：{table['每千常住人口执业（助理）医师数']}。" in text


def test_series_that_cannot_be_read_are_named(round_report):
    text = convergence.sentences.convergence(round_report(years=(2012, 2012))).data
    assert text.startswith("- 不能分析的序列：小学生师比（学生/专任教师）、")
    assert text.count("\n") == 0


@pytest.mark.parametrize(
    ("make", "bare"),
    [(convergence.sentences.convergence, {"services": (), "money": ()}), (fiscal.sentences.fiscal, {"fiscal": None})],
)
def test_a_round_that_declares_nothing_says_nothing(round_report, make, bare):
    assert make(round_report(**bare)).data == ""


@pytest.mark.parametrize("make", [convergence.sentences.convergence, fiscal.sentences.fiscal])
@pytest.mark.parametrize("year", [2008, 2009, 2012])
def test_english_sentences_are_english_and_complete(round_report, make, year):
    text = make(round_report(year=year, language="en")).data
    assert not re.search("[\u3000-\u9fff\uff00-\uffef]", text)
    assert not re.search(r"[{}]|\b(nan|None)\b", text)

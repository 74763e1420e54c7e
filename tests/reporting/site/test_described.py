from evalkit.reporting.report import RoundReport
from evalkit.reporting.site.described import described
from tests.reporting.assessed import demonstration


def told(study, code, language="zh"):
    report = RoundReport(study, study.evaluate(), 2012, language)
    [found] = [one for one in described(report) if one["c"] == code]
    return found


def test_an_indicator_says_what_it_is_what_is_asked_and_who_answers():
    found = told(demonstration(), "P01-04")
    facts = dict(map(tuple, found["facts"]))
    assert (found["n"], found["u"], found["s"], found["line"]) == ("乡镇（街道）公共就业服务平台覆盖率", "%", 1, 100.0)
    assert facts["目标值"] == found["t"] == "不低于 100%"
    assert facts["责任部门（牵头在前）"].startswith("省人力社保厅")
    assert facts["目标性质"] == "建议值（待审定）"


def test_one_without_a_target_says_so_and_why_it_is_not_scored(study):
    found = told(study, "P02-unemployment-insurance")
    facts = dict(map(tuple, found["facts"]))
    assert (found["t"], found["line"], facts["目标值"]) == ("", None, "无")
    assert facts["计分"] == "仅展示：序列不完整"
    assert "失业保险参保人数（年末参加失业保险的人数）" in facts["统计口径"]
    assert facts["数据来源"].startswith("《中国城市统计年鉴》")
    assert "出处" not in facts


def test_english_is_told_in_english(study):
    found = told(study, "P02-unemployment-insurance", "en")
    assert not any("\u3000" <= c <= "\u9fff" for name, text in found["facts"] for c in name + text)

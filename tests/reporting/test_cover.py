from dataclasses import replace
from datetime import date

from evalkit.base.text import Text
from evalkit.reporting.cover import cover_of, heading, signatures
from evalkit.round import SignOff
from tests.reporting.cities import assessed_report


def lines(**given):
    made = cover_of(assessed_report(), {"city": "甲"}, **given).printed
    return dict(zip(made["项目"], made["数值"], strict=True))


def test_whom_it_is_made_for_stands_above_the_year_and_what_is_said_below():
    assert list(lines(said={"headline": "乙"}))[:4] == ["报告", "城市", "年份", "总指标"]


def test_lines_that_say_nothing_are_left_out_and_who_has_not_signed_has_room_to():
    assert "评价规则" not in lines(said={"headline": ""})
    assert "总指标" not in lines(said={"headline": ""})
    assert lines()["审定"] == "（签名）"


def test_rules_stand_with_their_version():
    rules = assessed_report().study.rules
    assert lines(rules=rules)["评价规则"] == f"{rules.name.zh} {rules.version}"


def signed_off(**declared):
    study = assessed_report().study
    round_ = study.round.model_copy(update={"sign_off": SignOff(**declared)})
    return replace(assessed_report(), study=replace(study, round=round_))


def test_who_issues_a_report_stands_first_with_its_number_and_day():
    office = Text(zh="某办", en="An office")
    said = heading(signed_off(office=office, number="评办〔2013〕1 号", issued=date(2013, 7, 31)), {"city": "甲"}).data
    assert said.split("\n\n")[0] == "某办 · 评办〔2013〕1 号 · 2013 年 7 月 31 日"


def test_a_heading_says_what_is_declared_and_nothing_of_the_rest():
    first, basis = heading(signed_off(), {"city": "甲"}).data.split("\n\n")
    assert first.endswith("年度评价（演示） · 城市：甲 · 初评")
    assert "评价规则" not in basis
    assert "评价规则：" in heading(signed_off(), {}, rules=assessed_report().study.rules).data


def test_who_has_signed_is_named_and_the_others_have_room():
    assert signatures(signed_off(reviewed="李四")).data == "制表：＿＿＿＿＿＿；复核：李四；审定：＿＿＿＿＿＿"


def test_a_report_as_of_a_day_says_so_after_its_status():
    report = assessed_report()
    then = replace(report, study=replace(report.study, day=date(2013, 5, 20)))
    lines = cover_of(then, {}).printed
    assert dict(zip(lines["项目"], lines["数值"], strict=True))["状态"] == "初评 · 截至 2013 年 5 月 20 日"
    assert heading(then, {}).data.split("\n\n")[0].endswith("初评 · 截至 2013 年 5 月 20 日")
    assert then.edition_line.endswith("初评 · 截至 2013 年 5 月 20 日")
    assert replace(then, language="en").status == "preliminary · as of 2013-05-20"

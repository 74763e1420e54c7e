from evalkit.reporting.cover import cover_of
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

import pytest

from evalkit.base.text import Text
from evalkit.register.checks.check import unit
from evalkit.register.checks.single import RangeCheck
from evalkit.register.remarks import Remark
from tests.register.checks.small import figure, figures, told

ANSWERS = [figure("cover", 120), figure("people", -1), figure("spending", -2)]


@pytest.mark.parametrize(
    ("confined", "rows"),
    [({}, [10, 20, 30]), ({"variables": ["people", "cover"]}, [10, 20]), ({"leave_out": ["people"]}, [10, 30])],
)
def test_a_rule_is_about_its_variables(confined, rows):
    assert list(told(RangeCheck(code="valid", **confined), ANSWERS)) == rows


def test_a_remark_has_the_code_and_the_level_of_its_rule_and_the_label_of_its_row():
    rule = RangeCheck(code="valid", level="error")
    found = Text(zh="cover数为 120%，超出取值范围", en="cover: 120%, which is out of range")
    expected = Text(zh="0 至 100；请核对数值和计量单位", en="0 to 100; check the figure and its unit")
    assert next(rule.judge(figures(ANSWERS))) == Remark("error", "valid", 10, "value", found, expected)


def test_what_nobody_declared_is_left_alone():
    assert told(RangeCheck(code="valid"), [figure("unheard-of", -1)]) == {}


@pytest.mark.parametrize(
    ("zh", "en", "shown"),
    [
        ("%", "%", ("%", "%")),
        ("人", "persons", (" 人", " persons")),
        ("万元", "10 000 yuan", (" 万元", " (10 000 yuan)")),
    ],
)
def test_a_unit_follows_its_number_apart(zh, en, shown):
    assert (unit(Text(zh=zh, en=en)).zh, unit(Text(zh=zh, en=en)).en) == shown

import pandas as pd
import pytest

from evalkit.base.text import Text
from evalkit.register.remarks import Remark, open_remarks

HUNDRED = Text(zh="是上年的 100 倍", en="100 times last year's")
NEAR = Text(zh="相近", en="something near it")


def remark(level, row):
    return Remark(level, "slip", row, "value", HUNDRED, NEAR)


@pytest.mark.parametrize("blank", ["", "  ", None, float("nan")])
def test_a_warning_is_settled_by_an_explanation_that_says_something(blank):
    answers = pd.DataFrame({"explanation": [blank, "两县合并"]}, index=[4, 7])
    assert [remark("warning", row).settled(answers) for row in (4, 7)] == [False, True]


def test_an_error_stands_whatever_is_said_of_it():
    answers = pd.DataFrame({"explanation": ["两县合并"]}, index=[4])
    remarks = [remark("error", 4), remark("warning", 4)]
    assert open_remarks(remarks, answers) == remarks[:1]


def test_without_a_column_of_explanations_all_stands():
    assert open_remarks([remark("warning", 0)], pd.DataFrame({"value": [1.0]})) == [remark("warning", 0)]

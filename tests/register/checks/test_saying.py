import re

import pytest

from evalkit.base.text import Text
from evalkit.register.checks.checks import Checks
from evalkit.register.checks.saying import said, shown, words


@pytest.mark.parametrize(
    ("number", "text"),
    [(8444693.0, "8444693"), (0.1 + 0.2, "0.3"), (0.00001234, "0.00001234"), (-0.0, "0"), (1e15, "1000000000000000")],
)
def test_a_number_is_shown_as_one_types_it(number, text):
    assert shown(number) == text


def test_what_fills_a_text_is_in_the_language_of_the_text():
    found = said("units_expected", count=Text(zh="乡镇数", en="townships"))
    assert found.zh.startswith("名册中的单位数与乡镇数一致")
    assert found.en.startswith("as many units as townships")


def test_every_text_has_the_same_braces_in_both_languages():
    braces = {
        key: [sorted(set(re.findall(r"{(\w+)}", text[one]))) for one in ("zh", "en")] for key, text in words().items()
    }
    assert [key for key, (zh, en) in braces.items() if zh != en] == []


def test_every_kind_of_rule_has_its_words():
    kinds = {one.model_fields["kind"].default for one in _members(Checks)}
    assert kinds - {key.split("_")[0] for key in words()} == set()


def _members(model):
    return model.model_fields["rules"].annotation.__args__[0].__origin__.__args__

import pytest
from pydantic import ValidationError

from evalkit.base.text import Text


def test_a_text_is_read_by_language():
    text = Text(zh="杭州市", en="Hangzhou")
    assert (text["zh"], text["en"]) == ("杭州市", "Hangzhou")


def test_chinese_stands_for_english_where_that_is_not_given():
    assert Text.model_validate({"zh": "杭州市"}) == Text(zh="杭州市", en="杭州市")
    with pytest.raises(ValidationError, match="zh"):
        Text.model_validate({"en": "Hangzhou"})

import re

from evalkit.base.text import Text
from evalkit.register.forms.words import cited, filled, label, words

CHINESE = re.compile("[\u4e00-\u9fff]")


def test_each_edition_is_in_one_language():
    said = words()
    texts = [*said.labels.values(), *said.how, *said.files.values()]
    texts += [text for message in said.messages.values() for text in (message.found, message.expected)]
    assert [text.en for text in texts if CHINESE.search(text.en)] == []
    latin = [text.zh for text in texts if not CHINESE.search(re.sub(r"\{\w+\}", "", text.zh) or "无")]
    assert latin == []


def test_both_languages_are_filled_with_the_same():
    def braces(text):
        return set(re.findall(r"\{(\w+)\}", text))

    said = words()
    texts = [*said.files.values(), *(each for one in said.messages.values() for each in (one.found, one.expected))]
    assert [text for text in texts if braces(text.zh) != braces(text.en)] == []


def test_a_text_is_filled_in_each_language():
    text = filled(Text(zh="状态{state}", en="state {state}"), state=label("state_missing"))
    assert (text.zh, text.en) == ("状态缺失", "state missing")


def test_what_is_cited_is_short_and_can_be_seen():
    assert cited("a\0b") == "“a�b”"
    assert len(cited("x" * 500)) == 63

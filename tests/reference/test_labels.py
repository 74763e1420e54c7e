import re

from evalkit.reference.labels import _labels, label


def test_every_label_has_both_languages_and_the_same_blanks():
    for key, text in _labels().items():
        blanks = [set(re.findall(r"\{(\w+)\}", text[language])) for language in ("zh", "en")]
        assert blanks[0] == blanks[1], key
        assert text.zh.strip()
        assert text.en.strip()


def test_a_label_is_filled():
    assert label("at_least", "zh", n=2) == "，至少 2 项"

import pytest

from evalkit.reporting.render.document import Heading, Verbatim
from evalkit.reporting.render.numbering import numbered

LEVELS = (2, 3, 4, 4, 3, 4, 2, 3)


@pytest.mark.parametrize(
    ("language", "found"),
    [("zh", ["甲", "（一）甲", "1. 甲", "2. 甲", "（二）甲", "1. 甲", "甲", "（一）甲"]), ("en", ["甲"] * 8)],
)
def test_what_stands_below_a_chapter_is_numbered_anew_in_each(language, found):
    assert [heading.text for heading in numbered((Heading(level, "甲") for level in LEVELS), language)] == found


def test_other_blocks_stay_as_they_are():
    assert list(numbered([Verbatim("x")], "zh")) == [Verbatim("x")]

import mistune
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html

from evalkit.reporting.prose import STRONG, marked, prose
from evalkit.reporting.render.notebook import EXTENSIONS

LIVE = [
    "<img src=x onerror=alert(1)>",
    "<!--",
    "]]>",
    "![x](http://h/x)",
    "[x](javascript:x)",
    "[a]: http://h",
    "&lt;b&gt;",
]
BLOCKS = ["# ", "## ", "> ", "1. ", "2) ", "+ ", "* ", "---", "===", "---==="]
MARKS = [*LIVE, *BLOCKS, "**", "__", "~~", *"`|\\年a 5"]


def rendered(text, *, escape):
    """What a page shows of prose, and what JupyterLab, which takes HTML for HTML, would show."""
    made = mistune.create_markdown(escape=escape, plugins=EXTENSIONS)(prose(text).data)
    return html.fragment_fromstring(made, create_parent="div")


@pytest.mark.parametrize("escape", [True, False])
@given(parts=st.lists(st.sampled_from(MARKS), min_size=1, max_size=6))
def test_what_was_entered_is_text(parts, escape):
    text = "".join(parts)
    page = rendered(f"市 {text} 终", escape=escape)
    assert [e.tag for e in page.iter()] == ["div", "p"]
    assert page.text_content().split() == f"市 {text} 终".split()


@pytest.mark.parametrize("escape", [True, False])
@given(parts=st.lists(st.sampled_from([*MARKS, "\n", "\n\n", "- "]), min_size=1, max_size=8))
@example(parts=["- ", " ", "# "])
def test_not_even_lines_of_their_own_make_more_than_paragraphs_and_items(parts, escape):
    page = rendered("".join(parts), escape=escape)
    assert {e.tag for e in page.iter()} <= {"div", "p", "ul", "li"}


def test_the_marks_of_a_sentence_are_marks_and_those_in_its_braces_are_not():
    page = rendered(marked("- **{name}**\n- 二").format(name="a**b** <i>"), escape=False)
    assert [e.tag for e in page.iter()] == ["div", "ul", "li", "strong", "li"]
    assert page.find(".//strong").text == "a**b** <i>"
    assert STRONG not in page.text_content()


def test_a_sentence_may_lead_to_a_chapter_and_what_fills_its_braces_may_not():
    page = rendered(marked("- {name}，见[依据](#basis)").format(name="[x](#y)"), escape=False)
    (link,) = page.iter("a")
    assert (link.get("href"), link.text) == ("#basis", "依据")
    assert page.text_content().strip() == "[x](#y)，见依据"

import re
from functools import cache

import pytest

from evalkit.reference.examples import minimal
from evalkit.reference.kinds import KINDS
from evalkit.reference.page import NAMES, page
from evalkit.reference.schema import models
from tests.reference.given import examples

each_page = pytest.mark.parametrize("language", NAMES.values())


@cache
def made(language):
    return page(language, examples())


@each_page
def test_every_link_on_a_page_leads_to_a_place_on_it(language):
    text = made(language)
    anchors = re.findall(r'<a id="(\w+)">', text)
    headings = re.findall(r"^## (\w+)$", text, re.MULTILINE)
    assert set(re.findall(r"\]\(#(\w+)\)", text)) <= {*anchors, *headings}
    assert len(set(anchors)) == len(anchors)


@each_page
def test_every_model_has_a_table(language):
    anchors = re.findall(r'<a id="(\w+)">', made(language))
    assert {*anchors} | {kind.model.__name__.lower() for kind in KINDS} == {name.lower() for name in models()}


@each_page
def test_every_minimal_file_is_shown_whole_with_the_line_for_editors(language):
    for kind in KINDS:
        for path in minimal(kind):
            assert f"```yaml\n{kind.header()}\n{path.read_text(encoding='utf-8')}```\n" in made(language)


def test_the_english_page_speaks_no_chinese_but_in_what_is_written_in_files():
    prose = re.sub(r"```.*?```|`[^`\n]*`|\*\*\[中文\].*|万人", "", made("en"), flags=re.DOTALL)
    assert re.findall(r".*[\u4e00-\u9fff].*", prose) == []

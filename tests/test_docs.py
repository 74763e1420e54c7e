import doctest
import re
import shlex

import pytest

from evalkit import cli
from tests.conftest import ROOT

OPTIONS = doctest.ELLIPSIS | doctest.IGNORE_EXCEPTION_DETAIL


@pytest.mark.parametrize("page", sorted(path.name for path in ROOT.glob("docs/*.md")))
def test_every_line_of_code_on_a_page_does_what_it_says(page):
    failed, _ = doctest.testfile(
        str(ROOT / "docs" / page), module_relative=False, optionflags=OPTIONS, encoding="utf-8"
    )
    assert failed == 0


def test_the_page_of_the_library_has_examples():
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert len(doctest.DocTestParser().get_examples(text)) > 10


def shape(page):
    """The headings, rows of tables, and the commands and links of a page, which no language changes."""
    text = (ROOT / page).read_text(encoding="utf-8")
    counts = [len(re.findall(pattern, text, re.MULTILINE)) for pattern in ("^#+ ", r"^\|", "^```")]
    commands = re.findall(r"(?:^|`)(evalkit [a-z-]+)(?= |`|$)", text, re.MULTILINE)
    links = [link.replace(".zh-CN", "") for link in re.findall(r"\]\(([\w./-]+)\)", text)]
    return counts, set(commands), set(links)


def test_the_readme_says_the_same_in_both_languages():
    assert shape("README.md") == shape("README.zh-CN.md")


def test_the_readme_names_every_command_and_every_option_of_a_run():
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The command line")[2].partition("\n## ")[0]
    commands = next(action for action in cli._parser()._actions if action.choices).choices
    options = {option for action in commands["run"]._actions for option in action.option_strings} - {"-h", "--help"}
    assert [name for name in (*commands, *options) if not re.search(rf"{name}\b", text)] == []


def test_the_page_of_the_year_says_the_same_in_both_languages():
    assert shape("docs/year.md") == shape("docs/year.zh-CN.md")


@pytest.mark.parametrize("page", ["docs/year.md", "docs/year.zh-CN.md"])
def test_every_command_of_the_year_is_one(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    lines = re.findall(r"^evalkit (.+)$", text, re.MULTILINE)
    assert len(lines) >= 20
    for line in lines:
        assert callable(cli._parser().parse_args(shlex.split(line)).command)


def test_the_pictures_of_the_year_are_there_and_small():
    text = (ROOT / "docs" / "year.md").read_text(encoding="utf-8")
    sizes = [(ROOT / "docs" / name).stat().st_size for name in re.findall(r"!\[.*\]\((images/\S+)\)", text)]
    assert len(sizes) == 3
    assert max(sizes) < 150_000

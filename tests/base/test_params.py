import pytest
from pydantic import Field

from evalkit import IndexSystem, Method, Regions, load_study
from evalkit.analysis.livelihood import Livelihood
from evalkit.assessment import Events, Rules
from evalkit.assessment.findings.inspections import Findings
from evalkit.assessment.grading.peers import Peers
from evalkit.assessment.incentives.rules import Incentives
from evalkit.assessment.rectification.accountability import Accountability
from evalkit.assessment.supervision.rules import Supervision
from evalkit.base.errors import ParamsError
from evalkit.base.model import DeclaredModel
from evalkit.base.params import inline, parse, read
from evalkit.register.calendar import Calendar
from evalkit.register.checks.checks import Checks
from tests.conftest import ROOT

SHIPPED = {
    "studies": lambda path: load_study(path, root=ROOT),
    "index": IndexSystem.load,
    "regions": Regions.load,
    "livelihood": Livelihood.load,
    "rules": Rules.load,
    "events": Events.load,
    "findings": Findings.load,
    "accountability": Accountability.load,
    "peers": Peers.load,
    "incentives": Incentives.load,
    "supervision": Supervision.load,
    "calendar": Calendar.load,
    "checks": Checks.load,
}
TITLED = "title: 甲\n"


class Item(DeclaredModel):
    code: str
    weight: float = 1


class Sheet(DeclaredModel):
    title: str
    draft: bool | None = None
    items: tuple[Item, ...] = ()
    shares: dict[str, float] = {}
    years: tuple[int, int] = (1, 2)


class Least(DeclaredModel):
    least: tuple[Item, ...] = Field(min_length=1)


@pytest.fixture
def load(tmp_path):
    """Reads a text as a YAML file."""

    def loaded(text, model=Sheet):
        path = tmp_path / "sheet.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(model, path)

    return loaded


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("params/**/*.yaml")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_every_shipped_file_loads(path):
    loaded = SHIPPED[path.parent.name](path)
    assert getattr(loaded, "round", loaded).code == path.stem


@pytest.mark.parametrize(
    "text", ["0370", "2012-01-01", "no", "yes", "on", "012", "1_000", "12:30", "0x10", "=", "１２"]
)
def test_what_looks_like_text_stays_text(load, text):
    assert load(f"title: {text}").title == text


def test_true_blank_and_numbers_are_what_they_seem(load):
    sheet = load("title: 甲\ndraft: true\nshares: {a: 12, b: -0.5, c: 1e3}\n")
    assert (sheet.draft, sheet.shares) == (True, {"a": 12, "b": -0.5, "c": 1000})
    assert load("title: 甲\ndraft:\n").draft is None


def test_who_changes_what_was_read_changes_it_for_nobody_else(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: [{b: 1}]")
    parse(path)[0]["a"][0]["b"] = 2
    assert parse(path)[0] == {"a": ({"b": 1},)}


def test_a_code_without_quotes_is_told_how_to_be_written(load):
    with pytest.raises(
        ParamsError, match=r'items\[0\]\.code \(line 3\): found the number 330100; expected .*"330100" in q'
    ):
        load(f"{TITLED}items:\n  - code: 330100\n")


def test_a_number_in_quotes_is_told_how_to_be_written(load):
    with pytest.raises(
        ParamsError, match=r"shares\.a \(line 2\): found the text '12'; expected a number: write 12 with"
    ):
        load(f'{TITLED}shares: {{a: "12"}}')


@pytest.mark.parametrize("sign", "%@`")
def test_a_sign_that_begins_no_text_is_told_how_to_be_written(load, sign):
    with pytest.raises(ParamsError, match=r"line 2, column 13: found %, @ or ` .*; expected the text in quotes"):
        load(f"{TITLED}shares: {{a: {sign}}}")


@pytest.mark.parametrize("text", ["\tdraft: true", "shares:\n\ta: 1", "years:\n  -\n\t\t1", "draft: |\n\ttrue"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_tab_is_called_by_its_name(load, text, end):
    with pytest.raises(ParamsError, match=r"line \d, column 1: found a tab; expected blanks"):
        load(f"{TITLED}{text}".replace("\n", end))


def test_a_key_without_quotes_is_told_how_to_be_written(load):
    with pytest.raises(
        ParamsError, match=r'shares\.330100 \(line 2\): found the number 330100; expected .*"330100" in q'
    ):
        load(f"{TITLED}shares: {{330100: 1}}")


def test_a_number_as_the_key_of_an_entry_is_refused(load):
    with pytest.raises(ParamsError, match=r"2008 \(line 2\): found 2008; expected a key that is text"):
        load(f"{TITLED}2008: x")


def test_an_unknown_key_is_told_with_its_line_and_the_keys_that_are_known(load):
    told = r"items\[1\]\.wieght \(line 5\): found the unknown key 'wieght'; expected a key that this entry has: "
    with pytest.raises(ParamsError, match=told + r"one of code, weight \(did you mean 'weight'\?\)"):
        load(f"{TITLED}items:\n  - code: a\n  - code: b\n    wieght: 2\n")


def test_a_list_is_not_called_too_short_for_what_is_wrong_with_its_items(load):
    with pytest.raises(ParamsError) as told:
        load("least: [{code: a, more: 1}]", Least)
    assert [problem.where for problem in told.value.problems] == ["least[0].more (line 1)"]
    with pytest.raises(ParamsError, match=r"least \(line 1\): found \[\]; expected at least 1 item"):
        load("least: []", Least)


def test_a_comma_that_cuts_a_value_is_explained(load):
    with pytest.raises(ParamsError, match=r"the unknown key 'health'.*a comma inside \{…\} ends a value"):
        load("{title: education, health}")


def test_a_missing_key_is_told_with_the_line_of_its_entry(load):
    with pytest.raises(ParamsError, match=r"items\[0\]\.code \(line 3\): found nothing; expected the key 'code'"):
        load(f"{TITLED}items:\n  - weight: 2\n")


def test_of_a_section_that_stands_twice_its_keys_are_not_told(load):
    with pytest.raises(ParamsError) as told:
        load(f"{TITLED}shares:\n  a: 1\nshares:\n  a: 1\n  a: 2\n")
    assert [problem.where for problem in told.value.problems] == ["shares (line 4)", "shares.a (line 6)"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: &a {b: *a}", "line 1, column 8: found unconstructable recursive node; expected YAML"),
        ("title: !!int x", "the file: found invalid literal for int.. with base 10: 'x'; expected YAML"),
        ("title: !!str [x]", "line 1, column 8: found expected a scalar node, but found sequence; expected YAML"),
    ],
)
def test_what_yaml_cannot_make_a_thing_of_is_told(load, text, expected):
    with pytest.raises(ParamsError, match=expected):
        load(text)


def test_a_key_said_twice_is_told_with_both_lines(load):
    with pytest.raises(
        ParamsError, match=r"(?s)says a key twice.*title \(line 3\): found 'title' again; expected once, as on line 1"
    ):
        load(f"{TITLED}draft: true\ntitle: 乙\n")


def test_keys_said_twice_are_all_told(load):
    with pytest.raises(ParamsError, match=r"(?s)items\[0\]\.code \(line 2\).*title \(line 3\)"):
        load("title: 甲\nitems: [{code: a, code: b}]\ntitle: 乙\n")


def test_every_offender_is_in_one_message(load):
    with pytest.raises(ParamsError) as refused:
        load("draft: 1\nitems: [{code: a, weight: heavy}]\nyears: [1]\nmore: 2\n")
    wheres = [problem.where for problem in refused.value.problems]
    assert wheres == [
        "title (line 1)",
        "draft (line 1)",
        "items[0].weight (line 2)",
        "years[1] (line 3)",
        "more (line 4)",
    ]


@pytest.mark.parametrize(
    ("years", "expected"), [("[1]", "item 2"), ("[1, 2, 3]", "at most 2"), ("[1, x]", "a valid integer")]
)
def test_a_list_of_another_size_or_kind_is_refused(load, years, expected):
    with pytest.raises(ParamsError, match=rf"years.*\(line 2\): found .*; expected {expected}"):
        load(f"{TITLED}years: {years}")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: [甲\n", "line 2, column 1: found something else; expected ',' or ']'"),
        ("title: 甲\n\tdraft: true", "line 2, column 1: found .*tab"),
        ("title: {{ name }}", "line 1, column 9: found unhashable key; expected YAML"),
        ("title：甲\ndraft: true", "line 2, column 6: found mapping values are not allowed"),
    ],
)
def test_what_is_not_yaml_is_told_with_line_and_column(load, text, problem):
    with pytest.raises(ParamsError, match=rf"(?s)sheet\.yaml is not YAML.*{problem}"):
        load(text)


def test_a_list_as_a_key_is_refused(load):
    with pytest.raises(ParamsError, match=r"found \['a'\]; expected a key that is text"):
        load(f"{TITLED}[a]: 1")


@pytest.mark.parametrize(("text", "found"), [("", "None"), ("- a", r"\['a'\]")])
def test_a_file_without_keys_is_refused(load, text, found):
    with pytest.raises(ParamsError, match=rf"the file \(line 1\): found {found}; expected keys with values"):
        load(text)


def test_another_encoding_is_refused(load):
    with pytest.raises(ParamsError, match=r"sheet\.yaml: found another encoding; expected UTF-8"):
        load("title: 浙江".encode("gbk"))


def test_a_missing_file_is_told_with_the_near_name(load, tmp_path):
    load(TITLED)
    with pytest.raises(
        ParamsError, match=r"(?s)there is no file .*found no sheat\.yaml; .*did you mean 'sheet\.yaml'\?"
    ):
        read(Sheet, tmp_path / "sheat.yaml")


def test_a_missing_file_in_an_empty_folder_is_told(tmp_path):
    with pytest.raises(ParamsError, match=r"^there is no file [^\n]*sheet\.yaml$"):
        read(Sheet, tmp_path / "sheet.yaml")


@pytest.mark.parametrize(
    ("normalisation", "problem"),
    [
        ("{kind: goalpost}", r"normalisation \(line 1\): found 'goalpost'; expected .*did you mean 'goalposts'\?"),
        ("{}", r"normalisation \(line 1\): found \{\}; expected the key 'kind'"),
        ("{kind: goalposts, flor: 1}", r"normalisation\.flor \(line 1\): found the unknown key 'flor'"),
    ],
)
def test_a_choice_is_told_by_the_keys_that_its_author_wrote(load, normalisation, problem):
    with pytest.raises(ParamsError, match=problem):
        load(f"normalisation: {normalisation}", Method)


def test_a_word_instead_of_true_is_refused(load):
    with pytest.raises(ParamsError, match=r"cap \(line 1\): found 'yes'; expected a valid boolean"):
        load("cap: yes", Method)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("甲", "甲"),
        ("330100", "'330100'"),
        (1.5, "1.5"),
        ([2008, 2012], "[2008, 2012]"),
        ({"a": {"b": None}}, "{a: {b: null}}"),
    ],
)
def test_data_are_written_in_one_line(data, text):
    assert inline(data) == text

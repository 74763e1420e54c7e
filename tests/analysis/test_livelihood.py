import pytest

from evalkit import ParamsError
from evalkit.analysis.livelihood import Livelihood
from tests.conftest import ROOT

FILE = """code: p
version: "1"
name: {zh: 民生, en: livelihood}
status: proposed
source: {zh: 无, en: none}
functions:
  - {code: "205", name: {zh: 教育, en: Education}, counted: true, variable: exp_a, note: {zh: 一, en: one}}
  - {code: "208", name: {zh: 社保, en: Security}, counted: true, note: {zh: 二, en: two}}
  - {code: "214", name: {zh: 交通, en: Transport}, counted: false, variable: exp_b, note: {zh: 三, en: three}}
"""


@pytest.fixture
def load(tmp_path):
    """Reads the list after one change of its file."""

    def loaded(old="", new=""):
        assert old in FILE
        (tmp_path / "p.yaml").write_text(FILE.replace(old, new, 1), encoding="utf-8")
        return Livelihood.load(tmp_path / "p.yaml")

    return loaded


def test_the_counted_functions_divide_into_those_with_data_and_those_without(load):
    found = load()
    assert [f.code for f in found.counted] == ["205", "208"]
    assert found.known == ("exp_a",)
    assert [f.code for f in found.unknown] == ["208"]


def test_the_table_has_one_row_a_function(load):
    table = load().table
    assert table.index.tolist() == ["205", "208", "214"]
    assert table.loc["214", ["name_en", "counted", "variable", "note_zh"]].tolist() == [
        "Transport",
        False,
        "exp_b",
        "三",
    ]


def test_a_code_or_a_variable_stands_once(load):
    with pytest.raises(ParamsError, match="'205' once"):
        load('code: "208"', 'code: "205"')
    with pytest.raises(ParamsError, match="'exp_a' once"):
        load("exp_b", "exp_a")


def test_a_list_that_counts_nothing_is_refused(load):
    functions = FILE.partition("functions:")[2]
    with pytest.raises(ParamsError, match="a function that is counted"):
        load(functions, functions.replace("counted: true", "counted: false"))


def test_a_misspelt_variable_is_told_with_the_one_that_is_near(load):
    with pytest.raises(ParamsError, match=r"variable of 205 \(教育\): found 'exp_a'; .*did you mean 'exp_aa'"):
        load().check(["exp_aa", "exp_b"])


def test_the_shipped_list_is_proposed_and_knows_education_and_health_only(study):
    shipped = Livelihood.load(ROOT / "params" / "livelihood" / "zhejiang.yaml")
    shipped.check(study.dataset.metadata.variables)
    assert (shipped.status, shipped.known) == ("proposed", ("exp_education", "exp_health"))
    assert [f.name.zh for f in shipped.unknown] == ["文化体育与传媒", "社会保障和就业", "住房保障"]

import json
import re

import nbformat
import pytest
from nbformat import v4

from evalkit.base.errors import ParamsError
from evalkit.runs.parameters import check_parameters, declared_parameters

TYPES = 'city = "330100"\nyear = 2012\nlevel = 0.9\nquick = False\nseed = None\ncities = ["330100"]\nmore = {}'


def defaults(path):
    return {name: one.default for name, one in declared_parameters(path).items()}


@pytest.fixture
def typed(notebook):
    return notebook(parameters=TYPES)


def test_declared_values_keep_their_types_and_order(typed):
    expected = {"city": "330100", "year": 2012, "level": 0.9, "quick": False, "seed": None}
    assert list(defaults(typed).items()) == list((expected | {"cities": ["330100"], "more": {}}).items())


def test_annotations_comments_and_negative_numbers_are_read(notebook):
    source = "# of the round\nyear: int = -1  # = none\nname = '温州'"
    assert defaults(notebook(parameters=source)) == {"year": -1, "name": "温州"}


@pytest.mark.parametrize(
    "line",
    [
        *("y = x", "a = b = 1", "a, b = 1, 2", "import os", "n += 1", "f()", "a: int", "d = {[]: 1}"),
        *("a: f() = 1", "a: 'int |' = 1", "a: int and str = 1"),
    ],
)
def test_what_is_no_plain_assignment_is_refused_by_line(notebook, line):
    with pytest.raises(ParamsError, match=r"line 2: found .*expected a name = a plain value"):
        declared_parameters(notebook(parameters=f"x = 1\n{line}"))


def test_a_cell_that_is_not_python_is_refused(notebook):
    with pytest.raises(ParamsError, match=r"report\.ipynb: the parameters cell is not Python\n  - line 1"):
        declared_parameters(notebook(parameters="%matplotlib inline"))


def test_a_notebook_without_a_parameters_cell_is_refused(tmp_path):
    path = tmp_path / "bare.ipynb"
    path.write_text(nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell("x = 1")])))
    with pytest.raises(ParamsError, match="found no cell tagged 'parameters'; expected exactly one"):
        declared_parameters(path)


def test_a_notebook_with_two_parameters_cells_is_refused(notebook):
    path = notebook()
    content = json.loads(path.read_text())
    path.write_text(json.dumps(content | {"cells": content["cells"] * 2}))
    with pytest.raises(ParamsError, match="found 2 cells tagged 'parameters'"):
        declared_parameters(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"worksheets": []}'])
def test_a_file_that_is_no_notebook_is_refused(tmp_path, text):
    (tmp_path / "x.ipynb").write_text(text)
    with pytest.raises(ParamsError, match="is not a notebook of format 4"):
        declared_parameters(tmp_path / "x.ipynb")


def test_a_missing_notebook_is_refused(tmp_path):
    with pytest.raises(ParamsError, match="there is no notebook"):
        declared_parameters(tmp_path / "x.ipynb")


def test_a_misspelt_name_is_refused_with_the_near_one(typed):
    with pytest.raises(ParamsError, match=r"yaer: .*did you mean 'year'\?"):
        check_parameters(typed, {"yaer": 2012})


def test_values_of_the_types_of_their_defaults_are_taken(typed):
    check_parameters(typed, {"city": "330100", "year": 2012})


def test_every_offender_is_in_one_message(typed):
    with pytest.raises(ParamsError) as refused:
        check_parameters(typed, {"yaer": 2012, "year": "2012", "seed": "7", "city": "330100"})
    assert [str(problem).partition(";")[0] for problem in refused.value.problems] == [
        "yaer: found a parameter that it does not declare",
        "year: found the default 2012",
        "seed: found the default None",
    ]


@pytest.mark.parametrize(
    ("annotation", "taken", "refused"),
    [
        ("None | str", (None, "甲"), (1, True)),
        ("str | int | None", (None, "甲", 1), (1.0, [])),
        ("'int | None'", (None, 1), ("1",)),
        ("Optional[str]", (None, "甲"), (1,)),
        ("list[str]", (["甲"],), ("甲", ())),
    ],
)
def test_an_annotation_says_which_types_a_parameter_takes(notebook, annotation, taken, refused):
    path = notebook(parameters=f"x: {annotation} = None")
    for value in taken:
        check_parameters(path, {"x": value})
    for value in refused:
        with pytest.raises(ParamsError, match=re.escape(f"x: found {annotation}; expected one such as {value!r}")):
            check_parameters(path, {"x": value})


def test_the_comment_on_a_parameter_is_known(notebook):
    path = notebook(parameters="name = '温州'  # 市 = city\nmore = [\n    1,  # one\n]  # all\nyear = 2012")
    assert [one.comment for one in declared_parameters(path).values()] == ["市 = city", "all", ""]

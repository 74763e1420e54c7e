import pytest

from evalkit.index.hierarchy import faults, grow
from evalkit.index.system_columns import TREE_COLUMNS
from evalkit.tabular.xlsx.sheets import Row

ROOT = ("index", None, "index")


def rows(*said):
    """Rows of (code, parent, level), the first in row 3 of the sheet."""
    keys = [column.key for column in TREE_COLUMNS]
    return [
        Row(
            {key: value for key, value in zip(keys, row, strict=False) if value is not None},
            {key: f"{chr(65 + place)}{number}" for place, key in enumerate(keys)},
        )
        for number, row in enumerate(said, start=3)
    ]


def told(*said):
    return [str(problem) for problem in faults(rows(*said))]


def test_rows_grow_into_a_tree_in_their_order():
    tree, cells = grow(rows(("b", "A"), ROOT, ("A", "index", "area"), ("c", "index"), ("a", "A")))
    assert [child["code"] for child in tree["children"]] == ["A", "c"]
    assert [child["code"] for child in tree["children"][0]["children"]] == ["b", "a"]
    assert cells["children", 0, "children", 1, "goalposts", "worst"].endswith("7")


def test_a_tree_without_fault_is_told_nothing():
    assert told(ROOT, ("A", "index", "area"), ("a", "A"), ("E", "A", "part")) == []


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([ROOT, ("z", None, "x")], "B4: found a second root, 'z'; expected the code of its parent: 'index' is the"),
        ([("A", "B", "x"), ("B", "A", "x")], "指标树: found no root; expected one row whose parent is blank"),
        ([("A", "B", "x"), ("B", "A", "x")], "B3: found a circle of parents: A → B → A; expected parents that lead to"),
        ([ROOT, ("A", "A", "x")], "B4: found a circle of parents: A → A;"),
        ([ROOT, ("A", "index", "x"), ("a", "A"), ("B", "index", "x"), ("a", "B")],
         "B7: found 'a' under 'B' too; expected one parent: it stands under 'A' in B5"),
        ([ROOT, ("a", "index"), ("a", "index")], "A5: found 'a' again; expected once, as A4 has it"),
        ([ROOT, ("P01", "index", "x"), ("a", "P1")], "B5: found 'P1'; expected one of index, P01 (did you mean 'P01'"),
        ([ROOT, ("a", "index"), ("b", "a")], "B5: found 'a', an indicator; expected a group; or a level for 'a' in C4"),
        ([ROOT, (None, "index")], "A4: found nothing; expected the code of the node"),
        ([], "指标树: found no root"),
    ],
)  # fmt: skip
def test_what_is_no_tree_is_told_by_its_cell(said, expected):
    assert [line for line in told(*said) if line.startswith(expected)] != []


def test_a_circle_is_told_once_and_not_for_what_hangs_on_it():
    lines = told(ROOT, ("A", "B", "x"), ("B", "C", "x"), ("C", "A", "x"), ("d", "A"), ("e", "C"))
    assert lines == ["B4: found a circle of parents: A → B → C → A; expected parents that lead to the root"]


def test_a_group_has_nothing_that_only_an_indicator_has():
    odd = rows(ROOT)
    odd[0].values["variable"] = "v"
    (problem,) = faults(odd)
    assert str(problem).endswith("found 'v'; expected nothing: 'index' is a group, for its level is filled in")


@pytest.mark.parametrize("order", [list, reversed])
def test_a_tree_of_very_many_levels_is_refused(order):
    chain = [(f"g{n}", f"g{n - 1}" if n else "index", "x") for n in range(2000)]
    (message,) = told(ROOT, *order(chain))
    assert message.endswith("found 2000 levels above 'g1999'; expected at most 60")

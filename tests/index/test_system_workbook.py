import shutil
from pathlib import Path

import pytest
from hypothesis import given

from evalkit import IndexSystem, evaluate
from evalkit.base.errors import ParamsError
from evalkit.base.limits import CODE_LENGTH
from evalkit.index.plan import Department, Name
from evalkit.index.system_file import save
from evalkit.index.system_workbook import read_system_workbook, write_system_workbook
from tests.index.books import Edited
from tests.scoring.small import group, leaf, panel, quick, system, systems, words

ANY_CODES = (
    "社会保障", "x.y", "nan", "no", "null", "true", "1e5", "0370", "330100", "_x0041_", "-1", "valid.0", "2012-01-01",
    "None", "x" * CODE_LENGTH,
)  # fmt: skip


@pytest.fixture(scope="module")
def written(declared_system, tmp_path_factory):
    path = tmp_path_factory.mktemp("shipped") / "book.xlsx"
    write_system_workbook(declared_system, path)
    return path


@pytest.fixture
def shipped(written, tmp_path):
    """The shipped system in a workbook of the test's own."""
    return Edited.open(Path(shutil.copy(written, tmp_path)))


def through_excel(system, folder):
    write_system_workbook(system, folder / "book.xlsx")
    return read_system_workbook(folder / "book.xlsx")


def test_the_shipped_system_comes_back_from_excel_as_it_was(tmp_path, declared_system):
    assert through_excel(declared_system, tmp_path) == declared_system


@quick
@given(systems())
def test_any_ragged_tree_comes_back_as_it_was(tmp_path_factory, tree):
    assert through_excel(tree, tmp_path_factory.mktemp("books")) == tree


def test_a_tree_of_fifty_levels_comes_back_as_it_was(tmp_path):
    tree = leaf("leaf")
    for depth in range(50):
        tree = group(f"g{depth}", tree)
    assert through_excel(system(tree), tmp_path) == system(tree)


@pytest.mark.parametrize("way", ["xlsx", "yaml"])
def test_codes_may_look_like_anything_else(tmp_path, way):
    tree = system(*(group(f"of.{code}"[:CODE_LENGTH], leaf(code)) for code in ANY_CODES))
    save(tree, tmp_path / f"file.{way}")
    load = read_system_workbook if way == "xlsx" else IndexSystem.load
    assert load(tmp_path / f"file.{way}") == tree


def test_codes_that_look_like_anything_else_are_scored(tmp_path):
    back = through_excel(system(*(group(f"of.{code}"[:CODE_LENGTH], leaf(code)) for code in ANY_CODES)), tmp_path)
    result = evaluate(panel({code: [float(place)] for place, code in enumerate(ANY_CODES)}), back)
    assert result.scores["index"].item() == pytest.approx((len(ANY_CODES) - 1) / 2)
    assert result.scores["of.nan"].item() == ANY_CODES.index("nan")


def test_every_field_of_an_indicator_comes_back(tmp_path):
    target = {
        "value": 1 / 3,
        "year": 2012,
        "status": "confirmed",
        "document": words("d"),
        "by_region": {"0370": 0.1 + 0.2},
    }
    full = leaf(
        "a", weight=0.1 + 0.2, variable=None, numerator="n", denominator="d", per=1000, population_base="resident",
        better="higher", transform="log", worst=1, target=target, weight_status="proxy", note=words("一\n二"),
        valid=(0.0, 1e300), decimals=0, responsible=("health", "体育"),
    )  # fmt: skip
    known = {code: Department(names=(Name(name=words(code)),), source=words("s")) for code in ("health", "体育")}
    tree = IndexSystem(
        code="s", version="1.10", name=words("s"), edition=words(""), population={"resident": "d"},
        departments=known, tree=group("index", full),
    )  # fmt: skip
    assert through_excel(tree, tmp_path) == tree


@pytest.mark.parametrize("text", [" a", "a ", "a\x07", '""'])
def test_text_that_a_cell_cannot_carry_is_refused_before_anything_is_written(tmp_path, text):
    with pytest.raises(ParamsError, match=r"指标树, row 4, unit\.zh: found"):
        write_system_workbook(system(leaf("a", unit=words(text))), tmp_path / "book.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_numbers_as_text_and_blanks_at_the_ends_change_nothing(shipped, declared_system):
    for row in shipped.book["指标树"].iter_rows(min_row=3):
        for cell in row:
            if cell.value is not None:
                cell.value = f"{cell.value} \u3000"
    assert shipped.read() == declared_system


def test_whole_floats_and_blank_rows_change_nothing(shipped, declared_system):
    shipped.set("P04-beds", "decimals", 2.0)
    shipped.book["指标树"].insert_rows(10)
    shipped.append(*[" "] * 10)
    assert shipped.read() == declared_system


def test_columns_and_sheets_may_stand_in_another_order(shipped, declared_system):
    page = shipped.book["指标树"]
    for row in page.iter_rows(min_row=1):
        values = [cell.value for cell in row]
        for cell, value in zip(row, reversed(values), strict=True):
            cell.value = value
    shipped.book.move_sheet("计划", offset=-3)
    assert shipped.read() == declared_system


def test_an_expert_adds_an_indicator_and_a_weight(shipped):
    row = {"code": "P04-nurses", "parent": "P04", "name.zh": "护士", "name.en": "Nurses", "unscored": "context"}
    row |= {"unit.zh": "人", "unit.en": "persons", "layer": "output", "variable": "nurses"}
    shipped.append(*(row.get(cell.value) for cell in shipped.book["指标树"][2]))
    shipped.set("P04-beds", "weight", 2)
    assert [child.code for child in shipped.read().node("P04").children][-1] == "P04-nurses"
    assert shipped.read().node("P04-beds").weight == 2


def test_a_department_that_was_renamed_stands_in_two_rows(shipped, declared_system):
    rows = [row for row in shipped.book["部门"].iter_rows(min_row=3, values_only=True) if row[0] == "labour"]
    assert [row[1:5] for row in rows] == [
        ("省劳动保障厅", "Department of Labour and Social Security", None, 2008),
        ("省人力社保厅", "Department of Human Resources and Social Security", 2009, None),
    ]


@pytest.mark.parametrize(
    ("code", "key", "value", "expected"),
    [
        ("P04-beds", "layer", "outputt", "found 'outputt'; expected one of input, output, outcome, equity (did you"),
        ("P04-beds", "goalposts.worst", "八十", "found '八十'; expected a number"),
        ("P04-beds", "goalposts.best", None, "found nothing; expected the key 'best'"),
        ("P04-beds", "name.zh", None, "found nothing; expected the key 'zh'"),
        ("P04-beds", "name.zh", True, "found the truth value TRUE; expected text"),
        ("P04-beds", "decimals", 1.5, "found 1.5; expected a valid integer"),
        ("P04-beds", "weight", -1, "found -1; expected greater than or equal to 0"),
        ("P04-beds", "valid.1", None, "found nothing; expected item 2"),
        ("P04-beds", "responsible", "health；helth", "found 'helth'; expected a known department on 'P04-beds'"),
        ("P04-beds", "population_base", None, "found nothing; expected population_base resident on 'P04-beds'"),
        ("P09-sewage-plant", "target.by_region", "330100:85", "found '330100:85'; expected code=number"),
        ("P09-sewage-plant", "target.by_region", "a=1；a=2", "found a code twice; expected code=number"),
        ("P04", "goalposts.best", 4, "found 4; expected nothing: 'P04' is a group"),
        ("P04-beds", "code", None, "found nothing; expected the code of the node"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_cell_is_told_by_its_address(shipped, code, key, value, expected):
    address = shipped.set(code, key, value)
    message = shipped.refused()
    assert [line for line in message.splitlines() if address in line and expected in line] != []


def test_faults_of_every_sheet_are_in_one_message(shipped):
    shipped.set("health", "source.zh", None, sheet="部门")
    shipped.set("P04-beds", "layer", "out")
    shipped.book["说明"]["C2"].value = None
    shipped.book["计划"]["D3"].value = None
    parts = ("部门!F", "指标树!I", "说明!C2", "计划!D3 (条款): found nothing")
    assert [part for part in parts if part not in shipped.refused()] == []


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "expected"),
    [
        ("说明", "C11", "F-x", "found 'F-x'; expected an input in headline_input"),
        ("说明", "B8", "headline", "found the key 'headline'; expected one of code, version"),
        ("计划", "A3", "goal", "found 'goal'; expected one of goals, targets"),
        ("计划", "G3", "P4", "found 'P4'; expected a known indicator for"),
        ("部门", "F4", "别处", "found another source; expected that of the first row of 'labour', or nothing"),
        ("部门", "A3", None, "found nothing; expected the code of the department"),
        ("指标树", "B2", "parents", "found the column 'parents'; expected one column for one of code, parent"),
        ("指标树", "C2", None, "found the column '层级' without a key; expected one column"),
    ],
)
def test_other_sheets_and_headings_are_held_to_the_same(shipped, sheet, cell, value, expected):
    shipped.book[sheet][cell].value = value
    message = shipped.refused()
    assert [line for line in message.splitlines() if f"{sheet}!{cell}" in line and expected in line] != []


def test_a_missing_sheet_is_told_with_what_is_there(shipped):
    shipped.book["部门"].title = "部门表"
    assert "found no sheet '部门'; expected one of 说明, 指标树, 部门表, 计划" in shipped.refused()


def test_weights_that_are_all_zero_are_refused_at_the_group(shipped, declared_system):
    for code in (child.code for child in declared_system.node("P04").children if child.weight):
        shipped.set(code, "unscored", "context")
        shipped.set(code, "weight", None)
    address = shipped.set("P04", "code", "P04")
    assert f"{address} (代码): found the entry 'P04'; expected a child of 'P04' with a weight" in shipped.refused()


def test_a_scored_group_without_children_is_refused(shipped):
    row = shipped.append("E", "A2", "project", "空", "Empty")
    assert f"指标树!A{row} (代码): found the entry 'E'; expected a child of 'E' with a weight" in shipped.refused()


def test_an_indicators_own_faults_are_told_beside_those_of_the_tree(shipped):
    shipped.append("z", None, "area")
    address = shipped.set("P04-beds", "layer", "outputt")
    assert "found a second root, 'z'" in (message := shipped.refused())
    assert f"{address} (类别): found 'outputt'" in message

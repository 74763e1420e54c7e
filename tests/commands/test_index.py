import shutil

import openpyxl
import pandas as pd
import pytest

from evalkit import Dataset, IndexSystem
from evalkit.cli import main
from evalkit.index.system_workbook import read_system_workbook
from evalkit.loading import load_study, load_system
from tests.conftest import STUDY
from tests.index.books import Edited
from tests.mutations.project import Small

VARIANT = """code: zhejiang-public
version: "1.1"
name: {zh: 公共统计服务指数, en: Public-statistics service index}
extends: zhejiang-public
weights: {P04-beds: 3}
"""


@pytest.fixture(scope="module")
def books(standing, tmp_path_factory):
    """The system of the copied project in a workbook by itself, and in one with the dataset."""
    folder = tmp_path_factory.mktemp("books")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("EVALKIT_ROOT", str(standing.root))
        assert main(["export-index", STUDY, str(folder / "book.xlsx")]) == 0
        assert main(["export-index", STUDY, str(folder / "both.xlsx"), "--data", STUDY]) == 0
    return folder


@pytest.fixture
def here(project, books, monkeypatch):
    """The copied project as the one that commands are about, with the workbooks in it."""
    monkeypatch.setenv("EVALKIT_ROOT", str(project.root))
    shutil.copytree(books, project.root, dirs_exist_ok=True)
    return project.root


def test_a_system_does_not_differ_from_itself(here, capsys):
    assert main(["diff-index", STUDY, STUDY]) == 0
    assert capsys.readouterr().out.endswith("zhejiang-public 1.0 → zhejiang-public 1.0: 0 difference(s)\n")


def test_differences_are_printed_by_node(here, capsys):
    (here / "params/index/variant.yaml").write_text(VARIANT, encoding="utf-8")
    assert main(["diff-index", STUDY, str(here / "params/index/variant.yaml")]) == 0
    out = capsys.readouterr().out
    assert "zhejiang-public 1.0 → zhejiang-public 1.1: 4 difference(s)" in out
    assert "    changed  weight: 1 → 3\n    changed  effective weight: 5.56% → 8.33%" in out


def test_an_unknown_system_is_told_with_the_near_one(here, capsys):
    assert main(["diff-index", STUDY, "zhejiang-pubic"]) == 2
    assert "did you mean 'zhejiang-public'?" in capsys.readouterr().err


def test_a_workbook_is_a_system_as_good_as_its_yaml(here):
    assert load_system(here / "book.xlsx") == load_system(STUDY, root=here)


def test_what_a_variant_comes_to_is_written_out_whole(here):
    (here / "params/index/variant.yaml").write_text(VARIANT, encoding="utf-8")
    assert main(["export-index", "variant", str(here / "whole.yaml")]) == 0
    assert "extends" not in (here / "whole.yaml").read_text(encoding="utf-8")
    assert IndexSystem.load(here / "whole.yaml") == load_system("variant")


def take(here, name="taken"):
    """How the dataset in the workbook is taken over."""
    return ["import-data", str(here / "both.xlsx"), "--to", str(here / name)]


def test_a_dataset_that_went_into_a_workbook_is_taken_back_as_it_was(here, study, capsys):
    assert main(take(here)) == 0
    assert capsys.readouterr().out.endswith(f"{here / 'taken'}\n")
    dataset = Dataset.load(here / "taken", study.all_regions.table)
    assert dataset.metadata == study.dataset.metadata
    pd.testing.assert_frame_equal(dataset.table, study.dataset.table)


@pytest.fixture
def small(tmp_path, monkeypatch):
    """The root of a small project, with its system and its dataset in one workbook."""
    root = Small.make(tmp_path / "small").root
    monkeypatch.setenv("EVALKIT_ROOT", str(root))
    assert main(["export-index", "small", str(root / "both.xlsx"), "--data", "small"]) == 0
    return root


def test_a_dataset_with_faults_is_not_taken_and_every_cell_is_told(small, capsys):
    book = openpyxl.load_workbook(small / "both.xlsx")
    book["数据"]["D3"].value, book["数据"]["B5"].value = "约八十", "0199"
    book.save(small / "both.xlsx")
    before = sorted(small.rglob("*"))
    assert main(take(small)) == 2
    told = capsys.readouterr().err
    assert "数据!D3 (数值): found '约八十'; expected a number" in told
    assert "数据!B5 (地区代码): found '0199'; expected one of" in told
    assert sorted(small.rglob("*")) == before


def test_a_dataset_that_is_there_is_only_replaced_by_force(small, capsys):
    known = load_study("small", root=small)
    assert main(take(small, "tables")) == 2
    assert "expected another name, or --force to replace it" in capsys.readouterr().err
    book = openpyxl.load_workbook(small / "both.xlsx")
    page = book["数据"]
    page["D3"].value = page["D3"].value + 1
    book.save(small / "both.xlsx")
    assert main([*take(small, "tables"), "--force"]) == 0
    changed = Dataset.load(small / "tables", known.all_regions.table).table.value - known.dataset.table.value
    assert changed[changed != 0].dropna().tolist() == pytest.approx([1])


def test_the_regions_of_a_dataset_have_to_be_known(here, capsys):
    assert main([*take(here), "--regions", "zhejang"]) == 2
    assert "found 'zhejang'; expected one of zhejiang (did you mean 'zhejiang'?)" in capsys.readouterr().err


def test_a_proposal_is_taken_and_compared_with_its_namesake(here, capsys):
    book = Edited.open(here / "book.xlsx")
    book.set("P04-beds", "weight", 3)
    book.read()
    assert main(["import-index", str(here / "book.xlsx"), "--to", str(here / "params/index/new.yaml")]) == 0
    assert "P04-beds  每千常住人口医院、卫生院床位数\n    changed  weight: 1 → 3" in capsys.readouterr().out
    assert load_system("new") == read_system_workbook(here / "book.xlsx")


def test_a_file_that_is_there_is_only_replaced_by_force(here, capsys):
    target = here / "params/index/zhejiang-public.yaml"
    arguments, old = ["import-index", str(here / "book.xlsx"), "--to", str(target)], target.read_bytes()
    assert main(arguments) == 2
    assert "expected another name, or --force to replace it" in capsys.readouterr().err
    assert target.read_bytes() == old
    assert main([*arguments, "--force"]) == 0
    assert capsys.readouterr().out.endswith("0 difference(s)\n")


def test_a_faulty_proposal_writes_nothing(here, capsys):
    book = Edited.open(here / "book.xlsx")
    address = book.set("P04-beds", "layer", "outputt")
    assert "outputt" in book.refused()
    assert main(["import-index", str(here / "book.xlsx"), "--to", str(here / "params/index/new.yaml")]) == 2
    assert f"{address} (类别): found 'outputt'; expected one of input, output" in capsys.readouterr().err
    assert not (here / "params/index/new.yaml").exists()


def test_a_namesake_that_cannot_be_read_does_not_stop_a_good_proposal(here, capsys):
    (here / "params/index/zhejiang-public.yaml").write_text("code: zhejiang-public\n", encoding="utf-8")
    assert main(["import-index", str(here / "book.xlsx"), "--to", str(here / "params/index/new.yaml")]) == 0
    assert "evalkit: not compared: zhejiang-public.yaml is not valid" in capsys.readouterr().err

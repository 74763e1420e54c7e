"""A project of one's own: from the starter or from another study, whole or not at all, and running as it is."""

import importlib
import json
import os
from dataclasses import replace

import pandas as pd
import pytest
from lxml import html

from evalkit import cli, load_study
from evalkit.base import params
from evalkit.base.errors import ParamsError
from evalkit.new_project import STARTER, new_project
from evalkit.runs import runner
from evalkit.runs.kinds import KINDS
from evalkit.runs.parameters import declared_parameters
from evalkit.runs.request import prepare
from tests.conftest import ROOT
from tests.mutations.project import STUDY, Small
from tests.register import on_record
from tests.runs.in_process import here

WHOLE = "EVALKIT_STUDIES" in os.environ  # `make torture`
BLOCK = "register:\n  store: registers/small.sqlite\n  variables: tables\n  publication: book"


def first_of_each_kind(study):
    return {kind.name: kind.codes(study)[:1] if kind.each else () for kind in KINDS.values() if kind.codes(study)}


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "tools")
    return importlib.import_module("starter")


def test_the_seed_gives_the_starter_the_same_bytes_again(tool, tmp_path):
    tool.write(tmp_path)
    folder = STARTER / "data" / "statistics"
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        file.name: file.read_bytes() for file in folder.glob("*.csv")
    }


def test_the_starters_cities_add_up_from_their_counties(tool):
    table = (
        pd.concat(tool.tables().values()).query("variable == 'care_beds' and year == 2020").set_index("region").value
    )
    assert table["990100"] == table[["990101", "990102", "990103"]].sum()


@pytest.mark.slow
def test_the_starter_runs_as_it_is_and_every_page_says_that_it_is_made_up(tmp_path):
    study = new_project(tmp_path / "xinan")
    study.check()
    requested = prepare(study, only=None if WHOLE else first_of_each_kind(study))
    assert {wanted.kind for wanted in requested.reports} == {kind for kind in KINDS.values() if kind.codes(study)}
    with here(study.root):
        assert [outcome.error for outcome in runner.run(requested)] == [None] * len(requested.reports)
    pages = list(requested.folder.rglob("*.html"))
    assert sum(page.stem in ("index", "report") for page in pages) == len(requested.reports) + 1
    assert all("示例数据" in html.parse(str(page)).getroot().text_content() for page in pages)


def defaults(notebook):
    return {name: declared.default for name, declared in declared_parameters(notebook).items()}


def test_notebooks_that_are_opened_by_hand_report_on_the_new_study(tmp_path):
    study = new_project(tmp_path / "ours")
    for kind in KINDS.values():
        declared = defaults(study.root / kind.path)
        assert (declared["study"], declared["year"], declared["language"]) == ("ours", 2020, "zh"), kind.name
        if kind.each and kind.each.codes(study):
            assert declared[kind.each.name] == kind.each.codes(study)[0]
    assert defaults(study.root / "notebooks" / "explore.ipynb") == {
        "study": "ours",
        "city": "",
        "year": None,
        "language": "zh",
        "weights": {},
    }


def test_targets_start_from_their_baseline_however_long_before_the_round(tmp_path):
    study = new_project(tmp_path / "own")
    later = replace(study, round=study.round.model_copy(update={"years": (2018, 2020)}))
    whole, part = (each.assessed.assessment.results.xs(2020, level="year") for each in (study, later))
    assert part.score.notna().all()
    assert (part.grade == whole.grade).all()


def test_a_study_is_copied_with_all_that_it_names_under_a_new_name(tmp_path):
    small = Small.make(tmp_path / "small")
    made = new_project(tmp_path / "2020", study=load_study("small", root=small.root))
    assert (made.round.code, made.round.dataset) == ("2020", "tables")
    assert made.dataset.table.equals(load_study("small", root=small.root).dataset.table)
    assert (made.root / "notebooks" / "city_report.ipynb").is_file()
    head, *_ = (made.root / "tables" / "metadata.yaml").read_text("utf-8").splitlines()
    assert head == "# yaml-language-server: $schema=../params/schema/metadata.json"


@pytest.mark.parametrize("declared", [on_record.DECLARED, BLOCK, f"{BLOCK}  # kept here\n"])
def test_figures_on_record_come_along_as_a_dataset(tmp_path, declared):
    small = on_record.small(tmp_path / "small")
    small.edit("params/studies/small.yaml", on_record.DECLARED, f"# ours\n{declared}")
    on_record.corrected(small, 0.1 + 0.2)
    study = on_record.load(small)
    made = new_project(tmp_path / "own", study=study)
    assert (made.round.register, made.round.dataset) == (None, "tables")
    assert made.dataset.values.equals(study.dataset.values)
    assert "# ours" in (made.root / "params/studies/own.yaml").read_text("utf-8")
    assert not list(made.root.rglob("*.sqlite"))


@pytest.mark.parametrize(
    "written",
    [
        lambda text, _: f"\ufeff{text}",
        lambda text, _: text.replace("code:", '"code":', 1).replace("dataset:", "'dataset' :"),
        lambda _, data: json.dumps(data),
        lambda _, data: json.dumps(data, indent=0),
    ],
    ids=["mark", "quotes", "flow", "flow-by-line"],
)
def test_a_study_that_is_copied_may_be_written_in_any_way(tmp_path, written):
    small = Small.make(tmp_path / "small")
    file = small.root / "params/studies/small.yaml"
    file.write_text(written(STUDY, params.parse(file)[0]), encoding="utf-8")
    made = new_project(tmp_path / "own", study=load_study("small", root=small.root)).round
    assert made == load_study("small", root=small.root).round.model_copy(update={"code": "own"})


def test_a_shipped_dataset_comes_along(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["init", "own", "--from", "zhejiang-public"]) == 0
    assert (tmp_path / "own/data/zhejiang/metadata.yaml").is_file()
    text = (tmp_path / "own/params/studies/own.yaml").read_text("utf-8")
    assert "# The default study" in text
    assert load_study("own", root=tmp_path / "own").round.dataset == "data/zhejiang"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("a b", "a code: letters"),
        ("x.yaml", "that of a folder, without .yaml"),
        ("X.XLSX", "that of a folder, without .XLSX"),
        ("nowhere/own", "a folder that is there"),
        ("taken", "another name"),
        ("taken/file", "another name"),
        ("empty", "another name"),
        ("leads-nowhere", "another name"),
    ],
)
def test_nothing_is_made_where_something_is_in_the_way(tmp_path, name, told):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "file").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "leads-nowhere").symlink_to(tmp_path / "nothing")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ParamsError, match=told):
        new_project(tmp_path / name)
    assert sorted(tmp_path.rglob("*")) == before


def test_every_file_of_a_new_project_names_a_schema_that_is_there(tmp_path):
    made = new_project(tmp_path / "own")
    for path in made.root.rglob("*.yaml"):
        head, *others = path.read_text("utf-8").splitlines()
        assert (path.parent / head.partition("# yaml-language-server: $schema=")[2]).is_file()
        assert not any("$schema" in line for line in others)


def test_the_only_study_of_a_project_is_meant_where_none_is_named(tmp_path, monkeypatch, capsys):
    new_project(tmp_path / "own")
    monkeypatch.delenv("EVALKIT_ROOT", raising=False)
    monkeypatch.chdir(tmp_path / "own")
    assert cli.main(["check", "--quick"]) == 0
    where, counts, *_ = capsys.readouterr().out.splitlines()
    assert where == f"checking the study own of {tmp_path / 'own'}"
    assert counts.startswith("own: 11 indicator(s) shown, 8 scored")

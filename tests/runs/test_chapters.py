import ast
import json
import shutil
from dataclasses import replace

import pytest

from evalkit import load_study
from evalkit.base.errors import ParamsError
from evalkit.runs import runner
from evalkit.runs.chapters import chapter_names, chapter_of_each, check_chapters, shared, shown, without
from evalkit.runs.kinds import KINDS, present
from evalkit.runs.request import check_study, prepare
from tests.conftest import ROOT
from tests.mutations.project import Small
from tests.runs.in_process import here

SHIPPED = {kind.notebook: kind for kind in present(ROOT)}
each_shipped = pytest.mark.parametrize("kind", SHIPPED.values(), ids=SHIPPED)


def cells_of(kind):
    return json.loads((ROOT / kind.path).read_text("utf-8"))["cells"]


def heading(text, *tags):
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": [text]}


CODE = {"cell_type": "code", "metadata": {}, "source": "x"}
CELLS = [
    heading("# 甲"), CODE, heading("## 乙", "chapter:b", "table:t"), CODE, heading("### 丙"), CODE,
    heading("## 丁"), CODE, heading("## 戊", "chapter:e"),
]  # fmt: skip


def leaving_out(study, **chapters):
    return replace(study, round=study.round.model_copy(update={"leave_out": chapters}))


def test_a_chapter_is_a_tagged_heading_with_what_stands_below_it_up_to_the_next():
    assert list(chapter_of_each(CELLS)) == [None, None, "b", "b", "b", "b", None, None, "e"]
    assert without(CELLS, ["b"]) == [*CELLS[:2], *CELLS[6:]]
    assert without(CELLS, []) == CELLS


@each_shipped
def test_every_heading_of_a_shipped_notebook_begins_a_chapter_of_another_name(kind):
    headings = [c for c in cells_of(kind) if "".join(c["source"]).startswith("## ")]
    names = chapter_names(cells_of(kind))
    assert len(names) == len(headings)


@each_shipped
def test_no_chapter_needs_a_name_that_another_defines(kind):
    placed = zip(chapter_of_each(cells_of(kind)), cells_of(kind), strict=True)
    code = [(chapter, ast.parse("".join(c["source"]))) for chapter, c in placed if c["cell_type"] == "code"]
    names = [(chapter, n) for chapter, tree in code for n in ast.walk(tree) if isinstance(n, ast.Name)]
    defined = {name.id: chapter for chapter, name in names if isinstance(name.ctx, ast.Store)}
    assert [n.id for chapter, n in names if defined.get(n.id) not in (None, chapter)] == []


@each_shipped
def test_every_table_belongs_to_a_chapter_or_stands_before_them(kind, demo):
    names = chapter_names(cells_of(kind))
    left = shown(leaving_out(demo, **{kind.notebook: tuple(names)}), kind)
    assert left == {}


def test_tables_of_a_chapter_are_left_out_but_not_those_that_another_shows(study):
    cities = KINDS["cities"]
    left = shown(leaving_out(study, city_report=("position", "basis")), cities)
    assert cities.tables.keys() - left.keys() == {
        "headline",
        "alternatives",
        "rank_chances",
        "path",
        "targets",
        "goalposts",
    }
    assert set(shared(leaving_out(study, city_report=("position",)), cities)) == {
        "composition",
        "plan_targets",
        "sources",
    }
    assert shown(study, cities) == cities.tables


def test_what_only_the_annex_has_goes_with_its_chapter(demo):
    kind = KINDS["departments"]
    left = shown(leaving_out(demo, department_report=("facilities",)), kind)
    assert kind.tables.keys() - left.keys() == {"department_facilities", "department_every_facility"}


def test_unknown_notebooks_and_chapters_are_told_at_once_with_near_ones(study):
    wrong = leaving_out(study, province=("ranking",), province_report=("rankng", "grades", "map"))
    with pytest.raises(ParamsError) as told:
        check_chapters(wrong)
    assert [(problem.where, problem.found) for problem in told.value.problems] == [
        ("leave_out", "'province'"),
        ("leave_out.province_report", "'rankng'"),
        ("leave_out.province_report", "'map'"),
    ]
    assert "did you mean 'province_report'" in told.value.problems[0].expected
    assert "did you mean 'ranking'" in told.value.problems[1].expected


def test_the_check_tells_of_chapters_and_words_beside_all_else(small):
    more = "leave_out: {city_report: [rank]}\nwords: own\ncomposition: {jump: 1}\nseed: 7\n"
    small.edit("params/studies/small.yaml", "seed: 7\n", more)
    (small.root / "params/words").mkdir()
    small.write("params/words/own.yaml", "code: own\nwords: {scores: {zh: 分}}\n")
    with pytest.raises(ParamsError, match="3 things are wrong") as told:
        check_study(load_study("small", root=small.root))
    assert "leave_out.city_report: found 'rank'; expected one of summary" in str(told.value)
    assert "scores: found no label or sentence; expected one of" in str(told.value)


@pytest.fixture
def small(tmp_path):
    made = Small.make(tmp_path / "small")
    shutil.copytree(ROOT / "notebooks", made.root / "notebooks")
    return made


@pytest.mark.slow
def test_a_run_leaves_chapters_and_their_tables_out(small):
    left_out = "leave_out: {index_system: [coverage, coherence, departments, targets], city_report: [position]}\n"
    small.edit("params/studies/small.yaml", "seed: 7\n", f"{left_out}seed: 7\n")
    requested = prepare(load_study("small", root=small.root), only={"index_system": [], "cities": ["0100"]})
    with here(small.root):
        runner.run(requested)
    page = (requested.folder / "index_system" / "report.html").read_text("utf-8")
    assert "评价什么" in page
    assert "数据覆盖" not in page
    assert "coverage" not in (requested.folder / "index_system" / "report.ipynb").read_text("utf-8")
    files = {path.stem for path in (requested.folder / "tables").glob("*.csv")}
    assert files >= {"composition", "index_influence", "contributions"}
    assert files.isdisjoint({"index_coverage", "index_statistics", "headline", "ranking", "path", "rank_chances"})

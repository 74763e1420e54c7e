"""The page of a run that says where everybody stands, and what its reports say of the edition before."""

import shutil

import pytest

from evalkit.base.errors import DataError
from evalkit.runs import runner
from evalkit.runs.request import prepare
from evalkit.runs.status import PAGE, has_status
from tests.conftest import ROOT
from tests.register import on_record
from tests.runs.in_process import here


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A run of a study with a register, in which a figure changed since the edition before."""
    project = on_record.small(tmp_path_factory.mktemp("status"))
    project.edit("params/studies/small.yaml", "seed: 7", "seed: 7\nsign_off: {previous: 2013-05-19}")
    on_record.corrected(project, 25.0)
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    with here(project.root):
        request = prepare(on_record.load(project), only={"cities": ["0100"], "province": []})
        assert [outcome.error for outcome in runner.run(request)] == [None, None]
    return request.folder


def read(folder, file):
    return (folder / file).read_text("utf-8-sig")


def test_the_page_says_where_everybody_stands_and_the_index_leads_there(made):
    page = read(made, PAGE)
    assert "报送进度" in page
    assert "应报单位 4 个，尚未报送 4 个" in page
    assert f'<a href="{PAGE}">报送进度</a>' in read(made, "index.html")
    table = read(made, "tables/data/status.csv").splitlines()
    assert (len(table), table[1].split(",")[:4]) == (5, ["甲市", "0100", "市", "尚未报送"])


def test_the_reports_say_what_changed_since_the_edition_before(made):
    assert "与 2013 年 5 月 19 日的上一版相比：数据变动 1 项，涉及 1 个地区" in read(made, "province/report.html")
    assert "本市及所辖县（市、区）数据变动 1 项" in read(made, "cities/0100/annex.html")
    (row,) = read(made, "tables/changed_figures.csv").splitlines()[1:]
    assert row.startswith("甲市,医师,—,2012,22,25,2013-05-20,报送单位重新报送（0100-2）")
    assert read(made, "tables/city_changed_figures.csv").splitlines()[1].startswith("0100,甲市,甲市,医师")


def test_an_edition_before_of_which_nothing_is_on_record_is_told_before_anything_runs(tmp_path):
    project = on_record.small(tmp_path / "p")
    project.edit("params/studies/small.yaml", "seed: 7", "seed: 7\nsign_off: {previous: 2013-03-01}")
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    with pytest.raises(DataError, match="nothing up to 2013-03-01"):
        prepare(on_record.load(project))


def test_a_study_of_a_dataset_has_none(study):
    assert not has_status(prepare(study))

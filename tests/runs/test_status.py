"""The page of a run that says where everybody stands."""

import shutil

from evalkit.runs import runner
from evalkit.runs.request import prepare
from evalkit.runs.status import PAGE, has_status
from tests.conftest import ROOT
from tests.register import on_record
from tests.runs.in_process import here


def test_a_run_of_a_study_with_a_register_has_the_page_and_its_tables_and_the_index_leads_there(tmp_path):
    project = on_record.small(tmp_path / "p")
    shutil.copytree(ROOT / "notebooks", project.root / "notebooks")
    with here(project.root):
        request = prepare(on_record.load(project), only={"cities": ["0100"]})
        runner.run(request)
        page = (request.folder / PAGE).read_text("utf-8")
        assert "报送进度" in page
        assert "应报单位 4 个，尚未报送 4 个" in page
        assert f'<a href="{PAGE}">报送进度</a>' in (request.folder / "index.html").read_text("utf-8")
        table = (request.folder / "tables/data/status.csv").read_text("utf-8-sig").splitlines()
        assert (len(table), table[1].split(",")[:4]) == (5, ["甲市", "0100", "市", "尚未报送"])


def test_a_study_of_a_dataset_has_none(study):
    assert not has_status(prepare(study))

from dataclasses import replace
from io import StringIO

import nbformat
import openpyxl
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from evalkit.loading import held
from evalkit.runs import archive
from evalkit.runs.engine import NotebookFailure
from evalkit.runs.kinds import KINDS
from evalkit.runs.report import make_report, make_site
from evalkit.tabular.xlsx.printed import FIRST
from tests.conftest import STUDY, elsewhere
from tests.reporting.public import OF_THE_PUBLIC_SYSTEM
from tests.reporting.site.test_pages import round_context
from tests.runs.in_process import here

HEADLINE = "公共统计服务指数（涵盖 10 项工程中的 2 项）"
PARAMETERS = {"study": STUDY, "city": "330800", "year": 2012, "language": "zh"}
DECLARED = 'study = ""\ncity = "330100"\nyear = 2008\nlanguage = "zh"'


@pytest.fixture
def made(notebook, study, tmp_path, backend):
    """Makes a report, of a notebook of these cells, of the study as it was loaded; gives its folder."""
    for name in ("notebooks", "params/studies"):
        (tmp_path / name).mkdir(parents=True)

    def make(*sources, kind="cities", name="衢州市", **changes):
        template = notebook(*sources, parameters=DECLARED, name="notebooks/city_report.ipynb")
        folder = tmp_path / "330800"
        folder.mkdir()
        with here(tmp_path), held(elsewhere(replace(study), tmp_path)):
            make_report(tmp_path, kind, name, PARAMETERS | changes, template, folder)
        return folder

    return make


def test_a_report_is_a_notebook_and_a_page(made):
    folder = made('print(city, year, "甲")')
    assert sorted(path.name for path in folder.iterdir()) == [
        "annex.xlsx",
        "report.html",
        "report.ipynb",
        "tables.zip",
    ]
    page = BeautifulSoup((folder / "report.html").read_text("utf-8"), "html.parser")
    assert page.h1.get_text() == "衢州市 2012 年基本公共服务评价报告"
    assert page.find(class_="edition").get_text() == f"{HEADLINE} · 公开统计版 1.0 · 初评"
    assert "330800 2012 甲" in page.main.get_text()


def test_a_report_of_the_round_brings_its_tables_under_its_title(made):
    folder = made("1", kind="index_system", name="指标体系")
    tables = archive.unpacked(folder / archive.NAME)
    assert tables.keys() == {f"{where}{name}.csv" for where in ("", "data/") for name in OF_THE_PUBLIC_SYSTEM}
    book = openpyxl.load_workbook(folder / "annex.xlsx")
    assert book["指标构成"].oddHeader.left.text.endswith(f"指标体系  {HEADLINE} · 公开统计版 1.0 · 初评")
    rows = pd.read_csv(StringIO(tables["composition.csv"]))
    assert list(rows["指标"]) == [cell.value for cell in book["指标构成"]["B"][FIRST : FIRST + len(rows)]]
    assert BeautifulSoup((folder / "report.html").read_text("utf-8"), "html.parser").h1.get_text() == "指标体系"


def test_what_the_notebook_has_made_of_a_table_is_what_the_files_get(made):
    source = (
        "import evalkit as ek\nfrom evalkit.reporting import chapters\n"
        "from evalkit.reporting.city import CityReport\nround_ = ek.load_study(study)\n"
        "report = CityReport(round_, round_.evaluate(), city, year, language)\n"
        "chapters.summary.tables.headline(report)\n"
        "from evalkit.reporting.made import made\n[(key, table)] = made(round_).items()\n"
        "made(round_)[key] = table.with_column(report.column('note'), '甲')"
    )
    folder = made(source)
    table = archive.unpacked(folder / archive.NAME)["data/headline.csv"]
    assert pd.read_csv(StringIO(table)).loc[0, "note"] == "甲"


def test_a_table_that_fails_fails_the_report(made, tmp_path, monkeypatch):
    monkeypatch.setitem(KINDS["cities"].tables, "headline", float)
    with pytest.raises(TypeError, match=r"float\(\) argument must be"):
        made("1")
    assert not (tmp_path / "330800" / "annex.xlsx").exists()


def test_a_page_is_in_the_language_of_the_report(made):
    folder = made("1", kind="index_system", language="en")
    assert '<html lang="en">' in (folder / "report.html").read_text("utf-8")


def test_a_notebook_that_fails_leaves_what_there_is_of_it_and_no_page(made, tmp_path):
    with pytest.raises(NotebookFailure, match=r"cell \[4\] '1 / 0  # 甲': ZeroDivisionError: division by zero"):
        made("1", "1 / 0  # 甲", "2")
    folder = tmp_path / "330800"
    assert [path.name for path in folder.iterdir()] == ["report.failed.ipynb"]
    cells = nbformat.read(folder / "report.failed.ipynb", as_version=4).cells
    assert [cell.execution_count for cell in cells[-3:]] == [3, 4, None]


def test_a_notebook_finds_the_project_in_which_it_stands(made, tmp_path):
    folder = made("from evalkit.base.project import project_root\nprint(project_root())", kind="index_system")
    assert nbformat.read(folder / "report.ipynb", as_version=4).cells[-1].outputs[0].text.strip() == str(tmp_path)


def test_a_site_is_an_index_and_what_stands_in_its_folder(tmp_path):
    make_site(round_context(edition=HEADLINE), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"index.html", "site"}
    assert BeautifulSoup((tmp_path / "index.html").read_text("utf-8"), "html.parser").footer.get_text() == HEADLINE
    assert (tmp_path / "site" / "data" / "common.js").is_file()

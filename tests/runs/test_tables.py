import openpyxl
import pandas as pd
import pytest

from evalkit.reporting import RoundReport
from evalkit.reporting.tables import OF_THE_ROUND
from evalkit.runs.kinds import KINDS
from evalkit.runs.tables import join, tables_of, write_files, write_round
from tests.reporting.public import OF_A_PUBLIC_CITY, OF_THE_PUBLIC_SYSTEM

QUZHOU, HANGZHOU = "330800", "330100"
SHOWN = list(OF_A_PUBLIC_CITY)
CITIES, DEPARTMENTS, INDEX_SYSTEM = (KINDS[name] for name in ("cities", "departments", "index_system"))


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def report(study):
    return CITIES.make(study, QUZHOU, year=2012, language="zh")


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    """What the tables of one city leave beside its report."""
    folder = tmp_path_factory.mktemp("city")
    write_files(report, CITIES, folder, name="衢州市")
    return folder


def test_there_is_one_file_a_table(folder):
    assert {path.stem for path in (folder / "tables").iterdir()} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_has_the_rows_of_its_table_with_code_and_name_first(folder, report, name):
    rows, made = read(folder / "tables" / f"{name}.csv"), tables_of(report, CITIES)[name]
    assert list(rows)[:2] == ["代码", "城市"]
    assert {tuple(row) for row in rows.iloc[:, :2].to_numpy()} <= {(QUZHOU, "衢州市")}
    assert rows.iloc[:, 2:].to_numpy().tolist() == made.astype(str).to_numpy().tolist()


def test_the_headline_is_that_of_the_city(folder):
    row = read(folder / "tables" / "headline.csv").loc[0, ["代码", "城市", "得分", "比上年"]]
    assert row.tolist() == [QUZHOU, "衢州市", "79.24", "+5.98"]


def test_the_workbook_has_every_table_of_the_city_and_of_the_round(folder):
    book = openpyxl.load_workbook(folder / "annex.xlsx")
    assert len(book.sheetnames) == len(SHOWN) + len(OF_THE_ROUND)
    assert book["总体"]["A2"].value == 79.24
    assert len(list(book["指标评价"].rows)) == 34
    header = book["总体"].oddHeader.left.text
    assert "衢州市 2012  公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评" in header


def test_the_round_s_own_report_has_its_tables_as_files_and_in_a_workbook(study, result, tmp_path):
    report = RoundReport(study, result, 2012, "zh")
    write_files(report, INDEX_SYSTEM, tmp_path, name="甲")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert book.sheetnames == [report.word(f"sheet_{name}") for name in OF_THE_PUBLIC_SYSTEM]
    assert book["指标构成"].oddHeader.left.text.endswith("甲  " + report.edition_line)
    for name, table in OF_THE_PUBLIC_SYSTEM.items():
        found = read(tmp_path / "tables" / f"{name}.csv")
        assert found.to_numpy().tolist() == table(report).astype(str).to_numpy().tolist()


def test_a_table_that_two_reports_show_is_one_file(study, result, tmp_path):
    report = RoundReport(study, result, 2012, "zh")
    write_files(report, INDEX_SYSTEM, tmp_path / "own", name="甲")
    write_round(report, tmp_path / "round")
    places = ("own/tables/*", "round/*")
    own, shared = ({path.name: path.read_bytes() for path in tmp_path.glob(place)} for place in places)
    assert set(shared) == {f"{name}.csv" for name in OF_THE_ROUND}
    assert own.keys() & shared.keys() == {"composition.csv", "plan_targets.csv"}
    assert all(own[name] == shared[name] for name in own.keys() & shared.keys())


@pytest.mark.parametrize(("kind", "code"), [(CITIES, QUZHOU), (DEPARTMENTS, "culture")], ids=["city", "department"])
def test_made_up_data_are_marked_in_every_row_of_every_file(demo, tmp_path, kind, code):
    report = kind.make(demo, code, year=2012, language="zh")
    write_files(report, kind, tmp_path, name="甲")
    tables = [read(path) for path in (tmp_path / "tables").iterdir()]
    assert {mark for table in tables for mark in table["数据性质"]} == {"演示数据 / demonstration data"}
    for sheet in openpyxl.load_workbook(tmp_path / "annex.xlsx"):
        assert [cell.value for cell in sheet[1]][-1] == "数据性质"
        assert "演示数据 / demonstration data" in sheet.oddHeader.left.text


def test_departments_are_told_apart_from_what_their_tables_name(demo, tmp_path):
    write_files(DEPARTMENTS.make(demo, "culture", year=2012, language="zh"), DEPARTMENTS, tmp_path, name="省文化厅")
    found = read(tmp_path / "tables" / "department_targets.csv")
    assert list(found)[:3] == ["部门代码", "部门", "代码"]
    assert set(found["部门代码"]) == {"culture"}


@pytest.fixture
def joined(tmp_path):
    """Joins tables, given as text by code, in the order 1, 2, 3, with some rows of before kept."""

    def written(name, text):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
        return path

    def make(parts, *, before="", kept=()):
        files = {code: written(code, text) for code, text in parts.items()}
        old = written("before", before) if before else None
        join(files, old, kept, ["1", "2", "3"], tmp_path / "joined.csv")
        made = tmp_path / "joined.csv"
        return made.read_bytes().decode("utf-8-sig").replace("\r\n", "\n") if made.exists() else None

    return make


def test_tables_are_joined_in_the_order_of_the_round_and_cells_stay_as_they_are(joined):
    parts = {"3": 'code,x\n3,"a ""b"", c"\n', "1": "code,x\n1,1.50\n1,\n"}
    assert joined(parts) == 'code,x\n1,1.50\n1,\n3,"a ""b"", c"\n'


def test_rows_of_before_stay_where_their_report_does(joined):
    before = "code,x\n1,old\n2,old\n3,old\n"
    assert joined({"2": "code,x\n2,new\n"}, before=before, kept=["3"]) == "code,x\n2,new\n3,old\n"


def test_a_table_that_a_report_no_longer_has_leaves_no_rows(joined):
    assert joined({}, before="code,x\n1,old\n") is None


def test_columns_that_only_some_have_are_blank_in_the_others(joined):
    assert joined({"1": "code,x\n1,a\n"}, before="code,y\n2,b\n", kept=["2"]) == "code,x,y\n1,a,\n2,,b\n"

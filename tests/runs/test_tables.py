from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from evalkit.reporting.chapters import joined
from evalkit.reporting.report import RoundReport
from evalkit.runs import archive
from evalkit.runs.kinds import KINDS, reports
from evalkit.runs.tables import tables_of, write_files, write_shared
from evalkit.tabular.cells import Figures, Lamp
from evalkit.tabular.xlsx.printed import FIRST, HEADS
from tests.conftest import DEMO, STUDY, shipped
from tests.reporting.public import OF_A_PUBLIC_CITY, OF_THE_PUBLIC_SYSTEM

QUZHOU, HANGZHOU = "330800", "330100"
SHOWN = list(OF_A_PUBLIC_CITY)
CITIES, DEPARTMENTS, INDEX_SYSTEM = (KINDS[name] for name in ("cities", "departments", "index_system"))


def read(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def write(report, kind, folder, name):
    """Write the files of a report, and put what is in its archive into tables/."""
    folder.mkdir(exist_ok=True)
    write_files(report, kind, folder, name=name)
    with ZipFile(folder / archive.NAME) as tables:
        tables.extractall(folder / "tables")


@pytest.fixture(scope="module")
def report(study):
    return CITIES.make(study, QUZHOU, year=2012, language="zh")


@pytest.fixture(scope="module")
def folder(report, tmp_path_factory):
    """What the tables of one city leave beside its report."""
    folder = tmp_path_factory.mktemp("city")
    write(report, CITIES, folder, "衢州市")
    return folder


def test_there_is_one_file_a_table(folder):
    assert {path.stem for path in (folder / "tables").glob("*.csv")} == set(SHOWN)


@pytest.mark.parametrize("name", SHOWN)
def test_a_file_has_the_rows_of_its_table_with_code_and_name_first(folder, report, name):
    rows, made = read(folder / "tables" / f"{name}.csv"), tables_of(report, CITIES)[name]
    assert list(rows)[:2] == ["代码", "城市"]
    assert {tuple(row) for row in rows.iloc[:, :2].to_numpy()} <= {(QUZHOU, "衢州市")}
    assert rows.iloc[:, 2:].to_numpy().tolist() == made.printed.astype(str).to_numpy().tolist()
    assert list(read(folder / "tables" / "data" / f"{name}.csv")) == ["code", "city", *made.data]


def test_the_headline_is_that_of_the_city(folder):
    row = read(folder / "tables" / "headline.csv").loc[0, ["代码", "城市", "得分", "比上年"]]
    assert row.tolist() == [QUZHOU, "衢州市", "79.24", "+5.98"]


def test_the_workbook_has_every_table_of_the_city_and_of_the_round(folder, report):
    book = openpyxl.load_workbook(folder / "annex.xlsx")
    made = [*tables_of(report, CITIES).values(), *(table(report) for table in joined("OF_THE_ROUND").values())]
    assert book.sheetnames == ["目录", *(table.title for table in made if table is not None and len(table))]
    assert book["总体"]["A4"].value == 79.24
    assert book["指标评价"].auto_filter.ref.endswith(str(HEADS + 1 + len(report.system.indicators)))
    header = book["总体"].oddHeader.left.text
    assert "衢州市 2012  公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评" in header


def test_a_workbook_says_of_what_it_is_and_where_its_figures_are_from(folder):
    book = openpyxl.load_workbook(folder / "annex.xlsx")
    assert [cell.value for cell in book["目录"]["A"][:5]] == [
        "衢州市 2012 年基本公共服务评价报告",
        "公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评",
        "数据集：浙江省 11 个设区市 2007—2012 年公开统计数据，及 2010、2020 年人口普查分县数据",
        "数据年份：2008—2012",
        "语言：中文",
    ]
    source = book["总体"]["A"][-1].value
    assert source.startswith("本报告数据来源：仅见于汇编（出处为两种年鉴之一或未注明）、《中国城市统计年鉴》")
    assert source.endswith("。逐项出处见“数据来源”表。")


def test_the_round_s_own_report_has_its_tables_as_files_and_in_a_workbook(study, result, tmp_path):
    report = RoundReport(study, result, 2012, "zh")
    write(report, INDEX_SYSTEM, tmp_path, "甲")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    filled = [table(report).title for table in OF_THE_PUBLIC_SYSTEM.values() if len(table(report))]
    assert book.sheetnames == ["目录", *filled]
    assert book["指标构成"].oddHeader.left.text.endswith("甲  " + report.edition_line)
    for name, table in OF_THE_PUBLIC_SYSTEM.items():
        found = read(tmp_path / "tables" / f"{name}.csv")
        assert found.to_numpy().tolist() == table(report).printed.astype(str).to_numpy().tolist()


def test_a_table_that_two_reports_show_is_one_file(study, result, tmp_path):
    report = RoundReport(study, result, 2012, "zh")
    write(report, INDEX_SYSTEM, tmp_path / "own", "甲")
    write_shared(report, CITIES, tmp_path / "round")
    places = ("own/tables/*.csv", "round/*.csv")
    own, shared = ({path.name: path.read_bytes() for path in tmp_path.glob(place)} for place in places)
    assert set(shared) == {f"{name}.csv" for name in joined("OF_THE_ROUND")}
    assert own.keys() & shared.keys() == {"composition.csv", "plan_targets.csv"}
    assert all(own[name] == shared[name] for name in own.keys() & shared.keys())


@pytest.mark.parametrize(("kind", "code"), [(CITIES, QUZHOU), (DEPARTMENTS, "culture")], ids=["city", "department"])
def test_made_up_data_are_marked_in_every_row_of_every_file(demo, tmp_path, kind, code):
    report = kind.make(demo, code, year=2012, language="zh")
    write(report, kind, tmp_path, "甲")
    for where, column in (("tables", "数据性质"), ("tables/data", "data_mark")):
        tables = [read(path) for path in (tmp_path / where).glob("*.csv")]
        assert {mark for table in tables for mark in table[column]} == {"演示数据"}
    contents, *sheets = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert contents["A3"].value == "演示数据"
    for sheet in sheets:
        assert [cell.value for cell in sheet[HEADS + 1] if cell.value][-1] == "数据性质"
        assert "注：演示数据。" in [cell.value for cell in sheet["A"]]
        assert "演示数据" in sheet.oddHeader.left.text


def test_departments_are_told_apart_from_what_their_tables_name(demo, tmp_path):
    write(DEPARTMENTS.make(demo, "culture", year=2012, language="zh"), DEPARTMENTS, tmp_path, "省文化厅")
    found = read(tmp_path / "tables" / "department_targets.csv")
    assert list(found)[:3] == ["部门代码", "部门", "代码"]
    assert set(found["部门代码"]) == {"culture"}


def test_a_workbook_has_the_cells_of_every_table(folder, report):
    book = openpyxl.load_workbook(folder / "annex.xlsx")
    for name, made in tables_of(report, CITIES).items():
        if not len(made):
            assert made.title not in book.sheetnames
            continue
        sheet = book[made.title]
        found = [[cell.value for cell in row] for row in sheet.iter_rows(**place(made))]
        assert found == [[as_in_excel(cell) for cell in row] for row in made.rows], name


def place(table):
    """Where the cells of a table stand on its sheet."""
    return {"min_row": FIRST + 1, "max_row": FIRST + len(table), "max_col": len(table.columns)}


def as_in_excel(cell):
    is_change = isinstance(cell, Figures) and cell.lstrip("+-").replace(".", "", 1).isdigit()
    return float(cell) if isinstance(cell, Decimal) or is_change else None if cell == "" else cell


def test_beside_what_is_printed_stand_the_values(folder):
    row = pd.read_csv(folder / "tables/data/headline.csv", dtype={"code": str}).loc[0]
    assert (row.code, row["rank"], row.rank_range_low, row.rank_range_high) == (QUZHOU, 4, 3, 8)
    assert (round(row.score, 2), round(row.change, 2)) == (79.24, 5.98)


@pytest.mark.parametrize("name", [STUDY, DEMO])
def test_codes_of_columns_are_the_same_in_both_languages_and_no_two_alike(name):
    one_of_each = {report_id.kind.name: report_id for report_id in reports(shipped(name))}
    for kind, code in ((report_id.kind, report_id.code) for report_id in one_of_each.values()):
        of = {to: kind.make(shipped(name), code, year=2012, language=to) for to in ("zh", "en")}
        zh, en = ({key: made.codes for key, made in tables_of(report, kind).items()} for report in of.values())
        assert zh == en
        assert [key for key, codes in zh.items() if len(set(codes)) < len(codes)] == []


def test_every_state_is_a_lamp_whatever_is_said_after_it(demo):
    one_of_each = {report_id.kind.name: report_id for report_id in reports(demo)}
    for report_id in one_of_each.values():
        made = tables_of(report_id.kind.make(demo, report_id.code, year=2012, language="zh"), report_id.kind)
        cells = [(key, cell) for key, table in made.items() for row in table.rows for cell in row]
        lit = [(key, cell) for key, cell in cells if str(cell).startswith(("●", "◐", "▼"))]
        assert [key for key, cell in lit if not isinstance(cell, Lamp)] == []

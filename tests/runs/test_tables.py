import openpyxl
import pandas as pd
import pytest

from evalkit.reporting import RoundReport
from evalkit.reporting.tables import OF_INDEX_SYSTEM, OF_THE_ROUND
from evalkit.runs.kinds import KINDS, Wanted
from evalkit.runs.order import prepare
from evalkit.runs.tables import RoundTables, write_own
from tests.reporting.public import OF_A_PUBLIC_CITY

QUZHOU = Wanted(KINDS["cities"], "330800")
SHOWN = list(OF_A_PUBLIC_CITY)


@pytest.fixture(scope="module")
def collected(study):
    """The tables of an order of one city."""
    return RoundTables.collect(prepare(study, only={"cities": ["330800"]}))


@pytest.fixture(scope="module")
def written(collected, tmp_path_factory):
    """The tables as they are read from their files, by name."""
    folder = tmp_path_factory.mktemp("round") / "tables"
    collected.write_tables(folder)
    return {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in folder.iterdir()}


def test_tables_are_the_whole_round_s_whichever_city_is_ordered(collected, study):
    assert [wanted.code for wanted in collected.reports] == list(study.regions.index)
    assert list(collected.of_the_round) == list(OF_THE_ROUND)
    assert [list(tables) for tables in collected.of_each.values()] == [SHOWN] * 11


def test_there_is_one_file_a_table(written):
    assert set(written) == {*SHOWN, *OF_THE_ROUND}


def test_a_table_of_cities_has_all_of_them_with_code_and_name_first(written):
    headline = written["headline"]
    assert list(headline)[:2] == ["代码", "城市"]
    assert list(headline["代码"]) == [f"33{number:02}00" for number in range(1, 12)]
    assert headline.loc[7, ["代码", "城市", "得分", "比上年"]].tolist() == ["330800", "衢州市", "79.24", "+5.98"]


@pytest.mark.parametrize("name", SHOWN)
def test_every_city_has_its_rows(written, collected, name):
    rows = written[name][written[name]["代码"] == "330800"].iloc[:, 2:]
    assert rows.to_numpy().tolist() == collected.of_each[QUZHOU][name].astype(str).to_numpy().tolist()
    assert len(written[name]) == sum(len(tables[name]) for tables in collected.of_each.values())


@pytest.mark.parametrize("name", OF_THE_ROUND)
def test_tables_of_the_round_stand_as_they_are(written, collected, name):
    assert written[name].to_numpy().tolist() == collected.of_the_round[name].astype(str).to_numpy().tolist()


def test_the_workbook_has_every_table_of_the_city_and_of_the_round(collected, tmp_path):
    collected.write_workbook(QUZHOU, tmp_path / "annex.xlsx")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert len(book.sheetnames) == len(SHOWN) + len(OF_THE_ROUND)
    assert book["总体"]["A2"].value == 79.24
    assert len(list(book["指标评价"].rows)) == 34
    header = book["总体"].oddHeader.left.text
    assert "衢州市 2012  公共统计服务指数（涵盖 10 项工程中的 2 项） · 公开统计版 1.0 · 初评" in header


def test_the_round_s_own_report_has_its_tables_as_files_and_in_a_workbook(study, result, tmp_path):
    report = RoundReport(study, result, 2012, "zh")
    write_own(report, OF_INDEX_SYSTEM, tmp_path, header="甲")
    book = openpyxl.load_workbook(tmp_path / "annex.xlsx")
    assert book.sheetnames == [report.word(f"sheet_{name}") for name in OF_INDEX_SYSTEM]
    for name, table in OF_INDEX_SYSTEM.items():
        found = pd.read_csv(tmp_path / "tables" / f"{name}.csv", dtype=str, keep_default_na=False)
        assert found.to_numpy().tolist() == table(report).astype(str).to_numpy().tolist()


def test_a_table_that_two_reports_show_is_one_file(written, study, result, tmp_path):
    write_own(RoundReport(study, result, 2012, "zh"), OF_INDEX_SYSTEM, tmp_path, header="甲")
    own = {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in tmp_path.glob("tables/*")}
    assert {name for name in own if name in written} == {"composition", "plan_targets"}
    assert all(own[name].equals(written[name]) for name in ("composition", "plan_targets"))


@pytest.fixture(scope="module")
def assessed(demo):
    """The tables of the round that is assessed, all of them."""
    return RoundTables.collect(prepare(demo, only={"cities": ["330800"]}))


def test_cities_and_departments_have_files_of_their_own(assessed, tmp_path):
    assessed.write_tables(tmp_path)
    files = {path.stem: pd.read_csv(path, dtype=str, keep_default_na=False) for path in tmp_path.iterdir()}
    assert {"grade", "pathway", "work_plan", "department_targets", "ranking"} <= set(files)
    assert list(files["grade"])[:2] == ["代码", "城市"]
    assert list(files["department_targets"])[:3] == ["部门代码", "部门", "代码"]
    assert set(files["department_targets"]["部门代码"]) == set(KINDS["departments"].codes(assessed.order.study))


def test_made_up_data_are_marked_in_every_row_of_every_file(assessed, tmp_path):
    assessed.write_tables(tmp_path)
    tables = [pd.read_csv(path, dtype=str, keep_default_na=False) for path in tmp_path.iterdir()]
    assert {mark for table in tables for mark in table["数据性质"]} == {"演示数据 / demonstration data"}
    culture = Wanted(KINDS["departments"], "culture")
    for wanted in (QUZHOU, culture):
        assessed.write_workbook(wanted, tmp_path / "annex.xlsx")
        for sheet in openpyxl.load_workbook(tmp_path / "annex.xlsx"):
            assert [cell.value for cell in sheet[1]][-1] == "数据性质"
            assert "演示数据 / demonstration data" in sheet.oddHeader.left.text

from dataclasses import replace
from datetime import date, datetime
from itertools import count

import openpyxl
import pytest

from evalkit import ParamsError
from evalkit.assessment.findings.inspections import DISPUTING, Finding, Findings
from evalkit.assessment.supervision.findings_sheet import (
    COLUMNS,
    INFORMATION,
    STATE_LABELS,
    VERDICTS,
    findings_sheets,
    read_findings,
)
from evalkit.base.text import Text
from evalkit.data.contract import STATES as ALL_STATES
from evalkit.reporting.words import word
from evalkit.tabular.xlsx.writer import write_sheets
from tests.assessment.inspected import finding, record
from tests.conftest import ROOT

SHEET, NAMES = "核查记录", {"r1": "甲市", "r2": "乙市"}
SERIES = {"r1": [80, 81, 82, 83, 84, 85], "r2": [80, 81, 82, 83, 84, "missing"]}
THREE = (
    finding(seen=70.25),
    finding("F2", "r2", 2011, "c", "rectified", closes=("r2-c-2010", "r2-a-2010")),
    finding("F3", indicator=None, verdict="confirmed"),
)
GOOD = {"code": "N1", "region": "r1", "year": 2012, "indicator": "a", "verdict": "弄虚作假", "date": "2013-03-20"}
GOOD |= {"document.zh": "核查报告", "note.zh": "重复填报"}


class Book:
    """An open sheet of findings; rows are added by key, and the file is read as findings."""

    def __init__(self, path):
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.page = self.book[SHEET]
        self.columns = {cell.value: cell.column for cell in self.page[2]}

    def add(self, **values):
        """Fill in the first row that has no code, and give its number."""
        row = next(n for n in count(3) if self.page.cell(n, 1).value is None)
        return self.fill(row, values)

    def fill(self, row, values):
        for key, value in values.items():
            self.page.cell(row, self.columns[key]).value = value
        return row

    def read(self):
        self.book.save(self.path)
        return read_findings(self.path)

    def refused(self):
        with pytest.raises(ParamsError) as error:
            self.read()
        return str(error.value)


@pytest.fixture
def book(tmp_path):
    """Makes the sheet of some findings about three small indicators, and opens it."""

    def made(*findings, **more):
        sheets = findings_sheets(record(a=SERIES, b=SERIES, c=SERIES, findings=findings), names=NAMES, **more)
        write_sheets(sheets, tmp_path / "test.xlsx")
        return Book(tmp_path / "test.xlsx")

    return made


@pytest.fixture
def planned(demo, tmp_path):
    """The demonstration's sheet for the visits about 2012."""
    known = demo.consequences.record
    sheets = findings_sheets(known, demo.consequences.visit_plan(2012), names=demo.regions.name_zh)
    write_sheets(sheets, tmp_path / "zhejiang-plan-demo.xlsx")
    return Book(tmp_path / "zhejiang-plan-demo.xlsx")


def test_findings_come_back_from_excel_as_they_were(book):
    assert book(*THREE).read() == Findings.model_validate({"code": "test", "findings": THREE})


def test_the_shipped_findings_come_back_beside_what_is_not_inspected_yet(planned):
    assert planned.read() == Findings.load(ROOT / "params/findings/zhejiang-plan-demo.yaml")


def test_every_field_has_its_column():
    fields = {column.key.split(".")[0] for column in COLUMNS} - set(INFORMATION)
    assert fields == set(Finding.model_fields)
    assert set(STATE_LABELS) == set(ALL_STATES) - {"value"}


def test_verdicts_and_states_are_called_as_in_the_reports():
    assert {word(f"verdict_{code}", "zh"): code for code in VERDICTS.values()} == VERDICTS
    labels = {state: word(f"state_{state.replace(' ', '_')}", "zh").split()[-1] for state in STATE_LABELS}
    assert labels == STATE_LABELS


def test_every_item_of_every_checklist_has_a_row_and_a_code_of_its_own(planned, demo):
    plan = demo.consequences.visit_plan(2012)
    items = [(visit.region, code) for visit in plan.visits for code in plan.checklist(visit).items.index]
    rows = list(planned.page.iter_rows(min_row=3 + 5, values_only=True))
    assert [(row[1], row[4]) for row in rows] == items
    codes = [cell.value for cell in planned.page["A"][2:]]
    assert len(set(codes)) == len(codes) == 5 + len(items)


def test_a_suggested_code_that_is_taken_is_not_given_again(demo):
    plan, known = demo.consequences.visit_plan(2012), demo.consequences.record
    code = findings_sheets(known, plan, names=demo.regions.name_zh)[0].records[5]["code"]
    taken = known.findings.findings[0].model_copy(update={"code": code})
    again = replace(known, findings=Findings(code="test", findings=(taken,)))
    rows = findings_sheets(again, plan, names=demo.regions.name_zh)[0].records
    assert [row["code"] for row in rows[:2]] == [code, f"{code}-2"]


def test_the_figure_stands_beside_the_codes_for_information(book):
    page = book(finding(), finding("F2", "r2")).page
    assert [cell.value for cell in page[3]][2:8] == ["甲市", 2012, "a", "a", "%", 85]
    assert [page["C4"].value, page["H4"].value] == ["乙市", "缺失"]


def test_the_header_stays_in_sight_and_verdicts_are_offered(book):
    page = book(finding()).page
    offered = [rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"]
    assert (page.freeze_panes, offered) == ("B3", ['"核查相符,与核查不符,弄虚作假,整改完成"'])
    assert page.column_dimensions["K"].number_format == page["K3"].number_format == "yyyy-mm-dd"


def test_figures_that_are_made_up_are_marked_in_the_header(book):
    assert book(synthetic=Text(zh="演示数据", en="demo")).page["A1"].value == "编号（演示数据）"
    assert book().page["A1"].value == "编号"


def test_a_row_that_is_filled_in_is_a_finding(book):
    made = book()
    made.add(**GOOD | {"seen": 40})
    (found,) = made.read().findings
    assert (found.code, found.verdict, found.seen, found.date) == ("N1", "falsified", 40, "2013-03-20")
    assert (found.verdict in DISPUTING, found.closes) == (True, ())
    assert found.document == Text(zh="核查报告", en="核查报告")


def test_a_translation_that_is_given_is_kept(book):
    made = book()
    made.add(**GOOD | {"document.en": "report"})
    assert made.read().findings[0].document.en == "report"


@pytest.mark.parametrize(
    ("key", "given", "expected"),
    [
        ("date", datetime(2013, 3, 20), "2013-03-20"),
        ("date", date(2013, 3, 20), "2013-03-20"),
        ("date", "2013年3月20日", "2013-03-20"),
        ("date", " 2013/3/20 ", "2013-03-20"),
        ("seen", " 40.5", 40.5),
        ("year", "2012", 2012),
        ("verdict", "falsified", "falsified"),
        ("reported", "约80", None),
        ("unit", 1.5, None),
    ],
)  # fmt: skip
def test_cells_are_read_as_they_are_seen(book, key, given, expected):
    made = book()
    made.add(**GOOD | {key: given})
    (found,) = made.read().findings
    assert getattr(found, key, None) == expected


@pytest.mark.parametrize("closes", ["x；y", "x;y", "x、 y", "x\ny"])
def test_several_items_are_closed_in_one_cell(book, closes):
    made = book()
    made.add(**GOOD | {"verdict": "整改完成", "closes": closes})
    assert made.read().findings[0].closes == ("x", "y")


def test_what_is_not_inspected_yet_and_blank_rows_are_passed_over(book):
    made = book()
    made.add(code="N0", region="r1", year=2012, indicator="a", reported=85, indicator_name="甲")
    made.fill(6, GOOD)
    assert [one.code for one in made.read().findings] == ["N1"]


@pytest.mark.parametrize("key", ["seen", "date", "document.zh", "document.en", "note.zh", "closes"])
def test_a_row_that_says_what_was_found_needs_a_verdict(book, key):
    made = book()
    row = made.add(code="N0", region="r1", year=2012, indicator="a", **{key: 40 if key == "seen" else "2013-03-20"})
    expected = (
        "(核查结论): found nothing, beside what was found; expected one of 核查相符, 与核查不符, 弄虚作假, 整改完成"
    )
    assert f"核查记录!I{row} {expected}" in made.refused()


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("code", None, "A4 (编号): found nothing; expected the key 'code'"),
        ("code", "F1", "A4 (编号): found 'F1'; expected every finding once, under a code of its own"),
        ("region", None, "B4 (地区代码): found nothing; expected the key 'region'"),
        ("year", "去年", "D4 (数据年份): found '去年'; expected a number"),
        ("year", 2012.5, "D4 (数据年份): found 2012.5; expected a valid integer"),
        ("indicator", None, "E4 (指标代码): found nothing; expected the indicator whose figure is falsified"),
        ("verdict", "假弄", "I4 (核查结论): found '假弄'; expected one of 核查相符, 与核查不符, 弄虚作假, 整改完成"),
        ("verdict", True, "I4 (核查结论): found the truth value TRUE; expected text"),
        ("seen", "约四十", "J4 (核查值): found '约四十'; expected a number"),
        ("date", None, "K4 (核查日期): found nothing; expected the key 'date'"),
        ("date", "2013-02-30", "K4 (核查日期): found '2013-02-30'; expected a day such as 2012-09-30"),
        ("date", "三月", "K4 (核查日期): found '三月'; expected a day such as 2012-09-30"),
        ("date", 20130320, "K4 (核查日期): found the number 20130320; expected a day such as 2012-09-30"),
        ("date", "2011-12-31", "K4 (核查日期): found '2011-12-31'; expected a day such as 2012-09-30, not before 2012"),
        ("document.zh", None, "L4 (依据文件): found nothing; expected the key 'document'"),
        ("document.zh", '""', "L4 (依据文件): found {'zh': '', 'en': ''}; expected a document that is named"),
        ("note.zh", None, "N4 (说明): found nothing; expected the key 'note'"),
        ("closes", "x", "P4 (销号事项): found ['x']; expected items that are closed on a rectified finding"),
        ("verdict", "整改完成", "P4 (销号事项): found nothing; expected items that are closed on a rectified finding"),
    ],
)
def test_what_is_wrong_is_told_by_its_cell(book, key, value, expected):
    made = book(finding())
    made.fill(made.add(**GOOD), {key: value})
    assert f"核查记录!{expected}" in (message := made.refused())
    assert message.count("核查记录!") == 1


def test_all_that_is_wrong_is_in_one_message(book):
    made = book(finding())
    made.add(**GOOD | {"code": "F1"})
    made.add(**GOOD | {"region": None, "seen": "约", "note.zh": None, "verdict": "假"})
    made.add(**GOOD | {"code": "N3", "date": "2011-01-01"})
    message = made.refused()
    assert [cell for cell in ("A4", "B5", "J5", "N5", "I5", "K6") if f"核查记录!{cell} " not in message] == []
    assert message.count("核查记录!") == 6


def test_a_sheet_of_another_name_or_without_a_column_is_refused(book):
    made = book(finding())
    made.page.delete_cols(made.columns["closes"])
    assert "found no column 'closes' (销号事项)" in made.refused()
    made.page.title = "核查"
    assert "found no sheet '核查记录'; expected one of 核查 (did you mean '核查'?)" in made.refused()


def test_the_same_findings_are_the_same_bytes(book):
    first = book(*THREE).path.read_bytes()
    assert book(*THREE).path.read_bytes() == first

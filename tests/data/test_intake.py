import re

import openpyxl
import pandas as pd
import pytest

from evalkit.base.errors import EvalkitError
from evalkit.data.contract import COLUMNS, SHOWN
from evalkit.data.intake import Reading, take_in

BOOK = Reading("book")
PEOPLE = "地区,2011年,2012\n杭州市,80,100\n宁波市,50,60\n"


@pytest.fixture
def files(tmp_path):
    """Writes tables as files of CSV, which stand for any."""

    def written(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return [tmp_path / f"{name}.csv" for name in texts]

    return written


@pytest.fixture
def taken(files, labels):
    def rows(reading=BOOK, **texts):
        table = take_in(files(**texts), labels, reading).table
        return table[["variable", "region", "year", "value", "state"]].agg(" ".join, axis=1).tolist()

    return rows


@pytest.fixture
def refused(files, labels):
    def told(reading=BOOK, **texts):
        with pytest.raises(EvalkitError) as error:
            take_in(files(**texts), labels, reading)
        return str(error.value)

    return told


def test_printed_figures_are_rows_of_a_dataset(files, labels):
    table = take_in(files(people=PEOPLE), labels, Reading("book")).table
    assert [*table.columns] == [*COLUMNS, "cell", "blank", "sign"]
    figure = ["people", "330100", "2012", "100", "value", "book", ""]
    assert table.iloc[1].tolist() == [*figure, "people.csv!C2", False, ""]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("80", "80"), ("1,234.5", "1234.5"), ("１２３４", "1234"), ("1 234", "1234"), ("12,345,678", "12345678"),
        (" 8e1 ", "8e1"), ("+80", "+80"),
    ],
)  # fmt: skip
def test_a_number_may_be_parted_by_thousands(taken, text, value):
    assert taken(people=f'地区,2012\n杭州,"{text}"\n') == [f"people 330100 2012 {value} value"]


@pytest.mark.parametrize(
    "text",
    ["12,5", "1,2345", "1234,567", "80 1", "1 2", "约80", "80①", "80²", "0x10", "nan", "inf", "8_0", "80%", "1.2.3"],
)
def test_what_is_no_number_is_told_by_its_cell(refused, text):
    told = refused(people=f'地区,2012\n杭州,"{text}"\n')
    assert f"people.csv!B2: found {text!r}; expected a number such as 1,234.5, nothing, or one of -, --" in told


@pytest.mark.parametrize("sign", ["", "-", "—", "…", "——", "－", "..."])
def test_a_blank_cell_and_the_usual_signs_are_missing_figures(taken, sign):
    assert taken(people=f"地区,2012,2011\n杭州,{sign},1\n")[0 if sign else 1] == "people 330100 2012  missing"


def test_a_sign_may_mean_something_else(taken):
    signs = {"…": "1,000", "-": "not applicable", "#": "missing", "": "not due"}
    text = "地区,people,doctors,share\n杭州,…,-,\n宁波,#,1,2\n"
    assert taken(Reading("book", signs), **{"2012": text}) == [
        "people 330100 2012 1000 value", "doctors 330100 2012  not applicable", "people 330200 2012  missing",
        "doctors 330200 2012 1 value", "share 330200 2012 2 value", "share 330100 2012  not due",
    ]  # fmt: skip


def test_a_figure_may_be_printed_twice_if_it_is_the_same(taken, refused):
    assert len(taken(people=PEOPLE, 人口="地区,2012\n杭州,100.0\n宁波,\n")) == 4
    told = refused(people=PEOPLE, 人口="地区,2012\n杭州,101\n宁波,-\n")
    assert "人口.csv!B2: found 101; expected 100, as people.csv!C2 has it" in told
    assert "人口.csv!B3: found missing; expected 60, as people.csv!C3 has it" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("地区,2013\n杭州,80\n", "people.csv!B2: found people of 330100 in 2013; expected what metadata.yaml declares"),
        ("地区,2012\n上城区,80\n", "people.csv!B2: found people of 330102 in 2012; expected what"),
        ("地区,2012\n杭州,-80\n", "people.csv!B2: found people = -80; expected 0 or more"),
    ],
)
def test_what_does_not_meet_the_metadata_is_told_by_its_cell(refused, text, told):
    assert told in refused(people=text)


def test_figures_of_a_level_that_is_not_declared_are_all_counted_and_the_key_is_named(refused):
    years = range(1950, 2010)
    told = refused(people="地区,年份,people\n" + "\n".join(f"上城区,{year},80" for year in years)).splitlines()
    assert told[0] == "the tables hold 60 thing(s) that cannot be taken"
    assert told[-1] == f"  - … and {60 - SHOWN} more"
    assert "expected what metadata.yaml declares: levels [city], years" in told[1]


def test_every_offender_of_all_files_is_told_at_once(refused):
    told = refused(
        Reading("bok", {"#": "mising"}),
        people="地区,2012\n杭洲市,80\n宁波,约60\n",
        doctors="地区,2013\n杭州,80\n",
        docters="地区,2012\n杭州,1\n",
        other='地区,2012\n"' + "x" * 200_000,
    )
    for problem in (
        "--publication: found 'bok'", "--sign #: found 'mising'", "other.csv: found field larger",
        "people.csv!A2: found '杭洲市'", "people.csv!B3: found '约60'", "doctors.csv!B2: found doctors of 330100 in",
        "docters.csv: found a table called 'docters'",
    ):  # fmt: skip
        assert problem in told
    assert "4 thing(s) that cannot be taken" in told


def test_what_is_unknown_may_be_passed_over(files, labels, refused):
    texts = {"people": "地区,2012,备注\n杭州,80,x\n开发区,5,\n", "说明": "无\n"}
    assert "说明.csv: found no headings" in refused(**texts)
    intake = take_in(files(**texts), labels, Reading("book", known_only=True))
    assert intake.table.value.tolist() == ["80"]
    assert [problem.where for problem in intake.passed_over] == ["people.csv!C1", "people.csv!A3", "说明.csv"]


def test_a_hidden_sheet_is_passed_over(tmp_path, labels):
    book = openpyxl.Workbook()
    for title, value in (("人口", 80), ("people", 81)):
        page = book.create_sheet(title)
        page.append(["地区", 2012])
        page.append(["杭州", value])
    page.sheet_state = "hidden"
    book.save(tmp_path / "A.XLSX")
    intake = take_in([tmp_path / "A.XLSX"], labels, BOOK)
    assert intake.table.value.tolist() == ["80"]
    assert [problem.where for problem in intake.passed_over] == ["A.XLSX, people"]


def test_a_figure_in_a_hidden_row_or_column_is_told_and_a_label_there_is_read(tmp_path, labels):
    book = openpyxl.Workbook()
    page = book.active
    page.title = "人口"
    for row in (["地区", "备注", 2011, 2012], ["杭州", "x", 79, 80], ["宁波", None, 70, 71]):
        page.append(row)
    page.row_dimensions[3].hidden = True
    page.column_dimensions["A"].hidden = page.column_dimensions["B"].hidden = True
    page.column_dimensions["C"].hidden = True
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(EvalkitError) as told:
        take_in([tmp_path / "a.xlsx"], labels, Reading("book", known_only=True))
    found = re.findall(r"人口!(\w+): found the number (\d+) in a hidden (row|column)", str(told.value))
    assert sorted(found) == [("C2", "79", "column"), ("C3", "70", "row"), ("D3", "71", "row")]


def test_offenders_stand_in_the_order_of_their_cells(refused):
    told = refused(people="地区,2011,2012\n" + "杭州,x,x\n" * 10)
    assert re.findall("people.csv!([BC][0-9]+)", told) == [f"{column}{row}" for column in "BC" for row in range(2, 12)]


def test_tables_without_a_figure_give_none(files, labels):
    intake = take_in(files(people="地区,2012\n"), labels, Reading("book"))
    assert isinstance(intake.table, pd.DataFrame)
    assert intake.table.empty


def test_a_faulty_table_is_told_as_many_times_as_a_reader_may_bear(refused):
    rows = "".join(f"杭洲{number},1\n" for number in range(60))
    told = refused(people=f"地区,2012\n{rows}")
    assert re.search("60 thing.*… and 20 more$", told, re.DOTALL)

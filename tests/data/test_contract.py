import pytest

from evalkit.base.errors import DataError
from evalkit.data import contract


def test_a_table_that_meets_what_is_declared_is_loaded_as_numbers(tables):
    table = tables.load().table
    assert list(table.columns) == ["variable", "region", "year", "value", "state", "publication", "unit"]
    assert table.value.sum() == 80 + 100 + 50 + 60 + 1600 + 2500 + 500 + 900 + 40 + 100


def test_a_duplicated_row_is_told_with_the_first(tables):
    row = "people,330100,2011,80,value,book\n"
    tables.edit("people.csv", row, row + row.replace("80", "81"))
    message = tables.refused()
    assert "people.csv row 3, column 'variable': found people of 330100 in 2011 again" in message
    assert "expected one row, as people.csv row 2 has it" in message


def test_every_row_after_the_first_is_told_with_the_first(tables):
    row = "people,330100,2011,80,value,book\n"
    tables.edit("people.csv", row, row * 3)
    message = tables.refused()
    assert "hold 2 thing" in message
    assert message.count("expected one row, as people.csv row 2 has it") == 2


def test_a_duplicate_in_another_file_is_told(tables):
    tables.edit("health.csv", "doctors,330100,2011,1600,", "people,330100,2011,80,")
    message = tables.refused()
    assert "people.csv row 2, column 'variable': found people of 330100 in 2011 again" in message
    assert "expected one row, as health.csv row 2 has it" in message


@pytest.mark.parametrize("text", ["缺", "1,000", "12%", "1_000", "0x10", "True", "inf", "NaN", "１２", "-", "…"])
def test_text_in_a_number_column_is_refused(tables, text):
    tables.edit("people.csv", "330100,2012,100,", f'330100,2012,"{text}",')
    assert f"people.csv row 3, column 'value': found {text!r}; expected a number, or nothing" in tables.refused()


@pytest.mark.parametrize("text", ["2012年", "２０１２", "12", "20122", "2012.0", "inf", "1e999", "", " 2012"])
def test_a_year_that_is_none_is_refused(tables, text):
    tables.edit("people.csv", "330100,2012,", f"330100,{text},")
    assert f"people.csv row 3, column 'year': found {text!r}; expected a year" in tables.refused()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("doctors,330100,2012", "doctor,330100,2012", "column 'variable': found 'doctor'; expected one of people, doc"),
        ("doctors,330100,2012", "doctors,330110,2012", "column 'region': found '330110'; expected one of 330100, 3302"),
        ("330100,2012,2500,value", "330100,2012,2500,valu", "column 'state': found 'valu'; expected one of value, mis"),
        ("2500,value,book", "2500,value,bok", "column 'publication': found 'bok'; expected one of book (did you mean"),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(tables, old, new, expected):
    tables.edit("health.csv", old, new)
    assert f"health.csv row 3, {expected}" in (message := tables.refused())
    assert "(did you mean '" in message


@pytest.mark.parametrize("state", ["missing", "not applicable", "not due"])
def test_a_blank_with_its_state_is_no_error(tables, state):
    tables.edit("people.csv", "330200,2011,50,value", f"330200,2011,,{state}")
    assert tables.load().states.loc[("330200", 2011), "people"] == state


def test_a_value_without_a_number_is_refused(tables):
    tables.edit("people.csv", "330200,2011,50,", "330200,2011,,")
    assert (
        "people.csv row 4, column 'value': found nothing, with the state 'value'; expected a number" in tables.refused()
    )


def test_a_number_beside_the_state_missing_is_refused(tables):
    tables.edit("people.csv", "50,value", "50,missing")
    assert (
        "row 4, column 'value': found '50', with the state 'missing'; expected nothing, or 'value'" in tables.refused()
    )


def test_a_negative_count_is_refused(tables):
    tables.edit("people.csv", "330100,2012,100,", "330100,2012,-100,")
    assert "people.csv row 3, column 'value': found people = -100; expected 0 or more" in tables.refused()


def test_a_value_outside_the_variables_valid_range_is_refused(tables):
    tables.edit("health.csv", "share,330100,2012,40,", "share,330100,2012,100.5,")
    assert "health.csv row 6, column 'value': found share = 100.5; expected 0 to 100" in tables.refused()


def test_a_valid_range_may_have_an_upper_end_only(tables):
    tables.edit("metadata.yaml", "valid: [0, 100]", "valid: [null, 50]")
    assert "found share = 100; expected 50 or less" in tables.refused()


def test_both_ends_of_a_valid_range_are_valid(tables):
    tables.edit("health.csv", "share,330100,2012,40,", "share,330100,2012,0,")
    assert tables.load().values.share.dropna().tolist() == [0, 100]


def test_different_problems_are_told_at_once(tables):
    tables.edit("people.csv", "people,330100,2011,80,", "people,330100,2011,x,")
    tables.edit("people.csv", "people,330100,2012,100,", "people,330100,2012,-1,")
    tables.edit("people.csv", "people,330200,2011,50,value,book\n", "")
    with pytest.raises(DataError, match="hold 3 thing") as refused:
        tables.load()
    assert [problem.found for problem in refused.value.problems] == ["'x'", "people = -1", "no row"]


def test_near_names_are_looked_for_only_where_they_are_shown(tables, monkeypatch):
    rows = "".join(f"unknown{number},330100,2012,1,value,book\n" for number in range(10_000))
    tables.edit("people.csv", "people,330200,2012,60,value,book\n", "people,330200,2012,60,value,book\n" + rows)
    looked_for = []
    monkeypatch.setattr(contract, "one_of", lambda name, known: looked_for.append(name) or "another")
    assert "hold 10000 thing(s)" in tables.refused()
    assert len(looked_for) == contract.SHOWN


@pytest.mark.parametrize("year", ["2012\n", "2012 "])
def test_a_year_is_four_digits_and_nothing_after_them(tables, year):
    tables.edit("people.csv", "330100,2012,100", f'330100,"{year}",100')
    assert f"column 'year': found {year!r}; expected a year" in tables.refused()


@pytest.mark.parametrize("put", ["folder", "gone"])
def test_what_stands_in_the_place_of_a_table_is_told_beside_the_others(tables, put):
    path = tables.folder / "z.csv"
    path.mkdir() if put == "folder" else path.symlink_to(put)
    tables.write("y.csv", b"\0")
    message = tables.refused()
    assert "hold 2 thing(s) that cannot be read" in message
    assert "y.csv, line 1: found the character U+0000" in message


def test_what_is_wrong_in_a_row_is_told_from_the_name_of_the_variable_to_the_year(tables):
    tables.edit("people.csv", "people,330100,2012,100,value,book", "a,b,c,100,d,e")
    with pytest.raises(DataError) as refused:
        tables.load()
    columns = ["variable", "region", "state", "publication", "year"]
    assert [problem.where for problem in refused.value.problems[:5]] == [
        f"people.csv row 3, column {c!r}" for c in columns
    ]


def test_of_very_many_problems_the_first_forty_are_told(tables):
    rows = "".join(f"x{number},330100,2012,1,value,book\n" for number in range(50))
    tables.edit("people.csv", "people,330200,2012,60,value,book\n", "people,330200,2012,60,value,book\n" + rows)
    message = tables.refused()
    assert message.startswith("the tables hold 50 thing(s)")
    assert message.endswith("\n  - … and 10 more")


def test_rows_are_counted_as_a_spreadsheet_counts_them_and_blank_ones_are_passed_over(tables):
    tables.edit("people.csv", "people,330100,2012,100,", "\n,,,,,\npeople,330100,2012,x,")
    assert "hold 1 thing" in (message := tables.refused())
    assert "people.csv row 5, column 'value': found 'x'" in message


def test_another_encoding_is_refused(tables):
    tables.write("people.csv", "variable,地区\n".encode("gbk"))
    assert "people.csv: found another encoding; expected UTF-8 (in Excel, save as “CSV UTF-8”)" in tables.refused()


def test_the_mark_that_excel_writes_first_is_passed_over(tables):
    tables.write("people.csv", b"\xef\xbb\xbf" + (tables.folder / "people.csv").read_bytes())
    assert tables.load().values.people.sum() == 290


def test_misspelt_and_repeated_columns_are_told(tables):
    tables.edit("people.csv", "variable,region,year", "variable,year,yaer")
    message = tables.refused()
    assert "people.csv: found the column 'yaer'; expected one of variable, region" in message
    assert "(did you mean 'year'?)" in message
    assert "people.csv: found the column 'region' 0 times; expected once" in message


def test_a_column_said_twice_is_told(tables):
    tables.edit("people.csv", "variable,region,year", "variable,region,region")
    assert "found the column 'region' 2 times; expected once" in tables.refused()


@pytest.mark.parametrize(("row", "size"), [("people,330100,2012,1,000,value,book", 7), ("people,330100,2012", 3)])
def test_a_row_with_more_or_fewer_cells_is_told(tables, row, size):
    tables.edit("people.csv", "people,330100,2012,100,value,book", row)
    assert f"people.csv row 3: found {size} cell(s); expected 6" in tables.refused()


def test_files_that_cannot_be_read_are_told_together(tables):
    tables.write("people.csv", "")
    tables.write("health.csv", b"PK\x03\x04\xff\xfe")
    message = tables.refused()
    assert "health.csv: found another encoding" in message
    assert "people.csv: found the column 'variable' 0 times" in message


def test_a_quote_that_nobody_closes_is_refused(tables):
    tables.edit("people.csv", "people,330100,2012,100", 'people,330100,2012,"100')
    assert "people.csv row 3: found 4 cell(s); expected 6" in tables.refused()


def test_a_folder_without_tables_is_refused(tables):
    for file in tables.folder.glob("*.csv"):
        file.unlink()
    assert "holds no table" in (message := tables.refused())
    assert "found no .csv file; expected one at least" in message


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (
            "levels: [city, conty]",
            "metadata.yaml, levels of share: found 'conty'; expected one of city, county (did you",
        ),
        (
            'breaks: [{year: 2012, region: "330109", note: {zh: 断, en: break}}]',
            "metadata.yaml, breaks of share: found '330109'; expected one of 330100, 330200, 330102 (did you mean",
        ),
    ],
)
def test_an_unknown_level_or_region_in_the_metadata_is_refused(tables, new, expected):
    tables.edit("metadata.yaml", "years: [2012, 2012]", f"years: [2012, 2012]\n    {new}")
    assert expected in tables.refused()


def test_a_disputed_figure_keeps_its_value_in_the_table_and_is_no_value(tables):
    tables.edit("people.csv", "330100,2011,80,value", "330100,2011,80,disputed")
    dataset = tables.load()
    assert dataset.table.set_index(["variable", "region", "year"]).value[("people", "330100", 2011)] == 80
    assert dataset.values.people.isna()[("330100", 2011)]
    assert dataset.states.people[("330100", 2011)] == "disputed"

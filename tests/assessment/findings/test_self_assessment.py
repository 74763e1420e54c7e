from dataclasses import replace

import pytest

from evalkit import ParamsError
from evalkit.assessment.findings.self_assessment import COLUMNS, KEYS, SELF_ASSESSED, SelfAssessment
from evalkit.loading import load_study
from evalkit.tabular.xlsx.sheets import Sheet
from evalkit.tabular.xlsx.writer import write_sheets

ROWS = [("330100", 2012, "a", 85.5), ("330100", 2012, "b", 3), ("330200", 2011, "a", -1.25)]


@pytest.fixture
def load(tmp_path):
    """Loads rows from a CSV file, under a header."""

    def from_csv(*rows, header="region,year,indicator,value", encoding="utf-8"):
        text = "\n".join([header, *(",".join(map(str, row)) for row in rows)])
        (tmp_path / "claims.csv").write_text(text, encoding=encoding)
        return SelfAssessment.load(tmp_path / "claims.csv")

    return from_csv


@pytest.fixture
def refused(load):
    def message(*rows, **more):
        with pytest.raises(ParamsError) as error:
            load(*rows, **more)
        return str(error.value)

    return message


def written(path, *rows):
    records = [dict(zip(KEYS, row, strict=True)) for row in rows]
    write_sheets([Sheet(SELF_ASSESSED, COLUMNS, records)], path)
    return path


def test_claims_are_a_table_by_region_and_year(load):
    table = load(*ROWS).table
    assert table.loc[("330100", 2012)].tolist() == [85.5, 3]
    assert table.isna().to_numpy().sum() == 1
    assert list(table.index.names) == ["region", "year"]


def test_a_workbook_says_the_same_as_its_csv(load, tmp_path):
    assert SelfAssessment.load(written(tmp_path / "claims.xlsx", *ROWS)) == load(*ROWS)


def test_what_excel_puts_into_csv_is_passed_over(load):
    assert load(*ROWS, ("", "", "", ""), encoding="utf-8-sig") == load(*ROWS)


def test_columns_stand_in_any_order(load):
    assert load((85.5, "a", 2012, "330100"), header="value,indicator,year,region") == load(ROWS[0])


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("330100", 2012, "a", ""), "row 2, column 'value': found nothing; expected the key 'value'"),
        (("330100", 2012, "a", "约八十"), "row 2, column 'value': found '约八十'; expected a valid number"),
        (("330100", 2012, "a", "1e999"), "row 2, column 'value': found inf; expected a finite number"),
        (("330100", "去年", "a", 1), "row 2, column 'year': found '去年'; expected a valid integer"),
        (("", 2012, "a", 1), "row 2, column 'region': found nothing; expected the key 'region'"),
        (("330100", 2012, "a"), "row 2: found 3 cell(s); expected 4"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column(refused, row, expected):
    assert f"claims.csv {expected}" in refused(row)


def test_a_value_that_is_claimed_twice_is_told_by_its_second_row(refused):
    message = refused(*ROWS, ("330100", 2012, "a", 90))
    assert "row 5, column 'value': found 90; expected one value of a region, year and indicator" in message
    assert message.count("row ") == 1


def test_all_that_is_wrong_is_in_one_message(refused):
    message = refused(("", 2012, "a", 1), ROWS[0], ("330100", 2012, "c", "x"), ("330100", 2012))
    assert [row for row in ("row 2", "row 4", "row 5") if row not in message] == []


def test_a_cell_of_a_workbook_is_told_by_its_address(tmp_path):
    with pytest.raises(ParamsError, match=r"自评值!D3 \(自评值\): found '约'; expected a number"):
        SelfAssessment.load(written(tmp_path / "claims.xlsx", ("330100", 2012, "a", "约")))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (
            {"header": "region,year,indicator"},
            "row 1: found region, year, indicator; expected the columns region, year",
        ),
        ({"encoding": "gbk", "header": "地区,年份"}, "found another encoding; expected UTF-8"),
    ],
)
def test_what_cannot_be_read_is_refused(refused, more, expected):
    assert expected in refused(**more)


def test_what_nobody_knows_is_told_with_the_near_one(load):
    told = [
        str(problem)
        for problem in load(*ROWS, ("r9", 2031, "aa", 1)).problems(["330100", "330200"], [2011, 2012], "ab")
    ]
    assert [line.split()[0] for line in told] == ["region", "year", "indicator"]
    assert "found 'aa'; expected one of a, b (did you mean 'a'?)" in told[2]


def test_a_claim_is_what_visits_hold_against_what_is_found(demo, load):
    claimed = load(("330100", 2012, "P01-01", 99.5))
    assessment_files = replace(demo.assessment_files, self_assessed=claimed)
    follows = replace(demo, assessment_files=assessment_files).consequences
    assert follows.record.reported.loc[("330100", 2012), "P01-01"] == 99.5
    assert demo.consequences.record.reported.loc[("330100", 2012), "P01-01"] != 99.5
    assessment_files.check(demo.system, demo.regions.index, demo.years, counties=demo.all_regions.at_level("county"))


@pytest.mark.parametrize(
    ("indicator", "expected"), [("P01-01", None), ("P01-0", "self-assessment claims: found 'P01-0'")]
)
def test_a_study_names_a_table_of_claims(project, indicator, expected):
    study = project.root / "params/studies/zhejiang-plan-demo.yaml"
    named = study.read_text(encoding="utf-8").replace("  supervision:", "  self_assessed: claims\n  supervision:")
    study.write_text(named, encoding="utf-8")
    (file := project.root / "params/self_assessed/claims.csv").parent.mkdir()
    file.write_text(f"region,year,indicator,value\n330100,2012,{indicator},99.5\n", encoding="utf-8")
    if expected:
        with pytest.raises(ParamsError, match=expected):
            load_study("zhejiang-plan-demo", root=project.root)
    else:
        assert file in load_study("zhejiang-plan-demo", root=project.root).files

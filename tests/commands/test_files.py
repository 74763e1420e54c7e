from pathlib import Path

import openpyxl
import pytest

from evalkit import cli
from evalkit.loading import load_study
from tests.conftest import copied

FOUND = {"verdict": "与核查不符", "seen": 40, "date": "2013年3月20日", "document.zh": "核查记录", "note.zh": "重复填报"}


def test_what_is_filled_in_after_a_visit_is_a_finding_of_the_study(elsewhere, monkeypatch, demo):
    assert cli.main(["export-findings", "zhejiang-plan-demo", "taken-along.xlsx"]) == 0
    book = openpyxl.load_workbook("taken-along.xlsx")
    root = copied(elsewhere).root
    monkeypatch.setenv("EVALKIT_ROOT", str(root))
    page = book.worksheets[0]
    keys, row = [cell.value for cell in page[2]], page.max_row
    for key, value in FOUND.items():
        page.cell(row, keys.index(key) + 1).value = value
    book.save(root / "params/findings/visited.xlsx")
    study = root / "params/studies/zhejiang-plan-demo.yaml"
    declared = study.read_text(encoding="utf-8").replace("findings: zhejiang-plan-demo", "findings: visited")
    study.write_text(declared, encoding="utf-8")
    loaded = load_study("zhejiang-plan-demo")
    *known, new = loaded.assessment_files.findings.findings
    assert tuple(known) == demo.assessment_files.findings.findings
    assert [new.code, new.verdict, new.seen, new.date] == [page.cell(row, 1).value, "contradicted", 40, "2013-03-20"]
    assert loaded.panel().states.loc[(new.region, 2012), new.indicator] == "disputed"
    assert root / "params/findings/visited.xlsx" in loaded.files


def test_the_visits_of_another_year_are_written_and_the_sheet_says_what_is_made_up(elsewhere, capsys):
    assert cli.main(["export-findings", "zhejiang-plan-demo", "found.xlsx", "--year", "2010"]) == 0
    assert capsys.readouterr().out == "found.xlsx\n"
    codes, *_, years = openpyxl.load_workbook("found.xlsx").worksheets[0].iter_cols(max_col=4, values_only=True)
    assert "演示数据" in codes[0]
    assert set(years[2 + 5 :]) == {2010}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["zhejiang-public", "x.xlsx"],
            "the study zhejiang-public: found no assessment; expected one that is",
        ),
        (["zhejiang-plan", "x.xlsx"], "(did you mean 'zhejiang-plan-demo'?)"),
        (["zhejiang-plan-demo", "x.csv"], "the file: found '.csv'; expected one of .xlsx"),
        (["zhejiang-plan-demo", "none/x.xlsx"], "the folder: found no none; expected a folder that is there"),
        (["zhejiang-plan-demo", "x.xlsx", "--year", "2031"], "year: found 2031; expected one of 2008, 2009"),
    ],
)
def test_findings_that_cannot_be_exported_are_told_and_nothing_is_written(root, capsys, arguments, message):
    before = sorted(root.rglob("*"))
    assert cli.main(["export-findings", *arguments]) == 2
    assert message in capsys.readouterr().err
    assert sorted(root.rglob("*")) == before


def test_a_sheet_of_findings_that_is_there_is_only_replaced_by_force(elsewhere, capsys):
    (elsewhere / "found.xlsx").write_text("mine", encoding="utf-8")
    assert cli.main(["export-findings", "zhejiang-plan-demo", "found.xlsx"]) == 2
    assert "expected another name, or --force to replace it" in capsys.readouterr().err
    assert (elsewhere / "found.xlsx").read_text(encoding="utf-8") == "mine"
    assert cli.main(["export-findings", "zhejiang-plan-demo", "found.xlsx", "--force"]) == 0


def test_the_schemas_are_written_into_the_project_or_to_a_folder(own, capsys):
    shipped = {path.name: path.read_bytes() for path in (own.root / "params/schema").iterdir()}
    first = shipped["rules.json"].decode().splitlines()[:3]
    (own.root / "params/schema/rules.json").write_text("\n".join([*first, "stale"]), encoding="utf-8")
    for arguments, folder in ([], own.root / "params/schema"), (["--to", "here"], Path("here")):
        assert cli.main(["schema", *arguments]) == 0
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == shipped
        assert set(capsys.readouterr().out.splitlines()) == {str(folder / name) for name in shipped}


def test_no_schema_is_written_where_a_page_cannot_be(own, capsys):
    before = sorted(own.root.rglob("*"))
    assert cli.main(["schema", "--to", "here", "--pages", "none/there"]) == 2
    assert "the folder above: found no none; expected a folder that is there" in capsys.readouterr().err
    assert sorted(own.root.rglob("*")) == before

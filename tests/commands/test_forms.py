import re
from datetime import date

import openpyxl
import pytest

from evalkit.cli import main
from evalkit.loading import load_study
from evalkit.register.register import Register
from tests.register import on_record
from tests.register.forms.small import changed, complete

FIRST = "0100-甲市-2012.xlsx"
ALL = [FIRST, "0200-乙市-2012.xlsx", "0300-丙市-2012.xlsx", "health-卫-2012.xlsx"]
BY = ("--by", "Li", "--day", "2013-05-01")


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A small project with the figures of its dataset on record, in whose folder the commands are called."""
    made = on_record.small(tmp_path / "p")
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture
def filled(project, capsys):
    """The form of the first city, filled in."""
    assert main(["template", "small", "--year", "2012", "--city", "0100", "--to", "inbox"]) == 0
    capsys.readouterr()
    return changed(project.root / "inbox" / FIRST, complete)


def test_every_reporter_has_a_form_in_the_folder_of_the_year(project, capsys):
    assert main(["template", "small", "--year", "2012"]) == 0
    folder = project.root / "outputs" / "small" / "forms" / "2012"
    assert sorted(path.name for path in folder.iterdir()) == ALL
    assert capsys.readouterr().out == f"4 form(s): {folder}\n"


def test_other_forms_of_the_folder_stay(project):
    main(["template", "small", "--year", "2012"])
    folder = project.root / "outputs" / "small" / "forms" / "2012"
    (folder / "note.txt").write_text("x")
    main(["template", "small", "--year", "2012", "--department", "health"])
    assert sorted(path.name for path in folder.iterdir()) == sorted([*ALL, "note.txt"])


def test_only_what_is_open_is_asked_again(project, capsys):
    assert main(["template", "small", "--year", "2012", "--open-only", "--to", "again"]) == 0
    assert capsys.readouterr().out == "1 form(s), 3 with nothing left open: again\n"  # no department has said anything


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("template small --year 2012 --city 0101 --department sport", r"--city: found '0101'.*\n.*--department"),
        ("template small --year 2030", "asks nobody for figures"),
        ("template small --year 2012 --to params/studies/small.yaml", "nothing can be written"),
        ("intake small nothing.xlsx params notes.txt", r"no file nothing.xlsx\n.*params.*\n.*'.txt'"),
        ("intake small ~$a.xlsx", "nothing that was filled in"),
        ("intake small a/x.xlsx b/x.csv --to c", "their answers would be one file"),
        ("intake small x.xlsx --day 2999-01-01", "in advance"),
    ],
)
def test_what_is_wrong_in_a_command_is_told(project, capsys, line, expected):
    (project.root / "notes.txt").write_text("x")
    assert main(line.split()) == 2
    assert re.search(expected, capsys.readouterr().err, re.DOTALL)


def test_a_form_is_taken_in_and_the_study_has_its_figures(project, filled, capsys):
    before = load_study("small").dataset.values.loc[("0100", 2012), "doctors"]
    assert main(["intake", "small", str(filled), *BY]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        rf"{FIRST}: submitted as 0100-2012-\w{{10}}: {filled.parent}/0100-甲市-2012-answer.xlsx", lines[0]
    )
    assert lines[1] == "1 of 1 accepted"
    assert load_study("small").dataset.values.loc[("0100", 2012), "doctors"] == 50 != before
    assert load_study("small@2013-04-30").dataset.values.loc[("0100", 2012), "doctors"] == before


def test_a_form_with_an_error_is_returned_and_known_again(project, filled, capsys):
    changed(filled, lambda book: book.worksheets[1].cell(5, 7, "无"))
    assert main(["intake", "small", str(filled), "--to", "answers", *BY]) == 1
    assert "returned as 0100-2012-" in capsys.readouterr().out
    assert openpyxl.load_workbook("answers/0100-甲市-2012-answer.xlsx").sheetnames[1] == "审核意见"
    assert main(["intake", "small", str(filled), "--to", "answers", *BY]) == 1
    assert re.search(r"known already as 0100-2012-\w+ \(returned\); not taken again", capsys.readouterr().out)


def test_an_answer_in_the_inbox_is_passed_by(project, filled, capsys):
    main(["intake", "small", str(filled), *BY])
    capsys.readouterr()
    assert main(["intake", "small", str(filled.with_name("0100-甲市-2012-answer.xlsx")), *BY]) == 0
    assert "an answer that nobody has changed" in capsys.readouterr().out
    register = Register.open(f"sqlite:///{project.root}/registers/small.sqlite")
    assert len(register.submissions(date(2013, 5, 1))) == 2


def test_the_rules_of_the_register_are_applied(project, filled, capsys):
    project.edit("params/studies/small.yaml", "publication: book}", "publication: book, checks: small}")
    (project.root / "params" / "checks").mkdir()
    rule = "{code: last, kind: last, level: error}"
    text = f"code: small\nsource: {{zh: 书, en: book}}\nrules:\n  - {rule}\n"
    (project.root / "params" / "checks" / "small.yaml").write_text(text, encoding="utf-8")
    changed(filled, lambda book: book.worksheets[1].cell(5, 6, 123456))
    assert main(["intake", "small", str(filled), *BY]) == 1
    assert "1 error(s)" in capsys.readouterr().out

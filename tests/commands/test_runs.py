import pytest

from evalkit import cli
from tests.runs.test_comparison import run

BEFORE, AFTER = ("code,grade\n" + "".join(f"{n:02},{grade}\n" for n in range(50)) for grade in ("优秀", "良好"))


def test_verify_says_what_is_altered_and_fails(tmp_path, capsys):
    assert cli.main(["verify", str(run(tmp_path / "a", grade=BEFORE))]) == 1
    out = capsys.readouterr().out
    assert "evalkit: tables/data/grade.csv: found a file; expected nothing" in out
    assert "0 file(s) in the manifest, 1 not as the run left them" in out


def test_diff_names_causes_and_the_first_changes_and_can_write_all(tmp_path, capsys):
    runs = [str(run(tmp_path / name, grade=text)) for name, text in (("a", BEFORE), ("b", AFTER))]
    assert cli.main(["diff", *runs, "--to", str(tmp_path / "all.csv")]) == 1
    out = capsys.readouterr().out
    assert "grade 00 grade: 优秀 → 良好" in out
    assert "… and 10 more" in out
    assert "50 change(s) in 1 table(s)" in out
    assert len((tmp_path / "all.csv").read_text("utf-8-sig").splitlines()) == 51


def test_diff_replaces_no_file(tmp_path, capsys):
    runs = [str(run(tmp_path / name, grade=BEFORE)) for name in "ab"]
    (tmp_path / "all.csv").write_text("mine")
    assert cli.main(["diff", *runs, "--to", str(tmp_path / "all.csv")]) == 2
    assert (tmp_path / "all.csv").read_text() == "mine"


def test_where_diff_cannot_write_is_told_before_it_compares(tmp_path, capsys):
    assert cli.main(["diff", "a", "b", "--to", str(tmp_path / "none" / "all.csv")]) == 2
    assert "the folder: found no " in capsys.readouterr().err


def test_runs_that_are_alike_are_said_to_be(tmp_path, capsys):
    assert cli.main(["diff", *(str(run(tmp_path / name, grade=BEFORE)) for name in "ab")]) == 0
    assert capsys.readouterr().out == "0 change(s) in 0 table(s)\n0 sentence(s) in 0 report(s)\n"


@pytest.mark.parametrize("command", [["verify", "."], ["diff", ".", "."]])
def test_a_folder_that_is_none_of_a_run_is_told(command, capsys):
    assert cli.main(command) == 2
    assert "cannot be verified" in capsys.readouterr().err

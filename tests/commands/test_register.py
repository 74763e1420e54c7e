import duckdb
import pandas as pd
import pytest

from evalkit.cli import main
from tests.mutations.project import Small
from tests.register import on_record


@pytest.fixture
def empty(tmp_path, monkeypatch):
    """A small project whose register is not there yet."""
    made = on_record.empty(tmp_path / "p")
    monkeypatch.setenv("EVALKIT_ROOT", str(made.root))
    return made


OPEN = ["register", "open", "small", "--by", "Li", "--day", "2013-04-01"]


def test_the_figures_of_a_dataset_are_put_on_record_and_are_those_of_the_study(empty, capsys, tmp_path):
    assert main(OPEN) == 0
    assert capsys.readouterr().out == (
        "registers/small.sqlite: 18 figure(s) of tables are on record as opening (entry 1)\n"
    )
    plain = Small.make(tmp_path / "plain")
    values = [on_record.load_study("small", root=each.root).dataset.values for each in (empty, plain)]
    assert values[0].equals(values[1])
    register = on_record.design().open(empty.root)
    known = register.submissions().loc["opening"]
    said = [known[key] for key in ("kind", "status", "reporter", "by", "day", "file", "system")]
    assert said == ["opening", "final", "small", "Li", "2013-04-01", "tables", "small 1"]
    assert len(known.sha256) == 64


def test_figures_that_are_on_record_are_not_opened_again(empty, capsys):
    main(OPEN)
    assert main(OPEN) == 2
    told = capsys.readouterr().err
    assert "in 2011: found one of opening; expected none" in told
    assert "… and 6 more" in told
    assert len(on_record.design().open(empty.root).submissions()) == 1


def test_another_dataset_may_come_to_it(empty, capsys):
    main(OPEN)
    text = (
        (empty.root / "tables/metadata.yaml").read_text("utf-8").replace("years: [2011, 2012]", "years: [2010, 2012]")
    )
    empty.write("tables/metadata.yaml", text)
    (empty.root / "older").mkdir()
    header, first, *_ = (empty.root / "tables/figures.csv").read_text("utf-8").splitlines()
    empty.write("older/figures.csv", f"{header}\n{first.replace('2011', '2010').replace('2012', '2010')}\n")
    assert main([*OPEN, "--from", "older"]) == 0
    assert "1 figure(s) of older are on record as opening-2 (entry 2)" in capsys.readouterr().out
    assert (on_record.load(empty).dataset.table.state == "missing").sum() == 8


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("tables/figures.csv", "share,0100", "shares,0100"), "did you mean 'share'"),
        (("params/studies/small.yaml", "store: registers/", "store: ../"), "register.store leads out of the project"),
        (("params/studies/small.yaml", on_record.DECLARED, "dataset: tables"), "found no register"),
    ],
)
def test_what_cannot_be_opened_is_told_and_leaves_no_register(empty, capsys, change, told):
    empty.edit(*change)
    assert main(OPEN) == 2
    assert told in capsys.readouterr().err
    assert not list(empty.root.rglob("*.sqlite"))


@pytest.mark.parametrize("more", [["--from", "none"], ["--day", "2200-01-01"]])
def test_a_dataset_or_a_day_that_is_none_leaves_no_register(empty, capsys, more):
    assert main([*OPEN, *more]) == 2
    assert "expected" in capsys.readouterr().err
    assert not list(empty.root.rglob("*.sqlite"))


def test_figures_leave_as_they_stood_on_a_day(empty, capsys, tmp_path):
    main(OPEN)
    on_record.corrected(empty, 3.5)
    for name, day in {"now.parquet": [], "then.csv": ["--as-of", "2013-05-19"]}.items():
        assert main(["register", "export", "small", "--to", str(tmp_path / name), *day]) == 0
    assert "19 figure(s) on record, 18 of which count" in capsys.readouterr().out
    counts = duckdb.sql(
        f"SELECT value FROM '{tmp_path}/now.parquet' WHERE counts AND variable = 'doctors' "
        "AND region = '0100' AND year = 2012"
    ).fetchall()
    assert counts == [(3.5,)]
    assert len(pd.read_csv(tmp_path / "then.csv")) == 18


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--to", "a.xlsx"], "one of .parquet, .csv"),
        (["--to", "none/a.csv"], "a folder that is there"),
        (["--to", "a.csv", "--as-of", "2013"], "a day such as 2013-05-20"),
        (["--to", "there.csv"], "--force to replace it"),
    ],
)
def test_an_export_that_cannot_be_is_told_and_nothing_is_written(empty, capsys, monkeypatch, arguments, told):
    main(OPEN)
    monkeypatch.chdir(empty.root)
    empty.write("there.csv", "mine")
    before = sorted(empty.root.rglob("*"))
    assert main(["register", "export", "small", *arguments]) == 2
    assert told in capsys.readouterr().err
    assert sorted(empty.root.rglob("*")) == before


def test_a_check_names_the_entry_that_was_altered(empty, capsys):
    main(OPEN)
    register = on_record.corrected(empty, 3.5)
    capsys.readouterr()
    assert main(["register", "check", "small"]) == 0
    assert capsys.readouterr().out == f"2 entries, 0 altered; digest {register.digest()}\n"
    with register.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER figure_UPDATE")
        connection.exec_driver_sql("UPDATE figure SET value = 99 WHERE value = 3.5")
        connection.exec_driver_sql("INSERT INTO figure (entry, submission, year) VALUES (1, 'opening', 2012)")
    assert main(["register", "check", "small"]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first == "entry 1 (opening of 2013-04-01 by Li): altered"
    assert second == "entry 2 (open of 2013-05-20 by office): altered"
    assert last.startswith("2 entries, 2 altered")

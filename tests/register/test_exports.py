from datetime import date

import duckdb
import numpy as np
import pandas as pd
import pytest

from evalkit.register.exports import COLUMNS, WRITERS, exported, write_csv, write_parquet
from tests.register.conftest import BOTH, entry, figures, submission


@BOTH
def test_every_version_is_told_with_its_submission_and_whether_it_counts(register):
    register.receive(submission("a"), figures(10.0), entry((4, 1), by="Li"))
    register.receive(submission("b"), figures(12.0), entry((5, 20), by="Wu"))
    register.advance("b", "verified", entry((5, 21)))
    found = exported(register)
    assert found[["value", "submission", "status", "day", "by", "counts"]].values.tolist() == [
        [10, "a", "submitted", "2013-04-01", "Li", False],
        [12, "b", "verified", "2013-05-20", "Wu", True],
    ]
    then = exported(register, day=date(2013, 5, 19))
    assert then[["value", "counts"]].values.tolist() == [[10, True]]
    assert exported(register, accepted="final").counts.tolist() == [False, False]
    assert tuple(found) == COLUMNS


@pytest.fixture
def found(register):
    """Figures with a blank, a formula in a text, and a number that is no decimal."""
    table = pd.concat(
        [figures(0.1 + 0.2, source='=HYPERLINK("http://a")'), figures(np.nan, year=2011, state="missing")]
    )
    register.receive(submission("a"), table.assign(page="-3", reason="@你"), entry((4, 1)))
    return exported(register)


def test_parquet_holds_what_is_on_record_with_its_types(found, tmp_path):
    write_parquet(found, tmp_path / "it's.parquet")
    read = duckdb.read_parquet(str(tmp_path / "it's.parquet"))
    assert dict(zip(read.columns, map(str, read.types), strict=True)) == {
        **dict.fromkeys(COLUMNS, "VARCHAR"), "id": "BIGINT", "year": "BIGINT", "value": "DOUBLE", "revises": "BIGINT",
        "counts": "BOOLEAN",
    }  # fmt: skip
    wanted = ["value", "source", "page", "revises", "counts"]
    assert read.project(", ".join(wanted)).fetchall() == [
        (0.1 + 0.2, '=HYPERLINK("http://a")', "-3", None, True),
        (None, "", "-3", None, True),
    ]


def test_in_csv_no_text_is_a_formula_and_a_number_keeps_all_its_digits(found, tmp_path):
    write_csv(found, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbfid,variable,")
    read = pd.read_csv(tmp_path / "a.csv", dtype=str, keep_default_na=False)
    assert read[["value", "source", "page", "reason", "counts"]].values.tolist() == [
        ["0.30000000000000004", '\'=HYPERLINK("http://a")', "-3", "'@你", "true"],
        ["", "", "-3", "'@你", "true"],
    ]


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_empty_register_gives_a_table_of_no_rows(register, tmp_path, suffix):
    WRITERS[suffix](exported(register), tmp_path / f"a{suffix}")
    read = duckdb.sql(f"SELECT * FROM '{tmp_path}/a{suffix}'")
    assert (read.columns, read.fetchall()) == ([*COLUMNS], [])


@pytest.mark.parametrize("suffix", WRITERS)
def test_what_cannot_be_written_leaves_what_was_there(found, tmp_path, suffix, monkeypatch):
    file = tmp_path / f"a{suffix}"
    file.write_text("mine")

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", stop)
    with pytest.raises(KeyboardInterrupt):
        WRITERS[suffix](found, file)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == suffix] == [file.name]
    assert file.read_text() == "mine"

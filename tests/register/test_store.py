import sqlite3

import pytest

from evalkit.base.errors import DataError, ParamsError
from evalkit.register.store import make_store, open_store


def url(path):
    return f"sqlite:///{path}"


def test_a_register_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ParamsError, match=r"no a\.sqlite; expected a register"):
        open_store(url(tmp_path / "a.sqlite"))


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path):
    with sqlite3.connect(tmp_path / "a.sqlite") as other:
        other.execute("CREATE TABLE cake (slices)")
    for take in (make_store, open_store):
        with pytest.raises(ParamsError, match=r"is no register\n.*cake"):
            take(url(tmp_path / "a.sqlite"))
    assert sqlite3.connect(tmp_path / "a.sqlite").execute("SELECT name FROM sqlite_master").fetchall() == [("cake",)]


def test_a_file_that_is_no_database_is_told(tmp_path):
    (tmp_path / "a.sqlite").write_text("no database at all, but some text" * 99)
    with pytest.raises(DataError, match="cannot be used"):
        open_store(url(tmp_path / "a.sqlite"))


def test_making_it_again_keeps_what_is_there(tmp_path):
    first, again = (make_store(url(tmp_path / "new" / "a.sqlite")) for _ in range(2))
    assert first.url == again.url

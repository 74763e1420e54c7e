import pytest

from evalkit.base.errors import ParamsError
from evalkit.register.design import RegisterDesign


def design(store):
    return RegisterDesign(store=store, variables="data", publication="form")


def test_a_file_of_the_project_is_kept_in_sqlite(tmp_path):
    assert design("registers/a.sqlite").url(tmp_path) == f"sqlite:///{tmp_path}/registers/a.sqlite"


def test_a_server_is_spoken_to_by_psycopg(tmp_path):
    assert design("postgresql://me@host/a").url(tmp_path) == "postgresql+psycopg://me@host/a"


def test_a_store_may_stand_in_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("HERE", "postgresql://me:secret@host/a")
    assert design("env:HERE").url(tmp_path) == "postgresql+psycopg://me:secret@host/a"


@pytest.mark.parametrize(
    ("store", "expected"),
    [
        ("../a.sqlite", "out of the project"),
        ("mysql://a", "mysql://a"),
        ("env:NOWHERE", "NOWHERE: found"),
    ],
)
def test_a_store_that_is_none_is_told(tmp_path, store, expected):
    with pytest.raises(ParamsError, match=expected):
        design(store).url(tmp_path)

import pytest
from sqlalchemy.exc import DBAPIError

from evalkit.register.register import Register
from evalkit.register.schema import tables
from tests.register import server
from tests.register.conftest import BOTH, entry, figures, submission


@BOTH
@pytest.mark.parametrize("statement", ["UPDATE {} SET entry = 1", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["submission", "status", "figure"])
def test_nothing_is_changed_or_taken_away(register, table, statement):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    with pytest.raises(DBAPIError, match="only grows"), register.engine.begin() as connection:
        connection.exec_driver_sql(statement.format(table))


IN_SQLITE = ("SELECT name FROM sqlite_master WHERE type = 'trigger'", ("UPDATE", "DELETE"))
IN_POSTGRESQL = (
    "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE trigger_schema = current_schema()",
    ("kept",),
)


@BOTH
def test_every_table_is_guarded(register):
    query, guards = IN_SQLITE if register.engine.dialect.name == "sqlite" else IN_POSTGRESQL
    with register.engine.connect() as connection:
        found = connection.exec_driver_sql(query).scalars().all()
    assert set(found) == {f"{table.name}_{guard}" for table in tables.sorted_tables for guard in guards}


def test_no_table_of_a_server_is_emptied(postgresql):
    register = Register.make(server.apart(postgresql))
    with pytest.raises(DBAPIError, match="only grows"), register.engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE entry CASCADE")

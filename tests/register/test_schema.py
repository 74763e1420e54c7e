import pytest
from sqlalchemy.exc import IntegrityError

from evalkit.register.schema import tables
from tests.register.conftest import entry, figures, submission


@pytest.mark.parametrize("statement", ["UPDATE {} SET entry = 1", "DELETE FROM {}"])
@pytest.mark.parametrize("table", ["submission", "status", "figure"])
def test_nothing_is_changed_or_taken_away(register, table, statement):
    register.receive(submission("a"), figures(10.0), entry((4, 1)))
    with pytest.raises(IntegrityError, match="only grows"), register.engine.begin() as connection:
        connection.exec_driver_sql(statement.format(table))


def test_every_table_is_guarded(register):
    with register.engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    assert set(found) == {f"{table.name}_{verb}" for table in tables.sorted_tables for verb in ("UPDATE", "DELETE")}

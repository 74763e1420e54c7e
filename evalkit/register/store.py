"""Where a register is kept: a file of SQLite, or a database of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from evalkit.base.errors import DataError, ParamsError, Problem
from evalkit.register.schema import ENTRY, tables

PATIENCE = 60  # seconds that a writer waits for another
WRITING = "evalkit_writing"


def make_store(url: str) -> Engine:
    """Make the tables of a register, where they are not there yet.

    Raises ParamsError where there is no database, or it is that of something else.
    """
    if file := _file(url):
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)
    with told(engine.url):
        _check(engine, least=0)
        with writing(engine) as connection:
            tables.create_all(connection)
    return engine


def open_store(url: str) -> Engine:
    """Open a register. Raises ParamsError where there is none."""
    file = _file(url)
    if file and not file.is_file():
        wrong = Problem("register.store", f"no {file.name}", "a register: `evalkit register open STUDY` makes one")
        raise ParamsError(f"there is no register {file}", [wrong])
    engine = _engine(url)
    with told(engine.url):
        _check(engine, least=1)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that nobody else writes beside: all of it is put on record at the end, or nothing."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if engine.dialect.name != "sqlite" and inspect(connection).has_table(ENTRY.name):
            connection.exec_driver_sql(f"LOCK TABLE {ENTRY.name} IN EXCLUSIVE MODE")
        yield connection


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection, _) -> None:
    connection.isolation_level = None  # transactions begin as `_begin` says
    connection.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _check(engine: Engine, *, least: int) -> None:
    found = set(inspect(engine).get_table_names())
    ours = {table.name for table in tables.sorted_tables}
    if (found or least) and not ours <= found:
        wrong = Problem("register.store", f"tables {', '.join(sorted(found)) or '(none)'}", "those of a register")
        raise ParamsError(f"{shown(engine.url)} is no register", [wrong])


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Say what a database says, without its statements."""
    try:
        yield
    except SQLAlchemyError as error:
        found = str(error.orig).strip() if isinstance(error, DBAPIError) else str(error)
        wrong = Problem("register.store", found, "a register that can be used")
        raise DataError(f"the register {shown(url)} cannot be used", [wrong]) from None


def _file(url: str) -> Path | None:
    parts = make_url(url)
    return Path(parts.database) if parts.get_backend_name() == "sqlite" else None


def shown(url: URL) -> str:
    """Give the URL of a store without its password."""
    return url.render_as_string(hide_password=True)

"""Where a register is kept: a file of SQLite, or a database of PostgreSQL."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import OperationalError
from time import monotonic, sleep

from sqlalchemy import URL, Connection, Engine, Select, Table, create_engine, event, inspect, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from evalkit.base.errors import DataError, ParamsError, Problem
from evalkit.register.schema import ENTRY, tables

PATIENCE = 60  # seconds that a writer waits for another
BREATH = 0.01
AT_ONCE = 500  # rows
WRITING = "evalkit_writing"
CACHE = 100_000  # KiB of a file that are kept in memory
_LOCK_WHILE_MAKING = "SELECT pg_advisory_xact_lock(hashtext('evalkit register'))"


def make_store(url: str) -> Engine:
    """Make the tables of a register, where they are not there yet.

    Raises ParamsError where there is no database, or it is that of something else.
    """
    if file := _file(url):
        file.parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(url)
    with told(engine.url):
        _check(engine, least=0)
        if file:
            _keep_a_log(engine)
        with writing(engine, making=True) as connection:
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


def check_file(engine: Engine) -> None:
    """Have SQLite look whether a file is whole. Raises DataError where it is not."""
    if engine.dialect.name == "sqlite":
        with told(engine.url), engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if found != ["ok"]:
            wrong = [Problem("the file", each, "a whole one: take it from a copy") for each in found]
            raise DataError(f"the register {shown(engine.url)} is damaged (malformed)", wrong)


@contextmanager
def writing(engine: Engine, *, making: bool = False) -> Iterator[Connection]:
    """Give a connection that nobody else writes beside: all of it is put on record at the end, or nothing."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        if engine.dialect.name != "sqlite":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
            connection.exec_driver_sql(_LOCK_WHILE_MAKING if making else f"LOCK TABLE {ENTRY.name} IN EXCLUSIVE MODE")
        yield connection


def insert(connection: Connection, table: Table, rows: Iterable[Mapping], number: int) -> None:
    """Put rows of an entry into a table; of millions there is never more than some in memory."""
    quote = connection.dialect.identifier_preparer.quote
    columns = [column for column in table.c if column.name != "id" or table is ENTRY]
    own = [(column.name, "" if column.server_default is not None else None) for column in columns]
    cells = (tuple(_known(number if name == "entry" else row.get(name, blank)) for name, blank in own) for row in rows)
    into = f"{quote(table.name)} ({', '.join(quote(column.name) for column in columns)})"
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        cursor.executemany(f"INSERT INTO {into} VALUES ({', '.join('?' * len(own))})", cells)
        return
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in cells:
            copy.write_row(row)


def _known(cell: object) -> object:
    return cell if cell == cell else None  # NaN is not itself


def fetch(connection: Connection, query: Select) -> dict[str, list]:
    """Give the columns that a query finds, as the database itself gives their cells; the same text is one object.

    Taken row by row, or with an object for each cell, a year of a country needs half as much time again.
    """
    found, collecting = connection.execute(query), gc.isenabled()
    columns: dict[str, list] = {column.name: [] for column in query.selected_columns}
    once = [{}.setdefault if column.type.python_type is str else None for column in query.selected_columns]
    gc.disable()  # what is read is no litter, and would be gone through again and again
    try:
        while rows := found.cursor.fetchmany(AT_ONCE):
            for into, same, cells in zip(columns.values(), once, zip(*rows, strict=True), strict=True):
                into += map(same, cells, cells) if same else cells
    finally:
        if collecting:
            gc.enable()
    return columns


def _engine(url: str) -> Engine:
    engine = create_engine(url, poolclass=NullPool)  # a process that is forked from this one shares no connection
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection, _) -> None:
    connection.isolation_level = None  # transactions begin as `_begin` says
    connection.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")


def _keep_a_log(engine: Engine) -> None:
    """Have readers and writers not wait for one another (WAL), for ever; while another makes it, it is in use."""
    until = monotonic() + PATIENCE
    with engine.connect() as connection:
        while True:
            try:
                connection.connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except OperationalError:
                if monotonic() > until:
                    raise
                sleep(BREATH)


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
    dialect = url.get_dialect()
    try:
        yield
    except (SQLAlchemyError, dialect.import_dbapi().Error) as error:
        found = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        raise DataError(f"the register {shown(url)} cannot be used", [_told(url, found)]) from None


def _told(url: URL, found: str) -> Problem:
    where = "a file and a folder that can be written, on a disk of this machine with room"
    server = "a server that answers, and a database that its user may use"
    return Problem("register.store", found, where if url.get_backend_name() == "sqlite" else server)


def _file(url: str) -> Path | None:
    parts = make_url(url)
    return Path(parts.database) if parts.get_backend_name() == "sqlite" else None


def shown(url: URL) -> str:
    """Give the URL of a store without its password."""
    return url.render_as_string(hide_password=True)

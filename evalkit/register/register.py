"""A register of figures: what was handed in, when, by whom, what became of it, and what stands on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial

import pandas as pd
from sqlalchemy import Connection, Engine, Select, Table, func, select

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.data.contract import KEY
from evalkit.register.entries import FIGURE_COLUMNS, OPENING, Entry, Rows, Submission, altered, chained
from evalkit.register.latest import latest
from evalkit.register.schema import ENTRY, FIGURE, STATUS, SUBMISSION, tables
from evalkit.register.statuses import COUNTING, Status, check_step
from evalkit.register.store import check_file, fetch, insert, make_store, open_store, told, writing

AT_ONCE = 10_000
TOLD_APART = ("id", "entry", "submission", "standing", *KEY)


@dataclass(frozen=True)
class Register:
    """A register, open; nothing that it holds is ever changed or taken away."""

    engine: Engine

    @classmethod
    def make(cls, url: str) -> Register:
        """Make a register, or open the one that is there. Raises ParamsError where something else is."""
        return cls(make_store(url))

    @classmethod
    def open(cls, url: str) -> Register:
        """Open a register. Raises ParamsError where there is none."""
        return cls(open_store(url))

    def receive(
        self,
        submission: Submission,
        figures: pd.DataFrame,
        entry: Entry,
        *,
        status: Status = "submitted",
        note: str = "",
    ) -> int:
        """Put a submission on record with its figures, whole or not at all; gives the number of the entry.

        Raises DataError where its code is taken, or where the day lies before the last one on record.
        """
        if submission.kind != OPENING:  # figures of before the register are what they are
            check_step(submission.code, None, status)
        return self.write(entry, submission.rows(figures, status, note), first=partial(_check_free, submission.code))

    def advance(self, submission: str, status: Status, entry: Entry, *, note: str = "") -> int:
        """Put on record that a submission has come further. Raises DataError where it cannot go there."""
        rows = {STATUS: [{"submission": submission, "status": status, "note": note}]}
        return self.write(entry, rows, first=lambda connection: _check_step(connection, submission, status))

    def write(self, entry: Entry, rows: Rows, *, first: Callable[[Connection], None] = lambda connection: None) -> int:
        """Put an entry on record with its rows, whole or not at all; gives its number.

        `first` looks at what is on record while nobody else can write, and raises where the entry may not come to it.
        """
        with told(self.engine.url), writing(self.engine) as connection:
            last = _last(connection)
            _check_day(entry, last)
            first(connection)
            row = vars(entry) | {
                "day": entry.day.isoformat(),
                "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            number = last["id"] + 1
            digest = chained(last["digest"], row, rows)
            insert(connection, ENTRY, [{**row, "id": number, "digest": digest}], number)
            for table in tables.sorted_tables:
                if len(rows.get(table, ())):
                    insert(connection, table, rows[table], number)
        return number

    def until(self, day: date | None = None) -> int:
        """Give the number of the last entry up to a day (of all, if none is given); 0 where there is none."""
        query = select(func.max(ENTRY.c.id))
        if day is not None:
            query = query.where(ENTRY.c.day <= day.isoformat())
        with told(self.engine.url), self.engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def last_day(self) -> date | None:
        """Give the last day on record; None where there is none."""
        with told(self.engine.url), self.engine.connect() as connection:
            day = _last(connection)["day"]
        return date.fromisoformat(day) if day else None

    def digest(self, day: date | None = None) -> str:
        """Give the digest over all that stood on record on a day."""
        with told(self.engine.url), self.engine.connect() as connection:
            query = select(ENTRY.c.digest).where(ENTRY.c.id == self.until(day))
            return connection.execute(query).scalar() or ""

    def entries(self, day: date | None = None) -> pd.DataFrame:
        """Give the journal up to a day: who put something on record, when, and the digest over all until then."""
        return self._frame(select(ENTRY).where(ENTRY.c.id <= self.until(day)).order_by(ENTRY.c.id))

    def submissions(self, day: date | None = None) -> pd.DataFrame:
        """Give the submissions up to a day with the status that each then had: index code, in the order received."""
        upto = self.until(day)
        found = self._frame(select(SUBMISSION, ENTRY.c.day, ENTRY.c.by).join(ENTRY).where(SUBMISSION.c.entry <= upto))
        steps = self._frame(_steps(upto)).set_index("submission")
        return found.sort_values("entry").set_index("code").join(steps)

    def figures(
        self,
        years: Iterable[int],
        *,
        day: date | None = None,
        accepted: Status = "submitted",
        columns: Sequence[str] = FIGURE_COLUMNS,
    ) -> pd.DataFrame:
        """Give the figures that counted on a day: of each the latest of those whose submission had come far enough.

        Of a region's own figure and a department's of it the region's counts. Gives the `columns`, and always those
        that tell figures and what brought them apart, in the order of the table.
        """
        upto = self.until(day)
        steps = self._frame(_steps(upto))
        counting = steps.submission[steps.status.isin(COUNTING[accepted])]
        asked = [column for column in FIGURE.c if column.name in (*columns, *TOLD_APART)]
        found = self._frame(select(*asked).where(FIGURE.c.year.in_(list(years)), FIGURE.c.entry <= upto))
        return latest(found, counting)

    def check(self) -> list[int]:
        """Have a file read whole, and give the entries that are `altered`. Raises DataError where it is damaged."""
        check_file(self.engine)
        return self.altered()

    def altered(self) -> list[int]:
        """Give the entries that are not what they were when they were put on record, judged by their digests.

        What somebody alters together with all digests after it is not found so: compare the last digest with one that
        is kept elsewhere, as the manifest of every run keeps it.
        """
        with told(self.engine.url), ExitStack() as stack:
            streams = {table: self._stream(stack, table) for table in tables.sorted_tables}
            return list(altered(streams.pop(ENTRY), streams))

    def rows(self, table: Table, day: date | None = None, **of: Iterable) -> pd.DataFrame:
        """Give the rows of a table up to a day, with the day and the author of the entry that brought each.

        `of` names columns, each with the values that are asked for; they are few.
        """
        query = select(table, ENTRY.c.day, ENTRY.c.by).join(ENTRY, table.c.entry == ENTRY.c.id)
        asked = [table.c[name].in_(list(values)) for name, values in of.items()]
        order = [table.c[name] for name in ("entry", "id") if name in table.c]
        return self._frame(query.where(table.c.entry <= self.until(day), *asked).order_by(*order))

    def _frame(self, query: Select) -> pd.DataFrame:
        with told(self.engine.url), self.engine.connect() as connection:
            found = fetch(connection, query)
        return pd.DataFrame(found, dtype=None if any(found.values()) else object)

    def _stream(self, stack: ExitStack, table: Table) -> Iterator[dict]:
        """Give the rows of a table one after another, as they were put on record."""
        order = [table.c[name] for name in ("entry", "id") if name in table.c]
        connection = stack.enter_context(self.engine.connect().execution_options(yield_per=AT_ONCE))
        found = connection.execute(select(table).order_by(*order))
        names = list(found.keys())
        return (dict(zip(names, row, strict=True)) for row in found)


def _steps(upto: int) -> Select:
    """Ask for the status of every submission up to an entry."""
    last = select(func.max(STATUS.c.id)).where(STATUS.c.entry <= upto).group_by(STATUS.c.submission)
    return select(STATUS.c["submission", "status", "note"]).where(STATUS.c.id.in_(last))


def _check_free(code: str, connection: Connection) -> None:
    if connection.execute(select(SUBMISSION.c.code).where(SUBMISSION.c.code == code)).first():
        wrong = Problem("submission", f"{code}, which is on record already", "a code of its own")
        raise DataError(f"{code} is not put on record", [wrong])


def _check_step(connection: Connection, submission: str, status: Status) -> None:
    its = select(STATUS.c.status).where(STATUS.c.submission == submission).order_by(STATUS.c.id.desc()).limit(1)
    before = connection.execute(its).scalar()
    if before is None:
        known = connection.execute(select(SUBMISSION.c.code)).scalars()
        raise DataError(f"no submission {submission}", [Problem("submission", submission, one_of(submission, known))])
    check_step(submission, before, status)


def _last(connection: Connection) -> Mapping:
    query = select(ENTRY.c["id", "day", "digest"]).order_by(ENTRY.c.id.desc()).limit(1)
    return connection.execute(query).mappings().first() or {"id": 0, "day": "", "digest": ""}


def _check_day(entry: Entry, last: Mapping) -> None:
    if entry.day.isoformat() < last["day"]:
        wrong = Problem("the day", entry.day.isoformat(), f"{last['day']}, the last day on record, or later")
        raise DataError("what stood on a day is not changed afterwards", [wrong])

"""A register of figures: what was handed in, when, by whom, what became of it, and what stands on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd
from sqlalchemy import Connection, Engine, Select, Table, func, select

from evalkit.base.errors import DataError, Problem, one_of
from evalkit.data.contract import KEY
from evalkit.register.entries import Entry, Rows, Submission, by_entry, chained
from evalkit.register.schema import ENTRY, FIGURE, STATUS, SUBMISSION, tables
from evalkit.register.statuses import COUNTING, Status, check_step
from evalkit.register.store import make_store, open_store, told, writing


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
        check_step(submission.code, None, status)
        return self.write(entry, submission.rows(figures, status, note))

    def advance(self, submission: str, status: Status, entry: Entry, *, note: str = "") -> int:
        """Put on record that a submission has come further. Raises DataError where it cannot go there."""
        known = self.submissions().status
        if submission not in known.index:
            raise DataError(
                f"no submission {submission}", [Problem("submission", submission, one_of(submission, known.index))]
            )
        check_step(submission, known[submission], status)
        return self.write(entry, {STATUS: [{"submission": submission, "status": status, "note": note}]})

    def write(self, entry: Entry, rows: Rows) -> int:
        """Put an entry on record with its rows, whole or not at all; gives its number."""
        with told(self.engine.url), writing(self.engine) as connection:
            last = _last(connection)
            _check_day(entry, last)
            row = vars(entry) | {
                "day": entry.day.isoformat(),
                "recorded": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            number = last["id"] + 1
            digest = chained(last["digest"], row, rows)
            connection.execute(ENTRY.insert(), {**row, "id": number, "digest": digest})
            for table in tables.sorted_tables:
                if found := rows.get(table):
                    connection.execute(table.insert(), [{**each, "entry": number} for each in found])
        return number

    def until(self, day: date | None = None) -> int:
        """Give the number of the last entry up to a day (of all, if none is given); 0 where there is none."""
        query = select(func.max(ENTRY.c.id))
        if day is not None:
            query = query.where(ENTRY.c.day <= day.isoformat())
        with told(self.engine.url), self.engine.connect() as connection:
            return connection.execute(query).scalar() or 0

    def digest(self, day: date | None = None) -> str:
        """Give the digest over all that stood on record on a day."""
        with told(self.engine.url), self.engine.connect() as connection:
            query = select(ENTRY.c.digest).where(ENTRY.c.id == self.until(day))
            return connection.execute(query).scalar() or ""

    def submissions(self, day: date | None = None) -> pd.DataFrame:
        """Give the submissions up to a day with the status that each then had: index code, in the order received."""
        upto = self.until(day)
        found = self._frame(select(SUBMISSION, ENTRY.c.day, ENTRY.c.by).join(ENTRY).where(SUBMISSION.c.entry <= upto))
        steps = self._frame(select(STATUS.c["id", "submission", "status", "note"]).where(STATUS.c.entry <= upto))
        latest = steps.sort_values("id").groupby("submission").last()[["status", "note"]]
        return found.sort_values("entry").set_index("code").join(latest)

    def figures(self, years: Iterable[int], *, day: date | None = None, accepted: Status = "submitted") -> pd.DataFrame:
        """Give the figures that counted on a day: of each the latest of those whose submission had come far enough.

        Of a region's own figure and a department's of it the region's counts. Gives the columns of the table.
        """
        known = self.submissions(day)
        counting = known.index[known.status.isin(COUNTING[accepted])]
        query = select(FIGURE).where(FIGURE.c.year.in_(list(years)), FIGURE.c.entry <= self.until(day))
        found = self._frame(query)
        found = found[found.submission.isin(counting)]
        own = (found.standing != "department").to_numpy()
        found = found.assign(own=own).sort_values(["own", "id"], kind="stable").drop(columns="own")
        return found[~found.duplicated(KEY, keep="last")].sort_values("id").reset_index(drop=True)

    def altered(self) -> list[int]:
        """Give the entries that are not what they were when they were put on record, judged by their digests."""
        entries = self._records(select(ENTRY).order_by(ENTRY.c.id))
        others = [table for table in tables.sorted_tables if table is not ENTRY]
        rows = by_entry({table: self._records(select(table)) for table in others})
        before, wrong = "", []
        for entry in entries:
            if chained(before, entry, rows.get(entry["id"], {})) != entry["digest"]:
                wrong.append(entry["id"])
            before = entry["digest"]
        return wrong

    def rows(self, table: Table, day: date | None = None) -> pd.DataFrame:
        """Give the rows of a table up to a day, with the day and the author of the entry that brought each."""
        query = select(table, ENTRY.c.day, ENTRY.c.by).join(ENTRY, table.c.entry == ENTRY.c.id)
        return self._frame(query.where(table.c.entry <= self.until(day)).order_by(table.c.entry))

    def _frame(self, query: Select) -> pd.DataFrame:
        with told(self.engine.url), self.engine.connect() as connection:
            found = connection.execute(query)
            return pd.DataFrame(found.fetchall(), columns=list(found.keys()))

    def _records(self, query: Select) -> list[Mapping]:
        with told(self.engine.url), self.engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]


def _last(connection: Connection) -> Mapping:
    query = select(ENTRY.c["id", "day", "digest"]).order_by(ENTRY.c.id.desc()).limit(1)
    return connection.execute(query).mappings().first() or {"id": 0, "day": "", "digest": ""}


def _check_day(entry: Entry, last: Mapping) -> None:
    if entry.day.isoformat() < last["day"]:
        wrong = Problem("the day", entry.day.isoformat(), f"{last['day']}, the last day on record, or later")
        raise DataError("what stood on a day is not changed afterwards", [wrong])

"""Where everybody stands who is asked for figures: what is there, what is late, and what must be asked back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from evalkit.register.calendar import Calendar
from evalkit.register.decisions.objections import objections
from evalkit.register.forms.questions import Survey
from evalkit.register.register import Register
from evalkit.register.schema import FIGURE, STATUS, VERIFICATION
from evalkit.register.statuses import COUNTING

NOTHING = "nothing"  # in the place of a status
OFFICE = "office"
HANDED_IN = ("form", "table")
ANSWERED = ["variable", "region", "unit"]
LATE = ["step", "who", "about", "limit", "late"]


@dataclass(frozen=True)
class Standing:
    """Where everybody stands at the end of a day in the year of a survey; without a calendar, nobody is late."""

    register: Register
    survey: Survey
    day: date
    calendar: Calendar | None = None

    @cached_property
    def table(self) -> pd.DataFrame:
        """One row for everybody who is asked, by code.

        `name_zh`, `name_en`, `kind` ("city", "county", "department"); `status` of the last submission that is no
        revision ("nothing" where there is none), its code (`submission`) and the day of that status (`since`); how many
        figures are `asked`, `given` (by figures that count, with a value or the reason of none) and `missing`;
        `warned`, the warnings that were explained and that nobody has looked at; `late`, in days; and `again`, what
        must be asked back.
        """
        rows = [self._row(reporter) for reporter in self.survey.reporters]
        return pd.DataFrame(rows, columns=["reporter", *_COLUMNS]).set_index("reporter")

    @cached_property
    def objections(self) -> pd.DataFrame:
        """The objections of the year that are open, as `objections` gives them, with whose turn it is (`who`)."""
        known = objections(self.register, self.day, self.calendar)
        opened = known[(known.year == self.survey.year) & (known.next != "")]
        return opened.assign(who=[self._turn(one) for one in opened.itertuples()])

    @cached_property
    def late(self) -> pd.DataFrame:
        """What is late, by whom: columns `step`, `who` (a code, or "office"), `about`, `limit` and `late` (days)."""
        rows = [*self._late_reporters(), *self._late_office(), *self._late_objections()]
        return pd.DataFrame(rows, columns=LATE).sort_values("late", ascending=False, kind="stable", ignore_index=True)

    @cached_property
    def _submissions(self) -> pd.DataFrame:
        known = self.register.submissions(self.day)
        known = known[known.year == self.survey.year]
        steps = self.register.rows(STATUS, self.day, submission=known.index).sort_values("id")
        return known.assign(since=steps.groupby("submission").day.last())

    @cached_property
    def _last(self) -> pd.DataFrame:
        """The last submission of each reporter that is no revision."""
        own = self._submissions[self._submissions.kind.isin(HANDED_IN)]
        return own.reset_index().groupby("reporter").last()

    @cached_property
    def _figures(self) -> dict[str, pd.DataFrame]:
        """The figures that count, by who gave them."""
        known = self._submissions[self._submissions.status.isin(COUNTING["submitted"])]
        figures = self.register.rows(FIGURE, self.day, year=[self.survey.year])
        figures = figures[figures.submission.isin(known.index)].sort_values("id")
        figures = figures.assign(reporter=figures.submission.map(known.reporter))
        latest = figures.drop_duplicates(["reporter", *ANSWERED], keep="last")
        return dict(iter(latest.groupby("reporter")))

    @cached_property
    def _looked_at(self) -> set[int]:
        return set(self.register.rows(VERIFICATION, self.day).figure)

    def _row(self, reporter: str) -> tuple:
        form = self.survey.form(reporter)
        figures = self._figures.get(reporter, pd.DataFrame(columns=["id", "state", "explanation", *ANSWERED]))
        answered = figures[figures.state != "missing"]
        there = set(zip(*(answered[name] for name in ANSWERED), strict=True))
        asked = {(each.variable, each.region, each.unit) for each in form.questions.values()}
        explained = figures[figures.explanation != ""]
        warned = 0 if self._status(reporter) == "final" else int((~explained.id.isin(self._looked_at)).sum())
        counts = (len(asked), len(asked & there), len(asked - there), warned)
        named = (form.name.zh, form.name.en, self.survey.kind(reporter))
        late, last = self._late(reporter), self._of(reporter)
        return (reporter, *named, self._status(reporter), *last[:2], *counts, late[2] if late else 0, last[2])

    def _of(self, reporter: str) -> tuple[str, str, str]:
        """Give the last submission, the day of its status, and what must be asked back."""
        if reporter not in self._last.index:
            return "", "", ""
        one = self._last.loc[reporter]
        return one.code, one.since, one.note if one.status == "returned" else ""

    def _status(self, reporter: str) -> str:
        return self._last.status[reporter] if reporter in self._last.index else NOTHING

    def _late(self, reporter: str) -> tuple[str, str, int] | None:
        """Give the step that a reporter is late with, its limit and the days; None where it is not late."""
        status = self._status(reporter)
        if self.calendar is None or status not in (NOTHING, "draft", "returned"):
            return None
        since = date.fromisoformat(self._last.since[reporter]) if status == "returned" else None
        step = "correction" if since and "correction" in self.calendar.by_duty else "figures"
        days = self.calendar.late(step, self.survey.year, self.day, since)
        return (step, self.calendar.limit(step, self.survey.year, since).isoformat(), days) if days else None

    def _late_reporters(self) -> list[tuple]:
        found = {reporter: self._late(reporter) for reporter in self.survey.reporters}
        return [(late[0], reporter, reporter, *late[1:]) for reporter, late in found.items() if late]

    def _late_office(self) -> list[tuple]:
        """What the office has not verified, or not made final, in time."""
        rows = []
        for step, status in (("verification", "submitted"), ("final", "verified")):
            days = self.calendar.late(step, self.survey.year, self.day) if self.calendar else 0
            if days:
                limit = self.calendar.limit(step, self.survey.year).isoformat()
                waiting = self._submissions[self._submissions.status == status]
                rows += [(step, OFFICE, code, limit, days) for code in waiting.index]
        return rows

    def _late_objections(self) -> list[tuple]:
        found = self.objections[self.objections.limit.notna()]
        days = [(self.day - date.fromisoformat(limit)).days for limit in found.limit]
        rows = zip(found.next, found.who, found.index, found.limit, days, strict=True)
        return [row for row in rows if row[-1] > 0]

    def _turn(self, objection: tuple) -> str:
        """Say whose turn it is: the one questioned, the department that leads what it is about, or the office."""
        if objection.next == "reply":
            return objection.about if objection.kind == "figure" else OFFICE
        if objection.next != "opinion":
            return OFFICE
        system = self.survey.system
        if objection.kind == "score":
            nodes = [objection.subject]
        else:
            nodes = [each.code for each in system.indicators if objection.subject in each.terms]
        return next((lead for node in nodes for lead in system.departments_of(node)), OFFICE)


_COLUMNS = (
    "name_zh", "name_en", "kind", "status", "submission", "since", "asked", "given", "missing", "warned", "late",
    "again",
)  # fmt: skip

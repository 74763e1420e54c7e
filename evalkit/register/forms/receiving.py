"""Forms put on record: each whole or not at all, once, and in the place of the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base.errors import DataError
from evalkit.data.contract import KEY
from evalkit.register.entries import FIGURE_COLUMNS, Entry, Submission
from evalkit.register.forms.answers import Filled
from evalkit.register.forms.questions import DEPARTMENT, Survey
from evalkit.register.forms.replying import counted, reply
from evalkit.register.forms.taking import Desk, in_processes, pairs, read_all
from evalkit.register.forms.words import label
from evalkit.register.schema import FIGURE
from evalkit.register.statuses import COUNTING

if TYPE_CHECKING:
    from evalkit.register.register import Register

SUBMITTED, RETURNED, KNOWN, UNCHANGED = "submitted", "returned", "known", "unchanged"
SETTLED = ("verified", "disputed", "final")
SHORT = 10  # characters of a file's digest in the code of its submission


@dataclass(frozen=True)
class Receipt:
    """What became of a file: its form, "submitted", "returned", "known" or "unchanged", and the submission's code.

    `before` is the status that a known file has, and `answer` the workbook that answers it.
    """

    file: Path
    filled: Filled
    outcome: str
    code: str = ""
    before: str = ""
    answer: Path | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether nothing is left to be corrected."""
        return self.outcome in (SUBMITTED, UNCHANGED) or (self.outcome == KNOWN and self.before != RETURNED)


@dataclass(frozen=True)
class Reception:
    """Where forms are handed in: the register, what was asked, and what they are held against."""

    register: Register
    desk: Desk
    entry: Entry
    jobs: int = 1
    folder: Path | None = None

    def receive(self, files: Sequence[Path]) -> list[Receipt]:
        """Read, judge, answer and put on record what came in, in this order; gives a receipt for each file."""
        read = read_all(files, self.desk.survey, self.jobs)
        known = self._known()
        new = {}
        for number, form in enumerate(read):
            if form.sha256 not in known and form.sha256 not in {each.sha256 for each in new.values()}:
                new[number] = form
        each = [(number, files[number]) for number in new]
        judged = in_processes(partial(self._answered, read), each, self.jobs)
        done = {number: (form.of(self.desk.survey), book) for number, (form, book) in zip(new, judged, strict=True)}
        receipts = []
        for number, file in enumerate(files):
            if number in done:
                receipts.append(self._recorded(file, *done[number]))
            else:
                receipts.append(self._again(file, read[number]))
        return receipts

    def _answered(self, read: Sequence[Filled], one: tuple[int, Path]) -> tuple[Filled, Path | None]:
        """Judge a form beside the others that came in with it, and write the answer to it."""
        number, file = one
        form = read[number]
        reporter = form.form and form.form.reporter
        beside = [other.judged for other in read if other.form and other.form.reporter != reporter]
        told = self.desk.judged(form, [answers for answers in beside if len(answers)])
        if told.is_untouched:
            return told.of(None), None
        status = SUBMITTED if told.is_sound else RETURNED
        book, _ = reply(told, status, self.folder or file.parent, self.desk.survey.language)
        return told.of(None), book

    def _recorded(self, file: Path, told: Filled, answer: Path | None) -> Receipt:
        if told.is_untouched:
            return Receipt(file, told, UNCHANGED)
        if told.form is None:
            return Receipt(file, told, RETURNED, answer=answer)
        status = SUBMITTED if told.is_sound else RETURNED
        submission, found = _submission(told, self.desk.survey), counted(told)
        figures = self._figures(told, submission) if told.is_sound else pd.DataFrame()
        note = "" if told.is_sound else f"{found['error']} error(s), {found['warning']} warning(s)"
        try:
            self.register.receive(submission, figures, self.entry, status=status, note=note)
        except DataError:
            if told.sha256 not in self._known():  # another intake was faster
                raise
            return self._again(file, told)
        return Receipt(file, told, status, submission.code, answer=answer)

    def _again(self, file: Path, form: Filled) -> Receipt:
        code, status = self._known().get(form.sha256, ("", RETURNED))
        return Receipt(file, form, KNOWN, code, status)

    def _known(self) -> dict[str, tuple[str, str]]:
        """Give the code and the status of what is on record, by the digest of its file."""
        found = self.register.submissions()
        found = found[found.study == self.desk.survey.study]
        return dict(zip(found.sha256, zip(found.index, found.status, strict=True), strict=True))

    def _figures(self, told: Filled, submission: Submission) -> pd.DataFrame:
        """Give what is put on record: all but what is settled, each in the place of the figure before it."""
        settled = {row.key for row, _ in pairs(told.answers, self.desk.settled, submission.standing)}
        rows = told.answers[~told.answers.key.isin(settled)]
        before = self._before(submission)
        revises = [before.get(key) for key in zip(rows.variable, rows.region, rows.unit, strict=True)]
        because = label("because")[self.desk.survey.language]
        rows = rows.assign(revises=pd.array(revises, dtype=object))
        rows = rows.assign(because=["" if each is None else because for each in revises], evidence="")
        return rows[[*FIGURE_COLUMNS]]

    def _before(self, submission: Submission) -> dict[tuple, int]:
        """Give the numbers of the figures of the same reporter and year that count."""
        known = self.register.submissions()
        same = (known.reporter == submission.reporter) & (known.year == submission.year)
        codes = list(known.index[same & known.status.isin(COUNTING[SUBMITTED])])
        found = self.register.rows(FIGURE, submission=codes).sort_values("id")
        return {(row.variable, row.region, row.unit): int(row.id) for row in found.itertuples()}


def standing_figures(register: Register, year: int) -> pd.DataFrame:
    """Give the figures of a year that count once handed in: the regions' own, and the departments' beside them."""
    found = register.figures([year])
    known = register.submissions()
    codes = known.index[known.status.isin(COUNTING[SUBMITTED])]
    beside = register.rows(FIGURE, year=[year], standing=[DEPARTMENT]).sort_values("id")
    beside = beside[beside.submission.isin(codes) & ~beside.duplicated(KEY, keep="last") & ~beside.id.isin(found.id)]
    return pd.concat([found, beside[list(found.columns)]], ignore_index=True) if len(beside) else found


def settled_figures(register: Register, figures: pd.DataFrame) -> pd.DataFrame:
    """Give those of some figures whose submission is verified, disputed or final."""
    known = register.submissions()
    codes = known.index[known.status.isin(SETTLED)]
    return figures[figures.submission.isin(codes)]


def _submission(told: Filled, survey: Survey) -> Submission:
    form = told.form
    kind = "table" if told.file.lower().endswith(".csv") else "form"
    return Submission(
        f"{form.reporter}-{survey.year}-{told.sha256[:SHORT]}",
        survey.study,
        form.reporter,
        survey.year,
        kind,
        form.standing,
        told.file,
        told.sha256,
        form.version,
        f"{survey.system.code} {survey.system.version}",
    )

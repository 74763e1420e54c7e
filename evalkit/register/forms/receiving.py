"""Forms put on record: each whole or not at all, once, and in the place of the one before it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from evalkit.base.errors import DataError, Problem
from evalkit.data.contract import KEY
from evalkit.register.entries import FIGURE_COLUMNS, Entry, Submission
from evalkit.register.forms.answers import Filled
from evalkit.register.forms.questions import DEPARTMENT, Survey
from evalkit.register.forms.replying import answer_pair, counted, reply
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

    `before` is the status of a known file, or of the form to which nothing was changed, and `answer` the workbook that
    answers it.
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
        return self.outcome == SUBMITTED or (self.outcome in (KNOWN, UNCHANGED) and self.before != RETURNED)


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
        settled = self._settled(self.desk.survey.year)
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
            try:
                if number in done:
                    self._check_settled(done[number][0], settled)
                    receipts.append(self._recorded(file, *done[number]))
                else:
                    receipts.append(self._again(file, read[number]))
            except BaseException:
                _withdraw(book for at, (_, book) in done.items() if at >= number)
                raise
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
            return Receipt(file, told, UNCHANGED, before=self._last_status(told))
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

    def _settled(self, year: int) -> dict[str, str]:
        """Give the reporters of the submissions of a year that are settled, by code."""
        known = self.register.submissions()
        return known.reporter[known.status.isin(SETTLED) & (known.year == year)].to_dict()

    def _last_status(self, told: Filled) -> str:
        """Give the status of what a reporter handed in last for the year; nothing where that is nothing."""
        known = self.register.submissions()
        own = (
            known[(known.reporter == told.form.reporter) & (known.year == self.desk.survey.year)]
            if told.form
            else known[:0]
        )
        return own.status.iloc[-1] if len(own) else ""

    def _check_settled(self, told: Filled, before: Mapping[str, str]) -> None:
        """Raise DataError where figures of the reporter were verified while its form was read and judged."""
        now = self._settled(self.desk.survey.year)
        found = [code for code, who in now.items() if code not in before and told.form and who == told.form.reporter]
        if found:
            wrong = Problem(told.file, f"{found[0]}, verified meanwhile", "the same command again")
            raise DataError(f"{told.file} is not put on record", [wrong])

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


def _withdraw(answers: Iterable[Path | None]) -> None:
    """Take answers back that say of forms what is not on record."""
    for book in answers:
        for file in answer_pair(book) if book else ():
            file.unlink(missing_ok=True)


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

"""Forms that came in, read, judged and answered, several at a time; nothing is put on record here."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

import pandas as pd

from evalkit.base.errors import DataError, Problem
from evalkit.data.contract import KEY
from evalkit.register.checks.checks import Checks
from evalkit.register.checks.judging import judge
from evalkit.register.forms.answers import Filled, named
from evalkit.register.forms.comments import Comment, Comments, Place
from evalkit.register.forms.questions import Survey
from evalkit.register.forms.reading import read_filled
from evalkit.register.remarks import Remark

Given, Result = TypeVar("Given"), TypeVar("Result")
YEARS = 10  # of history that is looked at


@dataclass(frozen=True)
class Desk:
    """What forms are held against: what was asked, the rules, and what is on record.

    `figures` are those that were accepted, of this year and those before; `settled` are those of the year whose
    submission is verified, which no form changes.
    """

    survey: Survey
    figures: pd.DataFrame
    checks: Checks | None = None
    settled: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*KEY, "value", "state", "standing"]))

    def judged(self, form: Filled, beside: Sequence[pd.DataFrame] = ()) -> Filled:
        """Say what the rules find in a form that was read, held against what is on record and came in beside it."""
        if form.form is None or form.is_untouched:
            return form
        said = self._settled(form)
        answers = form.judged
        if self.checks is None or not len(answers):
            return form.saying(said)
        history = self.figures[self.figures.year >= self.survey.year - YEARS]
        known = pd.concat([history, *beside], ignore_index=True) if beside else history
        survey = self.survey
        found = judge(answers, known, self.checks, survey.metadata, survey.regions, system=survey.system)
        return form.saying([*said, *_comments(found, form)])

    def _settled(self, form: Filled) -> list[Comment]:
        """Say where a form would change what is verified."""
        said = Comments()
        for row, settled in pairs(form.answers, self.settled, form.form.standing):
            if not _same(row, settled):
                place = _place(row, "value")
                value = settled.state if pd.isna(settled.value) else f"{settled.value:.15g}"
                said.say("settled", place, value=value)
        return list(named(said.all, form.form, form.answers))


def pairs(answers: pd.DataFrame, settled: pd.DataFrame, standing: str) -> Iterable[tuple]:
    """Give every answer of what is settled, with the figure on record."""
    known = {(row.variable, row.region, row.unit): row for row in settled.itertuples() if row.standing == standing}
    for row in answers.itertuples():
        if (row.variable, row.region, row.unit) in known:
            yield row, known[row.variable, row.region, row.unit]


def _same(row, settled) -> bool:
    if row.state != settled.state and settled.state != "disputed":
        return False
    return (pd.isna(row.value) and pd.isna(settled.value)) or row.value == settled.value


def _comments(found: Iterable[Remark], form: Filled) -> list[Comment]:
    """Give remarks as comments; a warning that is explained is noted."""
    answers = form.answers
    told = [
        Comment(
            "note" if remark.settled(answers) else remark.level,
            remark.rule,
            _place(answers.loc[remark.row], remark.column),
            remark.found,
            remark.expected,
        )
        for remark in found
    ]
    return list(named(told, form.form, answers))


def _place(row, column: str) -> Place:
    sheet, _, cell = row.cell.rpartition("!")
    return Place(sheet, cell, row.key, column)


def in_processes(call: Callable[[Given], Result], each: Sequence[Given], jobs: int) -> list[Result]:
    """Give what a call makes of each, in order; several at a time, where processes can be forked with all they need.

    Raises DataError where a process dies.
    """
    if jobs < 2 or len(each) < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return [call(one) for one in each]
    context = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(min(jobs, len(each)), context, initializer=_hold, initargs=(call,)) as pool:
            return list(pool.map(_called, each))
    except BrokenProcessPool:
        wrong = Problem("a process", "its end, perhaps for want of memory", "forms read one at a time: --jobs 1")
        raise DataError("the forms could not all be read, and none was put on record", [wrong]) from None


_held: list[Callable] = []


def _hold(call: Callable) -> None:
    _held[:] = [call]


def _called(one: object) -> object:
    return _held[0](one)


def read_all(paths: Sequence[Path], survey: Survey, jobs: int) -> list[Filled]:
    """Read forms, several at a time."""
    return [form.of(survey) for form in in_processes(partial(_read, survey), paths, jobs)]


def _read(survey: Survey, path: Path) -> Filled:
    return read_filled(path, survey).of(None)  # which would go from process to process with every form

"""A request: which reports are to be made, with all that is asked for checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import get_args
from unicodedata import normalize

import pandas as pd

from evalkit.base import params
from evalkit.base.errors import ParamsError, Problem, all_of, one_of
from evalkit.base.once import once
from evalkit.base.text import Language
from evalkit.readings.census import Census
from evalkit.readings.editions import editions_of
from evalkit.reporting.report import Report, RoundReport
from evalkit.reporting.words import word, wording
from evalkit.round import Round
from evalkit.runs.chapters import check_chapters
from evalkit.runs.formats import DEFAULT, lacking
from evalkit.runs.kinds import KINDS, ReportId, ReportKind, reports
from evalkit.runs.outputs import output_folder
from evalkit.runs.parameters import check_parameters
from evalkit.study import Study


@dataclass(frozen=True)
class RunRequest:
    """What is to be run: some reports of a study, for a year and in a language."""

    study: Study
    reports: tuple[ReportId, ...]
    year: int
    language: str
    formats: tuple[str, ...] = DEFAULT

    @property
    def folder(self) -> Path:
        """Where the run leaves its results."""
        default = self.study.round.language
        return output_folder(
            self.study.root, self.study.name, self.year, language=self.language, default_language=default
        )

    @property
    def kinds(self) -> tuple[ReportKind, ...]:
        """The kinds of the reports."""
        names = dict.fromkeys(report_id.kind.name for report_id in self.reports)
        return tuple(KINDS[name] for name in names)

    @cached_property
    def report(self) -> RoundReport:
        """What the round's tables are made from."""
        return RoundReport(self.study, self.study.evaluate(), self.year, self.language)

    @once
    def check(self) -> None:
        """Hold the notebooks, and all that the reports rest on, against the study.

        Raises EvalkitError with every notebook that does not declare what its kind is made for, and all that keeps the
        round from being scored.
        """
        all_of([partial(_check_notebooks, self), partial(check_study, self.study, self.year)])

    def make(self, report_id: ReportId) -> Report:
        """Give what the tables of a report are made from."""
        return report_id.kind.make(self.study, report_id.code, year=self.year, language=self.language)

    def template(self, kind: ReportKind) -> Path:
        """The notebook of a kind of report."""
        return self.study.root / kind.path

    def parameters_of(self, report_id: ReportId) -> dict[str, object]:
        """The parameters of one report's notebook."""
        own = {"study": self.study.name, "year": self.year, "language": self.language}
        if report_id.kind.each:
            own[report_id.kind.each.name] = report_id.code
        return own

    def label(self, report_id: ReportId) -> str:
        """What people call a report: what it is made for, or the title of the round's own."""
        if report_id.kind.each:
            return report_id.kind.each.name_of(self.study, report_id.code, self.year, self.language)
        whole = self.study.all_regions.name[self.language]
        return word(report_id.kind.title, self.language, self.study, city=whole, year=self.year)


def prepare(study: Study, **asked: object) -> RunRequest:
    """Give a request as `ask` does, and check all that its reports rest on, before anything runs. Raises as both do."""
    request = ask(study, **asked)
    request.check()
    return request


def ask(
    study: Study,
    *,
    only: Mapping[str, Sequence[str]] | None = None,
    year: int | None = None,
    language: str | None = None,
    formats: Sequence[str] = DEFAULT,
) -> RunRequest:
    """Give a request of what there is, unchecked what its reports rest on: who makes one checks that (`check`).

    `only` maps the kinds of report that are asked for to the codes that are asked for of each, none for all of them;
    `formats` are the forms in which reports leave beside pages.

    Raises
    ------
    ParamsError
        An unknown kind, city, year, language or format, a study that is not the one of that name, or no report at all.
    """
    declared = study.round
    request = RunRequest(
        study=study,
        reports=reports(study, only),
        year=declared.report_year if year is None else year,
        language=language or declared.language,
        formats=tuple(dict.fromkeys(formats)),
    )
    wrong = [*_unknown_kinds(only or {}), *_unknown(request), *lacking(formats), *_alike(study), *_elsewhere(study)]
    if wrong:
        raise ParamsError(f"the study {declared.code} cannot be run like this", wrong)
    if not request.reports:
        expected = one_of("", [kind.path for kind in KINDS.values() if kind.codes(study)])
        raise ParamsError("there is no report to make", [Problem(str(study.root), "no notebook", expected)])
    return request


def check_study(study: Study, year: int | None = None) -> pd.DataFrame:
    """Check all that the reports of a study rest on; give its composition. Raises EvalkitError with every fault."""
    asked = study.year(year)
    more = [partial(check_chapters, study), partial(wording, study), Census.of(study).check]
    return all_of([partial(study.check, asked), *more, partial(editions_of, study, asked)])[0]


def _unknown_kinds(only: Mapping[str, Sequence[str]]) -> Iterator[Problem]:
    yield from (Problem("--report", repr(name), one_of(name, KINDS)) for name in only if name not in KINDS)


def _unknown(request: RunRequest) -> Iterator[Problem]:
    """What the study does not know."""
    years, languages = request.study.years, get_args(Language)
    for kind in request.kinds:
        known = dict.fromkeys(kind.codes(request.study))
        for code in (one.code for one in request.reports if one.kind is kind and one.code not in known):
            yield Problem(f"--{kind.each.name}", repr(code), one_of(code, known))
    if request.year not in years:
        yield Problem("--year", str(request.year), f"{years[0]} to {years[-1]}")
    if request.language not in languages:
        yield Problem("--language", repr(request.language), one_of(request.language, languages))


def _alike(study: Study) -> Iterator[Problem]:
    """Reports are told apart by what they are made for, or by their kind: no code may stand for two.

    On some disks a and A are the same file, and so are é in one character and in two.
    """
    files: dict[str, list[ReportId]] = {}
    for report_id in reports(study, dict.fromkeys(KINDS, ())):
        files.setdefault(normalize("NFC", report_id.name).casefold(), []).append(report_id)
    for several in files.values():
        if len(several) > 1:
            codes = " and ".join(dict.fromkeys(one.name for one in several))
            kinds = " and of ".join(one.kind.name for one in several)
            yield Problem(f"the code {codes}", f"one of {kinds}", "another code for one of them")


def _elsewhere(study: Study) -> list[Problem]:
    """A notebook reads its study by name, so it must be what stands under that name."""
    place = study.files[0]
    if place.is_file() and params.read(Round, place) == study.round:
        return []
    return [Problem("the study", "a file from elsewhere", f"{place}, which the notebooks read by its name")]


def _check_notebooks(request: RunRequest) -> None:
    all_of(partial(_check_notebook, request, kind) for kind in request.kinds)


def _check_notebook(request: RunRequest, kind: ReportKind) -> None:
    one = next(report_id for report_id in request.reports if report_id.kind is kind)
    check_parameters(request.template(kind), request.parameters_of(one))

"""Where the figures of a report come from: the sources of each, with their own years."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from evalkit.assessment.findings.inspections import Finding
from evalkit.assessment.grading.events import Event
from evalkit.base.once import once
from evalkit.data.metadata import Publication, Variable
from evalkit.reporting.conditions import assessed, rewarded
from evalkit.reporting.made import round_table
from evalkit.reporting.report import Report
from evalkit.study import Study
from evalkit.tabular import Table
from evalkit.tabular.cells import NOT_PRINTED, years


@round_table
def sources(report: Report) -> Table:
    """Where each variable was published, over which years, and what it counts; then the documents of the assessment."""
    rows = [_published(report, code, variable) for code, variable in used_variables(report).items()]
    return report.table([*rows, *_documented(report)])


def used_variables(report: Report) -> dict[str, Variable]:
    """The variables that a report rests on, with what weighs them, in the order of the dataset."""
    variables = report.study.dataset.metadata.variables
    used = {term for indicator in report.system.indicators for term in indicator.terms}
    used.update(report.study.round.readings.variables, _of_the_assessment(report))
    if report.study.livelihood:
        used.update(report.study.livelihood.known)
    used.update(weight for code in tuple(used) if (weight := variables[code].weight))
    return {code: variable for code, variable in variables.items() if code in used}


def publications_of(report: Report, code: str) -> list[Publication]:
    """Give the publications of the figures of a variable that the report shows, in the order of their years."""
    found = _years_by_publication(report.study, report.year, code)
    return [report.study.dataset.metadata.publications[name] for name in found]


def _published(report: Report, code: str, variable: Variable) -> dict[str, str]:
    found = _years_by_publication(report.study, report.year, code)
    titles = [one.title[report.language] for one in publications_of(report, code)]
    if len(titles) > 1:
        of_years = zip(titles, map(years, found.values()), strict=True)
        titles = [report.word("with_value", name=title, value=own) for title, own in of_years]
    return {
        "variable": variable.name[report.language],
        "unit": variable.unit[report.language],
        "year": years({year for own in found.values() for year in own}),
        "publication": report.listed(titles),
        "note": variable.definition[report.language],
    }


def _of_the_assessment(report: Report) -> Iterator[str]:
    """Name the variables of an assessment that no indicator need have: the survey, and what totals and funds go by."""
    if not assessed(report):
        return
    named = [report.study.round.assessment.public_evaluation]
    rules = (indicator.target.split for indicator in report.system.indicators if indicator.target)
    named += [rule.base for rule in rules if rule]
    if rewarded(report):
        for fund in report.study.assessment_files.incentives.funds.values():
            named += [fund.base, *((fund.need.variable, fund.need.per) if fund.need else ())]
    yield from filter(None, named)


def _documented(report: Report) -> Iterator[dict[str, str]]:
    """Give the documents of the events and of the findings up to the year of the report."""
    if assessed(report):
        assessment_files = report.study.assessment_files
        for key, declared in {
            "of_events": assessment_files.events.events,
            "of_findings": assessment_files.findings.findings,
        }.items():
            if known := [one for one in declared if one.year <= report.year]:
                yield _documents(report, key, known)


def _documents(report: Report, key: str, known: Iterable[Event | Finding]) -> dict[str, str]:
    documents = dict.fromkeys(one.document[report.language] for one in known)
    own = {"year": years({one.year for one in known}), "publication": report.listed(documents)}
    return {"variable": report.word(key), "unit": NOT_PRINTED, **own, "note": NOT_PRINTED}


@once
def _years_by_publication(study: Study, year: int, code: str) -> dict[str, set[int]]:
    """Give the years that reports of a year show in which a publication has figures of a variable, by publication."""
    own = _of_variables(study).get(code)
    if own is None:
        return {}
    own = own[own.year.isin(_shown(study, year, code))].sort_values("year", kind="stable")
    return {name: set(found) for name, found in own.groupby("publication", sort=False).year}


@once
def _of_variables(study: Study) -> dict[str, pd.DataFrame]:
    """Give the publications of each variable that has figures, with their years."""
    known = study.dataset.table[study.dataset.table.value.notna()]
    told = known[["variable", "year", "publication"]].drop_duplicates()
    return dict(iter(told.groupby("variable", sort=False)))


def _shown(study: Study, year: int, code: str) -> set[int]:
    """Give the years of which reports of a year show figures: also those that targets start from, and censuses."""
    variable, last = study.dataset.metadata.variables[code], study.years[-1]
    earlier = study.assessed.panel.values.index.unique("year") if study.assessed else ()
    of_census = variable.calendar if variable.every > 1 else ()
    later = set(of_census) if year == last else set()
    return {shown for shown in {*study.years, *earlier, *of_census} if shown <= year} | later


OF_PROVINCE = {
    "sources": sources,
}
OF_THE_ROUND = {
    "sources": sources,
}
